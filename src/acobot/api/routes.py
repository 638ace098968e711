"""The JSON API: parse, call the assistant once, reply. The contract is in docs/api.md."""

from __future__ import annotations

import email.message
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException

from acobot.answer import Answer, IndexName, cite_passage, cite_source
from acobot.api.rate_limit import RateLimit
from acobot.api.schemas import (
    Alive,
    AskRequest,
    Ready,
    SearchReply,
    SearchRequest,
    SearchResult,
    SourceList,
    SourceText,
    problem_replies,
    used_messages,
)
from acobot.assistant import Assistant, Found
from acobot.errors import IndexFault
from acobot.index import Manifest
from acobot.languages import Catalogue


async def require_json(request: Request) -> None:
    """Raises 415 unless the body is said to be JSON, and 400 unless it is UTF-8."""
    message = email.message.Message()
    message["content-type"] = request.headers.get("content-type", "")
    subtype = message.get_content_subtype()
    is_json = message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))
    if not is_json:
        raise HTTPException(415)
    try:
        (await request.body()).decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None


def make_router(assistant: Assistant, texts: Catalogue, limit: RateLimit) -> APIRouter:
    """The routes under /api/, and the two that tell whether the service lives."""
    router = APIRouter(responses=problem_replies(texts))

    @lru_cache(maxsize=1)
    def finds_something(_: str) -> bool:
        """Whether the version of this id finds anything: asked once, however often somebody looks."""
        return bool(assistant.search("Is the index ready?", (), 1).candidates.chosen)

    asking: dict[str, Any] = {
        "responses": problem_replies(texts, 400, 413, 415, 422, 429, 503),
        "dependencies": [Depends(require_json), Depends(limit)],
    }

    @router.post("/api/ask", **asking)
    def ask(body: AskRequest) -> Answer:
        """Answers a question with quotes, or says that the sources do not answer it."""
        return assistant.ask(body.question, used_messages(body.history), body.source_ids, body.max_quotes)

    @router.post("/api/search", **asking)
    def search(body: SearchRequest) -> SearchReply:
        """The passages that are nearest to a question."""
        found = assistant.search(body.question, used_messages(body.history), body.limit)
        return SearchReply(found.query.searched_for, _results(found), IndexName(found.version.id))

    @router.get("/api/sources", responses=problem_replies(texts, 503))
    def list_sources() -> SourceList:
        """Every source with its particulars."""
        version = assistant.version()
        sources = [cite_source(card) for card in version.corpus.cards()]
        return SourceList(sources, IndexName(version.id))

    @router.get("/api/sources/{source_id:path}", responses=problem_replies(texts, 404, 410, 503))
    def get_source(source_id: str) -> SourceText:
        """One source with its citable text."""
        version = assistant.version()
        source = assistant.source(source_id)
        return SourceText(**asdict(cite_source(source)), text=source.text, index=IndexName(version.id))

    @router.get("/api/index", responses=problem_replies(texts, 503))
    def get_index() -> Manifest:
        """The manifest of the live index."""
        return assistant.version().manifest

    @router.get("/healthz")
    def healthz() -> Alive:
        """The process lives."""
        return Alive("ok")

    @router.get("/readyz", responses=problem_replies(texts, 503))
    def readyz() -> Ready:
        """An index is loaded and answers."""
        version = assistant.version()
        if not finds_something(version.id):
            raise IndexFault("the index is loaded but finds nothing; run 'acobot index --full'")
        return Ready("ready", IndexName(version.id))

    return router


def _results(found: Found) -> list[SearchResult]:
    results = []
    for rank, candidate in enumerate(found.candidates.chosen, start=1):
        source = found.version.corpus.source(candidate.stored.passage.source_id)
        cited = cite_passage(candidate.stored, source, rank)
        results.append(SearchResult(rank, candidate.score, cited.source, cited.passage, cited.href))
    return results
