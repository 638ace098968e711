"""Boxes that stand beside the text of a page: what is in each is a part of its own, so that lines never mix with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from acobot.sources.pdf.grids import cell_of
from acobot.sources.pdf.lines import Segment
from acobot.sources.pdf.shapes import Box, Shapes

LEAST_WIDTH, LEAST_HEIGHT = 40.0, 20.0  # points
MOST_BOXES = 200  # of a page, the largest, that are looked at
WITHIN = 3.0  # points by which letters may stand out of their box
TOUCHING = 4.5  # points between cells of one table
LEAST_CARD = 3  # rows in each of several boxes of one height
LEAST_ROWS = 2  # in a box; a line in a frame is a cell or a label
MOST_SHARE = 0.5  # of the page's letters: more are the text itself
ON_LINES = 0.5  # of the box's lines that may stand on the heights of the lines beside them
MORE_ROWS = 1.3  # times as many lines beside a box as in it, or the other way round, where all stand on one height


def parted_boxes(segments: Sequence[Segment], shapes: Shapes) -> list[Segment]:
    """The same segments; those in a box beside the text have its number as their part, from the top down."""
    total = sum(len(segment.text) for segment in segments)
    parts: dict[int, int] = {}
    candidates = _candidates(segments, shapes)
    for box in candidates:
        inside = [one for one in segments if is_in(one, box) and id(one) not in parts]
        letters = sum(len(one.text) for one in inside)
        if 0 < letters <= MOST_SHARE * total and _is_apart(box, inside, segments, candidates):
            number = len(parts) + 1
            parts.update({id(one): number for one in inside})
    order = sorted(set(parts.values()), key=lambda part: _place(part, segments, parts))
    return [replace(one, part=order.index(parts[id(one)]) + 1) if id(one) in parts else one for one in segments]


def large_boxes(boxes: Iterable[Box]) -> list[Box]:
    """Those in which there may be text of some lines, each once, the largest first."""
    large = [box for box in boxes if box[2] - box[0] >= LEAST_WIDTH and box[3] - box[1] >= LEAST_HEIGHT]
    once = {tuple(round(edge) for edge in box): box for box in large}
    return sorted(once.values(), key=_area, reverse=True)[:MOST_BOXES]


def _candidates(segments: Sequence[Segment], shapes: Shapes) -> list[Box]:
    """Filled and framed boxes in which there may be text."""
    framed = (cell_of(one, shapes) for one in segments if not one.is_cell) if len(shapes.upright) > 1 else ()
    return large_boxes([*shapes.paths, *(cell for cell in framed if cell)])


def _is_apart(box: Box, inside: Sequence[Segment], segments: Sequence[Segment], boxes: Sequence[Box]) -> bool:
    """Whether there is text beside a box that does not belong to the lines in it, as in a table it would."""
    within = {id(one) for one in inside}
    beside = [one for one in segments if id(one) not in within and box[1] < one.middle < box[3]]
    alike = [other for other in boxes if other != box and abs(other[3] - box[3]) < 1 and abs(other[1] - box[1]) < 1]
    if any(one.is_cell for one in inside) or any(one.left < box[2] and one.right > box[0] for one in beside):
        return False
    here, there = ({round(one.middle) for one in part} for part in (inside, beside))
    if len(here) < LEAST_ROWS or len(there) < LEAST_ROWS or any(_touch(box, other) for other in boxes):
        return False
    if all(any(is_in(one, other) for other in alike) for one in beside):
        return len(here) >= LEAST_CARD and not any(_touch(box, other, 1) for other in boxes)
    on_lines = sum(bool({height - 1, height, height + 1} & there) for height in here)
    fewer, more = sorted((len(here), len(there)))
    return on_lines <= ON_LINES * len(here) or more >= MORE_ROWS * fewer


def _touch(box: Box, other: Box, low: int = 0) -> bool:
    """Whether two boxes stand side by side as cells of a table do, or, with 1 for `low`, one over the other."""
    high, start, end = low + 2, 1 - low, 3 - low
    near = min(abs(box[low] - other[high]), abs(box[high] - other[low])) < TOUCHING
    over = min(box[end], other[end]) - max(box[start], other[start])
    return near and over > 0.5 * min(box[end] - box[start], other[end] - other[start])


def is_in(segment: Segment, box: Box) -> bool:
    """Whether a segment stands in a box."""
    return (
        box[0] - WITHIN <= segment.left
        and segment.right <= box[2] + WITHIN
        and box[1] - WITHIN <= segment.middle <= box[3] + WITHIN
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _place(part: int, segments: Sequence[Segment], parts: dict[int, int]) -> tuple[float, float]:
    """From the top down, and from the left."""
    inside = [one for one in segments if parts.get(id(one)) == part]
    return -max(one.top for one in inside), min(one.left for one in inside)
