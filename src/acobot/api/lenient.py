"""Fields that we do not know: refused, unless the client prefers that they be passed over (RFC 7240)."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.types import Message

from acobot.api.schemas import Body

PREFERENCE = "handling=lenient"


class LenientRoute(APIRoute):
    """A route that takes unknown fields out of a body before it looks at it, where the client asks it to."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        kind: Any = self.body_field.field_info.annotation if self.body_field else None

        async def lenient(request: Request) -> Response:
            if kind is None or not prefers_lenient(request):
                return await handle(request)
            response = await handle(_with_body(request, _without_unknown(await request.body(), kind)))
            response.headers["Preference-Applied"] = PREFERENCE
            return response

        return lenient


def prefers_lenient(request: Request) -> bool:
    """Whether the client asks for unknown fields to be passed over; what it says first of it counts."""
    for preference in ",".join(request.headers.getlist("prefer")).split(","):
        name, _, value = preference.partition(";")[0].partition("=")
        if name.strip().lower() == "handling":
            return value.strip().strip('"').lower() == "lenient"
    return False


def known_only(content: Any, kind: type[Body]) -> Any:
    """The content without its unknown fields; as it is, where it has no fields."""
    return kind.known(content) if isinstance(content, dict) else content


def _without_unknown(body: bytes, kind: type[Body]) -> bytes:
    """The body without its unknown fields; as it is, where it is no JSON in UTF-8."""
    try:
        return json.dumps(known_only(json.loads(body.decode("utf-8-sig")), kind)).encode()
    except (ValueError, RecursionError):  # the route itself says what is wrong
        return body


def _with_body(request: Request, body: bytes) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)
