"""Days of a question that a text holds under another name: "Friday" in "open daily", "Sunday" in "at weekends".

The words are the language pack's. Knows no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from acobot.evidence.days import asked_days, day_words, days_told
from acobot.evidence.ranges import Within
from acobot.languages import Language, terms

WEEK = 7
LEAST_SHARED = 2  # words of a question and of what is said of several days
_ENDS = re.compile(r"(?<=[.!?;])\s+|\n")


def days_within(question: str, texts: Sequence[str], language: Language) -> Iterator[Within]:
    """The days that no text names, nor a range of its days, but a word for several, beside a word of the question.

    Beside two, or its only one, where it is one for all days: a sauna that is "cleaned every evening" need not be open.
    Not where a sentence with as many words of the question tells other days: "open daily" may be of the café, where the
    museum opens "Tuesday to Saturday".
    """
    asked = asked_days(question, language)
    told = frozenset[int]().union(*(days_told(text, language) for text in texts)) if asked else asked
    words = [(word, day) for word, day in day_words(question, language) if day in asked and day not in told]
    if not words:
        return
    about = frozenset(terms(question, language)) - {stem for word, _ in words for stem in terms(word[0], language)}
    sentences = [one for text in texts for one in _ENDS.split(text)]
    shared = [len(about & frozenset(terms(one, language))) for one in sentences]
    of_days = max((share for one, share in zip(sentences, shared, strict=True) if days_told(one, language)), default=0)
    least = min(len(about), LEAST_SHARED)
    for word, day in words:
        found = (
            said[0]
            for one, share in zip(sentences, shared, strict=True)
            if share and (share > of_days or days_told(one, language))
            for name, days in _groups(language)
            if day in days and (share >= least or len(days) < WEEK) and (said := name.search(one))
        )
        if held_by := next(found, ""):
            yield Within(*word.span(), f"{word[0]} ({held_by})")


@lru_cache(maxsize=8)
def _groups(language: Language) -> tuple[tuple[re.Pattern[str], frozenset[int]], ...]:
    """What finds each word for several days, with these."""
    return tuple(
        (re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE), days_told(days, language))
        for name, days in language.figures.day_groups.items()
    )
