"""Ranges: "May to September", "between 1 May and 30 September", "Years 3 to 6". Knows no source and no subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from acobot.languages import Language, plain_number, singular

OPENER_WITHIN = 24  # characters before a range's first end
_OPENER = re.compile(r"([^\W\d_]+)\s+(?:\d{1,2}(?:[^\W\d_]{2}|\.)?\s+)?\Z")  # before an end, or the day of a month
_BEGINS, _ENDS = r"(?<![\w.,/:-])", r"(?![\w:/]|[.,]\d)"  # of a number that is no part of a word or a longer one
_KIND_BEFORE = re.compile(r"(?:[^\W\d_]+\s|[^\w\s])\Z")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s\Z")


def joins_range(word: str, text: str, start: int, language: Language) -> bool:
    """Whether a word makes a range of what stands before and after it; the former starts there. A dash has none: ""."""
    figures, said = language.figures, word.casefold()
    if not said or said in figures.range_words:
        return True
    opener = _OPENER.search(text, max(start - OPENER_WITHIN, 0), start)
    return bool(opener) and figures.range_pairs.get(opener[1].casefold()) == said


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with what it counts or measures: the word before it ("Year 4"), or its currency."""

    number: float
    kind: str


def without_numbers_within(
    names: Sequence[str], question: str, held: Iterable[str], language: Language
) -> tuple[str, ...]:
    """Names without the numbers that lie in a range of some text, of the same kind: "Year 4" within "Years 3 to 6"."""
    asked = [one for one in _counted(question, language) if one[0] in names]
    if not asked:
        return tuple(names)
    ranges = [one for text in held for one in _ranges(text, language)]
    within = {
        name
        for name, one in asked
        if any(low.kind == one.kind and low.number <= one.number <= high for low, high in ranges)
    }
    return tuple(name for name in names if name not in within)


def _counted(text: str, language: Language) -> Iterator[tuple[str, _Counted]]:
    """The numbers of a text, as they stand there, that have a word before them or a currency."""
    for found in _number(language).finditer(text):
        if kind := _kind(text, found.start(), found.end(), language):
            yield found[0], _Counted(float(plain_number(found[0], language)), kind)


def _ranges(text: str, language: Language) -> Iterator[tuple[_Counted, float]]:
    """The ranges of a text: the first number of each with its kind, and the last one."""
    for found in _range(language).finditer(text):
        kind = _kind(text, found.start("low"), found.end("low"), language)
        if kind and joins_range(found["word"] or "", text, _start_of_kind(text, found.start("low")), language):
            low, high = (float(plain_number(found[end], language)) for end in ("low", "high"))
            yield _Counted(low, kind), high


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
    between = r"(?:\s?[^\w\s.,:/–—-])?\s*(?:[–—-]|\b(?P<word>[^\W\d_]+)\b)\s*[^\w\s.:/-]?"
    return re.compile(f"{_BEGINS}(?P<low>{figures}){between}(?P<high>{figures}){_ENDS}")


def _figures(language: Language) -> str:
    """The pattern of figures, as the language parts thousands and decimals."""
    thousands, decimal = re.escape(language.figures.thousands), re.escape(language.figures.decimal)
    return rf"\d+(?:{thousands}\d{{3}})*(?:{decimal}\d+)?"
