"""Spaces between the words of a line; where its letters are set apart, as in many headings, which gaps are such spaces.

PDFium takes each gap of such a line for a space. None of its letters touches the next, and words are further apart.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from acobot.sources.pdf.letters import Letter

LEAST_LETTERS = 4
LONGEST = 2.5  # letters of what PDFium takes for a word, of most lines that are set so
TOUCHING = 0.02  # times the size: some, such as A and V, are set closer than others
LEAST, MOST = 0.08, 0.7  # times the size: how far letters are set apart; cells of a table stand further off
WORDS = 0.15  # and how much further words are
WORDED = 0.8  # of the characters that are letters: figures in columns stand apart, too


@dataclass(frozen=True, slots=True)
class Space:
    """A space between two words: its offset in the segment's text, and its left and right on the page."""

    offset: int
    left: float
    right: float


def spaced_out(letters: Sequence[Letter], words: int, given: Set[int]) -> tuple[str, list[Space]] | None:
    """The text of a line whose letters are set apart, and its spaces; None of any other line.

    `words` are as many as PDFium sees; `given` are the numbers of the letters before which the file itself has a space.
    """
    if len(letters) > LONGEST * words:
        return None
    size = letters[0].size
    gaps = sorted((after.left - before.right) / size for before, after in pairwise(letters))
    if len(letters) < LEAST_LETTERS or gaps[0] < TOUCHING or any(abs(one.size - size) > 0.1 for one in letters):
        return None
    apart = gaps[len(gaps) // 4]  # most gaps are within words
    worded = sum(one.text.isalpha() for one in letters) >= WORDED * len(letters)
    if not LEAST <= apart <= MOST or not worded:
        return None
    text, spaces = letters[0].text, []
    for number, (before, after) in enumerate(pairwise(letters), 1):
        if number in given or (after.left - before.right) / size > apart + WORDS:
            spaces.append(Space(len(text), before.right, after.left))
            text += " "
        text += after.text
    return text, spaces
