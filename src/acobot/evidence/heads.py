"""A table's head says what its rows hold: where it is as good as they are, the best of its rows is the answer.

And whether a table's first row is its head at all: not where it is a row like the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.days import days_of
from acobot.evidence.named import FIGURE, is_head, table_of
from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.languages import Language
from acobot.sources import CELL_GAP

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def rows_before_heads(scored: Sequence[Scored], scores: Sequence[Scores], version: Version) -> None:
    """Lets a head without a figure change scores with the best row of its table, wherever it has the higher score.

    Only a table with a figure is sure to have a head. Each of `scores` is of all sentences, and is looked at by itself.
    """
    tables: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(scored):
        if CELL_GAP in one.text:  # before any source is looked at
            tables.setdefault(table_of(version, one), []).append(place)
    for places in tables.values():
        heads = [place for place in places if is_head(scored[place], version)]
        rows = [place for place in places if place not in heads]
        has_figure = any(FIGURE.search(scored[place].text) for place in rows)
        for of_all in scores if heads and has_figure else ():
            head, row = heads[0], max(rows, key=of_all.__getitem__)
            if of_all[head] > of_all[row]:
                of_all[[head, row]] = of_all[[row, head]]


def heads_row(first: str, row: str, language: Language) -> bool:
    """Whether a table's first row says what another of its rows holds; not where it is a row like that one.

    It is where both begin with days, or have figures of one form in one column ("£5" over "£7"). Years, and numbers
    with nothing beside them, may also be the names of columns.
    """
    of_both = list(zip(_cells(first), _cells(row), strict=False))
    by_days = all(days_of(cell, language) for cell in of_both[0])
    return not by_days and not any(_form(one) and _form(one) == _form(other) for one, other in of_both)


def _cells(row: str) -> list[str]:
    """The cells of a row; one that begins with a bar has an empty first cell."""
    return [cell.strip() for cell in f" {row}".split(CELL_GAP)]


def _form(cell: str) -> str:
    """How a cell with a figure is written, whatever the figure; empty for one without, a year, or a bare number."""
    form = _NUMBER.sub("0", _YEAR.sub("", cell))
    return form if "0" in form and form != "0" else ""
