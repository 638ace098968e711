"""Whether a line begins a list item: with a sign, or with a number or letter that no sentence runs on to.

Told by the mark and by where the lines before it end and begin. Knows no words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from acobot.sources.numerals import roman
from acobot.sources.pdf.columns import Line
from acobot.sources.pdf.tables import MARK

ALIGNED = 1.5  # points by which the marks of one list may differ
FURTHEST = 30  # lines from an item to the one before it
_ROMAN = {roman(count): count for count in range(1, 50)}
_AROUND = " \t()."


def is_item(lines: Sequence[Line], number: int, is_parted: Callable[[Line, Line], bool]) -> bool:
    """Whether a line begins an item; `is_parted` tells whether a line ends what the one before it says."""
    line = lines[number]
    mark = MARK.match(line.text)
    if not mark:
        return False
    if not line.text[0].isalnum() and line.text[0] != "(":
        return True
    return number == 0 or is_parted(lines[number - 1], line) or _counts_on(lines, number, mark[0])


def _counts_on(lines: Sequence[Line], number: int, mark: str) -> bool:
    """Whether the last line that begins as far left or further begins on this line's place with the mark before it."""
    line = lines[number]
    for above in reversed(lines[max(number - FURTHEST, 0) : number]):
        if (above.page, above.column) != (line.page, line.column):
            return False
        if above.left < line.left + ALIGNED:
            before = MARK.match(above.text) if above.left > line.left - ALIGNED else None
            return before is not None and _follows(before[0].strip(), mark.strip())
    return False


def _follows(before: str, mark: str) -> bool:
    """Whether two marks are of one form and the second counts one more: "(b)" and "(c)", "iv." and "v."."""
    one, other = before.strip(_AROUND), mark.strip(_AROUND)
    if before.replace(one, "#", 1) != mark.replace(other, "#", 1):
        return False
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    letters = len(one) == len(other) == 1 and ord(other) == ord(one) + 1
    return letters or (one in _ROMAN and _ROMAN.get(other) == _ROMAN[one] + 1)
