"""What a question names and no candidate holds; and what one holds in another way, which the reader is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acobot.evidence.calendar import dates_within
from acobot.evidence.day_groups import days_within
from acobot.evidence.days import without_held_days
from acobot.evidence.initials import initials_within
from acobot.evidence.ranges import Within, numbers_within
from acobot.evidence.verdict import unnamed
from acobot.index import Version
from acobot.languages import has_words
from acobot.retrieval import Candidate


def lacking_names(question: str, candidates: Sequence[Candidate], version: Version) -> tuple[str, ...]:
    """The names and numbers of a question that no candidate holds, in any way."""
    names = unnamed(question, _texts(candidates), version.language)
    if not names:
        return ()
    within = [question[one.start : one.end] for one in _held_otherwise(question, candidates, version)]
    left = tuple(name for name in names if not any(has_words(said, name) for said in within))
    return without_held_days(left, _texts(candidates), version.language)


def with_what_holds(question: str, candidates: Sequence[Candidate], version: Version) -> str:
    """The question with the words of a candidate that hold what it names, for a small model does not reckon.

    "Year 4 (Years 3 to 6)"; for a holiday its date: "26 December (between 24 and 27 December)"; for an abbreviation
    what it stands for.
    """
    found, done = sorted(_held_otherwise(question, candidates, version), key=lambda one: one.start), 0
    put: list[str] = []
    for one in found:
        if one.start >= done:
            put += [question[done : one.start], one.put]
            done = one.end
    return "".join([*put, question[done:]])


def _held_otherwise(question: str, candidates: Sequence[Candidate], version: Version) -> list[Within]:
    texts = list(_texts(candidates))
    return [
        *dates_within(question, texts, version.language),
        *days_within(question, texts, version.language),
        *numbers_within(question, texts, version.language),
        *initials_within(question, texts, version.language),
    ]


def _texts(candidates: Sequence[Candidate]) -> Iterator[str]:
    return (f"{one.stored.passage.prefix} {one.stored.text}" for one in candidates)
