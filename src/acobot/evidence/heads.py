"""A table's head says what its rows hold: where it is the best sentence, the best of its rows is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.named import table_of
from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.sources import BlockKind

_FIGURE = re.compile(r"\d")


def row_for_head(best: int, scored: Sequence[Scored], scores: Scores, version: Version) -> int | None:
    """The place of the best row with a figure of the table whose head, without one, is the best sentence.

    None where the best sentence is no such head. A first row with figures may be a row like the others.
    """
    head = scored[best]
    if _FIGURE.search(head.text) or not _is_head(head, version):
        return None
    table = table_of(version, head)
    rows = [
        place
        for place, one in enumerate(scored)
        if place != best and _FIGURE.search(one.text) and table_of(version, one) == table
    ]
    return max(rows, key=scores.__getitem__, default=None)


def _is_head(one: Scored, version: Version) -> bool:
    """Whether a sentence is the first row of a table."""
    source = version.corpus.source(one.stored.passage.source_id)
    number = source.block_at(one.sentence.sentence.start)
    return source.blocks[number].kind is BlockKind.ROW and source.table_head(number) == number
