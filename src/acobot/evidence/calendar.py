"""Dates, months and holidays of a question → the same with the words of a text that hold them in another way.

"26 December" and "Boxing Day" lie "between 24 and 27 December", "July" in "May to September". No year is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from acobot.evidence.days import asked_days, named_months
from acobot.evidence.ranges import PARTS_ENDS, Within, range_from
from acobot.languages import Language

OPENER_WORDS = 2  # before the date that a line begins with, the last of them a day: "Easter Sunday, 5 April"
MONTH_DAYS = 31  # of any month: dates are only put in their order
DAY_WITHIN = 12  # characters before a month

_DAY_BEFORE = re.compile(
    r"(?<![\w.,:/])(\d{1,2})(?:[^\W\d_]{2}|\.)?\s+(?:[^\W\d_]{2}\s+)?\Z"
)  # "25 ", "25th of ", "25. "
_DAY_AFTER = re.compile(r"\s+(\d{1,2})(?:[^\W\d_]{2})?\b(?![.:]?\d)")
_FIRST_DAY = re.compile(rf"(?<![\w.,:/£$€])(?P<day>\d{{1,2}})(?:[^\W\d_]{{2}}|\.)?{PARTS_ENDS}\s*\Z")
_BETWEEN = re.compile(rf"[.,]?(?:\s+\d{{4}})?{PARTS_ENDS}\s*(?:[^\W\d_]{{3}}\s+)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A date, a month or a range of them at [start, end) of its text, as the places of its first and last day."""

    first: int
    last: int
    start: int
    end: int

    @property
    def day(self) -> int:
        """The day of the month that it begins with."""
        return (self.first - 1) % MONTH_DAYS + 1

    def holds(self, other: Span) -> bool:
        """Whether it has a day of another one; one that ends before it begins goes on into the next year."""
        if self.first <= self.last:
            return self.first <= other.last and other.first <= self.last
        return other.last >= self.first or other.first <= self.last


def dates_within(question: str, texts: Sequence[str], language: Language) -> Iterator[Within]:
    """The dates, months and holidays that no text has as they are, but a date or a range that holds them."""
    asked = [
        *((one, question[one.start : one.end], False) for one in _dates(question, language)),
        *((one, date, True) for one, date in _holidays(question, texts, language)),
    ]
    told = [(text, [*_dates(text, language)]) for text in texts] if asked else []
    for one, said, by_name in asked:
        if any((own.first, own.last) == (one.first, one.last) for _, dates in told for own in dates):
            if by_name:
                yield Within(one.start, one.end, said)
            continue
        ranges = (
            text[found.start : found.end]
            for text, dates in told
            for found in _ranges(text, dates, language)
            if found.holds(one)
        )
        if held_by := next(ranges, ""):
            yield Within(one.start, one.end, f"{said} ({held_by})")


def days_with_month(text: str, language: Language) -> list[Span]:
    """The dates of a text that have a day."""
    return [one for one in _dates(text, language) if one.first == one.last]


def date_begun_with(line: str, language: Language) -> Span | None:
    """The date with a day, or the range of dates, that a line begins with, its day of the week before it or not."""
    dates = [*_dates(line, language)]
    for one in (*_ranges(line, dates, language), *(date for date in dates if date.first == date.last)):
        before = line[: one.start].strip("| ,")
        is_begun = not before or (len(before.split()) <= OPENER_WORDS and asked_days(before.split()[-1], language))
        if is_begun:
            return one
    return None


def _holidays(question: str, texts: Sequence[str], language: Language) -> Iterator[tuple[Span, str]]:
    """The first holiday that a question names and no text does, with its date."""
    for name, date, said in _named_days(language):
        if (found := name.search(question)) and not any(name.search(text) for text in texts):
            yield Span(date.first, date.last, *found.span()), said
            return


@lru_cache(maxsize=8)
def _named_days(language: Language) -> tuple[tuple[re.Pattern[str], Span, str], ...]:
    """What finds each holiday, the longest names first, with its date."""
    return tuple(
        (re.compile(rf"\b{re.escape(name)}\b".replace("'", "['’]?"), re.IGNORECASE), next(_dates(date, language)), date)
        for name, date in sorted(language.figures.holidays.items(), key=lambda one: -len(one[0]))
    )


def _dates(text: str, language: Language) -> Iterator[Span]:
    """The months of a text that are written as names, each with its day, if it has one."""
    for word, month in named_months(text, language):
        if not word[0][0].isupper():
            continue
        start, end, day = word.start(), word.end(), 0
        if before := _DAY_BEFORE.search(text, max(start - DAY_WITHIN, 0), start):
            start, day = before.start(1), int(before[1])
        elif after := _DAY_AFTER.match(text, end):
            end, day = after.end(), int(after[1])
        if not day and not start and word[0] not in language.figures.month_names:  # "May I …"
            continue
        first = month * MONTH_DAYS + (day or 1)
        yield Span(first, first if day else first + MONTH_DAYS - 1, start, end)


def _ranges(text: str, dates: Sequence[Span], language: Language) -> Iterator[Span]:
    """The ranges between the dates of a text: "24 and 27 December" behind "between", "1 May to 30 September"."""
    for one in dates:
        first = _FIRST_DAY.search(text, max(one.start - DAY_WITHIN, 0), one.start)
        start = range_from(first["word"] or "", text, first.start(), language) if first else None
        if first and start is not None:
            month = (one.first - 1) // MONTH_DAYS
            yield Span(month * MONTH_DAYS + int(first["day"]), one.last, start, one.end)
    for one, other in pairwise(dates):
        between = _BETWEEN.fullmatch(text, one.end, other.start)
        start = range_from(between["word"] or "", text, one.start, language) if between else None
        if start is not None:
            yield Span(one.first, other.last, start, other.end)
