"""Where two sources tell another price, or another number of hours or days, of the same thing in the same respect.

A page tells many prices: for adults and children, by the hour and the day. So two sentences are compared only where
both have all that is asked and one amount each, and otherwise say the same, in the same frame of headings and labels;
words that only tell an amount ("it costs", "you pay") apart. Knows no source and no subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from acobot.evidence.differing import SAME_LENGTH, About, Told, asked_words, value_of
from acobot.languages import WORD, Language, stemmed, stems, terms


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount in its unit, and the stems of all else that its sentence says and stands under, and of its title."""

    number: float
    unit: str
    frame: frozenset[str]
    title: frozenset[str]


def find_other_amount(question: str, told: Sequence[Told], language: Language) -> tuple[About, int, int] | None:
    """The kind of amount that a question asks for, and the places of the first two that tell another; or None."""
    if language.questions.asks_how_long.search(question):
        about, pattern, nearly = About.LENGTH, language.figures.length, SAME_LENGTH
    elif language.questions.asks_price.search(question):
        about, pattern, nearly = About.NUMBER, language.figures.price, 0.0
    else:
        return None
    asked = asked_words(question, language) - _telling(language)
    amounts = [_amount(one, pattern, asked, language) for one in told]
    for one, other in combinations(range(len(told)), 2):
        here, there = amounts[one], amounts[other]
        if here and there and told[one].source_id != told[other].source_id and _is_other(here, there, nearly):
            return about, one, other
    return None


def _is_other(here: _Amount, there: _Amount, nearly: float) -> bool:
    """Whether an amount is another one of the same thing: not where each title has a word of its own."""
    same = here.unit == there.unit and here.frame == there.frame
    titled = here.title <= there.title or there.title <= here.title
    return same and titled and abs(here.number - there.number) > nearly * max(here.number, there.number)


def _amount(told: Told, pattern: re.Pattern[str], asked: frozenset[str], language: Language) -> _Amount | None:
    """The only amount of a sentence that has all that is asked."""
    found = [*pattern.finditer(told.text)]
    if len(found) != 1 or not asked or not asked <= stems(told.text, language):
        return None
    number, unit = _measured(found[0], language)
    rest = f"{told.over} {pattern.sub(' ', told.text)}"
    frame = frozenset(stemmed((match[0] for match in WORD.finditer(rest)), language))
    title = frozenset(terms(language.figures.date.sub(" ", told.title), language))
    telling = _telling(language)
    return _Amount(number, unit, frame - telling, title - telling - asked)


def _measured(match: re.Match[str], language: Language) -> tuple[float, str]:
    """A sum with its currency, or a length in days with the word for working days."""
    figures, said = language.figures, match.groupdict(default="")
    if "unit" in said:
        times, unit = figures.units[said["unit"].casefold()], said["working"]
    else:
        currency = (said["before"] or said["after"]).casefold()
        times = figures.multiples.get(said["multiple"].strip(" .").casefold(), 1)
        unit = figures.currencies.get(currency, currency)
    return float(value_of(said["number"], language, times)), unit.casefold()


@lru_cache(maxsize=8)
def _telling(language: Language) -> frozenset[str]:
    """The stems of the words that only tell an amount."""
    return frozenset(stemmed(language.figures.telling_words, language))
