"""Heads of several lines over a table without rules → one row of heads, each over its own column. Geometry only.

A browser prints a head that stands over two columns on a line of its own, and one that stands beside two lines half-way
between them. Only what is bolder than the rows below it is taken for a head.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from acobot.sources.pdf.columns import Line
from acobot.sources.pdf.lines import Segment
from acobot.sources.pdf.tables import CLOSE, tabular

LEAST_COLUMNS, MOST_COLUMNS = 3, 12
MOST_LINES = 5  # of heads
NEAR = 2.5  # heights of the letters from line to line of heads
OFF = 6.0  # points by which a head may stand beside its column, on the left, on the right or in the middle
SAME_SIZE = 0.1  # of the letters' height


@dataclass(frozen=True, slots=True)
class _Span:
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def with_one_head(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page; where heads of several lines stand over a table and can be told apart, one instead."""
    numbers = tabular(lines)
    found: list[Line] = []
    taken = 0
    for first in sorted(numbers):
        if first < taken or not _begins_body(lines, first):
            continue
        columns = _columns(lines, first, numbers)
        for above in range(_heads_above(lines, first, taken), first - 1):  # the first of them may be the table's title
            if head := _one_head(lines[above:first], columns):
                found += [*lines[taken:above], head]
                taken = first
                break
    return [*found, *lines[taken:]]


def _begins_body(lines: Sequence[Line], number: int) -> bool:
    """Whether a line and the next are rows of as many cells, and the line before is bolder than they are."""
    rows = lines[number : number + 2]
    count = len(rows[0].cells)
    if number == 0 or len(rows) < 2 or not LEAST_COLUMNS <= count <= MOST_COLUMNS or len(rows[1].cells) != count:
        return False
    return not any(cell.is_cell for row in rows for cell in row.cells) and _heads(lines[number - 1], rows[0])


def _heads(line: Line, body: Line) -> bool:
    """Whether a line is of the size of the rows below it, and bolder."""
    same = abs(line.height - body.height) <= SAME_SIZE * body.height
    heaviest = max(cell.weight for cell in body.cells)
    return same and (line.column == body.column) and all(cell.weight > heaviest for cell in line.cells)


def _heads_above(lines: Sequence[Line], body: int, least: int) -> int:
    """The number of the first of the lines of heads over a table's first row."""
    number = body
    while number > max(least, body - MOST_LINES) and _heads(lines[number - 1], lines[body]):
        step = (lines[number - 1].cells[0].middle - lines[number].cells[0].middle) / lines[body].height
        if lines[number - 1].cells[0].page != lines[body].cells[0].page or not 0 < step <= NEAR:
            break
        number -= 1
    return number


def _columns(lines: Sequence[Line], body: int, numbers: set[int]) -> list[_Span]:
    """How far the cells of each column reach, in the rows that have them all."""
    count, last = len(lines[body].cells), body
    while last + 1 in numbers and len(lines[last + 1].cells) == count:
        last += 1
    rows = lines[body : last + 1]
    return [
        _Span(min(row.cells[at].left for row in rows), max(row.cells[at].right for row in rows)) for at in range(count)
    ]


def _one_head(heads: Sequence[Line], columns: Sequence[_Span]) -> Line | None:
    """The lines of heads as one row; None where it is not plain what stands over which column."""
    lowest = heads[-1]
    own: dict[int, Segment] = {}
    groups: list[list[Segment]] = []
    for line in reversed(heads):
        left: list[Segment] = []
        for cell in line.cells:
            at = min(range(len(columns)), key=lambda at: _off(cell, columns[at]))
            if at in own or _off(cell, columns[at]) > OFF or _is_over_more(cell, columns, [at]):
                left.append(cell)
            else:
                own[at] = cell
        if left and (line.cells[0].middle - lowest.cells[0].middle) / lowest.height < CLOSE:
            return None  # a head of several lines, or no heads at all
        groups += [left] if left else []
    if not set(range(1, len(columns))) <= own.keys():
        return None
    said = {at: cell.text for at, cell in own.items()}
    below = [at for at, cell in sorted(own.items()) if cell in lowest.cells]
    spans = [_Span(own[at].left, own[at].right) if at in own else span for at, span in enumerate(columns)]
    for cells in groups:
        over = _over(cells, spans, below)
        if over is None or sum(map(len, over)) == len(columns):  # over all that there is stands a title
            return None
        for cell, covered in zip(cells, over, strict=True):
            said |= {at: f"{cell.text} {said[at]}" for at in covered}
    texts = [said.get(at, "") for at in range(len(columns))]
    blank = replace(lowest.cells[0], spaces=())
    cells = [
        replace(blank, text=text, left=span.left, right=span.right) for text, span in zip(texts, columns, strict=True)
    ]
    return replace(lowest, cells=cells)


def _over(cells: Sequence[Segment], spans: Sequence[_Span], below: Sequence[int]) -> list[range] | None:
    """The columns, of those that have a head below, that each head of a line stands over: as many as can be."""
    shares = [
        [range(begin, end) for begin, end in zip(cuts, (*cuts[1:], last), strict=True)]
        for last in range(1, len(spans) + 1)
        for cuts in combinations(range(last), len(cells))
    ]
    plain = [
        (-sum(map(len, share)), total, share)
        for share in shares
        if all(at in below for covered in share for at in covered)
        and (total := _total_off(cells, spans, share)) <= OFF * len(cells)
    ]
    return min(plain, key=lambda one: one[:2])[2] if plain else None


def _total_off(cells: Sequence[Segment], spans: Sequence[_Span], share: Sequence[range]) -> float:
    """How far heads stand off from the columns that each of them is given; without bound where one is over others."""
    total = 0.0
    for cell, covered in zip(cells, share, strict=True):
        off = _off(cell, _Span(spans[covered[0]].left, spans[covered[-1]].right))
        if off > OFF or _is_over_more(cell, spans, covered):
            return math.inf
        total += off
    return total


def _is_over_more(cell: Segment, spans: Sequence[_Span], columns: Sequence[int]) -> bool:
    """Whether a head reaches over other columns than these."""
    others = (span for at, span in enumerate(spans) if at not in columns)
    return any(min(cell.right, span.right) - max(cell.left, span.left) > OFF for span in others)


def _off(cell: Segment, span: _Span) -> float:
    """How far a head stands off from a column, by the nearest of its two ends and its middle."""
    middle = (cell.left + cell.right) / 2
    return min(abs(cell.left - span.left), abs(cell.right - span.right), abs(middle - span.middle))
