"""A table's head says what its rows hold: where it is as good as they are, the best of its rows is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.scoring import Scored
from acobot.evidence.tables import has_figure, is_head, table_of
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.sources import CELL_GAP


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
        is_sure = any(has_figure(scored[place].text) for place in rows)
        for of_all in scores if heads and is_sure else ():
            head, row = heads[0], max(rows, key=of_all.__getitem__)
            if of_all[head] > of_all[row]:
                of_all[[head, row]] = of_all[[row, head]]
