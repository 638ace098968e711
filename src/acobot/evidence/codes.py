"""Codes, numbers and letters that tell things apart: of "HX200" and "HX2000" what is said of the one asked about leads.

So does the row of bus 17 before that of bus 71; and where a table has a row for each of its bands and none for the one
asked about, no row answers. Knows no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from acobot.evidence.disagreeing import told_by
from acobot.evidence.named import cells_of, lies_within
from acobot.evidence.records import Evidence
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of, head_over, table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import CELL_GAP, Source

NEAR = 6.0  # log-odds below the best sentence: what is less likely says something else
MOST_ROWS = 40  # of a table that is looked through
LEAST_ROWS = 2  # with a code for a first cell, in a table that tells its rows by codes

_CODE = re.compile(r"(?<![\w-])(?P<kind>[A-Za-z]{1,5})-?\d{1,5}[A-Za-z]?(?!\w|-?[A-Z\d])")
_NUMBER = re.compile(r"(?<![\w.,:/£$€-])\d{1,4}[A-Z]?(?![\w%]|[.,:/-]\d)")
_SHORT = re.compile(r"[A-Z]|[A-Z]?\d{1,4}[A-Z]?")  # of a row's name: "H", "17", "17A"
_WORD_AND_NAME = re.compile(rf"\b(?P<word>[^\W\d_]{{3,}}) (?P<name>{_SHORT.pattern})(?!\w|[.,:/-]\d)")


def code_asked_for_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best sentence change scores with one near it that has the code asked about, where it has only others.

    A row of a table is of the number or code that is its first cell.
    """
    best = int(weighed.scores.argmax())
    near = _rows_asked_for(question, best, scored, version) or [
        place
        for place in _with_code_asked_for(question, best, scored, version)
        if weighed.unasked[place] >= weighed.unasked[best] - NEAR
    ]
    if near:
        weighed.swap(best, max(near, key=weighed.scores.__getitem__))


def _with_code_asked_for(question: str, best: int, scored: Sequence[Scored], version: Version) -> list[int]:
    """The places of sentences with a code of the question, where the best one only has others of its kind."""
    asked, own = _codes(question), _codes(scored[best].text)
    if not asked or not {kind for kind, _ in asked} & {kind for kind, _ in own}:
        return []
    (told,) = told_by(version, [scored[best]])
    if asked & (own | _codes(f"{told.over} {told.title}")):
        return []
    return [place for place, one in enumerate(scored) if asked & _codes(one.text)]


def _codes(text: str) -> set[tuple[str, str]]:
    """The codes of a text, each with the letters that it begins with, in small letters."""
    return {(found["kind"].casefold(), found[0].casefold().replace("-", "")) for found in _CODE.finditer(text)}


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
        if CELL_GAP in one.text and cells_of(one.text)[0] in asked and table_of(version, one) == table
    ]


def lacks_row(question: str, row: Evidence | Scored, version: Version) -> bool:
    """Whether a question names one of what a table's first column has ("band H"), and the table has no row for it.

    All its rows are told by such names, or by ranges of them.
    """
    language, column = version.language, head_over(version, row).partition(CELL_GAP)[0]
    kinds = set(terms(column, language)) if CELL_GAP in row.text else set()
    named = _WORD_AND_NAME.finditer(question) if kinds else ()
    asked = [found["name"] for found in named if set(terms(found["word"], language)) & kinds]
    if not asked:
        return False
    names = _first_cells(*block_of(version, row), language, kinds)
    told = [name for name in names if _SHORT.fullmatch(name)]
    return (
        len(told) >= LEAST_ROWS
        and len(told) == len(names)
        and not any(one in names or _is_within(one, names, language) for one in asked)
    )


def _is_within(name: str, names: Sequence[str], language: Language) -> bool:
    return name.isdigit() and any(lies_within(float(name), one, language) for one in names)


def _first_cells(source: Source, number: int, language: Language, kinds: set[str]) -> list[str]:
    """The first cells below the head of the table that a block stands in, without what they all are ("Band A")."""
    head = source.table_head(number)
    numbers = range(head, min(head + MOST_ROWS + 2, len(source.blocks)))
    rows = [*takewhile(lambda one: source.table_head(one) == head, numbers)][1:]
    cells = (source.text[source.blocks[one].start : source.blocks[one].end].partition(CELL_GAP)[0] for one in rows)
    return [
        " ".join(word for word in cell.strip("| ").split() if not set(terms(word, language)) & kinds) for cell in cells
    ]
