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


class RequestIds:
    """Gives each request an id: the one that a trusted proxy sends, if it is of that form, else one made here.

    Must stand outside of what takes the client's address from such a proxy.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self.app = app
        self._proxies = [ip_network(one) for one in proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self._given(scope) or uuid.uuid4().hex

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        before = REQUEST_ID.set(request_id)
        try:
            await self.app(scope, receive, send_named)
        finally:
            REQUEST_ID.reset(before)

    def _given(self, scope: Scope) -> str:
        said = Headers(scope=scope).getlist(HEADER)
        if len(said) != 1 or not _HARMLESS.fullmatch(said[0]) or not self._trusts(scope.get("client")):
            return ""
        return said[0]

    def _trusts(self, client: tuple[str, int] | None) -> bool:
        try:
            address = ip_address(client[0] if client else "")
        except ValueError:
            return False
        return any(address in network for network in self._proxies)
