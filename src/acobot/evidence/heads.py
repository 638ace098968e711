"""A table's head says what its rows hold: where it is as good as they are, the best of its rows is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.named import FIGURE, is_head, table_of
from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.sources import CELL_GAP


def rows_before_heads(scored: Sequence[Scored], scores: Scores, version: Version) -> None:
    """Lets a head without a figure that scores higher than its rows change scores with the best row that has one."""
    tables: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(scored):
        if CELL_GAP in one.text:  # before any source is looked at
            tables.setdefault(table_of(version, one), []).append(place)
    for places in tables.values():
        heads = [place for place in places if is_head(scored[place], version)]
        row = max(
            (place for place in places if FIGURE.search(scored[place].text)), key=scores.__getitem__, default=None
        )
        if heads and row is not None and scores[heads[0]] > scores[row]:
            scores[[heads[0], row]] = scores[[row, heads[0]]]
