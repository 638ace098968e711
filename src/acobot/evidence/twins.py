"""Sentences that say the same of different things, told apart by what stands around them: the one asked for leads.

"July | £31" stands below "Season 2024" and "July | £34" below "Season 2025"; "Who repairs my windows?" is answered for
tenants and for owners; "She sees patients on Mondays" is said of Dr Marsh, and of Dr March otherwise. Knows no source.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.choosing import leans
from acobot.evidence.differing import asked_words
from acobot.evidence.disagreeing import told_by
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of, table_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import stems
from acobot.sources import CELL_GAP

NEAR = 6.0  # log-odds below the best sentence: of what is less likely something else is said, too


def twins_asked_for_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best sentence change scores with its twin, where that with its frame has more of the question.

    All words of the question that the best one with its frame has, and others. A frame is the title, the
    headings and what else stands over a sentence, and the sentence that it leans on.
    """
    best = int(weighed.scores.argmax())
    twins = _twins(best, scored, version)
    near = [place for place in twins if weighed.unasked[place] >= weighed.unasked[best] - NEAR]
    if not near:
        return
    asked = asked_words(question, version.language)
    own, *others = (asked & _frame(place, scored, version) for place in (best, *near))
    named = [place for place, words in zip(near, others, strict=True) if words > own]
    if named:
        weighed.swap(best, max(named, key=weighed.scores.__getitem__))


def _frame(place: int, scored: Sequence[Scored], version: Version) -> frozenset[str]:
    """The stems of a sentence, of what it stands under, and of the sentence that it leans on."""
    (told,) = told_by(version, [scored[place]])
    before = scored[place - 1].text if _leans(place, scored, version) else ""
    texts = (told.text, told.over, told.title, before)
    return frozenset[str]().union(*(stems(text, version.language) for text in texts))


def _twins(best: int, scored: Sequence[Scored], version: Version) -> list[int]:
    """The places of what may say the same of something else.

    Of a row the rows of other tables with its first cell; of another sentence those of other sections with its heading,
    and where it leans on the one before, those of its source that begin with the same word and do.
    """
    name, gap, _ = scored[best].text.partition(CELL_GAP)
    if gap:
        table = table_of(version, scored[best]) if name.strip("| ") else None
        return [
            place
            for place, one in enumerate(scored)
            if table and one.text.casefold().startswith(f"{name}{gap}".casefold()) and table_of(version, one) != table
        ]
    section, begins = _section(best, scored, version), _antecedent_needed(best, scored, version)
    return [
        place
        for place, one in enumerate(scored)
        if place != best and CELL_GAP not in one.text
        if _is_twin_section(section, _section(place, scored, version))
        or (
            begins
            and one.stored.passage.source_id == section[0]
            and begins == _antecedent_needed(place, scored, version)
        )
    ]


def _section(place: int, scored: Sequence[Scored], version: Version) -> tuple[str, tuple[str, ...]]:
    """The source of a sentence and the headings over it, without the page that it stands on."""
    passage = scored[place].stored.passage
    paged = bool(version.corpus.source(passage.source_id).pages)
    return passage.source_id, tuple(said.casefold() for said in (passage.heading[:-1] if paged else passage.heading))


def _is_twin_section(one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]) -> bool:
    """Whether two sections are different ones with the same heading right over them."""
    return one != other and bool(one[1]) and one[1][-1:] == other[1][-1:]


def _antecedent_needed(place: int, scored: Sequence[Scored], version: Version) -> str:
    """The first word of a sentence that leans on the one before in its paragraph; "" of another."""
    return scored[place].text.split()[0].casefold() if _leans(place, scored, version) else ""


def _leans(place: int, scored: Sequence[Scored], version: Version) -> bool:
    """Whether a sentence leans on the one before, which stands in its paragraph."""
    if (
        not place
        or scored[place - 1].stored is not scored[place].stored
        or not leans(scored[place].text, version.language)
    ):
        return False
    return block_of(version, scored[place - 1]) == block_of(version, scored[place])
