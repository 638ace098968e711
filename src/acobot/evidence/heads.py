"""A table's head says what its rows hold: where it is as good as they are, the best of its rows is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.scoring import Scored
from acobot.evidence.tables import has_figure, is_head, table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.sources import CELL_GAP


def rows_before_heads(scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets a head without a figure change scores with the best row of its table, wherever it has the higher score.

    Only a table with a figure is sure to have a head.
    """
    tables: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(scored):
        if CELL_GAP in one.text:  # before any source is looked at
            tables.setdefault(table_of(version, one), []).append(place)
    for places in tables.values():
        heads = [place for place in places if is_head(scored[place], version)]
        rows = [place for place in places if place not in heads]
        is_sure = any(has_figure(scored[place].text) for place in rows)
        if heads and is_sure:
            weighed.put_first(max(rows, key=weighed.scores.__getitem__), heads[0])
