"""A source's text as elements for its page, with a span marked. Code points in, code points out; knows no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from acobot.answer import Citation, Quote
from acobot.sources import Block, BlockKind, Source

# What stands before the words of an item that is numbered: "4.", "2)", "(b)", "iv.".
_NUMBER = re.compile(r"(?<!\w)\(?(?:\d{1,9}|[a-zA-Z]|[ivxIVX]{1,5})[.)](?=\s+$)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are all marked or all not; `first` is true for the first that is marked."""

    text: str
    marked: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A block as it is shown: `level` is a heading's, from 2; `anchor` names a heading for the contents list.

    `number` is what an item is numbered with, as its source writes it; it is none of the words that can be marked.
    """

    kind: str
    runs: tuple[Stretch, ...]
    level: int = 0
    anchor: str = ""
    furniture: bool = False
    number: str = ""

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


def elements(source: Source, start: int = 0, end: int = 0) -> list[list[Element]]:
    """The blocks of a source in order, list items and table rows in groups; text[start:end] is marked."""
    top = min((block.level for block in source.blocks if block.kind is BlockKind.HEADING), default=1)
    found = [
        Element(
            block.kind.value,
            tuple(_runs(source.text, block, start, end)),
            min(6, block.level - top + 2) if block.kind is BlockKind.HEADING else 0,
            f"section-{number}" if block.kind is BlockKind.HEADING else "",
            block.furniture,
            _number(source, number),
        )
        for number, block in enumerate(source.blocks)
    ]
    found = list(_first_marked(found))
    groups = groupby(enumerate(found), key=lambda pair: pair[1].kind if pair[1].kind in {"item", "row"} else pair[0])
    return [[element for _, element in group] for _, group in groups]


def passage_runs(citation: Citation, quotes: Sequence[Quote]) -> list[Stretch]:
    """A cited passage's text with the quotes that stand in it marked."""
    passage = citation.passage
    cuts = [0]
    for quote in sorted(quotes, key=lambda quote: quote.start):
        if quote.source_id == citation.source.id and passage.start <= quote.start and quote.end <= passage.end:
            cuts += [quote.start - passage.start, quote.end - passage.start]
    parts = zip(cuts, [*cuts[1:], len(passage.text)], strict=True)
    return [Stretch(passage.text[a:b], marked=number % 2 == 1) for number, (a, b) in enumerate(parts) if a < b]


def emphasis_runs(quote: Quote) -> list[Stretch]:
    """A quote's text with the words that answer marked."""
    cuts = [0]
    for start, end in sorted(quote.emphasis):
        begin, stop = max(start - quote.start, cuts[-1]), min(end - quote.start, len(quote.text))
        if begin < stop:
            cuts += [begin, stop]
    parts = zip(cuts, [*cuts[1:], len(quote.text)], strict=True)
    return [Stretch(quote.text[a:b], marked=number % 2 == 1) for number, (a, b) in enumerate(parts) if a < b]


def _runs(text: str, block: Block, start: int, end: int) -> Iterator[Stretch]:
    begin, stop = max(start, block.start), min(end, block.end)
    if begin >= stop:
        yield Stretch(text[block.start : block.end], marked=False)
        return
    for first, last, marked in ((block.start, begin, False), (begin, stop, True), (stop, block.end, False)):
        if first < last:
            yield Stretch(text[first:last], marked)


def _number(source: Source, place: int) -> str:
    """What stands before an item on its line, and after the block before it, if that is a number or letter."""
    block, above = source.blocks[place], source.blocks[place - 1].end if place else 0
    if block.kind is not BlockKind.ITEM:
        return ""
    begin = max(above, source.text.rfind("\n", above, block.start) + 1)
    found = _NUMBER.search(source.text, begin, block.start)
    return found[0] if found else ""


def _first_marked(found: list[Element]) -> Iterator[Element]:
    seen = False
    for element in found:
        runs = []
        for run in element.runs:
            runs.append(Stretch(run.text, run.marked, run.marked and not seen))
            seen = seen or run.marked
        yield replace(element, runs=tuple(runs))
