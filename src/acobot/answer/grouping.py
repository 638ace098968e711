"""Evidence → groups of sentences that are read together: what answers, and what gives it meaning.

Each sentence comes with what belongs to it (a list's item with its lead-in, a table's row with its head), and one that
leans on the one before with that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from acobot.answer.belonging import answering, leaned_on, needed_by
from acobot.answer.lines import LIST_ITEMS, Above, items_over, lines_around
from acobot.answer.records import Role
from acobot.evidence import Evidence
from acobot.evidence.records import Place
from acobot.index import Version
from acobot.sources import Block, BlockKind, Source

__all__ = ["LIST_ITEMS", "Grouped", "group_evidence", "items_left_out"]

Grouped = tuple[int, Role, Evidence]  # the number of its group, what it is there for, and the sentence


def group_evidence(
    chosen: Sequence[Evidence], most: int, version: Version, fixed: Collection[Place] = ()
) -> list[Grouped]:
    """The evidence, the lead first, each followed by what gives it meaning.

    What is quoted already is not quoted again: what needs it joins its group, unless it would be read before what
    answers there. A sentence that another leans on comes while there is room for `most`; what the lead leans on comes
    in any case, and what belongs to a list, a table or a question. Evidence at the places `fixed` is not exchanged for
    the line below it.
    """
    grouped: list[Grouped] = []
    groups: dict[Place, int] = {}  # of what is quoted
    room, language = most - len(chosen), version.language
    for number, one in enumerate(chosen, start=1):
        source = version.corpus.source(one.stored.passage.source_id)
        block = source.block_at(one.sentence.sentence.start)
        above = Above(min(source.table_head(block), source.over_list(block)), items_over(source, block))
        lines = lines_around(version, source, one, above)
        at = next(place for place, line in enumerate(lines) if line.place == one.place)
        at = at if one.place in fixed else answering(lines, at, language)
        answer = one if lines[at].place == one.place else lines[at].evidence
        if answer.place in groups:
            continue
        whole_list = answer is not one and lines[at].kind is BlockKind.ITEM
        needed = needed_by(lines, at, above, language, whole_list=whole_list)
        if before := leaned_on(lines, at, language):
            places = {*groups, *(line.place for line in needed), *(other.place for other in chosen)}
            is_quoted = before.place in places
            if is_quoted or room > 0 or not grouped:
                room -= not is_quoted
                needed.append(before)
        theirs = (groups[line.place] for line in needed if line.place in groups)
        group = next((its for its in theirs if _comes_after(answer, its, grouped)), number)
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


def items_left_out(grouped: Sequence[Grouped], sources: Mapping[str, Source]) -> int:
    """How many items follow the last one that is quoted, of lists that were quoted up to the limit."""
    lists: dict[tuple[int, str], list[int]] = {}
    for number, role, one in grouped:
        source = sources[one.stored.passage.source_id]
        block = source.block_at(one.sentence.sentence.start)
        if role is Role.CONTEXT and source.blocks[block].kind is BlockKind.ITEM:
            lists.setdefault((number, source.id), []).append(block)
    full = [(sources[name], max(items)) for (_, name), items in lists.items() if len(items) >= LIST_ITEMS]
    return sum(len([*takewhile(_is_item, source.blocks[last + 1 :])]) for source, last in full)


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.ITEM
