"""The JSON API: parse, call the assistant once, reply. The contract is in docs/api.md."""

from __future__ import annotations

import email.message
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass
from starlette.exceptions import HTTPException

from acobot.answer import Answer, Citation, CitedPassage, CitedSource, IndexName, cite_passage, cite_source
from acobot.assistant import Assistant
from acobot.errors import IndexFault
from acobot.question import HISTORY_MESSAGES, MESSAGE_LENGTH, Message


class HistoryMessage(BaseModel):
    """One earlier message; keys that are not known are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    role: Literal["user", "assistant"]
    content: str = Field(description=f"cut at {MESSAGE_LENGTH:,} code points")


class SearchRequest(BaseModel):
    """A question to search for, with the conversation that it stands in."""

    model_config = ConfigDict(strict=True, extra="forbid")

    question: str = Field(description="1 to 1,000 code points")
    history: list[HistoryMessage] = Field([], description=f"the last {HISTORY_MESSAGES} are used")
    limit: int = Field(10, ge=1, le=100)


class AskRequest(BaseModel):
    """A question to answer, with the conversation that it stands in."""

    model_config = ConfigDict(strict=True, extra="forbid")

    question: str = Field(description="1 to 1,000 code points")
    history: list[HistoryMessage] = Field([], description=f"the last {HISTORY_MESSAGES} are used")
    source_ids: Annotated[list[str], Field(min_length=1)] | None = Field(None, description="answer from these only")


@dataclass(frozen=True)
class SearchResult:
    """One passage; `score` is its likeness to the query, between 0 and 1, higher is better."""

    rank: int
    score: float
    source: CitedSource
    passage: CitedPassage
    href: str


@dataclass(frozen=True)
class SearchReply:
    """The passages nearest to a question, best first."""

    searched_for: str
    results: list[SearchResult]
    index: IndexName


@dataclass(frozen=True)
class SourceList:
    """Every source, in order of id."""

    sources: list[CitedSource]
    index: IndexName


@dataclass(frozen=True, kw_only=True)
class SourceText(CitedSource):
    """A source with its citable text, which offsets count in and `sha256` is of (as UTF-8)."""

    text: str
    index: IndexName


async def require_json(request: Request) -> None:
    """Raises 415 unless the body is said to be JSON."""
    message = email.message.Message()
    message["content-type"] = request.headers.get("content-type", "")
    subtype = message.get_content_subtype()
    is_json = message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))
    if not is_json:
        raise HTTPException(415)


def make_router(assistant: Assistant) -> APIRouter:
    """The routes under /api/, and the two that tell whether the service lives."""
    router = APIRouter()
    problems: dict[int | str, dict[str, Any]] = {
        code: {"description": said, "content": {"application/problem+json": {}}}
        for code, said in ((400, "not JSON"), (413, "too large"), (415, "not application/json"), (422, "invalid"),
                           (429, "too many questions"), (503, "no index"))
    }  # fmt: skip

    @router.post("/api/ask", responses=problems, dependencies=[Depends(require_json)])
    def ask(body: AskRequest) -> Answer:
        """Answers a question with quotes, or says that the sources do not answer it."""
        return assistant.ask(body.question, _messages(body.history), body.source_ids)

    @router.post("/api/search", responses=problems, dependencies=[Depends(require_json)])
    def search(body: SearchRequest) -> SearchReply:
        """The passages that are nearest to a question."""
        found = assistant.search(body.question, _messages(body.history), body.limit)
        results = [
            _search_result(rank, candidate.score, cite_passage(candidate.stored, source, rank))
            for rank, candidate in enumerate(found.candidates.chosen, start=1)
            for source in (found.version.corpus.source(candidate.stored.passage.source_id),)
        ]
        return SearchReply(found.query.searched_for, results, IndexName(found.version.id))

    @router.get("/api/sources", responses={503: problems[503]})
    def list_sources() -> SourceList:
        """Every source with its particulars."""
        version = assistant.version()
        sources = [cite_source(version.corpus.source(source_id)) for source_id in version.corpus.source_ids]
        return SourceList(sources, IndexName(version.id))

    @router.get("/api/sources/{source_id:path}", responses={404: {"description": "unknown"}, 503: problems[503]})
    def get_source(source_id: str) -> SourceText:
        """One source with its citable text."""
        version = assistant.version()
        source = version.corpus.source(source_id)
        return SourceText(**asdict(cite_source(source)), text=source.text, index=IndexName(version.id))

    @router.get("/api/index", responses={503: problems[503]})
    def get_index() -> dict[str, Any]:
        """The manifest of the live index."""
        return assistant.version().manifest.as_json()

    @router.api_route("/healthz", methods=["GET", "HEAD"])
    def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @router.api_route("/readyz", methods=["GET", "HEAD"], responses={503: problems[503]})
    def readyz() -> JSONResponse:
        """An index is loaded and answers."""
        version = assistant.version()
        if not assistant.search("Is the index ready?", (), 1).candidates.chosen:
            raise IndexFault("the index is loaded but finds nothing; run 'acobot index --full'")
        return JSONResponse({"status": "ready", "index": {"id": version.id}})

    return router


def _messages(history: list[HistoryMessage]) -> list[Message]:
    return [Message(one.role, one.content[:MESSAGE_LENGTH]) for one in history[-HISTORY_MESSAGES:]]


def _search_result(rank: int, score: float, citation: Citation) -> SearchResult:
    return SearchResult(rank, score, citation.source, citation.passage, citation.href)
