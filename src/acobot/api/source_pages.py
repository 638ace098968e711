"""The pages to read in: the sources, each with a quote marked, about the service, the API; and the static files."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acobot.answer import cite_source
from acobot.api.marking import elements, marked_words
from acobot.api.rate_limit import ReadingLimit
from acobot.api.rendering import Renderer
from acobot.api.showing import original_href
from acobot.api.source_parts import part_of
from acobot.assistant import SHORT_DIGEST, Assistant
from acobot.index import SourceCard
from acobot.sources import BlockKind, Source

# What is said where a link cannot simply be followed, by key.
STALE, MOVED, ASTRAY = "source_page.stale", "source_page.moved", "source_page.astray"

Span = tuple[int, int]  # [start, end) in code points
NOTHING: Span = (0, 0)


def make_router(assistant: Assistant, renderer: Renderer, limit: ReadingLimit) -> APIRouter:
    """What is read rather than asked."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources", dependencies=[Depends(limit)])
    def sources() -> Response:
        cards = assistant.version().corpus.cards()
        return renderer.page("sources.html", sources=[(cite_source(card), _first_ask(card)) for card in cards])

    @router.get("/sources/{source_id:path}", dependencies=[Depends(limit)])
    def source(source_id: str, start: str = "", end: str = "", v: str = "", part: str = "") -> Response:
        found = assistant.source(source_id)
        span, key = _span(assistant, found, (start, end), v)
        shown, number, parts = part_of(found, int(part) if _is_number(part) else 0, span[0])
        groups = elements(found, *span, shown)
        contents = [e for group in groups for e in group if e.kind == BlockKind.HEADING and not e.furniture]
        cited, words = cite_source(found), marked_words(groups)
        return renderer.page(
            "source.html",
            source=cited,
            groups=groups,
            contents=contents,
            part=number,
            parts=parts,
            note=renderer.texts.say(key) if key else "",
            marked=bool(words),
            original=original_href(cited, words),
            successor=_title_of(assistant, cited.superseded_by),
        )

    @router.get("/about")
    def about() -> Response:
        return renderer.page("about.html")

    @router.get("/docs")
    def docs() -> Response:
        return renderer.page("docs.html")

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        return _file(renderer.static(name))

    @router.get("/widget.js")
    def widget() -> Response:
        # Other sites name this address, so it carries no digest, and is asked for again after an hour.
        return _file(renderer.static(renderer.address("widget.js").rsplit("/", 1)[1], cache="public, max-age=3600"))

    return router


def _file(found: Response | None) -> Response:
    if found is None:
        raise HTTPException(404)
    return found


def _title_of(assistant: Assistant, source_id: str | None) -> str:
    """The title of a source, "" where there is none of this id."""
    return assistant.version().corpus.title(source_id) if source_id else ""


def _first_ask(card: SourceCard) -> str:
    return card.asks[0].text if card.asks else ""


def _span(assistant: Assistant, source: Source, at: tuple[str, str], digest: str) -> tuple[Span, str]:
    """The span to mark, and the key of what to say where the link cannot simply be followed.

    From 0 to 0 is a link to the whole source, whatever its text is by now.
    """
    if at == ("0", "0") or not (any(at) or digest):
        return NOTHING, ""
    start, end = map(int, at) if all(map(_is_number, at)) else NOTHING
    if digest and digest[:SHORT_DIGEST] != source.sha256[:SHORT_DIGEST]:
        moved = _find_once(source, assistant.words_before(source.id, digest, start, end))
        return moved, MOVED if moved != NOTHING else STALE
    return ((start, end), "") if _is_shown(source, start, end) else (NOTHING, ASTRAY)


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
