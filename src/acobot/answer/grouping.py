"""Evidence → groups of sentences that are read together: what answers, and what gives it meaning.

A list's item comes with its lead-in, however far above, and the items that it stands under, and a lead-in, a label or
a question over a list with the items; a table's row with the table's head; an answer with the question or the label
right above it, which itself never answers, or with the label that its paragraph opens with, and a bare "No." with what
follows it; a sentence that leans on the one before with that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from acobot.answer.records import Role
from acobot.evidence import LEADS_IN, Evidence, leans
from acobot.evidence.records import Place
from acobot.index import StoredPassage, StoredSentence, Version
from acobot.languages import Language
from acobot.sources import Block, BlockKind, Source, says_something

LIST_ITEMS = 8  # of a list that is quoted whole; of a longer one the first
LABEL_WORDS = 6  # of a line that only names what comes below it
LABELLED_WORDS = 30  # of a labelled paragraph that is quoted whole; of a longer one what comes next
BARE_WORDS = 2  # of a sentence that says next to nothing without the next
ENDS = (".", "!", "?", "…", "。", "！", "？")
ASKS = ("?", "？")

_MARK = re.compile(r"[^\s|] ?([*†‡]{1,3})(?=$|[\s|.,;:)])")
_LABEL = re.compile(rf"[^\s:]+(?: [^\s:]+){{0,{LABEL_WORDS - 1}}}: \S")

Grouped = tuple[int, Role, Evidence]  # the number of its group, what it is there for, and the sentence


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its passage, and its block in the source with its kind and level."""

    stored: StoredPassage
    sentence: StoredSentence
    text: str
    block: int
    kind: BlockKind
    level: int

    @property
    def place(self) -> Place:
        return self.stored.number, self.sentence.sentence.start

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.stored, self.sentence, self.text, 0.0)

    @property
    def is_question(self) -> bool:
        return self.text.endswith(ASKS)

    @property
    def is_label(self) -> bool:
        """Whether it only names what comes below: few words, no end of a sentence, no value ("Child single: £1")."""
        few = len(self.text.split()) <= LABEL_WORDS and not self.text.endswith(ENDS)
        return few and self.kind is not BlockKind.ROW and not says_something(self.text)


@dataclass(frozen=True, slots=True)
class _Above:
    """The numbers of the blocks that a line may need, however far up: its table's head, or what is over its list.

    And the `items` that it stands under, the outermost first.
    """

    block: int
    items: tuple[int, ...]


def group_evidence(
    chosen: Sequence[Evidence], most: int, version: Version, fixed: Collection[Place] = ()
) -> list[Grouped]:
    """The evidence, the lead first, each followed by what gives it meaning.

    What is quoted already is not quoted again: what needs it joins its group, unless it would be read before what
    answers there. A sentence that another leans on comes while there is room for `most`; what belongs to a list, a
    table or a question comes in any case. Evidence at the places `fixed` is not exchanged for the line below it.
    """
    grouped: list[Grouped] = []
    groups: dict[Place, int] = {}  # of what is quoted
    room = most - len(chosen)
    for number, one in enumerate(chosen, start=1):
        source = version.corpus.source(one.stored.passage.source_id)
        block = source.block_at(one.sentence.sentence.start)
        above = _Above(min(source.table_head(block), source.over_list(block)), _items_over(source, block))
        lines = _lines_around(version, source, one, above)
        at = next(place for place, line in enumerate(lines) if line.place == one.place)
        at = at if one.place in fixed else _answering(lines, at)
        answer = one if lines[at].place == one.place else lines[at].evidence
        if answer.place in groups:
            continue
        listed = _items(lines, at) if answer is not one and lines[at].kind is BlockKind.ITEM else ()
        belonging = [*_belonging(lines, at, above), *listed]
        needed = [*belonging, *_notes(lines, at, belonging)]
        if before := _leaned_on(lines, at, version.language):
            places = {*groups, *(line.place for line in needed), *(other.place for other in chosen)}
            is_quoted = before.place in places
            if is_quoted or room > 0:
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
    answering = [said for its, role, said in grouped if its == group and role is not Role.CONTEXT]
    return all(said.sentence.sentence.start < one.sentence.sentence.start for said in answering)


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


def _lines_around(version: Version, source: Source, one: Evidence, above: _Above) -> list[_Line]:
    """The sentences of the passage and of those beside it, in the order of their source; before them what is above.

    Of a list that goes on beyond them as much as is quoted.
    """
    numbers = version.corpus.range_of(source.id)
    around = [number for number in range(one.stored.number - 1, one.stored.number + 2) if number in numbers]
    lines = [line for number in around for line in _lines_of(version, source, number)]
    own = source.block_at(one.sentence.sentence.start)
    following = iter(range(around[-1] + 1, min(numbers.stop, one.stored.number + LIST_ITEMS)))  # however long the items
    while lines[-1].kind is BlockKind.ITEM and lines[-1].block - own < LIST_ITEMS and (number := next(following, 0)):
        lines += _lines_of(version, source, number)
    for block in sorted({above.block, *above.items}, reverse=True):
        if block < lines[0].block:
            number = _passage_at(version, numbers, source.blocks[block].end - 1)  # its end, where it leads in
            lines = [*(line for line in _lines_of(version, source, number) if line.block == block), *lines]
    return lines


def _lines_of(version: Version, source: Source, number: int) -> Iterator[_Line]:
    stored = version.corpus.passage(number)
    for sentence in stored.sentences:
        block = source.block_at(sentence.sentence.start)
        yield _Line(
            stored, sentence, stored.text_of(sentence), block, source.blocks[block].kind, source.blocks[block].level
        )


def _passage_at(version: Version, numbers: range, offset: int) -> int:
    """The passage that holds an offset of its source."""
    return numbers[bisect_right(numbers, offset, key=lambda number: version.corpus.passage(number).passage.start) - 1]


def _answering(lines: Sequence[_Line], at: int) -> int:
    """The line that answers: the one below, where this is a question's own line or only a label."""
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.is_question or below.kind is BlockKind.ROW:
        return at
    if below.block == line.block:  # "Q: Who pays?" and "A: The council." as the lines of one paragraph
        return at + 1 if line.is_question else at
    if below.block != line.block + 1:
        return at
    names = line.is_question or (line.is_label and line.kind is not BlockKind.ITEM and not _leads_in(lines, at))
    return at + 1 if names and not (line.is_label and below.is_label and below.kind is not BlockKind.ITEM) else at


def _belonging(lines: Sequence[_Line], at: int, above: _Above) -> Iterator[_Line]:
    """What a line has no meaning without: its list's lead-in or items, its table's head, its question, its label."""
    line = lines[at]
    if line.kind is BlockKind.ROW:
        yield from (one for one in lines if one.block == above.block != line.block)
    elif line.kind is BlockKind.ITEM:
        yield from _lead_in(lines, at, above.block)
        yield from ({one.block: one for one in lines if one.block in above.items}).values()
        yield from _items_under(lines, at)
    elif _leads_in(lines, at):
        yield from _items(lines, at)
    else:
        yield from _name(lines, at)
        yield from _labelled(lines, at) or _rest(lines, at)


def _notes(lines: Sequence[_Line], at: int, belonging: Sequence[_Line]) -> Iterator[_Line]:
    """The notes that a sign in the line, or in what belongs to it, refers to: "* free on Mondays" below "Fee *"."""
    marks = {found[1]: None for line in (lines[at], *belonging) for found in _MARK.finditer(line.text)}
    for mark in marks:
        below = (line for line in lines[at + 1 :] if line.text.startswith(mark))
        yield from islice((line for line in below if line.text[len(mark) :].lstrip()[:1].isalnum()), 1)


def _name(lines: Sequence[_Line], at: int) -> Iterator[_Line]:
    """The question or the label right above a paragraph, or the question that stands in it before the sentence."""
    above = lines[at - 1] if at else None
    if above is None or above.kind is not BlockKind.PARAGRAPH:
        return
    within, over = above.block == lines[at].block, above.block == lines[at].block - 1
    if (above.is_question and (within or over)) or (above.is_label and over):
        yield above


def _labelled(lines: Sequence[_Line], at: int) -> list[_Line]:
    """The sentence with the label of a paragraph that opens with one ("Alarm E4: …"), or what it goes on with."""
    own = [line for line in lines if line.block == lines[at].block]
    if len(own) == 1 or not _LABEL.match(own[0].text):
        return []
    if own[0] is not lines[at]:
        return own[:1]
    return own[1:] if sum(len(line.text.split()) for line in own) <= LABELLED_WORDS else own[1:2]


def _rest(lines: Sequence[_Line], at: int) -> Iterator[_Line]:
    """What a bare "Yes." or "No." goes on with."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below and below.block == lines[at].block and len(lines[at].text.split()) <= BARE_WORDS:
        yield below


def _leads_in(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line opens the list below it."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.kind is not BlockKind.ITEM or below.block != lines[at].block + 1:
        return False
    return lines[at].kind is not BlockKind.ITEM and _opens(lines[at], below)


def _opens(line: _Line, item: _Line) -> bool:
    """Whether a line opens the list below it, of which one is an item.

    By its colon, or without a sentence's end, where the items go on with it or it says nothing by itself.
    """
    open_ended = line.kind is BlockKind.PARAGRAPH and not line.text.endswith(ENDS)
    return line.text.endswith(LEADS_IN) or (open_ended and (item.text[:1].islower() or not says_something(line.text)))


def _items(lines: Sequence[_Line], at: int) -> Iterator[_Line]:
    """The lines of the items right below a line, of so many items as are quoted."""
    last = lines[at].block
    for line in lines[at + 1 :]:
        if line.kind is not BlockKind.ITEM or line.block > last + 1 or line.block > lines[at].block + LIST_ITEMS:
            return
        last = line.block
        if line.block > lines[at].block:
            yield line


def _lead_in(lines: Sequence[_Line], at: int, above: int) -> Iterator[_Line]:
    """The last line of the block over a list, where it opens the list or is the question that the list answers."""
    over = [line for line in lines if line.block == above and line.kind is not BlockKind.ITEM]
    if over and over[-1].kind is BlockKind.PARAGRAPH and (_opens(over[-1], lines[at]) or over[-1].is_question):
        yield over[-1]


def _items_over(source: Source, block: int) -> tuple[int, ...]:
    """The blocks of the items in whose lists an item stands, the outermost first; none for another block."""
    over: list[int] = []
    level = source.blocks[block].level
    while block and source.blocks[block].kind is source.blocks[block - 1].kind is BlockKind.ITEM and level:
        block -= 1
        if source.blocks[block].level < level:
            over.insert(0, block)
            level = source.blocks[block].level
    return tuple(over)


def _items_under(lines: Sequence[_Line], at: int) -> Iterator[_Line]:
    """The items of the lists that stand in this one."""
    for line in _items(lines, at):
        if line.level <= lines[at].level:
            return
        yield line


def _leaned_on(lines: Sequence[_Line], at: int, language: Language) -> _Line | None:
    """The sentence before, with no heading between, without which this one cannot be understood."""
    if at and lines[at - 1].block >= lines[at].block - 1 and leans(lines[at].text, language):
        return lines[at - 1]
    return None
