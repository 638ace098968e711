"""Segments of a page → its lines in reading order: one column after the other, each from top to bottom.

A gutter is looked for that many segments begin behind and few cross; what crosses it parts the page into bands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from acobot.sources.pdf.lines import Segment

LEAST_LINES = 4  # in each of two columns
FILLED = 0.55  # of a column's width that its lines must fill, as prose does and cells of a table do not
LEAST_LETTERS = 14  # of a typical line of a column
ALIGNED = 3.0  # points by which left edges in a column may differ, but for indents
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side in one column: one segment, or several cells."""

    cells: list[Segment]
    column: tuple[int, ...]

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
        if crosses:  # as wide as what it stands in, so in the same column as that
            lines.extend(in_reading_order(band, column) if len(band) < len(segments) else rows(band, column))
            continue
        sides = _sides(band, gutter)
        if all(sides) and not all(_is_wordy(part) for part in sides):
            lines.extend(rows(band, column))
            continue
        for side, part in enumerate(sides):
            lines.extend(in_reading_order(part, (*column, number, side)))
    return lines


def rows(segments: Sequence[Segment], column: tuple[int, ...] = ()) -> Iterator[Line]:
    """Segments that stand on one height, from left to right; rows from top to bottom."""
    open_row: list[Segment] = []
    for segment in sorted(segments, key=lambda one: (-one.middle, one.left)):
        if open_row and not _beside(open_row, segment):
            yield Line(sorted(open_row, key=lambda one: one.left), column)
            open_row = []
        open_row.append(segment)
    if open_row:
        yield Line(sorted(open_row, key=lambda one: one.left), column)


def _beside(row: Sequence[Segment], segment: Segment) -> bool:
    tallest = max(row, key=lambda one: one.height)
    return tallest.bottom < segment.middle < tallest.top and segment.middle > tallest.middle - 0.5 * tallest.height


def _gutter(segments: Sequence[Segment]) -> float | None:
    """The first place from the left that parts two columns of prose, or None."""
    edges = Counter(round(segment.left) for segment in segments)
    for edge in sorted(edge for edge, count in edges.items() if count > 1):
        gutter = edge - ALIGNED
        begin = [segment for segment in segments if abs(segment.left - edge) <= ALIGNED]
        if len(begin) >= LEAST_LINES and any(
            _is_prose([segment for segment in band if segment.middle_x < gutter])
            and _is_prose([segment for segment in band if abs(segment.left - edge) <= ALIGNED])
            for crosses, band in _bands(segments, gutter)
            if not crosses
        ):
            return gutter
    return None


def _is_prose(part: Sequence[Segment]) -> bool:
    """Whether segments are lines of a column: enough of them, of some words, that fill most of its width."""
    if len(part) < LEAST_LINES or not _is_wordy(part):
        return False
    width = max(segment.right for segment in part) - min(segment.left for segment in part)
    return median(segment.right - segment.left for segment in part) >= FILLED * width


def _is_wordy(part: Sequence[Segment]) -> bool:
    return median(len(segment.text) for segment in part) >= LEAST_LETTERS


def _sides(band: Sequence[Segment], gutter: float) -> tuple[list[Segment], list[Segment]]:
    left = [segment for segment in band if segment.middle_x < gutter]
    return left, [segment for segment in band if segment.middle_x >= gutter]


def _bands(segments: Sequence[Segment], gutter: float) -> Iterator[tuple[bool, list[Segment]]]:
    """From top to bottom: segments that cross the gutter, with what stands beside them, and those between them."""
    across = {
        round(segment.middle) + near
        for segment in segments
        if segment.left < gutter < segment.right
        for near in (-1, 0, 1)
    }
    band: list[Segment] = []
    crossing = False
    for segment in sorted(segments, key=lambda one: (-one.middle, one.left)):
        crosses = round(segment.middle) in across
        if band and crosses is not crossing:
            yield crossing, band
            band = []
        crossing = crosses
        band.append(segment)
    if band:
        yield crossing, band
