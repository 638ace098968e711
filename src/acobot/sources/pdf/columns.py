"""Segments of a page → its lines in reading order: one column after the other, each from top to bottom.

A gutter is looked for that many segments begin behind and few cross; what crosses it parts the page into bands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from acobot.sources.pdf.asides import are_asides, rows_with_asides
from acobot.sources.pdf.labels import OFF_LINE, are_labels, labelled_rows
from acobot.sources.pdf.lines import HEAVIER, Segment

LEAST_LINES = 4  # in each of two columns
FILLED = 0.55  # of a column's width that its lines must fill, as prose does and cells of a table do not
LEAST_LETTERS = 14  # of a typical line of a column
ALIGNED = 3.0  # points by which left edges in a column may differ, but for indents
LEAST_APART = 3  # lines on each side, of a box beside a text
SAID = 0.3  # of the lines of a text that end a sentence
MOSTLY = 0.6  # of the lines of a box that must do so
APART = 3.0  # times the height, between parts of a line that are not one text
_DEPTH = 6
_SENTENCE_END = re.compile(r"[.!?][\"'’”)]?$")


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
    def is_far_apart(self) -> bool:
        """Whether it has room in it that no line of prose has, so that its two sides are not one sentence."""
        return any(after.left - before.right > APART * self.height for before, after in pairwise(self.cells))

    @property
    def page(self) -> int:
        """Counted from 0."""
        return self.cells[0].page

    @property
    def part(self) -> int:
        """0 for the text of the page, a number for what stands apart from it."""
        return self.cells[0].part


def in_reading_order(segments: Sequence[Segment]) -> list[Line]:
    """The lines of a page: those of its text, and then those of each part that stands apart from it."""
    parts: dict[int, list[Segment]] = {}
    for segment in segments:
        parts.setdefault(segment.part, []).append(segment)
    return [line for part in sorted(parts) for line in _in_order(parts[part], (-part,) if part else ())]


def _in_order(segments: Sequence[Segment], column: tuple[int, ...]) -> list[Line]:
    """The lines of a part of a page, or of one of its columns."""
    gutter = _gutter(segments) if len(column) < _DEPTH else None
    if gutter is None:
        return list(rows(segments, column))
    lines: list[Line] = []
    for number, (crosses, band) in enumerate(_bands(segments, gutter)):
        if crosses:  # as wide as what it stands in, so in the same column as that
            lines.extend(_in_order(band, column) if len(band) < len(segments) else rows(band, column))
            continue
        sides = _sides(band, gutter)
        if are_labels(*sides):
            lines.extend(Line(row, column) for row in labelled_rows(*sides))
            continue
        if are_asides(*sides):
            lines.extend(Line(row, column) for row in rows_with_asides(*sides))
            continue
        texts = _is_apart(*sides) or _are_cards(*sides)
        if all(sides) and not all(_is_wordy(part) for part in sides) and not texts:
            lines.extend(rows(band, column))
            continue
        for side, part in enumerate(sides):
            lines.extend(_in_order(part, (*column, number, side)))
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
    """The first place from the left that parts two columns of prose, or text from a box beside it; or None."""
    edges = Counter(round(segment.left) for segment in segments if not segment.is_cell)
    for edge in sorted(edge for edge, count in edges.items() if count > 1):
        gutter = edge - ALIGNED
        begin = [segment for segment in segments if abs(segment.left - edge) <= ALIGNED]
        if len(begin) < LEAST_APART:
            continue
        for crosses, band in _bands(segments, gutter):
            left = [segment for segment in band if segment.middle_x < gutter]
            right = [segment for segment in band if abs(segment.left - edge) <= ALIGNED]
            if crosses:
                continue
            columns = (_is_prose(left) and _is_prose(right)) or _is_apart(left, right) or _are_cards(left, right)
            sides = _sides(band, gutter)
            if columns or are_labels(*sides) or are_asides(*sides):
                return gutter
    return None


def _are_cards(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two sides are texts under heads of their own that stand on the same heights: questions, bold words.

    A table has such a row only at its top, or has them on one side.
    """
    light = min((segment.weight for segment in (*left, *right)), default=0)
    heads = [{round(one.middle) for one in side if _is_head(one, light)} for side in (left, right)]
    heights = [{round(one.middle) for one in side} for side in (left, right)]
    both, lone = heads[0] & heads[1], (heads[0] ^ heads[1]) & heights[0] & heights[1]
    said = [[bool(_SENTENCE_END.search(one.text)) for one in side] for side in (left, right)]
    return len(both) > 1 and not lone and all(sum(side) >= SAID * len(side) for side in said)


def _is_head(segment: Segment, light: int) -> bool:
    return segment.text.endswith("?") or segment.weight > light + HEAVIER


def _is_apart(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the lines of two sides stand on heights of their own: those of a text and of a box beside it.

    Cells of a table stand on the same heights.
    """
    if min(len(left), len(right)) < LEAST_APART:
        return False
    fewer, more = sorted((left, right), key=len)
    low, high = fewer[-1].bottom, fewer[0].top
    if any(one.is_cell for one in fewer) or any(one.is_cell and low < one.middle < high for one in more):
        return False
    among = [one for one in fewer if more[-1].middle - 1 < one.middle < more[0].middle + 1]
    off = [one for one in among if all(abs(one.middle - other.middle) > OFF_LINE * one.height for other in more)]
    return len(off) >= LEAST_APART and len(off) >= MOSTLY * len(fewer)


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
    } | _ruled_across(segments, gutter)
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


def _ruled_across(segments: Sequence[Segment], gutter: float) -> set[int]:
    """The heights of a ruled table's rows that have cells on both sides of a gutter."""
    cells = [segment for segment in segments if segment.is_cell]
    left = {round(cell.middle) for cell in cells if cell.middle_x < gutter}
    return left & {round(cell.middle) for cell in cells if cell.middle_x >= gutter}
