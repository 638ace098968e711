"""A table's head says what its rows hold: where it is the best sentence, the best of its rows is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.named import FIGURE, is_head, table_of
from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Scores
from acobot.index import Version


def row_for_head(best: int, scored: Sequence[Scored], scores: Scores, version: Version) -> int | None:
    """The place of the best row with a figure of the table whose head, without one, is the best sentence.

    None where the best sentence is no such head.
    """
    if not is_head(scored[best], version):
        return None
    source_id, head = table_of(version, scored[best])
    rows = [
        place
        for place, one in enumerate(scored)
        if one.stored.passage.source_id == source_id
        and FIGURE.search(one.text)
        and table_of(version, one) == (source_id, head)
    ]
    return max(rows, key=scores.__getitem__, default=None)
