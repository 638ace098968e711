"""Rows of one name in several tables of a source, told apart only by what stands over these: the one asked for leads.

"July | £31" stands below "Season 2024" and "July | £34" below "Season 2025". Knows no source and no subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.differing import asked_words
from acobot.evidence.disagreeing import told_by
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import stems
from acobot.sources import CELL_GAP

NEAR = 6.0  # log-odds below the best row: of what is less likely something else is said, too


def twins_asked_for_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best row change scores with its twin, where what stands over that one alone has words of the question.

    Where each has words of the question that the other lacks, the row stays the best.
    """
    best = int(weighed.scores.argmax())
    twins = _twins(best, scored, version)
    near = [place for place in twins if weighed.unasked[place] >= weighed.unasked[best] - NEAR]
    if not near:
        return
    asked = asked_words(question, version.language)
    over, *others = (
        asked & stems(told.over, version.language) for told in told_by(version, [scored[n] for n in (best, *near)])
    )
    named = [place for place, words in zip(near, others, strict=True) if words > over]
    if named:
        instead = max(named, key=weighed.scores.__getitem__)
        for of_all in (weighed.scores, weighed.unasked):
            of_all[[best, instead]] = of_all[[instead, best]]


def _twins(best: int, scored: Sequence[Scored], version: Version) -> list[int]:
    """The rows of its source's other tables with the first cell of the best sentence; none where that is no row."""
    row = scored[best]
    name, gap, _ = row.text.partition(CELL_GAP)
    if not gap or not name.strip("| "):
        return []
    source, head = table_of(version, row)
    alike = [
        place
        for place, one in enumerate(scored)
        if one.stored.passage.source_id == source and one.text.casefold().startswith(f"{name}{gap}".casefold())
    ]
    return [place for place in alike if table_of(version, scored[place])[1] != head]
