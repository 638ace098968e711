"""Errors → replies: RFC 9457 problem details for programs, a readable page for people. None shows a stack trace.

The types are those of `errors.py`, and what the framework itself refuses (`_REFUSED`); docs/api.md lists them all.
Their words are in the catalogue, by the slug of the type.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import reduce
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from acobot.api.mcp_server.errors import PATH as MCP
from acobot.api.mcp_server.errors import reply_in_json_rpc
from acobot.api.openai_chat.errors import reply_in_openai_shape, speaks_openai
from acobot.api.rendering import Renderer, wants_fragment
from acobot.errors import AcobotError, IndexFault, RequestError, shortened
from acobot.languages import Catalogue
from acobot.observing import without_words

log = logging.getLogger(__name__)

SHOWN_ERRORS = 10
TYPE_PREFIX = "urn:acobot:problem:"
MEDIA_TYPE = "application/problem+json"

# What the framework refuses, by status.
_REFUSED = {
    400: "not-json",
    401: "invalid-api-key",
    403: "origin-not-allowed",
    404: "unknown-path",
    405: "method-not-allowed",
    408: "body-too-slow",
    413: "body-too-large",
    415: "unsupported-media-type",
    429: "rate-limited",
}
# Those that people are told of in other words, where what is said to programs would not help them.
FOR_PEOPLE = frozenset(
    {
        "not-json",
        "unknown-path",
        "unknown-source",
        "removed-source",
        "method-not-allowed",
        "invalid-api-key",
        "no-index",
        "internal-error",
    }
)
_EXAMPLE = '{"question": "…"}'  # of a body
# What is said of a value, by pydantic's kinds of errors; the only value errors are those of schemas.py.
INVALID = {
    "extra_forbidden": "invalid.extra_forbidden",
    "missing": "invalid.missing",
    "string_type": "invalid.string_type",
    "int_type": "invalid.int_type",
    "int_parsing": "invalid.int_type",
    "int_parsing_size": "invalid.int_size",
    "bool_type": "invalid.bool_type",
    "list_type": "invalid.list_type",
    "model_attributes_type": "invalid.object",
    "model_type": "invalid.object",
    "too_short": "invalid.too_short",
    "too_long": "invalid.too_long",
    "string_too_long": "invalid.string_too_long",
    "string_unicode": "invalid.not_text",
    "value_error": "invalid.not_text",
}
_QUOTED = re.compile(r"'[^']*'")


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

    def for_people(self, texts: Catalogue, *, asked: bool) -> tuple[str, str]:
        """Title and detail as they stand on a page, beside the question where one was asked."""
        if seconds := self.headers.get("Retry-After"):
            if asked:
                return self.title, texts.count("problem.rate-limited.page", int(seconds))
            return self.title, texts.count("problem.rate-limited.page_read", int(seconds))
        if self.slug in FOR_PEOPLE:
            return texts.say(f"problem.{self.slug}.page_title"), texts.say(f"problem.{self.slug}.page")
        return self.title, self.detail


def problem_types() -> dict[str, int]:
    """Every problem type's slug, with its status."""
    types = {slug: status for status, slug in _REFUSED.items()}
    types.update({error.slug: error.status for error in _family(AcobotError)})
    return types


def problem_of(error: Exception, texts: Catalogue) -> Problem:
    """What is told about an error; what is a fault of ours is logged, and not told."""
    if isinstance(error, RequestValidationError):
        return _invalid(error, texts)
    if isinstance(error, HTTPException) and error.status_code in _REFUSED:
        ours = str(error.detail) if error.status_code == 429 else ""  # says how long to wait
        return refused(texts, error.status_code, error.headers, ours)
    if isinstance(error, RequestError):
        said = error.said(texts)
        errors = [FieldError(error.pointer, said)] if error.pointer else []
        return Problem(error.status, error.slug, title_of(error.slug, texts), said, errors=errors)
    if isinstance(error, IndexFault):
        log.error("cannot answer: %s", error)  # not told, for it names folders of this machine
        return _problem(texts, error.status, error.slug)
    if isinstance(error, AcobotError):
        log.error("internal error: %s", error, exc_info=error)
        return _problem(texts, error.status, error.slug)
    log.error("internal error: %s", type(error).__name__, exc_info=without_words(error))
    return _problem(texts, AcobotError.status, AcobotError.slug)


def refused(texts: Catalogue, status: int, headers: Mapping[str, str] | None = None, detail: str = "") -> Problem:
    """The problem that stands for a status of the framework's."""
    return _problem(texts, status, _REFUSED[status], detail, headers or {})


def _problem(
    texts: Catalogue, status: int, slug: str, detail: str = "", headers: Mapping[str, str] = MappingProxyType({})
) -> Problem:
    """The problem of a type, with these details or those that are always true of it."""
    said = detail or texts.say(f"problem.{slug}.detail", example=_EXAMPLE)
    return Problem(status, slug, title_of(slug, texts), said, headers)


def title_of(slug: str, texts: Catalogue) -> str:
    """What a type of problem is called."""
    return texts.say(f"problem.{slug}.title")


def reply_to_problem(request: Request, renderer: Renderer, problem: Problem) -> Response:
    """A problem as the asker reads it best: a page for people, problem details for programs."""
    if _asked_by_people(request):
        title, detail = problem.for_people(renderer.texts, asked=wants_fragment(request))
        return renderer.problem(request, problem.status, title, detail, problem.headers)
    if speaks_openai(request.url.path):
        return reply_in_openai_shape(problem.status, problem.slug, problem.detail, problem.headers, problem.errors)
    if request.url.path == MCP:
        return reply_in_json_rpc(details_of(problem), problem.status, problem.headers)
    return JSONResponse(details_of(problem), problem.status, problem.headers, media_type=MEDIA_TYPE)


def details_of(problem: Problem) -> dict[str, Any]:
    """A problem as RFC 9457 has it."""
    content: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.slug,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        content["errors"] = [asdict(error) for error in problem.errors]
    return content


def add_handlers(app: FastAPI, renderer: Renderer) -> None:
    """Every error that leaves a route on purpose, as a reply; `middleware.Faults` has the others."""

    async def on_error(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == 405:
            error.headers = {"Allow": ", ".join(_methods(app, request))}
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=error.headers)
        return reply_to_problem(request, renderer, problem_of(error, renderer.texts))

    for kind in (AcobotError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, on_error)


def _methods(app: FastAPI, request: Request) -> list[str]:
    """What the address takes, over all routes that match it; HEAD wherever there is GET, and OPTIONS everywhere."""
    scopes = ({**request.scope, "method": method} for method in ("GET", "POST"))
    taken = [scope["method"] for scope in scopes if any(_takes(route, scope) for route in app.routes)]
    return [*taken, *(["HEAD"] if "GET" in taken else []), "OPTIONS"]


def _takes(route: BaseRoute, scope: Scope) -> bool:
    return route.matches(scope)[0] is Match.FULL


def _asked_by_people(request: Request) -> bool:
    """The pages, and a browser that has lost its way; everything else is asked by programs."""
    path = request.url.path
    if speaks_openai(path) or path == "/api" or path.startswith("/api/"):
        return False
    if path in {"/openapi.json", "/healthz", "/readyz", MCP, "/metrics"}:
        return False
    if path in {"/", "/embed", "/sources", "/about", "/docs"} or path.startswith(("/sources/", "/static/")):
        return True
    return "text/html" in request.headers.get("accept", "")


def _invalid(error: RequestValidationError, texts: Catalogue) -> Problem:
    """What pydantic found wrong, each with a JSON pointer; the values themselves are not repeated."""
    found = error.errors()
    if any(item["type"] == "json_invalid" or (item["type"], item["loc"]) == ("missing", ("body",)) for item in found):
        return refused(texts, 400)
    errors = [FieldError(_pointer(item["loc"][1:]), _in_words(item, texts)) for item in found[:SHOWN_ERRORS]]
    told = [f"{one.pointer or texts.say('invalid.body')} {one.detail}" for one in errors]
    if len(found) > SHOWN_ERRORS:
        told.append(texts.count("invalid.more", len(found) - SHOWN_ERRORS))
    title = title_of(RequestError.slug, texts)
    return Problem(RequestError.status, RequestError.slug, title, "; ".join(told), errors=errors)


def _pointer(path: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901); of a key that a client made up, the beginning."""
    return "".join("/" + shortened(part).replace("~", "~0").replace("/", "~1") for part in path)


def _in_words(item: Mapping[str, Any], texts: Catalogue) -> str:
    limits, kind = item.get("ctx", {}), str(item["type"])
    if kind == "greater_than_equal":
        return texts.say("invalid.at_least", least=limits["ge"])
    if kind == "less_than_equal":
        return texts.say("invalid.at_most", most=limits["le"])
    if kind == "literal_error":
        values = _QUOTED.findall(limits["expected"])
        return texts.say(
            "invalid.one_of", values=reduce(lambda one, other: texts.say("or", one=one, other=other), values)
        )
    most = texts.number(limits.get("max_length", 0))
    return texts.say(INVALID.get(kind, "invalid.other"), reason=item["msg"], most=most)


def _family(kind: type[AcobotError]) -> Iterator[type[AcobotError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)
