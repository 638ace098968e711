"""Errors → replies: RFC 9457 problem details for the API, a readable page elsewhere. One table, from `errors.py`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from acobot.api.rendering import Renderer
from acobot.errors import AcobotError

log = logging.getLogger(__name__)

TYPE_PREFIX = "urn:acobot:problem:"
MEDIA_TYPE = "application/problem+json"
_JSON_PATHS = ("/api/", "/openapi.json", "/healthz", "/readyz")
_INTERNAL = "something went wrong on our side; it has been logged, and nothing was shown that could not be proved"

# What the framework itself refuses, by status: slug, title and what to do.
_HTTP_PROBLEMS = {
    400: ("not-json", "Not JSON", 'the body is not valid JSON; send UTF-8 JSON such as {"question": "…"}'),
    404: ("unknown-path", "Unknown path", "there is nothing at this address; GET /openapi.json lists what there is"),
    405: ("method-not-allowed", "Method not allowed", "this address does not take that method; see the Allow header"),
    413: ("body-too-large", "Body too large", "the body is too large; send a shorter question and less history"),
    415: ("unsupported-media-type", "Unsupported media type", "send the body as Content-Type: application/json"),
}


def problem_reply(
    status: int, slug: str, title: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any
) -> JSONResponse:
    """A problem as RFC 9457 has it."""
    content = {"type": TYPE_PREFIX + slug, "title": title, "status": status, "detail": detail, **members}
    return JSONResponse(content, status, headers=headers, media_type=MEDIA_TYPE)


def reply_to_problem(
    request: Request,
    renderer: Renderer,
    status: int,
    slug: str,
    title: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as the asker reads it best: problem details under /api/, a page elsewhere."""
    if request.url.path.startswith(_JSON_PATHS):
        return problem_reply(status, slug, title, detail, headers)
    return renderer.problem(request, status, title, detail, headers)


def add_handlers(app: FastAPI, renderer: Renderer) -> None:
    """Every error that can leave a route, as a reply; none shows a stack trace."""

    async def on_acobot_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, AcobotError)  # noqa: S101 - Starlette calls it with nothing else
        detail = str(error)
        if error.status == 500:
            log.error("internal error: %s", error, exc_info=error)
            detail = _INTERNAL
        elif error.status == 503:
            log.error("cannot answer: %s", error)
        return reply_to_problem(request, renderer, error.status, error.slug, error.title, detail)

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        slug, title, detail = _HTTP_PROBLEMS.get(error.status_code, ("http-error", "Error", str(error.detail)))
        return reply_to_problem(request, renderer, error.status_code, slug, title, detail, error.headers)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        return _invalid(request, renderer, error)

    async def on_anything(request: Request, error: Exception) -> Response:
        log.error("internal error", exc_info=error)
        return reply_to_problem(request, renderer, 500, "internal-error", "Internal error", _INTERNAL)

    app.add_exception_handler(AcobotError, on_acobot_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_anything)


def _invalid(request: Request, renderer: Renderer, error: RequestValidationError) -> Response:
    """What pydantic found wrong, each with a JSON pointer; the values themselves are not repeated."""
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        slug, title, detail = _HTTP_PROBLEMS[400]
        return reply_to_problem(request, renderer, 400, slug, title, detail)
    errors = [{"pointer": "".join(f"/{part}" for part in item["loc"][1:]), "detail": _in_words(item)} for item in found]
    detail = "; ".join(f"{item['pointer'] or 'the body'}: {item['detail']}" for item in errors)
    if not request.url.path.startswith(_JSON_PATHS):
        return renderer.problem(request, 422, "Invalid request", detail, None)
    return problem_reply(422, "invalid-request", "Invalid request", detail, errors=errors)


def _in_words(item: Mapping[str, Any]) -> str:
    words = {
        "extra_forbidden": "unknown field; take it out",
        "missing": "is missing",
        "string_unicode": "holds half of a surrogate pair, which is not a character; send valid Unicode",
    }
    return words.get(str(item["type"]), str(item["msg"]))
