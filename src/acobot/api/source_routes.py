"""The sources and the index as programs read them. The contract is in docs/api.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi import Path as PathParameter

from acobot.answer import IndexName, cite_source
from acobot.api.middleware import STABLE
from acobot.api.paging import Listed, link_next, read_cursor, write_cursor
from acobot.api.rate_limit import ReadingLimit
from acobot.api.schemas import Cursor, IndexState, SourceList, SourceText, problem_replies
from acobot.assistant import SHORT_DIGEST, Assistant
from acobot.languages import Catalogue

MOST_SOURCES = 1000  # a page
FOR_EVER = "public, max-age=31536000, immutable"


SourceId = Annotated[str, PathParameter(description="the id, percent-encoded", examples=["guide"])]
Digest = Annotated[
    str,
    Query(description="the beginning of the text's `sha256`: such a reply is kept for ever", examples=["3f1c0f3f3f0a"]),
]


def make_router(assistant: Assistant, texts: Catalogue, limit: ReadingLimit) -> APIRouter:
    """What is read rather than asked."""
    router = APIRouter(responses=problem_replies(texts), tags=["sources"])
    reading: dict[str, Any] = {"dependencies": [Depends(limit)]}

    @router.get(f"{STABLE}sources", responses=problem_replies(texts, 422, 429, 503), **reading)
    def list_sources(
        response: Response,
        limit: Annotated[
            int | None, Query(ge=1, le=MOST_SOURCES, description="at most so many; all if left out", examples=[100])
        ] = None,
        cursor: Cursor = None,
    ) -> SourceList:
        """The sources with their particulars: all, or so many a page."""
        version = assistant.version()
        after = read_cursor(Listed.SOURCES, cursor) if cursor is not None else ""
        left = list(version.corpus.cards(after, -1 if limit is None else limit + 1))
        shown, following = left[:limit], None
        if len(shown) < len(left):
            following = link_next(
                response, f"{STABLE}sources", limit=limit, cursor=write_cursor(Listed.SOURCES, shown[-1].id)
            )
        return SourceList([cite_source(card) for card in shown], following, IndexName(version.id))

    @router.get(f"{STABLE}sources/{{source_id:path}}", responses=problem_replies(texts, 404, 410, 429, 503), **reading)
    def get_source(source_id: SourceId, response: Response, v: Digest = "") -> SourceText:
        """One source with its citable text."""
        found = assistant.find_source(source_id)
        source = found.source
        if len(v) >= SHORT_DIGEST and source.sha256.startswith(v):
            response.headers["Cache-Control"] = FOR_EVER  # another text has another digest
        return SourceText(**asdict(cite_source(source)), text=source.text, index=IndexName(found.version.id))

    @router.get(f"{STABLE}index", responses=problem_replies(texts, 429, 503), **reading)
    def get_index() -> IndexState:
        """The manifest of the live index, and what could not be read when it was last built."""
        manifest = assistant.version().manifest
        return IndexState(**manifest.as_json(), bad_files=assistant.leftovers().bad)

    return router
