"""The JSON API: parse, call the assistant once, reply. The contract is in docs/api.md."""

from __future__ import annotations

import email.message
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from acobot.answer import Answer, IndexName, cite_passage
from acobot.api.batch import answer_batch
from acobot.api.checked import CheckedRoute
from acobot.api.lenient import LenientRoute
from acobot.api.middleware import STABLE
from acobot.api.paging import Listed, bad_cursor, link_next, read_cursor, write_cursor
from acobot.api.rate_limit import RateLimit
from acobot.api.schemas import (
    MOST_RESULTS,
    Alive,
    AskRequest,
    BatchReply,
    BatchRequest,
    Cursor,
    Ready,
    SearchReply,
    SearchRequest,
    SearchResult,
    problem_replies,
    used_messages,
)
from acobot.api.streaming import prefers_events, stream_answer
from acobot.assistant import Assistant, Found
from acobot.errors import IndexFault
from acobot.languages import Catalogue


async def require_json(request: Request) -> None:
    """Raises 415 unless the body is said to be JSON, and 400 unless it is UTF-8."""
    message = email.message.Message()
    message["content-type"] = request.headers.get("content-type", "")
    subtype = message.get_content_subtype()
    is_json = message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))
    if not is_json:
        raise HTTPException(415)
    body = await request.body()
    try:
        body.decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None
    if b"\0" in body:  # no JSON has it in UTF-8; in UTF-16 and UTF-32, which Python would guess, every letter has
        raise HTTPException(400)


def make_router(assistant: Assistant, texts: Catalogue, limit: RateLimit) -> APIRouter:
    """The questions that can be asked under /api/v1/, and the two that tell whether the service lives."""

    class Route(CheckedRoute, LenientRoute):
        checks = (require_json, limit.check)

    router = APIRouter(responses=problem_replies(texts), route_class=Route)

    look, looking = _readiness(assistant), CapacityLimiter(1)

    asking: dict[str, Any] = {
        "responses": problem_replies(texts, 400, 413, 415, 422, 429, 503),
        "tags": ["ask"],
    }

    @router.post(f"{STABLE}ask", response_model=Answer, **asking)
    async def ask(body: AskRequest, request: Request) -> object:
        """Answers a question with quotes, or says that the sources do not answer it."""
        asked = (body.question, used_messages(body.history), body.source_ids, body.max_quotes)
        if prefers_events(request):
            return await stream_answer(lambda tell: assistant.ask(*asked, tell), texts)
        return await run_in_threadpool(assistant.ask, *asked)

    @router.post(f"{STABLE}ask/batch", response_model=BatchReply, **asking)
    async def ask_batch(body: BatchRequest, request: Request) -> Response:
        """Answers several questions, each with its own answer or problem."""
        return await answer_batch(assistant, texts, limit, body, request)

    @router.post(f"{STABLE}search", **asking)
    def search(body: SearchRequest, response: Response, cursor: Cursor = None) -> SearchReply:
        """The passages that are nearest to a question."""
        # All are ranked together, so that each page goes on where the one before it ended.
        found = assistant.search(body.question, used_messages(body.history), MOST_RESULTS)
        first = _rank_of(cursor, found.version.id) if cursor is not None else 0
        results = _results(found, first, body.limit)
        following = None
        if first + len(results) < len(found.candidates.chosen):
            place = write_cursor(Listed.RESULTS, f"{found.version.id}:{first + len(results)}")
            following = link_next(response, f"{STABLE}search", cursor=place)
        return SearchReply(found.query.searched_for, results, following, IndexName(found.version.id))

    @router.get("/healthz", tags=["service"])
    async def healthz() -> Alive:
        """The process lives."""
        return Alive("ok")

    @router.get("/readyz", tags=["service"], responses=problem_replies(texts, 503))
    async def readyz() -> Ready:
        """An index is loaded, can be read, and answers; who asks this waits for no question."""
        return await to_thread.run_sync(look, limiter=looking)

    return router


def _readiness(assistant: Assistant) -> Callable[[], Ready]:
    """Looks whether an index is loaded and answers. What it gives raises `IndexFault`."""

    @lru_cache(maxsize=1)
    def finds_something(_: str) -> bool:
        """Whether the version of this id finds anything: asked once, however often somebody looks."""
        return bool(assistant.search("Is the index ready?", (), 1).candidates.chosen)

    def look() -> Ready:
        assistant.check_readable()
        version = assistant.version()
        if not finds_something(version.id):
            raise IndexFault("the index is loaded but finds nothing; run 'acobot index --full'")
        return Ready("ready", IndexName(version.id))

    return look


def _rank_of(cursor: str, index_id: str) -> int:
    """How many results stand before those that a cursor leads to; it is worth nothing once another index is live."""
    made_of, _, rank = read_cursor(Listed.RESULTS, cursor).partition(":")
    if made_of != index_id or not (rank.isascii() and rank.isdecimal() and len(rank) <= len(str(MOST_RESULTS))):
        raise bad_cursor()
    return int(rank)


def _results(found: Found, first: int, limit: int) -> list[SearchResult]:
    results = []
    for rank, candidate in enumerate(found.candidates.chosen[first : first + limit], start=first + 1):
        source = found.version.corpus.source(candidate.stored.passage.source_id)
        cited = cite_passage(candidate.stored, source, rank)
        results.append(SearchResult(rank, candidate.score, cited.source, cited.passage, cited.href))
    return results
