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
    """Lets the best row change scores with its twin, where that one with what stands over it has more of the question.

    It has all the words of the question that the best row and what stands over that have, and others.
    """
    best = int(weighed.scores.argmax())
    twins = _twins(best, scored, version)
    near = [place for place in twins if weighed.unasked[place] >= weighed.unasked[best] - NEAR]
    if not near:
        return
    asked = asked_words(question, version.language)
    own, *others = (
        asked & (stems(told.over, version.language) | stems(told.text, version.language))
        for told in told_by(version, [scored[place] for place in (best, *near)])
    )
    named = [place for place, words in zip(near, others, strict=True) if words > own]
    if named:
        weighed.swap(best, max(named, key=weighed.scores.__getitem__))


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
