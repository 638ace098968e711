"""Tables in which each second row is shaded cell by cell: the cells of a row between two shaded ones.

Such a row has no rules of its own. It takes several lines, and stands further from the rows beside it than they do
from each other: where they do not, they may as well be rows. So may lines that all stand side by side in all columns,
and none of which goes on in the next: prices under shaded heads. Its first cell is a name: what ends a sentence there
is a text under a shaded head, and so is what stands over boxes in bolder letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acobot.sources.pdf.lines import Segment
from acobot.sources.pdf.shapes import Box

SAME = 3.0  # points by which edges of cells in one column may differ
CLOSE = 1.35  # heights of the letters from line to line within a cell
WIDER = 1.06  # times the step from line to line, from row to row
LEAST = 2  # columns that say something
_ENDED = re.compile(r"[.!?][\"'’”)]?$")


def rows_between(
    table: Sequence[Box], said: dict[Box, list[Segment]], open_ones: Sequence[Segment]
) -> Iterator[dict[Box, list[Segment]]]:
    """The cells, with their lines, of each row between two of a table's; `open_ones` are the lines without a cell."""
    rows: list[list[Box]] = []
    for cell in sorted(table, key=lambda one: (-round(one[3] / SAME), one[0])):
        if not rows or rows[-1][0][3] - cell[3] > SAME:
            rows.append([])
        rows[-1].append(cell)
    for above, below in pairwise(rows):
        top, bottom = min(cell[1] for cell in above), max(cell[3] for cell in below)
        if not _are_columns(above, below) or top - bottom < SAME:
            continue
        left, right = above[0][0] - SAME, above[-1][2] + SAME
        lines = [one for one in open_ones if bottom < one.middle < top and left < one.middle_x < right]
        columns = [[one for one in lines if cell[0] - 1 < one.left and one.right < cell[2] + 1] for cell in above]
        around = [[said[one] for one in pair] for pair in zip(above, below, strict=True)]
        if sum(map(len, columns)) == len(lines) and _is_row(columns, around) and not _is_text(columns, below, said):
            yield {
                (cell[0], bottom, cell[2], top): column for cell, column in zip(above, columns, strict=True) if column
            }


def _are_columns(above: Sequence[Box], below: Sequence[Box]) -> bool:
    """Whether two rows have the same columns."""
    return len(above) == len(below) >= LEAST and all(
        abs(one[0] - other[0]) < SAME and abs(one[2] - other[2]) < SAME for one, other in zip(above, below, strict=True)
    )


def _is_row(columns: Sequence[Sequence[Segment]], around: Sequence[Sequence[Sequence[Segment]]]) -> bool:
    """Whether the lines are those of one row; `around` is what stands above and below in each column."""
    steps = [[one.middle - other.middle for one, other in pairwise(_down(column))] for column in columns]
    if sum(map(bool, columns)) < LEAST or not any(steps):
        return False
    size = max(one.height for column in columns for one in column)
    widest = max(step for column in steps for step in column)
    off = min(
        abs(line.middle - other.middle)
        for column, beside in zip(columns, around, strict=True)
        for line in column
        for lines in beside
        for other in lines
    )
    return widest < CLOSE * size and off > WIDER * widest and not _are_lines(columns)


def _are_lines(columns: Sequence[Sequence[Segment]]) -> bool:
    """Whether lines stand side by side in all columns that say something, and none goes on in the next one."""
    said = [_down(column) for column in columns if column]
    level = len({len(column) for column in said}) == 1 and all(
        abs(one.middle - row[0].middle) < SAME for row in zip(*said, strict=False) for one in row
    )
    return level and not any(
        one.text.endswith((",", "-", "&")) or other.text[:1].islower()
        for column in said
        for one, other in pairwise(column)
    )


def _is_text(columns: Sequence[Sequence[Segment]], below: Sequence[Box], said: dict[Box, list[Segment]]) -> bool:
    """Whether the lines are texts under heads in boxes, with the next heads below them."""
    lines = [one for column in columns for one in column]
    heads = min(one.weight for cell in below for one in said[cell])
    ends = bool(columns[0]) and bool(_ENDED.search(_down(columns[0])[-1].text))
    return ends or heads > max(one.weight for one in lines)


def _down(column: Sequence[Segment]) -> list[Segment]:
    return sorted(column, key=lambda one: -one.middle)
