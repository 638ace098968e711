"""A table's head says what its rows hold: where it is the best sentence, the best of its rows is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.sources import BlockKind

_FIGURE = re.compile(r"\d")


def row_for_head(scored: Sequence[Scored], scores: Scores, version: Version) -> int | None:
    """The place of the best row with a figure of the table whose head, without one, is the best sentence of all.

    None where the best sentence is no such head. A first row with figures may be a row like the others.
    """
    best = int(scores.argmax())
    table = _table(scored[best], version)
    if table is None or table[1] != table[2] or _FIGURE.search(scored[best].text):
        return None
    rows = [
        place
        for place, one in enumerate(scored)
        if place != best and _FIGURE.search(one.text) and (own := _table(one, version)) and own[:2] == table[:2]
    ]
    return max(rows, key=scores.__getitem__, default=None)


def _table(one: Scored, version: Version) -> tuple[str, int, int] | None:
    """The source of a row, the number of its table's first block, and of its own; None of what is no row."""
    source = version.corpus.source(one.stored.passage.source_id)
    number = source.block_at(one.sentence.sentence.start)
    return (source.id, source.table_head(number), number) if source.blocks[number].kind is BlockKind.ROW else None
