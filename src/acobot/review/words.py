"""Two texts → the words that are gone and those that are new, with a few of those around them. Knows no versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 6  # words that are shown on either side of a change
_WORD = re.compile(r"\S+")

SAME, GONE, NEW = "=", "-", "+"
Run = tuple[str, str]  # SAME, GONE or NEW, and the words


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
    return tuple(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
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


def _near(words: list[str], *, first: bool, last: bool) -> str:
    """The words beside a change: after the one before, and before the one after; none where there is no change."""
    if first and last:
        return ""
    left = [] if first else words[:AROUND]
    right = [] if last else words[max(AROUND if not first else 0, len(words) - AROUND) :]
    if len(left) + len(right) >= len(words):
        return " ".join(words)
    return " ".join([*left, "…", *right])
