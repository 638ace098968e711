"""Requests, counted by what they ask for. Pure ASGI; what is typed into an address is no label."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from acobot.api.metrics.counting import Metrics

# By the whole path, and by its beginning.
_FACES = {
    "page": ("/", "/embed", "/about", "/docs", "/sources", "/openapi.json"),
    "health": ("/healthz", "/readyz"),
    "metrics": ("/metrics",),
    "mcp": ("/mcp",),
    "static": ("/widget.js",),
    "ask": ("/api/v1/ask",),
    "batch": ("/api/v1/ask/batch",),
    "search": ("/api/v1/search",),
    "sources": ("/api/v1/sources", "/api/v1/index"),
}
_WHOLE = {path: face for face, paths in _FACES.items() for path in paths}
_BEGUN = {"/api/v1/sources/": "sources", "/sources/": "page", "/v1/": "chat", "/static/": "static"}
OTHER = "other"


class RequestMetrics:
    """Tells the metrics of each request when it begins and ends."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.began()
        try:
            await self.app(scope, receive, note_status)
        finally:
            self.metrics.ended(face_of(scope["path"]), status, time.perf_counter() - started)


def face_of(path: str) -> str:
    """What a path asks for: one of a few words, whatever was typed."""
    if path.startswith("/api/") and not path.startswith("/api/v1/"):
        path = f"/api/v1/{path.removeprefix('/api/')}"
    begun = (face for start, face in _BEGUN.items() if path.startswith(start))
    return _WHOLE.get(path) or next(begun, OTHER)
