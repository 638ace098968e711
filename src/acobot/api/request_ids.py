"""A name for each request, so that a reply, the log's lines and a proxy's can be laid side by side."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acobot.observing import REQUEST_ID

HEADER = "X-Request-ID"
# What nginx, Caddy, Envoy and others make: no word of anybody's can be spelled in it.
_HARMLESS = re.compile(r"[0-9A-Fa-f-]{16,64}")


class Proxies:
    """Those that are believed what they say of a request, by their addresses."""

    def __init__(self, named: Sequence[str]) -> None:
        self._networks = [ip_network(one) for one in named]

    def said(self, scope: Scope, header: str) -> str:
        """What one of them says in a header, if it says one thing; else ""."""
        values = Headers(scope=scope).getlist(header)
        return values[0] if len(values) == 1 and self._has(scope.get("client")) else ""

    def _has(self, client: tuple[str, int] | None) -> bool:
        try:
            address = ip_address(client[0] if client else "")
        except ValueError:
            return False
        return any(address in network for network in self._networks)


class RequestIds:
    """Gives each request an id: the one that a trusted proxy sends, if it is of that form, else one made here.

    Must stand outside of what takes the client's address from such a proxy.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self.app = app
        self._proxies = Proxies(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = self._proxies.said(scope, HEADER)
        request_id = given if _HARMLESS.fullmatch(given) else uuid.uuid4().hex

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        before = REQUEST_ID.set(request_id)
        try:
            await self.app(scope, receive, send_named)
        finally:
            REQUEST_ID.reset(before)
