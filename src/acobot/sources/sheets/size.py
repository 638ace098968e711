"""How many cells of a table file are read: more are data to be asked with other means, and take very long."""

from __future__ import annotations

from acobot.sources.record import UnreadableError

MOST_CELLS = 400_000


def refuse_large(cells: int) -> None:
    """Raises `UnreadableError` over so many cells."""
    if cells > MOST_CELLS:
        reason = f"it has {cells:,} cells, more than the {MOST_CELLS:,} that are read"
        raise UnreadableError(f"{reason}; split it, or keep what people ask about")
