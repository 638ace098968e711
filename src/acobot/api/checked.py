"""Routes that look at a request before what came in with it is parsed, which FastAPI does before all dependencies."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response


class CheckedRoute(APIRoute):
    """A route that has its `checks` made first, in their order, where it takes a body; each raises what it refuses."""

    checks: ClassVar[tuple[Callable[[Request], Awaitable[None]], ...]] = ()

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        checks = self.checks if self.body_field else ()

        async def checked(request: Request) -> Response:
            for check in checks:
                await check(request)
            return await handle(request)

        return checked
