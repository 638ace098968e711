"""Two texts → the words that are gone and those that are new, with a few of those around them. Knows no versions."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from operator import itemgetter

AROUND = 6  # words that are shown on either side of a change
LONG = 2000  # words of a text; more are first compared by pieces, for what comparing costs grows with their square
_ENDING = 16  # one of so many different words ends a piece
_WORD = re.compile(r"\S+")

SAME, GONE, NEW = "=", "-", "+"
Run = tuple[str, str]  # SAME, GONE or NEW, and the words
Step = tuple[str, int, int, int, int]  # as difflib has them: what is done, with which range of one, and of the other


@dataclass(frozen=True, slots=True)
class PassageChange:
    """What is other in a passage, or in several in a row: under which heading, and its words in runs.

    There are none where only headings or spaces are other.
    """

    heading: str
    runs: tuple[Run, ...]


def changed_words(old: str, new: str) -> tuple[Run, ...]:
    """The words in order, those that stayed only near a change, "…" in the place of others."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    return () if before == after else tuple(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    steps = list(_in_a_row(_steps(before, after)))
    for number, (step, a, b, c, d) in enumerate(steps):
        if step == "equal":
            kept = _near(before[a:b], first=number == 0, last=number == len(steps) - 1)
            if kept:
                yield SAME, kept
            continue
        if a < b:
            yield GONE, " ".join(before[a:b])
        if c < d:
            yield NEW, " ".join(after[c:d])


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[Step]:
    """What makes one text the other, in order; of long ones what pieces they share, and words in what lies between."""
    if max(len(before), len(after)) <= LONG:
        yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return
    old, new = _pieces(before), _pieces(after)
    was, now = ([0, *accumulate(map(len, some))] for some in (old, new))
    for step, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        yield from _between(step, before[was[a] : was[b]], after[now[c] : now[d]], was[a], now[c])


def _between(step: str, before: Sequence[str], after: Sequence[str], was: int, now: int) -> Iterator[Step]:
    """The step, or those that it is made of where it replaces little enough; `was` and `now` are where both begin."""
    steps: Sequence[Step] = [(step, 0, len(before), 0, len(after))]
    if step == "replace" and max(len(before), len(after)) <= LONG:
        steps = list(_steps(before, after))
    for done, a, b, c, d in steps:
        yield done, was + a, was + b, now + c, now + d


def _pieces(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words in runs. A run's last word ends it, whatever stands before: what both texts have is cut alike."""
    ends = [place for place, word in enumerate(words, start=1) if zlib.crc32(word.encode()) % _ENDING == 0]
    return [tuple(words[start:end]) for start, end in zip([0, *ends], [*ends, len(words)], strict=True)]


def _in_a_row(steps: Iterator[Step]) -> Iterator[Step]:
    """Steps of one kind that follow each other, as one."""
    for step, some in groupby(steps, key=itemgetter(0)):
        together = list(some)
        yield step, together[0][1], together[-1][2], together[0][3], together[-1][4]


def _near(words: list[str], *, first: bool, last: bool) -> str:
    """The words beside a change: after the one before, and before the one after; none where there is no change."""
    if first and last:
        return ""
    left = [] if first else words[:AROUND]
    right = [] if last else words[max(AROUND if not first else 0, len(words) - AROUND) :]
    if len(left) + len(right) >= len(words):
        return " ".join(words)
    return " ".join([*left, "…", *right])
