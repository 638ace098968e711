"""The pages to read in: the sources, each with a quote marked, about the service, the API; and the static files."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acobot.answer import cite_source
from acobot.api.marking import elements
from acobot.api.rendering import Renderer
from acobot.api.showing import original_href
from acobot.assistant import Assistant
from acobot.sources import BlockKind, Source

SHORT_DIGEST = 12  # characters of a source's SHA-256 that a link carries
_STALE = "This source has changed since the link was made, so the words that it pointed to are not marked."
_ASTRAY = "The link does not point to words in this source, so nothing is marked."


def make_router(assistant: Assistant, renderer: Renderer) -> APIRouter:
    """What is read rather than asked."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources")
    def sources() -> Response:
        version = assistant.version()
        sources = [version.corpus.source(source_id) for source_id in version.corpus.source_ids]
        return renderer.page("sources.html", sources=[(cite_source(one), _first_ask(one)) for one in sources])

    @router.get("/sources/{source_id:path}")
    def source(source_id: str, start: str = "", end: str = "", v: str = "") -> Response:
        found = assistant.version().corpus.source(source_id)
        span, note = _span(found, start, end, v)
        groups = elements(found, *span)
        contents = [e for group in groups for e in group if e.kind == BlockKind.HEADING and not e.furniture]
        cited, words = cite_source(found), found.text[slice(*span)]
        return renderer.page(
            "source.html",
            source=cited,
            groups=groups,
            contents=contents,
            note=note,
            marked=bool(words),
            original=original_href(cited, words),
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


def _first_ask(source: Source) -> str:
    return source.asks[0].text if source.asks else ""


def _span(source: Source, start: str, end: str, digest: str) -> tuple[tuple[int, int], str]:
    """The span to mark, and what to say where it cannot be marked; (0, 0) marks nothing."""
    if not (start or end or digest):
        return (0, 0), ""
    # What the words were is not known from offsets into another text.
    if digest and digest[:SHORT_DIGEST] != source.sha256[:SHORT_DIGEST]:
        return (0, 0), _STALE
    if not (_is_number(start) and _is_number(end)):
        return (0, 0), _ASTRAY
    first, last = int(start), int(end)
    shown = any(max(first, block.start) < min(last, block.end) for block in source.blocks)
    return ((first, last), "") if shown and last <= len(source.text) else ((0, 0), _ASTRAY)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
