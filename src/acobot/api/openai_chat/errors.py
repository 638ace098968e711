"""Problems in the shape in which clients of OpenAI's API expect them. Knows no request and no question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from starlette.responses import JSONResponse, Response

PREFIX = "/v1"

# By our own type: what such clients look for, where they know the thing by another name.
_CODES = {"rate-limited": "rate_limit_exceeded", "unknown-model": "model_not_found"}
_TYPES = {429: "rate_limit_error"}
_BAD_REQUEST, _UNPROCESSABLE, _FAULT = 400, 422, 500
_PLACE = re.compile(r"\.(\d+)(?=\.|$)")


class _Wrong(Protocol):
    """What is wrong with one value of a request."""

    @property
    def pointer(self) -> str: ...


def speaks_openai(path: str) -> bool:
    """Whether what is at this address speaks as OpenAI's API does."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def reply_in_openai_shape(
    status: int, slug: str, detail: str, headers: Mapping[str, str], errors: Sequence[_Wrong]
) -> Response:
    """A problem as those clients read it: `{"error": {…}}`, and 400 for all that cannot be asked."""
    kind = _TYPES.get(status, "server_error" if status >= _FAULT else "invalid_request_error")
    error = {
        "message": detail,
        "type": kind,
        "param": _as_param(errors[0].pointer) if errors else None,
        "code": _CODES.get(slug, slug.replace("-", "_")),
    }
    return JSONResponse({"error": error}, _BAD_REQUEST if status == _UNPROCESSABLE else status, headers)


def _as_param(pointer: str) -> str | None:
    """`messages[0].content` for `/messages/0/content`."""
    return _PLACE.sub(r"[\1]", pointer.lstrip("/").replace("/", ".")) or None
