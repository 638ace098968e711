"""A source's text as elements for its page, with a span marked. Code points in, code points out; knows no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from acobot.answer import Citation, Quote
from acobot.sources import Block, BlockKind, Source, all_meant, none_meant

# What numbers an item, before its words: "4.", "2)", "(b)", "iv.".
_MARK = r"\(?(?:\d{1,9}|[a-zA-Z]|[ivxIVX]{1,5})[.)]"
_NUMBER = re.compile(rf"(?<!\w){_MARK}(?=\s+$)")
# Lines of a passage that no empty line, bullet, bar or number parts.
_TOGETHER = re.compile(rf"^[^\n]+(?:\n(?![ \t]*(?:[^\w\s]+|{_MARK})\s)[^\n]*\S[^\n]*)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are all marked or all not; `first` is true for the first that is marked."""

    text: str
    marked: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A block as it is shown; `anchor` names a heading for the contents list.

    `level` is a heading's, from 2, or of an item, in how many of the lists of its group it stands, from 1. `number` is
    what an item is numbered with, as its source writes it; it is none of the words that can be marked.
    `lines` says that its newlines were meant, and do not only wrap its text.
    """

    kind: str
    runs: tuple[Stretch, ...]
    level: int = 0
    anchor: str = ""
    furniture: bool = False
    number: str = ""
    lines: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


def elements(source: Source, start: int = 0, end: int = 0, part: range | None = None) -> list[list[Element]]:
    """The blocks of a source in order, list items and table rows in groups; text[start:end] is marked.

    Of a `part` only those of these numbers; its headings have the ranks and names that they have in the whole source.
    """
    top = min((block.level for block in source.blocks if block.kind is BlockKind.HEADING), default=1)
    shown = range(len(source.blocks)) if part is None else part
    found = list(_first_marked([_element(source, number, top, start, end) for number in shown]))
    groups = groupby(enumerate(found), key=lambda pair: pair[1].kind if pair[1].kind in {"item", "row"} else pair[0])
    return [_nested([element for _, element in group]) for _, group in groups]


def marked_words(groups: Iterable[Iterable[Element]]) -> str:
    """The words that are marked, with an empty line between those of different blocks."""
    marked = ("".join(run.text for run in one.runs if run.marked) for group in groups for one in group)
    return "\n\n".join(words for words in marked if words)


def passage_runs(citation: Citation, quotes: Sequence[Quote]) -> list[Stretch]:
    """A cited passage's text with the quotes that stand in it marked, and blanks where newlines only wrap a line."""
    passage = citation.passage
    cuts = [0]
    for quote in sorted(quotes, key=lambda quote: quote.start):
        if quote.source_id == citation.source.id and passage.start <= quote.start and quote.end <= passage.end:
            cuts += [quote.start - passage.start, quote.end - passage.start]
    text = _TOGETHER.sub(_unwrapped, passage.text)
    parts = zip(cuts, [*cuts[1:], len(text)], strict=True)
    return [Stretch(text[a:b], marked=number % 2 == 1) for number, (a, b) in enumerate(parts) if a < b]


def emphasis_runs(quote: Quote) -> list[Stretch]:
    """A quote's text with the words that answer marked."""
    cuts = [0]
    for start, end in sorted(quote.emphasis):
        begin, stop = max(start - quote.start, cuts[-1]), min(end - quote.start, len(quote.text))
        if begin < stop:
            cuts += [begin, stop]
    parts = zip(cuts, [*cuts[1:], len(quote.text)], strict=True)
    return [Stretch(quote.text[a:b], marked=number % 2 == 1) for number, (a, b) in enumerate(parts) if a < b]


def _element(source: Source, number: int, top: int, start: int, end: int) -> Element:
    block = source.blocks[number]
    is_heading = block.kind is BlockKind.HEADING
    return Element(
        kind=block.kind.value,
        runs=tuple(_runs(source.text, block, start, end)),
        level=min(6, block.level - top + 2) if is_heading else block.level,
        anchor=f"section-{number}" if is_heading else "",
        furniture=block.furniture,
        number=_number(source, number),
        lines=all_meant(source.text[block.start : block.end].split("\n")),
    )


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


def _nested(group: list[Element]) -> list[Element]:
    """The same group; each item in at most one list more than the item before it, as lists can be shown."""
    if group[0].kind != BlockKind.ITEM:
        return group
    lists: list[int] = []  # the levels of those that are open
    nested = []
    for item in group:
        while lists and lists[-1] > item.level:
            lists.pop()
        if not lists or lists[-1] < item.level:
            lists.append(item.level)
        nested.append(replace(item, level=len(lists)))
    return nested


def _unwrapped(lines: re.Match[str]) -> str:
    """The same lines as one, as long as before, if they are a text that was wrapped."""
    return lines[0].replace("\n", " ") if none_meant(lines[0].split("\n")) else lines[0]


def _first_marked(found: list[Element]) -> Iterator[Element]:
    seen = False
    for element in found:
        runs = []
        for run in element.runs:
            runs.append(Stretch(run.text, run.marked, run.marked and not seen))
            seen = seen or run.marked
        yield replace(element, runs=tuple(runs))
