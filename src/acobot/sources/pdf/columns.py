"""Segments of a page → its lines in reading order: one column after the other, each from top to bottom.

A gutter is looked for that many segments begin behind and few cross; what crosses it parts the page into bands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from acobot.sources.pdf.lines import Segment

LEAST_LINES = 4  # in each of two columns
FILLED = 0.55  # of a column's width that its lines must fill, as prose does and cells of a table do not
LEAST_LETTERS = 14  # of a typical line of a column
ALIGNED = 3.0  # points by which left edges in a column may differ, but for indents
_DEPTH = 6


@dataclass(slots=True)
class Line:
    """What stands side by side in one column: one segment, or several cells; `right` is the column's edge."""

    cells: list[Segment]
    column: tuple[int, ...]
    right: float

    @property
    def text(self) -> str:
        """All cells, with a space between."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Of the first cell."""
        return self.cells[0].left

    @property
    def end(self) -> float:
        """Where the last cell ends."""
        return self.cells[-1].right

    @property
    def top(self) -> float:
        """Of the highest cell."""
        return max(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        """Of the lowest cell."""
        return min(cell.bottom for cell in self.cells)

    @property
    def height(self) -> float:
        """Of the longest cell."""
        return max(self.cells, key=lambda cell: len(cell.text)).height

    @property
    def page(self) -> int:
        """Counted from 0."""
        return self.cells[0].page


def in_reading_order(segments: Sequence[Segment], column: tuple[int, ...] = ()) -> list[Line]:
    """The lines of a page, or of one of its columns."""
    gutter = _gutter(segments) if len(column) < _DEPTH else None
    if gutter is None:
        return list(rows(segments, column))
    lines: list[Line] = []
    for number, (crosses, band) in enumerate(_bands(segments, gutter)):
        inner = (*column, number)
        if crosses:
            lines.extend(in_reading_order(band, inner) if len(band) < len(segments) else rows(band, inner))
            continue
        sides = _sides(band, gutter)
        if all(sides) and not all(_is_wordy(part) for part in sides):
            lines.extend(rows(band, inner))
            continue
        for side, part in enumerate(sides):
            lines.extend(in_reading_order(part, (*inner, side)))
    return lines


def rows(segments: Sequence[Segment], column: tuple[int, ...] = ()) -> Iterator[Line]:
    """Segments that stand on one height, from left to right; rows from top to bottom."""
    right = max((segment.right for segment in segments), default=0.0)
    open_row: list[Segment] = []
    for segment in sorted(segments, key=lambda one: (-one.middle, one.left)):
        if open_row and not _beside(open_row, segment):
            yield Line(sorted(open_row, key=lambda one: one.left), column, right)
            open_row = []
        open_row.append(segment)
    if open_row:
        yield Line(sorted(open_row, key=lambda one: one.left), column, right)


def _beside(row: Sequence[Segment], segment: Segment) -> bool:
    tallest = max(row, key=lambda one: one.height)
    return tallest.bottom < segment.middle < tallest.top and segment.middle > tallest.middle - 0.5 * tallest.height


def _gutter(segments: Sequence[Segment]) -> float | None:
    """The place between two columns of prose, or None: of all left edges the one that most lines of a column have."""
    best: tuple[int, float] = (0, 0.0)
    for edge in sorted({round(segment.left) for segment in segments}):
        gutter = edge - ALIGNED
        begin = sum(abs(segment.left - edge) <= ALIGNED for segment in segments)
        if begin < LEAST_LINES or begin <= best[0]:
            continue
        if any(_is_columns(band, gutter) for crosses, band in _bands(segments, gutter) if not crosses):
            best = begin, gutter
    return best[1] if best[0] else None


def _is_columns(band: Sequence[Segment], gutter: float) -> bool:
    """Whether on both sides there is prose: enough lines that fill most of their column."""
    for part in _sides(band, gutter):
        if len(part) < LEAST_LINES or not _is_wordy(part):
            return False
        left, right = min(segment.left for segment in part), max(segment.right for segment in part)
        if median(segment.right - segment.left for segment in part) < FILLED * (right - left):
            return False
    return True


def _is_wordy(part: Sequence[Segment]) -> bool:
    return median(len(segment.text) for segment in part) >= LEAST_LETTERS


def _sides(band: Sequence[Segment], gutter: float) -> tuple[list[Segment], list[Segment]]:
    left = [segment for segment in band if segment.middle_x < gutter]
    return left, [segment for segment in band if segment.middle_x >= gutter]


def _bands(segments: Sequence[Segment], gutter: float) -> Iterator[tuple[bool, list[Segment]]]:
    """From top to bottom: segments that cross the gutter, and those between them that do not."""
    band: list[Segment] = []
    crossing = False
    for segment in sorted(segments, key=lambda one: (-one.middle, one.left)):
        crosses = segment.left < gutter < segment.right
        if band and crosses is not crossing:
            yield crossing, band
            band = []
        crossing = crosses
        band.append(segment)
    if band:
        yield crossing, band
