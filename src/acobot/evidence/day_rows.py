"""Rows of one name that a column of days tells apart: "17 | Monday to Friday", "17 | Saturday".

Who asks about a day is answered by the row for it; where there is none, by no row of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.asking import what_asks
from acobot.evidence.days import asked_days, days_of, is_of_days
from acobot.evidence.named import cells_of
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import rows_of_table, table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.sources import CELL_GAP


def row_of_day_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best row change scores with the best one of its name that holds for the day that is asked about."""
    asked, best = asked_days(what_asks(question), version.language), int(weighed.scores.argmax())
    days = _days_of_rows(scored[best], version) if asked else {}
    if asked & days.get(scored[best].text, asked):
        return
    table = table_of(version, scored[best])
    holding = [
        place
        for place, one in enumerate(scored)
        if asked & days.get(one.text, frozenset()) and table_of(version, one) == table
    ]
    if holding:
        weighed.swap(best, max(holding, key=weighed.scores.__getitem__))


def is_of_other_days(question: str, row: Scored, version: Version) -> bool:
    """Whether a row is told apart from others of its name by days, without the one that a question asks about."""
    asked = asked_days(what_asks(question), version.language)
    if not asked or version.language.questions.asks_whether.search(question):
        return False
    return not asked & _days_of_rows(row, version).get(row.text, asked)


def _days_of_rows(row: Scored, version: Version) -> dict[str, frozenset[int]]:
    """A row and those of its table with its first cell, each with the days of the column that tells them apart.

    Nothing where no column of days does: only one column has days alone in each of these rows, and not the same in all.
    """
    if CELL_GAP not in row.text:
        return {}
    cells, language = cells_of(row.text), version.language
    rows = {
        one: own
        for one in rows_of_table(version, row)
        if len(own := cells_of(one)) == len(cells) and own[:1] == cells[:1]
    }
    columns = [
        column
        for column in range(1, len(cells))
        if all(is_of_days(own[column], language) for own in rows.values())
        and len({days_of(own[column], language) for own in rows.values()}) > 1
    ]
    return {one: days_of(own[columns[0]], language) for one, own in rows.items()} if len(columns) == 1 else {}
