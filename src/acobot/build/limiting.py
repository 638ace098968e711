"""A limit as the maintainer wrote it → as an index keeps it: what it points to is looked for in the sources."""

from __future__ import annotations

from collections.abc import Callable

from acobot.index import StoredLimit
from acobot.sources import Block, BlockKind, Limit, limits_error

Outline = Callable[[str], tuple[str, tuple[Block, ...]] | None]  # a source's id → its text and blocks, or None


def resolve_limit(number: int, limit: Limit, outline: Outline) -> StoredLimit:
    """The limit with the span of its source that `see` names. Raises `SourcesError` where there is no such place."""
    if limit.is_address or not limit.see:
        return StoredLimit(number, limit.say, limit.see, "", 0, 0)
    source_id, heading = limit.place
    found = outline(source_id)
    if found is None:
        raise limits_error(f"'see' names {source_id!r}, but there is no such source; name one by its id", limit.line)
    text, blocks = found
    if not heading:
        return StoredLimit(number, limit.say, "", source_id, 0, 0)
    for block in blocks:
        words = " ".join(text[block.start : block.end].split())
        if block.kind is BlockKind.HEADING and words.casefold() == heading.casefold():
            return StoredLimit(number, limit.say, "", source_id, block.start, block.end)
    reason = f"'see' names the heading {heading!r}, which {source_id!r} does not have; write one as it stands there"
    raise limits_error(reason, limit.line)
