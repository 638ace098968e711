"""Ranges: "May to September", "between 1 May and 30 September", "Years 3 to 6". Knows no source and no subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from acobot.languages import Language, plain_number, singular

# A dash or a word (group `word`) between the ends of a range; a dash that opens a line is an item's mark.
PARTS_ENDS = r"(?:[^\S\n]*[–—-]|\s*\b(?P<word>[^\W\d_]+)\b)"
OPENER_WITHIN = 24  # characters before a range's first end
_OPENER = re.compile(r"([^\W\d_]+)\s+(?:\d{1,2}(?:[^\W\d_]{2}|\.)?\s+)?\Z")  # before an end, or the day of a month
_BEGINS, _ENDS = r"(?<![\w.,/:-])", r"(?![\w/]|[.,:]\d)"  # of a number that is no part of a word or a longer one
_AGE = "years old"  # what an age counts
_FIGURES = re.compile(r"\d+")
_KIND_BEFORE = re.compile(r"(?:[^\W\d_]+\s|[^\w\s])\Z")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s\Z")


@dataclass(frozen=True, slots=True)
class Within:
    """What a question names, from `start` to `end`, `put` with the words of a text that hold it: "4 (Years 3 to 6)"."""

    start: int
    end: int
    put: str


def range_from(word: str, text: str, start: int, language: Language) -> int | None:
    """Where a range begins that a word makes of what starts there and what follows it; None where it makes none.

    A dash has no word: "". What opens the range ("between") is part of it.
    """
    figures, said = language.figures, word.casefold()
    if not said or said in figures.range_words:
        return start
    opener = _OPENER.search(text, max(start - OPENER_WITHIN, 0), start)
    return opener.start() if opener and figures.range_pairs.get(opener[1].casefold()) == said else None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number at [start, end) with what it counts or measures: the word before it ("Year 4"), or its currency."""

    number: float
    kind: str
    start: int
    end: int


def numbers_within(question: str, texts: Sequence[str], language: Language) -> Iterator[Within]:
    """The numbers of a question that no text has with what they count, but a range of it: the first such range."""
    asked = list(_counted(question, language))
    told = {(one.kind, one.number) for text in texts for one in _counted(text, language)} if asked else ()
    for one in asked:
        ranges = (found for text in texts for found in _ranges(text, language))
        held_by = next(
            (said for low, high, said in ranges if low.kind == one.kind and low.number <= one.number <= high), ""
        )
        if held_by and (one.kind, one.number) not in told:
            yield Within(one.start, one.end, f"{question[one.start : one.end]} ({held_by})")


def _counted(text: str, language: Language) -> Iterator[_Counted]:
    """The numbers of a text that have a word before them, or a currency, or are ages."""
    ages = _ages(text, language)
    for found in _number(language).finditer(text):
        if kind := _AGE if found.start() in ages else _kind(text, found.start(), found.end(), language):
            yield _Counted(float(plain_number(found[0], language)), kind, *found.span())


def _ranges(text: str, language: Language) -> Iterator[tuple[_Counted, float, str]]:
    """The ranges of a text: the first number of each with its kind, the last one, and its words."""
    ages = _ages(text, language)
    for found in _range(language).finditer(text):
        word, begins, of_ages = (
            found["word"] or "",
            found.start("low"),
            {found.start("low"), found.start("high")} & ages,
        )
        kind = _AGE if of_ages else _kind(text, *found.span("low"), language)
        starts = (range_from(word, text, at, language) for at in (_start_of_kind(text, begins), begins) if kind)
        start = next((at for at in starts if at is not None), None)
        if start is not None:
            low, high = (float(plain_number(found[end], language)) for end in ("low", "high"))
            yield _Counted(low, kind, *found.span("low")), high, text[start : found.end()]


def _ages(text: str, language: Language) -> set[int]:
    """Where the ages of a text begin, those at the ends of ranges among them."""
    found = language.figures.years_old.finditer(text)
    return {number.start() for one in found for number in _FIGURES.finditer(text, *one.span())}


def _kind(text: str, start: int, end: int, language: Language) -> str:
    """What a number counts: its currency, or else the word before it, which says something; "" where neither is."""
    for price in language.figures.price.finditer(text, max(start - 2, 0), end + OPENER_WITHIN):
        if price.start("number") == start:
            sign = (price["before"] or price["after"]).casefold()
            return language.figures.currencies.get(sign, sign)
    before = _WORD_BEFORE.search(text, max(start - OPENER_WITHIN, 0), start)
    word = before[1].casefold() if before else ""
    return "" if word in language.words.stop else singular(word, language)


def _start_of_kind(text: str, start: int) -> int:
    """Where what a number counts begins before it: "between Years 3 and 6", "between £3 and £6"."""
    before = _KIND_BEFORE.search(text, max(start - OPENER_WITHIN, 0), start)
    return before.start() if before else start


@lru_cache(maxsize=8)
def _number(language: Language) -> re.Pattern[str]:
    """A number in figures, no part of a word or of a longer one."""
    return re.compile(f"{_BEGINS}{_figures(language)}{_ENDS}")


@lru_cache(maxsize=8)
def _range(language: Language) -> re.Pattern[str]:
    """Two numbers (groups `low` and `high`), with signs of money or without, and a word or a dash between them."""
    figures = _figures(language)
    between = rf"(?:[^\S\n]?[^\w\s.,:/–—-])?{PARTS_ENDS}\s*[^\w\s.:/-]?"
    return re.compile(f"{_BEGINS}(?P<low>{figures}){between}(?P<high>{figures}){_ENDS}")


def _figures(language: Language) -> str:
    """The pattern of figures, as the language parts thousands and decimals."""
    thousands, decimal = re.escape(language.figures.thousands), re.escape(language.figures.decimal)
    return rf"\d+(?:{thousands}\d{{3}})*(?:{decimal}\d+)?"
