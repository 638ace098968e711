"""Blocks of a text that are being put together of lines, and how they stand to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from acobot.sources.nesting import Marked
from acobot.sources.pdf.columns import Line
from acobot.sources.pdf.tables import MARK
from acobot.sources.record import BlockKind

BESIDE = 1.5  # times the height: so far beside the lines over it a line may begin that stands in
BELOW = 0.9  # times the height, from line to line at least
LETTERS = 2.0  # some, as wide as they are high
LEADERS = re.compile(r"(?:\. ?){5,}\s*(?:\d{1,4}|[ivxl]+)?$|…{2,}")

Look = tuple[int, bool]  # height in half points, and whether bold


@dataclass(slots=True)
class Open:
    """The block that is being put together, of lines that belong together."""

    kind: BlockKind
    look: Look
    lines: list[Line]
    texts: list[str] = field(default_factory=list)
    is_note: bool = False

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a contents list, with dots that lead to a page."""
        return bool(LEADERS.search(self.texts[0]))


def middle_of(line: Line) -> float:
    """Half-way up a line, by its first cell."""
    return line.cells[0].middle


def marked(blocks: Sequence[Open]) -> Iterator[Marked | None]:
    """Where each block that is an item stands in its column; None for the others."""
    edges: dict[tuple[int, tuple[int, ...]], float] = {}
    for line in chain.from_iterable(block.lines for block in blocks):
        place = line.page, line.column
        edges[place] = min(line.left, edges.get(place, line.left))
    for block in blocks:
        line = block.lines[0]
        mark = MARK.match(line.text) if block.kind is BlockKind.ITEM else None
        inset = (line.left - edges[line.page, line.column]) * LETTERS / line.height
        yield Marked(inset, mark[0], block.texts[-1].rstrip().endswith(":")) if mark else None


def table_of(block: Open) -> tuple[bool, int]:
    """Whether a block is a row with rules around its cells, and the number of its table."""
    cells = block.lines[0].cells if block.kind is BlockKind.ROW else []
    return any(cell.is_cell for cell in cells), max((cell.table for cell in cells), default=0)


def is_under(block: Open, line: Line) -> bool:
    """Whether a line stands below some of a block, and not beside all of it, where another text is."""
    near = BESIDE * line.height if middle_of(block.lines[-1]) - middle_of(line) > BELOW * line.height else 0.0
    return any(min(other.end, line.end) + near > max(other.left, line.left) for other in block.lines)


def let_in(blocks: Sequence[Open], following: BlockKind) -> Iterator[Open]:
    """Blocks that stood beside the text, before what follows in it, which their headings must not seem to head."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and following is not BlockKind.HEADING:
            block.kind = BlockKind.PARAGRAPH
        yield block
