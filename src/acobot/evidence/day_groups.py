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

_ENDS = re.compile(r"(?<=[.!?;])\s+|\n")


def days_within(question: str, texts: Sequence[str], language: Language) -> Iterator[Within]:
    """The days that no text names, nor a range of its days, but a word for several, beside a word of the question."""
    asked = asked_days(question, language)
    told = frozenset[int]().union(*(days_told(text, language) for text in texts)) if asked else asked
    words = [(word, day) for word, day in day_words(question, language) if day in asked and day not in told]
    if not words:
        return
    about = frozenset(terms(question, language)) - {stem for word, _ in words for stem in terms(word[0], language)}
    near = [one for text in texts for one in _ENDS.split(text) if about & frozenset(terms(one, language))]
    for word, day in words:
        found = (
            said[0] for one in near for name, days in _groups(language) if day in days and (said := name.search(one))
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
