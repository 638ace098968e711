"""A limit as the maintainer wrote it → as an index keeps it: what it points to is looked for in the sources."""

from __future__ import annotations

from collections.abc import Callable

from acobot.errors import SourcesError, UnknownSourceError
from acobot.index import BadFile, Corpus, StoredLimit
from acobot.sources import Block, BlockKind, Limit, Limits, limits_error

UNLINKED = "until then it is told without a link"
Outline = Callable[[str], tuple[str, tuple[Block, ...]] | None]  # a source's id → its text and blocks, or None


def resolve_limit(number: int, limit: Limit, outline: Outline, *, strict: bool) -> StoredLimit:
    """The limit with the span of its source that `see` names.

    Where there is no such place it has none, or if `strict` raises `SourcesError`.
    """
    if limit.is_address or not limit.see:
        return StoredLimit(number, limit.say, limit.see, "", 0, 0)
    try:
        return StoredLimit(number, limit.say, "", *_place(limit, outline))
    except SourcesError:
        if strict:
            raise
        return StoredLimit(number, limit.say, "", "", 0, 0)


def pointing_nowhere(limits: Limits, corpus: Corpus) -> tuple[BadFile, ...]:
    """The limits whose `see` names no place in a version's sources, each with the mend."""

    def outline(source_id: str) -> tuple[str, tuple[Block, ...]] | None:
        try:
            source = corpus.source(source_id)
        except UnknownSourceError:
            return None
        return source.text, source.blocks

    found = []
    for limit in limits.entries:
        try:
            if limit.see and not limit.is_address:
                _place(limit, outline)
        except SourcesError as error:
            found += [BadFile(problem, UNLINKED) for problem in error.problems]
    return tuple(found)


def _place(limit: Limit, outline: Outline) -> tuple[str, int, int]:
    """The source and the span that `see` names. Raises `SourcesError` where there is no such place."""
    source_id, heading = limit.place
    found = outline(source_id)
    if found is None:
        raise limits_error(f"'see' names {source_id!r}, but there is no such source; name one by its id", limit.line)
    text, blocks = found
    if not heading:
        return source_id, 0, 0
    for block in blocks:
        words = " ".join(text[block.start : block.end].split())
        if block.kind is BlockKind.HEADING and words.casefold() == heading.casefold():
            return source_id, block.start, block.end
    reason = f"'see' names the heading {heading!r}, which {source_id!r} does not have; write one as it stands there"
    raise limits_error(reason, limit.line)
