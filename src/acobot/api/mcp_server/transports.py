"""How the server is reached: over HTTP, each request on its own, or over standard input and output."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from acobot.api.addresses import Addresses
from acobot.api.mcp_server.tools import TOOLS
from acobot.api.middleware import replaying
from acobot.api.rate_limit import RateLimit, ReadingLimit
from acobot.assistant import Assistant
from acobot.errors import NotInstalledError
from acobot.languages import Language
from acobot.sources import Site

if TYPE_CHECKING:
    from mcp.server import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


def has_library() -> bool:
    """Whether the library of the protocol is installed; it is an extra."""
    return find_spec("mcp") is not None


@dataclass(slots=True)
class _Opened:
    """Whether somebody wants the library, what it serves with from when it is there, and what that says it is about."""

    wanted: asyncio.Event
    manager: asyncio.Future[StreamableHTTPSessionManager]
    site: Site | None = None


class McpEndpoint:
    """What stands at /mcp: refuses pages of origins that nobody named, counts, and hands on to the library.

    It keeps no sessions, and answers in JSON, so that any number of processes can serve it.
    """

    def __init__(
        self,
        assistant: Assistant,
        language: Language,
        addresses: Addresses,
        limit: RateLimit,
        reading: ReadingLimit,
        origins: Collection[str],
    ) -> None:
        self._assistant, self._language, self._addresses = assistant, language, addresses
        self._limit, self._reading, self._origins = limit, reading, origins
        self._opened: _Opened | None = None  # while the service runs

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """As long as the service runs; the library takes half a second and 24 MB, and is loaded once it is wanted."""
        self._opened = opened = _Opened(asyncio.Event(), asyncio.get_running_loop().create_future())
        serving = asyncio.create_task(self._serve(opened))
        try:
            yield
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            self._opened = None

    async def _serve(self, opened: _Opened) -> None:
        while True:
            await opened.wanted.wait()
            try:
                opened.site = await asyncio.to_thread(self._assistant.site)
                manager = await asyncio.to_thread(self._make_manager)  # others are answered meanwhile
                break
            except Exception as error:  # whatever it is, those who asked are told, and who asks next tries anew
                opened.wanted.clear()
                opened.manager.set_exception(error)
                opened.manager = asyncio.get_running_loop().create_future()
        async with manager.run():
            opened.manager.set_result(manager)
            await asyncio.Event().wait()  # until it is cancelled

    def _make_manager(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        return StreamableHTTPSessionManager(self._make_server(), json_response=True, stateless=True)

    def _make_server(self) -> Server[Any]:
        from acobot.api.mcp_server.server import make_server

        return make_server(self._assistant, self._language, self._addresses.base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._origins:
            raise HTTPException(403)
        body = await request.body()
        if limit := self._limit_of(body):
            limit(request)
        opened = self._opened
        assert opened is not None, "the service does not run"  # noqa: S101
        opened.wanted.set()
        manager = await asyncio.shield(opened.manager)  # for others wait for it too
        site = await asyncio.to_thread(self._assistant.site)  # which may open an index
        if site != opened.site:  # a server says for good what it is about
            manager.app, opened.site = self._make_server(), site
        await manager.handle_request(scope, replaying(body, receive), send)

    def _limit_of(self, body: bytes) -> RateLimit | None:
        """What a message counts towards: a question, or reading a source; most are neither."""
        method, params = _called(body)
        tool = TOOLS.get(str(params.get("name"))) if method == "tools/call" else None
        if tool and tool.asks:
            return self._limit
        return self._reading if tool or method == "resources/read" else None


async def not_installed(_: Request) -> Response:
    """What stands at /mcp where the library is not installed: says so."""
    raise NotInstalledError("mcp.not_installed")


async def serve_stdio(assistant: Assistant, language: Language, base: str) -> None:
    """Serves one client on standard input and output until it leaves."""
    from mcp.server.stdio import stdio_server

    from acobot.api.mcp_server.server import make_server

    server = make_server(assistant, language, lambda _: base)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _called(body: bytes) -> tuple[object, dict[str, Any]]:
    """The method that a message calls, and what it is given; nothing where it is no message."""
    try:
        message: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None, {}
    if not isinstance(message, dict):
        return None, {}
    params = message.get("params")
    return message.get("method"), params if isinstance(params, dict) else {}
