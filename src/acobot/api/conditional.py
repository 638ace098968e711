"""Strong entity tags, and "not modified" for who has a reply already. Pure ASGI; knows bytes and headers.

`EntityTags` stands inside the compression and `Conditional` outside: what is compressed is other bytes, so its tag is
another one.
"""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REVALIDATE = "no-cache"  # keep it, but ask each time whether it still holds
_TAGGED = ("/api/v1/sources", "/api/v1/index", "/sources", "/openapi.json")
_TAGGED_BELOW = ("/api/v1/sources/", "/sources/")
_OF_THE_BODY = ("content-length", "content-type", "content-encoding")


class EntityTags:
    """Gives replies that change only with the index a tag made of their bytes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_read(scope) or not is_tagged(scope["path"]):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def gather(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            if start["status"] == 200:
                headers = MutableHeaders(scope=start)
                headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
                headers.setdefault("Cache-Control", REVALIDATE)
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, gather)


class Conditional:
    """Says 304 where the client has what would be sent; the tag of compressed bytes says so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        unchanged = False

        async def send_once(message: Message) -> None:
            nonlocal unchanged
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "etag" in headers and "content-encoding" in headers:
                    headers["ETag"] = f'{headers["etag"][:-1]}-{headers["content-encoding"]}"'
                known = ",".join(Headers(scope=scope).getlist("if-none-match"))
                unchanged = message["status"] == 200 and "etag" in headers and _has(known, headers["etag"])
                if unchanged:
                    kept = [(name, value) for name, value in message["headers"] if name.decode() not in _OF_THE_BODY]
                    await send({**message, "status": 304, "headers": kept})
                    await send({"type": "http.response.body", "body": b""})
                    return
            if not unchanged:
                await send(message)

        await self.app(scope, receive, send_once if _is_read(scope) else send)


def is_tagged(path: str) -> bool:
    """Whether what is at this address changes only with the index, and has a tag."""
    return path in _TAGGED or path.startswith(_TAGGED_BELOW)


def _is_read(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}


def _has(known: str, tag: str) -> bool:
    """Whether `If-None-Match` names the tag; it may call it a weak one."""
    return known.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known.split(",")}
