"""Rows of one name that a column of days tells apart: "17 | Monday to Friday", "17 | Saturday".

Who asks about a day is answered by the row for it; where there is none, by no row of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acobot.evidence.days import asked_days, days_of, is_of_days
from acobot.evidence.named import cells_of
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.sources import CELL_GAP


def row_of_day_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best row change scores with the best one of its name that holds for the day that is asked about."""
    asked, best = asked_days(question, version.language), int(weighed.scores.argmax())
    rows = dict(_rows_of_name(best, scored, version)) if asked else {}
    holding = [place for place, days in rows.items() if asked & days]
    if rows and holding and best not in holding:
        weighed.swap(best, max(holding, key=weighed.scores.__getitem__))


def is_of_other_days(question: str, row: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether a row is told apart from others of its name by days, without the one that a question asks about."""
    asked = asked_days(question, version.language)
    if not asked or version.language.questions.asks_whether.search(question):
        return False
    place = next(place for place, one in enumerate(scored) if one is row)
    rows = dict(_rows_of_name(place, scored, version))
    return bool(rows) and not asked & rows[place]


def _rows_of_name(place: int, scored: Sequence[Scored], version: Version) -> Iterator[tuple[int, frozenset[int]]]:
    """A row and those of its table with its first cell, with the days of the column that tells them apart.

    None where no column of days does: only one column has days alone in each of these rows, and not the same in all.
    """
    cells = cells_of(scored[place].text)
    if not cells or CELL_GAP not in scored[place].text:
        return
    table, language = table_of(version, scored[place]), version.language
    rows = {
        number: own
        for number, one in enumerate(scored)
        if len(own := cells_of(one.text)) == len(cells) and own[0] == cells[0] and table_of(version, one) == table
    }
    columns = [
        column
        for column in range(1, len(cells))
        if all(is_of_days(own[column], language) for own in rows.values())
        and len({days_of(own[column], language) for own in rows.values()}) > 1
    ]
    if len(columns) == 1:
        yield from ((number, days_of(own[columns[0]], language)) for number, own in rows.items())
