"""Counts → the gaps that may be shown, each by a place of the sources as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from acobot.index import Version
from acobot.learning.learned import Counts, Word
from acobot.learning.noticing import Outcome
from acobot.learning.places import Place, find_places

MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ended in one way near one place, on so many days, the last of them `last`."""

    outcome: Outcome
    asked: int
    days: int
    last: str
    place: Place
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps that may be shown, what was asked most first; `hidden` questions are of others, which may not.

    `totals` are all questions `since` a day by how they ended.
    """

    since: str
    totals: dict[Outcome, int]
    gaps: tuple[Gap, ...]
    hidden: int


def find_gaps(version: Version, counts: Counts) -> Gaps:
    """The gaps near places that the version has; a word is shown only where its sources have it."""
    places = find_places(version, {one.place for one in counts.fed})
    gaps = tuple(
        Gap(
            one.outcome,
            one.asked,
            one.days,
            one.last,
            places[one.place],
            tuple(word for word in one.words if word.word in version.vocabulary)[:MOST_WORDS],
        )
        for one in counts.fed
        if one.place in places
    )
    asked = sum(number for outcome, number in counts.totals.items() if outcome is not Outcome.ANSWERED)
    return Gaps(counts.since, counts.totals, gaps, asked - sum(gap.asked for gap in gaps))
