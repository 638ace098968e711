"""What every request passes through: limits, headers and the log. Pure ASGI; knows no question and no answer."""

from __future__ import annotations

import asyncio
import logging
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acobot.api.clients import client_name
from acobot.api.problems import problem_of, refused, reply_to_problem
from acobot.api.rendering import EMBEDDED, Renderer
from acobot.learning import asker

log = logging.getLogger("acobot.requests")

_NO_FRAMES = "frame-ancestors 'none'"
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    f"form-action 'self'; base-uri 'none'; {_NO_FRAMES}"
)
_FOR_PROGRAMS = ("/api/", "/v1/", "/mcp")
_SHOWN_HEADERS = ("ETag", "Link", "Preference-Applied", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID")
_API, STABLE = "/api/", "/api/v1/"
_WIDGET = "/widget.js"  # the one thing that pages of other sites load
# Swagger UI writes style attributes; nothing that a visitor or a source wrote is on that page.
_DOCS_CSP = _CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


BODY_SECONDS = 30
MOST_BAD_ESCAPES = 1000  # signs of percent in a form that begin no escape: half a million would be read for seconds
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
HTTP_REFUSED = 400
# What the paths of ours are made of, but for ids and names of files.
_PARTS = frozenset(
    {"", "api", "v1", "ask", "batch", "search", "sources", "index", "embed", "about", "docs", "gaps", "metrics"}
) | {*("chat", "completions", "models", "mcp", "healthz", "readyz", "openapi.json", "widget.js")}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class BodyLimit:
    """Refuses bodies over a size with 413, announced or not, slow ones with 408, and compressed ones with 415.

    Hands others on whole.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, renderer: Renderer) -> None:
        self.app = app
        self.most = most_bytes
        self.renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        coding = Headers(scope=scope).get("content-encoding", "identity")
        if coding.strip().lower() not in {"", "identity"}:
            detail = self.renderer.texts.say("problem.unsupported-media-type.compressed")
            packed = refused(self.renderer.texts, 415, {"Accept-Encoding": "identity"}, detail)
            await reply_to_problem(Request(scope), self.renderer, packed)(scope, receive, send)
            return
        body, more = bytearray(), True
        deadline = time.monotonic() + BODY_SECONDS
        while more and len(body) <= self.most:
            try:
                message = await asyncio.wait_for(receive(), deadline - time.monotonic())
            except TimeoutError:
                late = refused(self.renderer.texts, 408)
                await reply_to_problem(Request(scope), self.renderer, late)(scope, receive, send)
                return
            if message["type"] != "http.request":  # nobody is there to read the reply, but the log tells it
                detail = self.renderer.texts.say("problem.body-too-slow.broke_off")
                gone = refused(self.renderer.texts, 408, detail=detail)
                await reply_to_problem(Request(scope), self.renderer, gone)(scope, receive, send)
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if len(body) > self.most:
            detail = self.renderer.texts.count("problem.body-too-large.more_than", self.most)
            reply = reply_to_problem(Request(scope), self.renderer, refused(self.renderer.texts, 413, detail=detail))
            await reply(scope, receive, send)
            return
        if _is_broken_form(scope, body):
            broken = refused(self.renderer.texts, 400)
            await reply_to_problem(Request(scope), self.renderer, broken)(scope, receive, send)
            return
        await self.app(scope, replaying(bytes(body), receive), send)


def _is_broken_form(scope: Scope, body: bytearray) -> bool:
    """Whether a body is said to be a form, and holds so much of what no browser writes that reading it takes long."""
    kind = Headers(scope=scope).get("content-type", "").strip().lower()
    return kind.startswith("application/x-www-form-urlencoded") and len(_NO_ESCAPE.findall(body)) > MOST_BAD_ESCAPES


def replaying(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read already, whole, and after it what still comes in."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


class PlainPaths:
    """Refuses, as none of ours, a path with a control character, which patterns of routes pass over at its end."""

    def __init__(self, app: ASGIApp, renderer: Renderer) -> None:
        self.app = app
        self.renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _CONTROL.search(scope["path"]):
            nothing = refused(self.renderer.texts, 404)
            await reply_to_problem(Request(scope), self.renderer, nothing)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class HeadAsGet:
    """HEAD wherever there is GET; the server sends the headers of what GET would say, and leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        await self.app({**scope, "method": "GET"} if is_head else scope, receive, send)


class OldNames:
    """`/api/…` for `/api/v1/…`: the names from before there were versions, which stay."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        is_old = path.startswith(_API) and not path.startswith(STABLE)
        await self.app({**scope, "path": STABLE + path.removeprefix(_API)} if is_old else scope, receive, send)


class Askers:
    """Tells what is counted of an answer whose it is: the client, as the rate limit counts it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        token = asker.set(client_name(client[0]) if client else "")
        try:
            await self.app(scope, receive, send)
        finally:
            asker.reset(token)


class Faults:
    """The last resort: an error that nothing foresaw is logged, and told as an internal error."""

    def __init__(self, app: ASGIApp, renderer: Renderer) -> None:
        self.app = app
        self.renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, note_start)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            reply = reply_to_problem(Request(scope), self.renderer, problem_of(error, self.renderer.texts))
            await reply(scope, receive, send)


class ApiCors:
    """Lets pages of the named origins call what programs call, without cookies; others are told nothing of it."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self.app = app
        self.origins = origins
        self.cors = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("*",),  # the official clients send many of their own, and none is trusted here
            expose_headers=_SHOWN_HEADERS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and scope["path"].startswith(_FOR_PROGRAMS)
        if is_api and Headers(scope=scope).get("origin") in self.origins:
            await self.cors(scope, receive, send)
            return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Origin")  # a cache must not give this to a named origin
            await send(message)

        await self.app(scope, receive, send_varying if is_api and self.origins else send)


class SafeHeaders:
    """Headers that keep pages from loading or leaking anything, on every reply."""

    def __init__(self, app: ASGIApp, embed_origins: tuple[str, ...]) -> None:
        self.app = app
        ancestors = f"frame-ancestors {' '.join(embed_origins)}" if embed_origins else _NO_FRAMES
        self.policies = {"/docs": _DOCS_CSP, EMBEDDED: _CSP.replace(_NO_FRAMES, ancestors)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policies.get(scope["path"], _CSP)
                headers["Cross-Origin-Resource-Policy"] = "cross-origin" if scope["path"] == _WIDGET else "same-origin"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers.setdefault("Cache-Control", "private, no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class RequestLog:
    """One line a request: method, path, status, milliseconds, also as fields. Never a query string or a question."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        finally:
            took = round((time.perf_counter() - started) * 1000)
            method, path = _method(scope), _path(scope, status)
            fields = {"method": method, "path": path, "status": status, "ms": took}
            log.info("%s %s %d %d ms", method, path, status, took, extra=fields)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in METHODS else "(other)"


def _path(scope: Scope, status: int) -> str:
    """The path as it is logged: what somebody typed after the slash is no path of ours, and may be a question.

    OPTIONS is answered wherever it is asked, so that its status says nothing of the path.
    """
    path: str = scope["path"]
    is_known = status < HTTP_REFUSED and scope["method"] != "OPTIONS"
    if not is_known and not set(path.split("/")) <= _PARTS:
        return "(unknown)"
    return path.encode("unicode_escape").decode("ascii")[:200]
