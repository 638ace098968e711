"""Pull quotes and captions that a text runs around: each is a part of its own, so that its lines never mix with those.

Told by the size of their letters, by lines on heights of their own, and by the text that runs on over or under them
and stands beside them too. A heading in a column has text of that column alone over and under it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from acobot.sources.pdf.letters import BELOW
from acobot.sources.pdf.lines import Segment

ANOTHER = 1.0  # points by which its letters are larger or smaller than those of the text
ALIKE = 0.5  # points by which its own may differ
MOST_LINES = 8
LEAST_WORDS = 4
CLOSE = 1.8  # heights of the letters from line to line of it
LONG = 20  # letters of a line of a text
LEAST_BESIDE = 2  # such lines beside it
ON_LINE = 1.0  # points by which what stands on one line may differ
NEAR = 8.0  # heights of the text's letters, to what stands over or under it
LARGEST = 600  # segments of a page that are looked at


def parted_floats(segments: Sequence[Segment]) -> list[Segment]:
    """The same segments; those of pull quotes and captions beside the text are parts of their own."""
    text = [one for one in segments if not one.part and not one.is_cell]
    sizes: Counter[int] = Counter()
    for one in text:
        sizes[round(2 * one.height)] += len(one.text)
    if not sizes or len(text) > LARGEST:
        return list(segments)
    size = sizes.most_common(1)[0][0] / 2
    parts: dict[int, int] = {}
    first = max(one.part for one in segments) + 1
    for lines in _groups([one for one in text if abs(one.height - size) >= ANOTHER]):
        if _is_float(lines, text, size):
            parts |= {id(one): first for one in lines}
            first += 1
    return [replace(one, part=parts[id(one)]) if id(one) in parts else one for one in segments]


def _groups(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Lines of one size that stand close below each other."""
    groups: list[list[Segment]] = []
    for one in sorted(segments, key=lambda each: -each.middle):
        group = next((each for each in groups if _goes_on(each[-1], one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return (group for group in groups if len(group) <= MOST_LINES)


def _goes_on(last: Segment, one: Segment) -> bool:
    step = last.middle - one.middle
    alike = abs(last.height - one.height) < ALIKE and _share_width(last, one)
    return alike and 0.5 * one.height < step < CLOSE * one.height


def _is_float(lines: Sequence[Segment], text: Sequence[Segment], size: float) -> bool:
    if sum(len(one.text.split()) for one in lines) < LEAST_WORDS:
        return False
    own = {id(one) for one in lines}
    others = [one for one in text if id(one) not in own]
    high, low = lines[0].top, lines[-1].bottom
    near = [one for one in others if low - size < one.middle < high + size]
    beside = [one for one in near if not any(_share_width(one, line) for line in lines)]
    long = [one for one in beside if abs(one.height - size) < ANOTHER and len(one.text) >= LONG]
    if len(long) < LEAST_BESIDE or len(beside) > 2 * len(long):
        return False
    on_lines = [any(abs(_stands(line) - _stands(one)) < ON_LINE for one in beside) for line in lines]
    if on_lines[0] or 2 * sum(on_lines) > len(lines):
        return False
    around = _next_to([one for one in others if one.bottom >= high - 1], lines, high, size)
    around += _next_to([one for one in others if one.top <= low + 1], lines, low, size)
    return bool(around or len(lines) > 1) and all(any(_share_width(one, other) for other in beside) for one in around)


def _next_to(others: Sequence[Segment], lines: Sequence[Segment], edge: float, size: float) -> list[Segment]:
    """What stands next to one edge of a float, over or under it, on one height."""
    reach = [one for one in others if any(_share_width(one, line) for line in lines)]
    off = min((abs(one.middle - edge) for one in reach), default=NEAR * size)
    return [one for one in reach if abs(one.middle - edge) < min(off + ON_LINE, NEAR * size)]


def _share_width(one: Segment, other: Segment) -> bool:
    return one.left < other.right and other.left < one.right


def _stands(one: Segment) -> float:
    """The height of the line that letters stand on."""
    return one.bottom + BELOW * one.height
