"""Lists in pages: a cursor says where the next one begins, and a link leads there. Knows no sources and no search."""

from __future__ import annotations

import base64
import binascii
from enum import StrEnum
from urllib.parse import urlencode

from starlette.responses import Response

from acobot.errors import RequestError


class Listed(StrEnum):
    """What comes in pages."""

    SOURCES = "sources"
    RESULTS = "results"


def write_cursor(of: Listed, place: str) -> str:
    """A place in such a list as a cursor, which nobody needs to read."""
    return base64.urlsafe_b64encode(f"{of}:{place}".encode()).decode().rstrip("=")


def read_cursor(of: Listed, cursor: str) -> str:
    """The place of a cursor. Raises `RequestError` where it is none of ours, or leads through another list."""
    try:
        kind, _, place = (
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode().partition(":")
        )
    except (binascii.Error, ValueError):
        raise bad_cursor() from None
    if kind != of:
        raise bad_cursor()
    return place


def bad_cursor() -> RequestError:
    """What is told of a cursor that leads nowhere."""
    return RequestError("invalid.cursor")


def link_next(response: Response, path: str, **query: object) -> str:
    """The address of the next page, which the reply's `Link` header names too."""
    address = f"{path}?{urlencode(query)}"
    response.headers["Link"] = f'<{address}>; rel="next"'
    return address
