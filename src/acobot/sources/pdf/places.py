"""Rows of a table in which nothing is drawn for an empty cell → rows with a cell in each column. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from acobot.sources.pdf.lines import Segment

LEAST_COLUMNS = 3  # of a table in which a row with fewer cells leaves open which of them is empty


def with_all_cells(rows: Sequence[Sequence[Segment]], *, told: bool = False) -> Sequence[Sequence[Segment]]:
    """The rows of a table with their empty cells, as far as its full rows tell where its columns are.

    A single full row may be one whose words stand far apart: it tells nothing if it does not tell all, unless the file
    itself told what a cell is.
    """
    count = max((len(cells) for cells in rows), default=0)
    full = [cells for cells in rows if len(cells) == count]
    columns = [
        (min(cell.left for cell in cells), max(cell.right for cell in cells)) for cells in zip(*full, strict=True)
    ]
    if count < LEAST_COLUMNS or any(before[1] >= after[0] for before, after in pairwise(columns)):
        return rows
    filled = [_filled(cells, columns) for cells in rows]
    return filled if told or len(full) > 1 or all(len(cells) == count for cells in filled) else rows


def _filled(row: Sequence[Segment], columns: Sequence[tuple[float, float]]) -> Sequence[Segment]:
    """A row with a cell in each column, if each of its own stands in one, and no two in the same."""
    within = [
        [at for at, (left, right) in enumerate(columns) if cell.left < right and left < cell.right] for cell in row
    ]
    said = {places[0]: cell for places, cell in zip(within, row, strict=True) if len(places) == 1}
    if not row or len(said) < len(row):
        return row
    empty = replace(row[0], text="", spaces=())
    return [said.get(at) or replace(empty, left=left, right=right) for at, (left, right) in enumerate(columns)]
