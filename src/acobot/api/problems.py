"""Errors → replies: RFC 9457 problem details for programs, a readable page for people. None shows a stack trace.

The types are those of `errors.py`, and what the framework itself refuses (`_REFUSED`); docs/api.md lists them all.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from acobot.api.rendering import Renderer
from acobot.errors import AcobotError, IndexFault, RequestError

log = logging.getLogger(__name__)

SHOWN_ERRORS = 10
TYPE_PREFIX = "urn:acobot:problem:"
MEDIA_TYPE = "application/problem+json"

_INTERNAL = "something went wrong on our side; it has been logged, and nothing was shown that could not be proved"
NOT_A_CHARACTER = "holds half of a surrogate pair, which is not a character; send valid Unicode"
_NO_INDEX = "there is nothing to answer from at the moment; try again in a few minutes"

# What the framework refuses, by status: slug, title, and what to do.
_REFUSED = {
    400: ("not-json", "Not JSON", 'the body is not JSON; send UTF-8 JSON such as {"question": "…"}'),
    404: ("unknown-path", "Unknown path", "there is nothing at this address; GET /openapi.json lists what there is"),
    405: ("method-not-allowed", "Method not allowed", "this address does not take that method; see the Allow header"),
    408: ("body-too-slow", "Body too slow", "the body did not arrive in time; send it again"),
    413: ("body-too-large", "Body too large", "the body is too large; send a shorter question and less history"),
    415: ("unsupported-media-type", "Unsupported media type", "send the body as Content-Type: application/json"),
    429: ("rate-limited", "Too many questions", "too many questions from one client; wait a little"),
}
# The same for people, where what is said to programs would not help them: title and detail.
_FOR_PEOPLE = {
    "not-json": ("The form cannot be read", "what was sent is not a form; go to the front page and ask again"),
    "unknown-path": ("Page not found", "there is nothing at this address"),
    "unknown-source": ("Source not found", "there is no source at this address; it may have been renamed or taken out"),
    "removed-source": (
        "Source removed",
        "the source at this address was taken out or renamed, so its words can no longer be shown here; the page of "
        "all sources lists those there are",
    ),
    "method-not-allowed": ("This cannot be sent here", "this page can be read, but nothing can be sent to it"),
    "no-index": ("Not ready", _NO_INDEX),
    "internal-error": ("Something went wrong", _INTERNAL),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value of a request: where (a JSON pointer), and what to do."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal, as programs read it."""

    status: int
    slug: str
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[FieldError] = ()

    def for_people(self) -> tuple[str, str]:
        """Title and detail as they stand on a page."""
        if seconds := self.headers.get("Retry-After"):
            when = f"{seconds} second{'' if seconds == '1' else 's'}"
            return self.title, f"many questions came from here in a short time. Yours is kept: ask again in {when}"
        return _FOR_PEOPLE.get(self.slug, (self.title, self.detail))


def problem_types() -> dict[str, tuple[int, str]]:
    """Every problem type's slug, with its status and title."""
    types = {slug: (status, title) for status, (slug, title, _) in _REFUSED.items()}
    types.update({error.slug: (error.status, error.title) for error in _family(AcobotError)})
    return types


def problem_of(error: Exception) -> Problem:
    """What is told about an error; what is a fault of ours is logged, and not told."""
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException) and error.status_code in _REFUSED:
        ours = str(error.detail) if error.status_code == 429 else ""  # says how long to wait
        return refused(error.status_code, error.headers, ours)
    if not isinstance(error, AcobotError):
        # Not its message, which may hold words of the question.
        log.error("internal error: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        return Problem(AcobotError.status, AcobotError.slug, AcobotError.title, _INTERNAL)
    detail = str(error)
    if isinstance(error, IndexFault):
        log.error("cannot answer: %s", error)
        detail = _NO_INDEX  # the message names folders of this machine
    elif not isinstance(error, RequestError):
        log.error("internal error: %s", error, exc_info=error)
        detail = _INTERNAL
    return Problem(error.status, error.slug, error.title, detail)


def refused(status: int, headers: Mapping[str, str] | None = None, detail: str = "") -> Problem:
    """The problem that stands for a status of the framework's."""
    slug, title, what_to_do = _REFUSED[status]
    return Problem(status, slug, title, detail or what_to_do, headers or {})


def reply_to_problem(request: Request, renderer: Renderer, problem: Problem) -> Response:
    """A problem as the asker reads it best: a page for people, problem details for programs."""
    if _asked_by_people(request):
        title, detail = problem.for_people()
        return renderer.problem(request, problem.status, title, detail, problem.headers)
    content: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.slug,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        content["errors"] = [asdict(error) for error in problem.errors]
    return JSONResponse(content, problem.status, problem.headers, media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI, renderer: Renderer) -> None:
    """Every error that leaves a route on purpose, as a reply; `middleware.Faults` has the others."""

    async def on_error(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == 405:
            error.headers = {"Allow": ", ".join(_methods(app, request))}
        return reply_to_problem(request, renderer, problem_of(error))

    for kind in (AcobotError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, on_error)


def _methods(app: FastAPI, request: Request) -> list[str]:
    """What the address takes, over all routes that match it; HEAD wherever there is GET."""
    scopes = ({**request.scope, "method": method} for method in ("GET", "POST"))
    taken = [scope["method"] for scope in scopes if any(_takes(route, scope) for route in app.routes)]
    return [*taken, *(["HEAD"] if "GET" in taken else [])]


def _takes(route: BaseRoute, scope: Scope) -> bool:
    return route.matches(scope)[0] is Match.FULL


def _asked_by_people(request: Request) -> bool:
    """The pages, and a browser that has lost its way; everything else is asked by programs."""
    path = request.url.path
    if path == "/api" or path.startswith("/api/") or path in {"/openapi.json", "/healthz", "/readyz"}:
        return False
    if path in {"/", "/embed", "/sources", "/about", "/docs"} or path.startswith(("/sources/", "/static/")):
        return True
    return "text/html" in request.headers.get("accept", "")


def _invalid(error: RequestValidationError) -> Problem:
    """What pydantic found wrong, each with a JSON pointer; the values themselves are not repeated."""
    found = error.errors()
    if any(item["type"] == "json_invalid" or (item["type"], item["loc"]) == ("missing", ("body",)) for item in found):
        return refused(400)
    errors = [FieldError(_pointer(item["loc"][1:]), _in_words(item)) for item in found[:SHOWN_ERRORS]]
    detail = "; ".join(f"{one.pointer or 'the body'} {one.detail}" for one in errors)
    if len(found) > SHOWN_ERRORS:
        detail += f"; and {len(found) - SHOWN_ERRORS:,} more"
    return Problem(RequestError.status, RequestError.slug, RequestError.title, detail, errors=errors)


def _pointer(path: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _in_words(item: Mapping[str, Any]) -> str:
    limits = item.get("ctx", {})
    words = {
        "extra_forbidden": "is an unknown field; take it out",
        "missing": "is missing",
        "string_type": "must be a text",
        "int_type": "must be a whole number",
        "list_type": "must be a list",
        "model_attributes_type": "must be a JSON object",
        "model_type": "must be a JSON object",
        "too_short": "must not be an empty list; leave it out to ask all sources",
        "greater_than_equal": f"must be at least {limits.get('ge')}",
        "less_than_equal": f"must be at most {limits.get('le')}",
        "literal_error": f"must be {limits.get('expected')}",
        "string_unicode": NOT_A_CHARACTER,
        "value_error": str(limits.get("error")),
    }
    return words.get(str(item["type"]), f"cannot be used: {item['msg']}")


def _family(kind: type[AcobotError]) -> Iterator[type[AcobotError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)
