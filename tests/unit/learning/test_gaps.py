from __future__ import annotations

from acobot.assistant import Assistant
from acobot.learning import Near, Outcome, find_gaps
from acobot.learning.learned import Counts, Fed, Word
from acobot.learning.places import FAR


def fed(place: str, asked: int, *words: str) -> Fed:
    return Fed(Outcome.REFUSED, place, asked, 5, "2026-11-27", tuple(Word(word, 5) for word in words))


def test_gaps_are_told_by_places_and_words_that_the_sources_have_now(assistant: Assistant) -> None:
    counts = Counts(
        "2026-11-01",
        {Outcome.ANSWERED: 70, Outcome.REFUSED: 30, Outcome.UNSURE: 4},
        (fed(FAR, 12, "badger", "xylophone"), fed("0123456789abcdef+0", 9)),
        {},
    )
    found = find_gaps(assistant.version(), counts)
    (gap,) = found.gaps
    assert (gap.asked, gap.place.near, gap.words) == (12, Near.NOTHING, (Word("badger", 5),))
    assert found.hidden == 22
    assert (found.since, found.totals) == (counts.since, counts.totals)
