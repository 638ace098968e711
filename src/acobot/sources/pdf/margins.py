"""Numbers of lines, which bills and scripts have at their margins: left out, for they are no part of the text.

They stand in a column outside of all else, count lines by one step, and the text goes on from line to line beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acobot.sources.pdf.lines import Segment, cut

ALIGNED = 2.0  # points by which numbers below each other may differ
LEAST = 3  # numbers, or one less where only each fifth or tenth line has one
FEW = 5  # lines from number to number
MOST = 0.7  # of the steps that must count the lines between them
GOING_ON = 0.4  # of the lines that must begin within a sentence
WIDE = 0.7  # times the size: the space after a number that stands in one segment with its line
_NUMBER = re.compile(r"\d{1,4}")


def without_line_numbers(segments: Sequence[Segment]) -> list[Segment]:
    """The same segments without numbers of lines, before the text or after it."""
    for parted in (list(segments), [part for segment in segments for part in _parted(segment)]):
        numbers = [segment for segment in parted if _NUMBER.fullmatch(segment.text)]
        for column in sorted(_columns(numbers), key=len, reverse=True):
            found = {id(number) for number in column}
            rest = [segment for segment in parted if id(segment) not in found]
            if _count_lines(column, rest):
                return rest
    return list(segments)


def _parted(segment: Segment) -> Iterator[Segment]:
    """A segment whose first word is a number, with room after it, as two."""
    space = segment.spaces[0] if segment.spaces else None
    wide = space is not None and space.right - space.left > WIDE * segment.height
    if space and wide and _NUMBER.fullmatch(segment.text[: space.offset]):
        yield from cut(segment, space)
    else:
        yield segment


def _columns(numbers: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Numbers that stand below each other, by their left or right edges, from the top down."""
    for edge in ("right", "left"):
        for place in sorted({round(getattr(number, edge)) for number in numbers}):
            column = [number for number in numbers if abs(getattr(number, edge) - place) <= ALIGNED]
            if len(column) >= LEAST - 1:
                yield sorted(column, key=lambda number: -number.middle)


def _count_lines(column: Sequence[Segment], rest: Sequence[Segment]) -> bool:
    values = [int(number.text) for number in column]
    step = values[1] - values[0]
    if step < 1 or (step < FEW and len(column) < LEAST):
        return False
    if any(after - before != step for before, after in pairwise(values)):
        return False
    beside = [one for one in rest if column[-1].bottom - 1 < one.middle < column[0].top + 1]
    outside_left = all(one.left > max(number.right for number in column) for one in beside)
    outside_right = all(one.right < min(number.left for number in column) for one in beside)
    if not beside or not (outside_left or outside_right):
        return False
    heights = sorted({round(one.middle) for one in beside}, reverse=True)
    counted = [
        abs(sum(after.middle + 1.5 < height <= before.middle + 1.5 for height in heights) - step) <= step // 5
        for before, after in pairwise(column)
    ]
    first = {round(one.middle): one.text for one in sorted(beside, key=lambda one: -one.left)}
    going_on = sum(text[:1].islower() for text in first.values())
    return sum(counted) >= MOST * len(counted) and going_on >= GOING_ON * len(first)
