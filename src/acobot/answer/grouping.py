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
from acobot.sources import BlockKind, Source

__all__ = ["LIST_ITEMS", "Grouped", "group_evidence", "items_left_out"]

Grouped = tuple[int, Role, Evidence]  # the number of its group, what it is there for, and the sentence


def group_evidence(
    chosen: Sequence[Evidence], most: int, version: Version, fixed: Collection[Place] = ()
) -> list[Grouped]:
    """The evidence, the lead first, each followed by what gives it meaning.

    What is quoted already is not quoted again: what needs it joins its group, unless it would be read before what
    answers there and has meaning without a lead-in or a heading. A sentence that another leans on comes while
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
        headings = headings_needed(version, source, lines[at], above)
        needed += headings
        if before := leaned_on(lines, at, language):
            places = {*groups, *(line.place for line in needed), *places_chosen}
            is_quoted = before.place in places
            if is_quoted or room > 0 or not grouped:
                room -= not is_quoted
                over = above_of(source, before.block)
                if before.kind is BlockKind.ITEM or language.cues.yes_or_no.match(before.text):
                    needed += [one for one in needed_by(lines, at - 1, over, language) if one.place < before.place]
                needed += [before, *headings_needed(version, source, before, over)]
        theirs = (groups[line.place] for line in needed if line.place in groups)
        joins = bool(headings) or (lines[at].kind in LISTED and any(line.kind is not BlockKind.ROW for line in needed))
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

    Of lists of conditions, of which one alone may mislead, and of lists and tables that were quoted up to the limit.
    """
    quoted: dict[tuple[str, int], set[int]] = {}  # of each list or table, by its source and its first block
    conditions: set[tuple[str, int]] = set()
    for _, _, one in grouped:
        source, span = sources[one.stored.passage.source_id], one.sentence.sentence
        number = source.block_at(span.start)
        if source.blocks[number].kind in LISTED:
            quoted.setdefault((source.id, _first_of(source, number)), set()).add(number)
        elif span.end == source.blocks[number].end and _opens_conditions(one.text, language):
            conditions.add((source.id, number + 1))
    return sum(
        _length(sources[name], first) - len(blocks)
        for (name, first), blocks in quoted.items()
        if len(blocks) >= LIST_ITEMS
        or ((name, first) in conditions and sources[name].blocks[first].kind is BlockKind.ITEM)
    )


def _opens_conditions(said: str, language: Language) -> bool:
    opens = leads_in(said, language) or is_question(said) or not said.endswith(ENDS)
    return opens and bool(language.cues.conditions.search(said))


def _first_of(source: Source, number: int) -> int:
    """The first block of the list or the table in which a block stands."""
    if source.blocks[number].kind is BlockKind.ROW:
        return source.table_head(number)
    over = source.over_list(number)
    return over if source.blocks[over].kind is BlockKind.ITEM else over + 1


def _length(source: Source, first: int) -> int:
    """How many items or rows a list or a table has."""
    kind, number = source.blocks[first].kind, first
    while number < len(source.blocks) and source.blocks[number].kind is kind and _first_of(source, number) == first:
        number += 1
    return number - first
