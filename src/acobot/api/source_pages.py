"""The pages to read in: the sources, each with a quote marked, the API's documentation, and the static files."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acobot.answer import cite_source
from acobot.api.marking import elements
from acobot.api.rendering import Renderer
from acobot.assistant import SHORT_DIGEST, Assistant
from acobot.sources import BlockKind, Source

_STALE = "This source has changed since the link was made, so the words that it pointed to are not marked."
_MOVED = (
    "This source has changed since the link was made. The words that it pointed to still stand here, and are marked."
)
_ASTRAY = "The link does not point to words in this source, so nothing is marked."

Span = tuple[int, int]  # [start, end) in code points
NOTHING: Span = (0, 0)


def make_router(assistant: Assistant, renderer: Renderer) -> APIRouter:
    """What is read rather than asked."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources")
    def sources() -> Response:
        listed = [cite_source(card) for card in assistant.version().corpus.cards()]
        return renderer.page("sources.html", sources=listed)

    @router.get("/sources/{source_id:path}")
    def source(source_id: str, start: str = "", end: str = "", v: str = "") -> Response:
        found = assistant.source(source_id)
        span, note = _span(assistant, found, (start, end), v)
        groups = elements(found, *span)
        contents = [e for group in groups for e in group if e.kind == BlockKind.HEADING and not e.furniture]
        return renderer.page("source.html", source=cite_source(found), groups=groups, contents=contents, note=note)

    @router.get("/docs")
    def docs() -> Response:
        return renderer.page("docs.html")

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        found = renderer.static(name)
        if found is None:
            raise HTTPException(404)
        return found

    return router


def _span(assistant: Assistant, source: Source, at: tuple[str, str], digest: str) -> tuple[Span, str]:
    """The span to mark, and what to say where the link cannot simply be followed."""
    if not (any(at) or digest):
        return NOTHING, ""
    start, end = map(int, at) if all(map(_is_number, at)) else NOTHING
    if digest and digest[:SHORT_DIGEST] != source.sha256[:SHORT_DIGEST]:
        moved = _find_once(source, assistant.words_before(source.id, digest, start, end))
        return moved, _MOVED if moved != NOTHING else _STALE
    return ((start, end), "") if _is_shown(source, start, end) else (NOTHING, _ASTRAY)


def _find_once(source: Source, words: str) -> Span:
    """Where the words stand, if they stand in one place only."""
    start = source.text.find(words) if any(char.isalnum() for char in words) else -1
    if start < 0 or source.text.find(words, start + 1) >= 0 or not _is_shown(source, start, start + len(words)):
        return NOTHING
    return start, start + len(words)


def _is_shown(source: Source, start: int, end: int) -> bool:
    """Whether a span lies in the text and holds something of its blocks."""
    shown = any(max(start, block.start) < min(end, block.end) for block in source.blocks)
    return shown and end <= len(source.text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
