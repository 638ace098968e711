"""What every request passes through: limits, headers and the log. Pure ASGI; knows no question and no answer."""

from __future__ import annotations

import logging
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acobot.api.problems import problem_reply, reply_to_problem
from acobot.api.rendering import Renderer

log = logging.getLogger("acobot.requests")

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Swagger UI writes style attributes; nothing that a visitor or a source wrote is on that page.
_DOCS_CSP = _CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


class BodyLimit:
    """Refuses bodies over a size with 413, whether the length is announced or not."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self.most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        body = b""
        more = announced.isdigit() and int(announced) <= self.most
        fits = more
        while more and fits:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            fits = len(body) <= self.most
        if not fits:
            detail = f"the body is larger than {self.most:,} bytes; send a shorter question and less history"
            reply = problem_reply(413, "body-too-large", "Body too large", detail)
            await reply(scope, receive, send)
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, send)


class RateLimit:
    """Refuses a client's questions over the rate with 429 and `Retry-After`; other paths are free."""

    def __init__(self, app: ASGIApp, rate: str, renderer: Renderer) -> None:
        self.app = app
        self.rate: RateLimitItem = parse(rate)
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _asks(scope):
            await self.app(scope, receive, send)
            return
        client = scope["client"][0] if scope.get("client") else "unknown"
        if self.limiter.hit(self.rate, client):
            await self.app(scope, receive, send)
            return
        reset = self.limiter.get_window_stats(self.rate, client).reset_time
        wait = max(1, round(reset - time.time() + 0.5))
        detail = f"more than {self.rate} from one client; ask again in {wait} seconds"
        reply = reply_to_problem(
            Request(scope), self.renderer, 429, "rate-limited", "Too many questions", detail, {"Retry-After": str(wait)}
        )
        await reply(scope, receive, send)


class ApiCors:
    """Lets pages of the named origins call /api/*, without credentials."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self.app = app
        self.cors = CORSMiddleware(
            app, allow_origins=origins, allow_methods=("GET", "POST"), allow_headers=("Content-Type",)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inner = self.cors if scope["type"] == "http" and scope["path"].startswith("/api/") else self.app
        await inner(scope, receive, send)


class SafeHeaders:
    """Headers that keep pages from loading or leaking anything, on every reply."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _DOCS_CSP if scope["path"] == "/docs" else _CSP
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers.setdefault("Cache-Control", "private, no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class RequestLog:
    """One line a request: method, path, status, milliseconds. Never a query string, a body or a question."""

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
            took = (time.perf_counter() - started) * 1000
            log.info("%s %s %d %.0f ms", scope["method"], _printable(scope["path"]), status, took)


def _asks(scope: Scope) -> bool:
    """Whether a request asks a question."""
    path, method, query = str(scope["path"]), str(scope["method"]), bytes(scope["query_string"])
    if path in {"/api/ask", "/api/search"}:
        return method == "POST"
    return path == "/" and (method == "POST" or any(part.startswith(b"q=") for part in query.split(b"&")))


def _printable(path: str) -> str:
    return path.encode("unicode_escape").decode("ascii")[:200]
