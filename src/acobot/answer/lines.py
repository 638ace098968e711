"""The lines of a source around a sentence, and what stands above them: its table's head, what is over its list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from acobot.evidence import Evidence, is_label, is_question
from acobot.evidence.records import Place
from acobot.index import StoredPassage, StoredSentence, Version
from acobot.sources import BlockKind, Source

LIST_ITEMS = 8  # of a list that is quoted whole; of a longer one the first
LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW})  # what something may lead in


@dataclass(frozen=True, slots=True)
class Line:
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
        return is_question(self.text)

    @property
    def is_label(self) -> bool:
        """Whether it only names what comes below; a row never does."""
        return self.kind is not BlockKind.ROW and is_label(self.text)

    @property
    def is_bare(self) -> bool:
        """Whether it is a label without a figure, of which only what stands over it tells what is said of it."""
        return self.is_label and not any(char.isdigit() for char in self.text)

    @property
    def goes_on(self) -> bool:
        """Whether it begins in small letters, as what goes on with a sentence does."""
        return self.text[:1].islower()


@dataclass(frozen=True, slots=True)
class Above:
    """The numbers of the blocks that a line may need, however far up; its own where there is none.

    `head` is its table's first row, `over` what stands right over its list or table, `items` are those that it stands
    under, the outermost first.
    """

    head: int
    over: int
    items: tuple[int, ...]


def above_of(source: Source, block: int) -> Above:
    """What stands above a block."""
    head = source.table_head(block)
    is_row = source.blocks[block].kind is BlockKind.ROW
    over = max(head - 1, 0) if is_row else source.over_list(block)
    return Above(head, over, source.items_over(block))


def lines_around(version: Version, source: Source, one: Evidence) -> list[Line]:
    """The sentences of the passage and of those beside it, in the order of their source; before them what is above.

    Of a list or a table that goes on beyond them as much as is quoted.
    """
    numbers = version.corpus.range_of(source.id)
    around = [number for number in range(one.stored.number - 1, one.stored.number + 2) if number in numbers]
    lines = [line for number in around for line in _lines_of(version, source, number)]
    own = source.block_at(one.sentence.sentence.start)
    above = above_of(source, own)
    following = iter(range(around[-1] + 1, min(numbers.stop, one.stored.number + LIST_ITEMS)))  # however long the items
    while lines[-1].kind in LISTED and lines[-1].block - own < LIST_ITEMS and (number := next(following, 0)):
        lines += _lines_of(version, source, number)
    for block in sorted({above.head, above.over, *above.items}, reverse=True):
        if block < lines[0].block:
            number = passage_at(version, numbers, source.blocks[block].end - 1)  # its end, where it leads in
            lines = [*(line for line in _lines_of(version, source, number) if line.block == block), *lines]
    return lines


def _lines_of(version: Version, source: Source, number: int) -> Iterator[Line]:
    stored = version.corpus.passage(number)
    for sentence in stored.sentences:
        block = source.block_at(sentence.sentence.start)
        yield Line(
            stored, sentence, stored.text_of(sentence), block, source.blocks[block].kind, source.blocks[block].level
        )


def passage_at(version: Version, numbers: range, offset: int) -> int:
    """The passage that holds an offset of its source."""
    return numbers[bisect_right(numbers, offset, key=lambda number: version.corpus.passage(number).passage.start) - 1]


def trail_over(source: Source, number: int) -> Iterator[int]:
    """The headings in whose sections a block stands, from the nearest on."""
    rank = source.blocks[number].leaves
    for above in range(number - 1, -1, -1):
        block = source.blocks[above]
        if block.kind is BlockKind.HEADING and (not rank or block.level < rank):
            rank = block.level
            if not block.furniture:
                yield above
        if block.leaves:
            rank = min(rank, block.leaves) if rank else block.leaves
        if rank and rank <= 1:
            return


def said_in(source: Source, number: int) -> str:
    """The words of a block."""
    return source.text[source.blocks[number].start : source.blocks[number].end]
