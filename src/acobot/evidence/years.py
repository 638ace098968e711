"""Which years a question is about, and whether what was found is of others: after all sources, or below a heading.

A span of two years ("2023/24") is one; several years of a heading hold all between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from acobot.evidence.asking import what_asks
from acobot.evidence.differing import Told, years_on
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import head_over, rows_of_table
from acobot.index import Version
from acobot.languages import Language
from acobot.sources import CELL_GAP

YEARS_NEAR = 3  # a year further from those of a heading may be of anything, such as when the asker was born

# A year; no amount of money or weight, and no part of a longer number.
_YEAR = re.compile(
    r"(?<![\d.,£$€])(?<![£$€] )(?<!\d{3} )\b(?:19|20)\d\d\b(?![.,]?\d| ?[%£€]| ?(?:kg|g|km|m|cm|mm|l|ml|mg)\b)",
    re.IGNORECASE,
)
_SPAN_ON = re.compile(r"[/–—-]\d\d\b(?!-)")  # behind the first year of "2023/24"

_Years = frozenset[int]


def year_beyond(question: str, last_date: str, quoted: Iterable[str], language: Language) -> str:
    """A year that the question names, after the sources' last date and in no quote; "" where there is none.

    The quotes are read only where one is named.
    """
    later = [one[0] for one in _named(question, language) if last_date and one[0] > last_date[:4]]
    held = list(quoted) if later else []
    return next((year for year in later if not any(year in text or year in years_on(text) for text in held)), "")


def is_of_another_year(question: str, told: Told, texts: Sequence[tuple[str, str]], language: Language) -> bool:
    """Whether a sentence stands below years of which the question names none, and neither it nor its frame has one.

    `texts` are what stands over each passage found, and the passage. A year of the question counts where others stand
    below it, or where it is near and no text has it at all. A heading with which a time begins or ends ("from 2023")
    is of no one year.
    """
    question = language.figures.open_year.sub(" ", what_asks(question))
    asked = [_with_span(one) for one in _named(question, language)]
    if not asked or any(one <= _years(f"{told.text} {told.over} {told.title}") for one in asked):
        return False
    over = next((said for said in (told.over, told.title) if _YEAR.search(said)), "")
    if not over or language.figures.open_year.search(over):
        return False
    low, high = min(_years(over)), max(_years(over))
    if any(low <= year <= high for one in asked if len(one) == 1 for year in one):
        return False
    return all(_is_elsewhere(one, texts) or _is_near(one, low, high, texts) for one in asked)


def is_row_of_another_year(question: str, row: Scored, version: Version) -> bool:
    """Whether all rows of a table have years for names, and a row not the one year that a question names.

    So "Autumn 2025" is not the autumn of 2026. Not where the row or what stands over it is of that year alone, nor for
    a year far from those of the table. "2014 to 2018" names all years between, "before 2001" more than can be told.
    """
    if CELL_GAP not in row.text:
        return False
    language = version.language
    asked = [_with_span(one) for one in _named(language.figures.open_year.sub(" ", what_asks(question)), language)]
    names = [_years(one.partition(CELL_GAP)[0]) for one in rows_of_table(version, row)]
    names = names if names[0] else names[1:]  # without a head
    if len(asked) != 1 or not names or not all(names) or asked[0] & _years(row.text):
        return False
    own = row.text.partition(CELL_GAP)[0]
    if language.figures.open_year.search(own) or any(min(_years(own)) <= one <= max(_years(own)) for one in asked[0]):
        return False
    over = _years(f"{row.stored.passage.prefix} {head_over(version, row)}")
    if asked[0] <= over and not over & _years(own):
        return False
    every = frozenset[int]().union(*names)
    return min(every) - YEARS_NEAR <= min(asked[0]) and max(asked[0]) <= max(every) + YEARS_NEAR


def _is_elsewhere(asked: _Years, texts: Sequence[tuple[str, str]]) -> bool:
    """Whether other sentences stand below a year."""
    return any(asked <= _years(over) for over, _ in texts)


def _is_near(asked: _Years, low: int, high: int, texts: Sequence[tuple[str, str]]) -> bool:
    """Whether years are near others, and no text has them."""
    is_near = low - YEARS_NEAR <= min(asked) and max(asked) <= high + YEARS_NEAR
    return is_near and not any(asked <= _years(said) for pair in texts for said in pair)


def without_years(question: str, language: Language) -> str:
    """A question without the years that it names."""
    for one in reversed(_named(question, language)):
        question = question[: one.start()] + question[one.end() :]
    return question


def _named(question: str, language: Language) -> list[re.Match[str]]:
    """The years that a question names: no amounts."""
    amount_on = language.figures.amount_on
    return [one for one in _YEAR.finditer(question) if not amount_on.match(question, one.end())]


def _with_span(year: re.Match[str]) -> _Years:
    """A year, with the next one where it begins a span of two."""
    first = int(year[0])
    return frozenset({first, first + 1} if _SPAN_ON.match(year.string, year.end()) else {first})


def _years(text: str) -> _Years:
    """All years of a text."""
    return frozenset(int(one[0]) for one in _YEAR.finditer(text)) | {int(year) for year in years_on(text)}
