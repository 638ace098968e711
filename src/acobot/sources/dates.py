"""Dates as people and other programs write them → ISO dates, and whether a text holds any.

Knows the months of the packaged languages, no format.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from acobot.languages import packaged_languages

MOST_LENGTH = 60  # characters of a date
_NO_MONTH = "13"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ].*)?)?)?")
_ISO_SLASHES = re.compile(r"([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_WEEKDAY = re.compile(r"[^\W\d_]+\.?,?\s+(?=\d|[^\W\d_]+\.?\s+\d)")
_DAY_MONTH_YEAR = re.compile(
    r"([0-9]{1,2})(?:\.|st|nd|rd|th)?\s*-?(?:of\s+)?([^\W\d_]+)\.?,?[\s-]*([0-9]{4})(?:[,\s].*)?"
)
_MONTH_DAY_YEAR = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})(?:[,\s].*)?")
# What a text gives as a day or a time of day, wherever it stands.
_DAY_MONTH = re.compile(r"(?<![\d.,])[0-9]{1,2}(?:\.|st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]+)")
_MONTH_DAY = re.compile(r"\b([^\W\d_]+)\.?\s+[0-9]{1,2}(?![\d:]|[.,]\d)")
_DAY_OR_CLOCK = re.compile(
    r"(?<![\w.,/-])(?:[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}:[0-9]{2}"
    r"|[0-9]{1,2}(?:[.:][0-9]{2})?\s?[ap]\.?m)(?![\w:])",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"([^\W\d_]+)\.?,?\s+([0-9]{4})")


def iso_of(text: str) -> str:
    """The ISO date that a text gives, in the precision that it has; empty where it gives none.

    Of "04/05/2023", which is a day in May or in April, only the year is sure.
    """
    said = " ".join(text[:MOST_LENGTH].split())
    if found := _ISO.fullmatch(said):
        return _iso(found[1], found[2] or "", found[3] or "")
    if found := _ISO_SLASHES.fullmatch(said):
        return _iso(found[1], found[3], found[4])
    if found := _FIGURES.fullmatch(said):
        return _of_figures(found[1], found[3], found[4], dots=found[2] == ".")
    return _of_words(said) or _of_words(_WEEKDAY.sub("", said, count=1))


def gives_day_or_time(text: str) -> bool:
    """Whether a text holds a day of a month, with or without a year, or a time of day in figures: "6 May", "9:30"."""
    named = (found[1] for pattern in (_DAY_MONTH, _MONTH_DAY) for found in pattern.finditer(text))
    return bool(_DAY_OR_CLOCK.search(text)) or any(_month(name) != _NO_MONTH for name in named)


@cache
def months(locale: str) -> dict[str, int]:
    """The names of the months in a language, whole and shortened, in small letters, with their numbers."""
    try:
        known = Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, known).items()
    }


def _of_figures(first: str, second: str, year: str, *, dots: bool) -> str:
    one, other = int(first), int(second)
    if dots or one > 12 or one == other:
        return _iso(year, second, first)
    return _iso(year, first, second) if other > 12 else _iso(year)


def _of_words(said: str) -> str:
    if found := _DAY_MONTH_YEAR.fullmatch(said):
        return _iso(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY_YEAR.fullmatch(said):
        return _iso(found[3], _month(found[1]), found[2])
    if found := _MONTH_YEAR.fullmatch(said):
        return _iso(found[2], _month(found[1]))
    return ""


def _month(name: str) -> str:
    """A month's number in two figures, no number of one where the name is none."""
    flat = name.casefold()
    return next((str(known[flat]) for known in map(months, packaged_languages()) if flat in known), _NO_MONTH)


def _iso(year: str, month: str = "", day: str = "") -> str:
    parts = [year, *(part.zfill(2) for part in (month, day) if part)]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(parts)
