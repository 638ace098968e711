"""Sentences of two sources that answer one question differently: found among the evidence, and quoted both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from acobot.evidence.amounts import find_other_amount
from acobot.evidence.bare_lines import ENDS, is_label, is_question, leads_in
from acobot.evidence.differing import Told, can_differ, find_difference
from acobot.evidence.records import Disagreement, Evidence
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import head_over
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.question import Query
from acobot.sources import CELL_GAP, BlockKind, Source

DIFFERING_NEAR = 6.0  # below the best sentence's score: what may be set against it
DIFFERING_LOOKED_AT = 12


def find_disagreement(
    version: Version,
    query: Query,
    found: Sequence[Evidence],
    unasked: Scores,
    chosen: Sequence[Evidence],
    rejected: Sequence[Evidence],
) -> Disagreement | None:
    """Two sentences near the best, of different sources, that answer differently; those chosen are looked at first.

    A question's own line and a lead-in are neither.
    """
    if not can_differ(query.searched_for, version.language) or not chosen:
        return None
    scores = {one.place: score for one, score in zip(found, unasked, strict=True)}
    least = scores[chosen[0].place] - DIFFERING_NEAR
    near = [*chosen, *(one for one in rejected if scores[one.place] >= least)]
    near = [one for one in near if not (is_question(one.text) or leads_in(one.text, version.language))]
    near = near[:DIFFERING_LOOKED_AT]
    ids = {one.stored.passage.source_id for one in near}
    if len(ids) < 2:
        return None
    background, told = [one.text for one in (*chosen, *rejected)], told_by(version, near)
    difference = find_difference(
        query.searched_for, told, background, version.language, version.abbreviations
    ) or find_other_amount(query.searched_for, told, version.language)
    if difference is None:
        return None
    about, one, other = difference
    return Disagreement(about, replace(near[one], rejected=""), replace(near[other], rejected=""))


def told_by(version: Version, evidence: Sequence[Evidence] | Sequence[Scored]) -> list[Told]:
    """What sentences say and stand under, with their sources and the dates of these."""
    return [_told(one, version) for one in evidence]


def _told(one: Evidence | Scored, version: Version) -> Told:
    source = version.corpus.source(one.stored.passage.source_id)
    return Told(
        one.text,
        source.id,
        source.particulars.published,
        bare=_is_bare(one, source),
        title=source.particulars.title,
        over=" ".join(_over(one, source, version)),
    )


def _is_bare(one: Evidence | Scored, source: Source) -> bool:
    """Whether a line only names something: a label, an item below a lead-in or below another item."""
    number = source.block_at(one.sentence.sentence.start)
    block = source.blocks[number]
    if block.kind is BlockKind.ITEM:
        return block.level > 0 or source.blocks[source.over_list(number)].kind is BlockKind.PARAGRAPH
    return block.kind is BlockKind.PARAGRAPH and is_label(one.text)


def _over(one: Evidence | Scored, source: Source, version: Version) -> Iterator[str]:
    """What a sentence stands under: headings, a table's head but for the column of names, items, a label, a lead-in."""
    headings = one.stored.passage.heading
    yield from headings[:-1] if source.pages else headings
    number = source.block_at(one.sentence.sentence.start)
    kind, head, over = source.blocks[number].kind, source.table_head(number), source.over_list(number)
    if head < number:
        yield head_over(version, one).partition(CELL_GAP)[2]
    if kind is BlockKind.ITEM:
        leads = source.blocks[over].kind is BlockKind.PARAGRAPH
        yield from (_text(source, above) for above in (*[over][:leads], *source.items_over(number)))
    elif head and source.blocks[head - 1].kind is BlockKind.PARAGRAPH:
        above = _text(source, head - 1)
        yield "" if above.endswith(ENDS) and not is_question(above) else above


def _text(source: Source, number: int) -> str:
    """The text of a block."""
    return source.text[source.blocks[number].start : source.blocks[number].end]


def with_both(
    chosen: tuple[Evidence, ...], difference: Disagreement | None, most: int, questions: int = 1
) -> tuple[Evidence, ...]:
    """The chosen with both sentences that differ, in the place of the last ones where there is no more room.

    Where there is none beside the first, one for each of the message's `questions`, the chosen stay as they are.
    """
    if difference is None:
        return chosen
    pair = (difference.one, difference.other)
    if len({one.place for one in (*chosen[:questions], *pair)}) > most:
        return chosen
    others = [one for one in chosen if one not in pair]
    missing = sum(one not in chosen for one in pair)
    kept = others[: most - len(pair)] if missing else others
    return tuple(sorted([*kept, *pair], key=lambda one: chosen.index(one) if one in chosen else len(chosen)))
