"""Evidence → groups of sentences that are read together: what answers, and what gives it meaning.

Each sentence comes with what belongs to it (a list's item with its lead-in, a table's row with its head, a bare "No."
with the heading that asks), and one that leans on the one before with that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from acobot.answer.belonging import answering, leaned_on, needed_by
from acobot.answer.headed import headings_needed
from acobot.answer.lines import LIST_ITEMS, LISTED, above_of, lines_around
from acobot.answer.records import Role
from acobot.evidence import ENDS, Evidence, is_question, leads_in
from acobot.evidence.records import Place
from acobot.index import Version
from acobot.languages import Language
from acobot.sources import Block, BlockKind, Source

__all__ = ["LIST_ITEMS", "Grouped", "group_evidence", "items_left_out"]

Grouped = tuple[int, Role, Evidence]  # the number of its group, what it is there for, and the sentence


def group_evidence(
    chosen: Sequence[Evidence], most: int, version: Version, fixed: Collection[Place] = ()
) -> list[Grouped]:
    """The evidence, the lead first, each followed by what gives it meaning.

    What is quoted already is not quoted again: what needs it joins its group, unless it would be read before what
    answers there and is no item, which says nothing without its lead-in. A sentence that another leans on comes while
    there is room for `most`; what the lead leans on comes in any case, and what belongs to a list, a table or a
    question. Evidence at the places `fixed` is not exchanged for the line below it.
    """
    grouped: list[Grouped] = []
    groups: dict[Place, int] = {}  # of what is quoted
    room, language = most - len(chosen), version.language
    places_chosen = {one.place for one in chosen}
    for number, one in enumerate(chosen, start=1):
        source = version.corpus.source(one.stored.passage.source_id)
        lines = lines_around(version, source, one)
        at = next(place for place, line in enumerate(lines) if line.place == one.place)
        at = at if one.place in fixed else answering(lines, at, language)
        answer = one if lines[at].place == one.place else lines[at].evidence
        if answer.place in groups:
            continue
        above, whole_list = above_of(source, lines[at].block), answer is not one and lines[at].kind in LISTED
        needed = needed_by(lines, at, above, language, whole_list=whole_list, chosen=places_chosen)
        needed += headings_needed(version, source, lines[at], above)
        if before := leaned_on(lines, at, language):
            places = {*groups, *(line.place for line in needed), *places_chosen}
            is_quoted = before.place in places
            if is_quoted or room > 0 or not grouped:
                room -= not is_quoted
                needed += [before, *headings_needed(version, source, before, above_of(source, before.block))]
        theirs = (groups[line.place] for line in needed if line.place in groups)
        joins = lines[at].kind is BlockKind.ITEM
        group = next((its for its in theirs if joins or _comes_after(answer, its, grouped)), number)
        context = {line.place: line.evidence for line in needed if line.place not in {*groups, answer.place}}.values()
        added = [
            (group, Role.ALSO if grouped else Role.LEAD, answer),
            *((group, Role.CONTEXT, said) for said in context),
        ]
        grouped += added
        groups |= {said.place: group for group, _, said in added}
    return grouped


def _comes_after(one: Evidence, group: int, grouped: Sequence[Grouped]) -> bool:
    """Whether a sentence stands behind all that answers in a group."""
    answers = [said for its, role, said in grouped if its == group and role is not Role.CONTEXT]
    return all(said.sentence.sentence.start < one.sentence.sentence.start for said in answers)


def items_left_out(grouped: Sequence[Grouped], sources: Mapping[str, Source], language: Language) -> int:
    """How many items or rows are not quoted of lists that were cut.

    Of lists of conditions, of which one alone may mislead, all; of other lists and tables that were quoted up to the
    limit those that follow the last one quoted.
    """
    cut = _conditions_left(grouped, sources, language)
    lists: dict[tuple[int, str, BlockKind], list[int]] = {}
    for number, role, one in grouped:
        source = sources[one.stored.passage.source_id]
        block = source.block_at(one.sentence.sentence.start)
        kind = source.blocks[block].kind
        if role is Role.CONTEXT and kind in LISTED and (source.id, source.over_list(block)) not in cut:
            lists.setdefault((number, source.id, kind), []).append(block)
    full = [(sources[name], kind, max(items)) for (_, name, kind), items in lists.items() if len(items) >= LIST_ITEMS]
    return sum(cut.values()) + sum(_run(source.blocks[last + 1 :], kind) for source, kind, last in full)


def _conditions_left(
    grouped: Sequence[Grouped], sources: Mapping[str, Source], language: Language
) -> dict[tuple[str, int], int]:
    """How many items are not quoted of each list of conditions, by its source and the block that leads it in."""
    quoted: set[tuple[str, int]] = set()
    lead_ins: set[tuple[str, int]] = set()
    for _, _, one in grouped:
        source, span = sources[one.stored.passage.source_id], one.sentence.sentence
        block = source.block_at(span.start)
        kind, is_last = source.blocks[block].kind, span.end == source.blocks[block].end
        if kind is BlockKind.ITEM:
            quoted.add((source.id, block))
        elif is_last and _opens_conditions(one.text, language):
            lead_ins.add((source.id, block))
    cut = lead_ins & {(name, sources[name].over_list(block)) for name, block in quoted}
    left = {}
    for name, over in cut:
        items = _run(sources[name].blocks[over + 1 :], BlockKind.ITEM)
        left[name, over] = sum((name, item) not in quoted for item in range(over + 1, over + 1 + items))
    return left


def _opens_conditions(said: str, language: Language) -> bool:
    opens = leads_in(said, language) or is_question(said) or not said.endswith(ENDS)
    return opens and bool(language.cues.conditions.search(said))


def _run(blocks: Sequence[Block], kind: BlockKind) -> int:
    """How many blocks of a kind come first."""
    return next((number for number, block in enumerate(blocks) if block.kind is not kind), len(blocks))
