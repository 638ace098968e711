"""Codes, numbers and letters that tell things apart: of "HX200" and "HX2000" what is said of the one asked about leads.

So does the row of bus 17 before that of bus 71; and where a table has a row for each of its bands and none for the one
asked about, no row answers. Knows no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.asking import what_asks
from acobot.evidence.days import is_of_days
from acobot.evidence.disagreeing import told_by
from acobot.evidence.named import cells_of, lies_within, numbers_of
from acobot.evidence.records import Evidence
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import has_figure, head_over, rows_of_table, table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import CELL_GAP

NEAR = 6.0  # log-odds below the best sentence: what is less likely says something else
LEAST_ROWS = 2  # with a code for a first cell, in a table that tells its rows by codes

_CODE = re.compile(r"(?<![\w-])(?P<kind>[A-Za-z]{1,5})-?\d{1,5}[A-Za-z]?(?!\w|-?[A-Z\d])")
_NUMBER = re.compile(r"(?<![\w.,:/£$€-])\d{1,4}[A-Z]?(?![\w%]|[.,:/-]\d)")
_SHORT = re.compile(r"[A-Z]|[A-Z]?\d{1,4}[A-Z]?")  # of a row's name: "H", "17", "17A"
_WORD_AND_NAME = re.compile(rf"\b(?P<word>[^\W\d_]{{3,}}) (?P<name>(?!I [a-z]|I['’]){_SHORT.pattern})(?!\w|[.,:/-]\d)")


def code_asked_for_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best sentence change scores with one near it that has the code asked about, where it has only others.

    A row of a table is of the number or code that is its first cell.
    """
    best, question = int(weighed.scores.argmax()), what_asks(question)
    near = _rows_asked_for(question, best, scored, version) or [
        place
        for place in _with_code_asked_for(question, best, scored, version)
        if weighed.unasked[place] >= weighed.unasked[best] - NEAR
    ]
    if near:
        weighed.swap(best, max(near, key=weighed.scores.__getitem__))


def _with_code_asked_for(question: str, best: int, scored: Sequence[Scored], version: Version) -> list[int]:
    """The places of sentences with a code of the question, where the best one only has others of its kind."""
    language = version.language
    asked = _codes(question) | _numbered(question, language)
    own = _codes(scored[best].text) | _numbered(scored[best].text, language, written=True)
    if not asked or not {kind for kind, _ in asked} & {kind for kind, _ in own}:
        return []
    if asked <= _numbered(question, language) and _has_number_or_order(question, scored[best].text, asked, language):
        return []
    (told,) = told_by(version, [scored[best]])
    over = f"{told.over} {told.title}"
    if asked & (own | _codes(over) | _numbered(over, language)):
        return []
    return [
        place
        for place, one in enumerate(scored)
        if asked & (_codes(one.text) | _numbered(one.text, language, written=True))
    ]


def _codes(text: str) -> set[tuple[str, str]]:
    """The codes of a text, each with the letters that it begins with, in small letters."""
    return {(found["kind"].casefold(), found[0].casefold().replace("-", "")) for found in _CODE.finditer(text)}


def _numbered(text: str, language: Language, *, written: bool = False) -> set[tuple[str, str]]:
    """Words with the number by which they tell things apart ("stage 2"); those `written` as names alone ("Stage 2")."""
    months = {month.casefold() for month in language.figures.months}
    found = ((one["word"], one["name"]) for one in _WORD_AND_NAME.finditer(text) if one["name"].isdecimal())
    return {
        (word.casefold(), name)
        for word, name in found
        if word.casefold() not in language.words.stop | months and (word[0].isupper() or not written)
    }


def _has_number_or_order(question: str, best: str, asked: set[tuple[str, str]], language: Language) -> bool:
    """Whether a sentence has a number asked for ("Years 5 and 6"), or what comes before or after it is asked."""
    has_order = not language.figures.order_words.isdisjoint(question.casefold().split())
    numbers = {float(name) for _, name in asked}
    return has_order or any(one in numbers_of(best, language) or lies_within(one, best, language) for one in numbers)


def _rows_asked_for(question: str, best: int, scored: Sequence[Scored], version: Version) -> list[int]:
    """The places of the best row's table whose first cell is a number of the question that the best row has nowhere."""
    if CELL_GAP not in scored[best].text:
        return []
    asked, own = set(_NUMBER.findall(question)), cells_of(scored[best].text)
    if not asked or not _SHORT.fullmatch(own[0]) or asked & set(_NUMBER.findall(scored[best].text)):
        return []
    table = table_of(version, scored[best])
    return [
        place
        for place, one in enumerate(scored)
        if CELL_GAP in one.text
        and cells_of(one.text)[0] in asked
        and table_of(version, one) == table
        and has_words_of(question, scored[best].text, one.text, version.language)
    ]


def has_words_of(question: str, best: str, other: str, language: Language) -> bool:
    """Whether a row has all words of the question that another has behind its name, in cells without figure or day."""
    told = (cell for cell in cells_of(best)[1:] if not has_figure(cell) and not is_of_days(cell, language))
    held = {word for cell in told for word in terms(cell, language)}
    return set(terms(question, language)) & held <= set(terms(other, language))


def lacks_row(question: str, row: Evidence | Scored, version: Version) -> bool:
    """Whether a question names one of what a table's first column has ("band H"), and the table has no row for it.

    All its rows are told by such names, or by ranges of them.
    """
    if CELL_GAP not in row.text:
        return False
    language, head = version.language, head_over(version, row)
    kinds = set(terms(head.partition(CELL_GAP)[0], language))
    if any(set(terms(cell, language)) & kinds for cell in cells_of(head)[1:]):
        return False
    named = _WORD_AND_NAME.finditer(question)
    asked = [found["name"] for found in named if set(terms(found["word"], language)) & kinds]
    if not asked:
        return False
    names = _first_cells(row, kinds, version)
    told = [name for name in names if _SHORT.fullmatch(name)]
    return (
        len(told) >= LEAST_ROWS
        and len(told) == len(names)
        and not any(one in names or _is_within(one, names, language) for one in asked)
    )


def _is_within(name: str, names: Sequence[str], language: Language) -> bool:
    return name.isdigit() and any(lies_within(float(name), one, language) for one in names)


def _first_cells(row: Evidence | Scored, kinds: set[str], version: Version) -> list[str]:
    """The first cells below the head of a row's table, without what they all are ("Band A")."""
    cells = (one.partition(CELL_GAP)[0] for one in rows_of_table(version, row)[1:])
    return [
        " ".join(word for word in cell.strip("| ").split() if not set(terms(word, version.language)) & kinds)
        for cell in cells
    ]
