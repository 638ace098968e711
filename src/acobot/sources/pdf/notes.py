"""Footnotes: small lines at the foot of a page or column, from the first that begins with a note's number or sign.

Right under a heading stands its text, such as a list, or a press release's notes to editors, however small it is set;
far below one, and a picture, notes are notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from acobot.sources.pdf.columns import Line

SMALLER = 0.92  # times the height of the text
LARGER = 1.12  # times that height: a heading
NEAR = 3.0  # times the height of a heading, from it to its text
_NUMBER = re.compile(r"(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡§])\W{0,2}\s*[^\W\d]")


def footnotes(lines: Sequence[Line], height: float) -> set[int]:
    """The numbers of the lines that are footnotes of a text whose letters have this height."""
    found: set[int] = set()
    for _, group in groupby(enumerate(lines), key=lambda numbered: (numbered[1].page, numbered[1].column)):
        column = list(group)
        if column[0][1].part:
            continue  # a box's letters may all be smaller
        small = len(column)
        while small and column[small - 1][1].height < SMALLER * height:
            small -= 1
        is_headed = 0 < small < len(column) and _heads(column[small - 1][1], column[small][1], height)
        foot = column[small:] if small and not is_headed else []  # a page of small letters throughout has no foot
        first = next((place for place, (_, line) in enumerate(foot) if _NUMBER.match(line.text)), len(foot))
        found.update(number for number, _ in foot[first:])
    return found


def _heads(above: Line, below: Line, height: float) -> bool:
    """Whether a line is a heading of a text whose letters have this height, and right over the other."""
    return above.height > LARGER * height and above.top - below.top < NEAR * above.height
