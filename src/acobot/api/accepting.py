"""What a client accepts, and how gladly (RFC 9110, 12.5); heeded where replies are compressed."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

_ACCEPTED = b"accept-encoding"


def weights(lines: Sequence[str]) -> dict[str, float]:
    """What each thing named in the lines of a header weighs, in small letters; 0 is not wanted at all."""
    found = {}
    for one in ",".join(lines).split(","):
        name, *parameters = (part.strip().lower() for part in one.split(";"))
        found[name] = next((_weight(part[2:]) for part in parameters if part.startswith("q=")), 1.0)
    return found


class Gzip(GZipMiddleware):
    """Starlette's compression, which looks for the word alone, but not for who names it as unwanted (`gzip;q=0`)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and weights(Headers(scope=scope).getlist("accept-encoding")).get("gzip") == 0:
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != _ACCEPTED]}
        await super().__call__(scope, receive, send)


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
