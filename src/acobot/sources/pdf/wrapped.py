"""Tables without rules whose cells take several lines: found by what stands on one height, at its middle or its top.

Lines of a column that stand close are a cell. Cells are rows of a table if those beside each other begin on one height
or have their middles on one; paragraphs of a text in columns do so by chance only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acobot.sources.pdf.boxes import is_in
from acobot.sources.pdf.columns import ALIGNED, Line, rows
from acobot.sources.pdf.grids import row_of, whole_cell
from acobot.sources.pdf.lines import HEAVIER, Segment
from acobot.sources.pdf.shapes import Box

NARROWEST = 5.0  # points between columns
SAME = 1.0  # points by which the tops or middles of cells in one row may differ
CLOSER = 1.06  # times the least step from line to line: a wider step parts cells
FAR = 4.0  # times the size: what stands further off is not in the table
LEAST_ROWS = 3  # the head among them
DEEPEST = 8  # lines of a cell
LOOKED_AT = 4  # lines above a table: those of columns stand on heights of their own
CLOSE = 1.6  # times the size, from line to line of a sentence
MOST_ROWS = 100  # lines of a table that are looked at
MOST_TRIES = 40  # of lines on a page with which a table may begin
_ASKED = re.compile(r"\?[\"'’”)]?$")
_ENDED = re.compile(r"[.!?][\"'’”)]?$")

_Cell = list[Segment]


def with_wrapped_cells(segments: Sequence[Segment], boxes: Sequence[Box] = ()) -> list[Segment]:
    """The same segments; those of a table with wrapped cells put together to cells, rows on one height.

    No cell stands both in one of the `boxes` and beside it.
    """
    apart = [one for one in segments if one.is_cell]
    lines = list(rows([one for one in segments if not one.is_cell]))
    kept: list[Segment] = []
    number = tried = 0
    while number < len(lines):
        may_be = len(lines[number].cells) > 1 and tried < MOST_TRIES and not _is_amid(lines, number)
        tried += may_be
        found = _table(lines[number : number + MOST_ROWS]) if may_be else None
        if found is None or any(_is_torn(cell, boxes) for row in found[1] for cell in row):
            kept.extend(lines[number].cells)
            number += 1
            continue
        count, table = found
        kept.extend(cell for row in table for cell in row_of([whole_cell(cell) for cell in row]))
        number += count
    return [*kept, *apart]


def _is_amid(lines: Sequence[Line], number: int) -> bool:
    """Whether a line goes on with a sentence from right above it: no table begins with it, or ends before it."""
    above = [cell for line in lines[max(number - LOOKED_AT, 0) : number] for cell in line.cells]
    return any(
        cell.text[:1].islower()
        and any(
            abs(cell.left - other.left) < ALIGNED
            and 0 < other.middle - cell.middle < CLOSE * cell.height
            and not _ENDED.search(other.text)
            for other in above
        )
        for cell in lines[number].cells
    )


def _table(lines: Sequence[Line]) -> tuple[int, list[list[_Cell]]] | None:
    """The longest table that begins with the first of these lines: of how many lines, and its rows."""
    gutters = [(left.right, right.left) for left, right in pairwise(lines[0].cells)]
    ends: list[tuple[int, list[float]]] = []
    doubled = 0
    for number, line in enumerate(lines):
        gutters = [_narrowed(gutter, line) for gutter in gutters]
        doubled += _has_more_columns(line, gutters)
        if any(right - left < NARROWEST for left, right in gutters) or doubled > 1:
            break
        if number and lines[number - 1].bottom - line.top > FAR * line.height:
            break
        ends.append((number + 1, [(left + right) / 2 for left, right in gutters]))
    for count, places in reversed(ends[LEAST_ROWS - 1 :]):
        table = _rows(_columns(lines[:count], places))
        if table and _is_table(table, len(places) + 1) and not (count < len(lines) and _is_amid(lines, count)):
            return count, table
    return None


def _narrowed(gutter: tuple[float, float], line: Line) -> tuple[float, float]:
    """What a line leaves of a gutter."""
    left, right = gutter
    for cell in line.cells:
        if cell.left < right and cell.right > left:
            left, right = (cell.right, right) if cell.middle_x < (left + right) / 2 else (left, cell.left)
    return left, right


def _has_more_columns(line: Line, gutters: Sequence[tuple[float, float]]) -> bool:
    """Whether cells stand side by side between two gutters, which are not all that there are."""
    places = [sum((left + right) / 2 < cell.middle_x for left, right in gutters) for cell in line.cells]
    return len(set(places)) < len(places)


def _columns(lines: Sequence[Line], gutters: Sequence[float]) -> list[list[_Cell]]:
    """The cells of each column, from the top down."""
    columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for segment in line.cells:
            columns[sum(gutter < segment.middle_x for gutter in gutters)].append(segment)
    steps = sorted(
        above.middle - below.middle
        for column in columns
        for above, below in pairwise(column)
        if 0.8 * below.height < above.middle - below.middle
    )
    step = CLOSER * steps[0] if steps else 0.0
    return [list(_cells(column, step)) for column in columns]


def _cells(column: Sequence[Segment], step: float) -> Iterator[_Cell]:
    cell: _Cell = []
    for segment in column:
        if cell and cell[-1].middle - segment.middle > step:
            yield cell
            cell = []
        cell.append(segment)
    if cell:
        yield cell


def _rows(columns: Sequence[Sequence[_Cell]]) -> list[list[_Cell]] | None:
    """Cells that stand beside each other, from the top down; None if one stands alone or across two rows."""
    table: list[list[_Cell]] = []
    for cell in sorted((cell for column in columns for cell in column), key=lambda one: -one[0].middle):
        row = next((row for row in table if any(_beside(cell, other) for other in row)), None)
        if row is None:
            table.append([cell])
        else:
            row.append(cell)
    table.sort(key=lambda row: -max(cell[0].middle for cell in row))
    for above, below in pairwise(table):
        if min(cell[-1].middle for cell in above) < max(cell[0].middle for cell in below) + 1:
            return None
    return table if all(len(row) > 1 for row in table) else None


def _beside(cell: _Cell, other: _Cell) -> bool:
    tops = abs(cell[0].middle - other[0].middle)
    middles = abs(cell[0].middle + cell[-1].middle - other[0].middle - other[-1].middle) / 2
    return min(tops, middles) <= SAME


def _is_torn(cell: _Cell, boxes: Sequence[Box]) -> bool:
    return len(cell) > 1 and any(len({is_in(one, box) for one in cell}) > 1 for box in boxes)


def _is_table(table: Sequence[Sequence[_Cell]], columns: int) -> bool:
    deepest = max(len(cell) for row in table for cell in row)
    if len(table) < LEAST_ROWS or not 1 < deepest <= DEEPEST:
        return False
    if columns > 2:
        return True
    # Two columns may be questions and answers that stand in a grid of their own.
    said = [[cell[-1].text for cell in row] for row in table[1:]]
    asked = any(all(_ASKED.search(text) for text in row) for row in said)
    light = min(segment.weight for row in table for cell in row for segment in cell)
    headed = any(all(cell[0].weight > light + HEAVIER for cell in row) for row in table[1:])
    ended = sum(all(_ENDED.search(text) for text in row) for row in said)
    return not asked and not headed and 2 * ended <= len(said)
