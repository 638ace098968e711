"""Running heads, running feet and page numbers: what stands at the edges of pages and is no part of the text.

Segments of all pages in, those of the text out. A line is running if it comes again on other pages at the same height,
but for numbers that follow the pages, or if it is a page's number, alone or at the end of such a line. A larger line
whose number rises is a heading ("Chapter 3"), and so is a bold one that begins with its number and has other words on
each page ("3 Glass"). A sentence at the edge of each page is read once, after the text of the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from acobot.sources.pdf.columns import Line, rows
from acobot.sources.pdf.lines import HEAVIER, Segment
from acobot.sources.pdf.prints import printed_around

DEEPEST = 4  # lines from the top or the bottom of a page that may be running
EDGE = 0.16  # of the height between the highest and the lowest line of all pages
MANY_PAGES = 6  # from so many on, twice may be chance
NUMBERED_WORDS = 14  # of a running line with the page's number in it
LARGER = 1.12  # times the size of most letters: a heading
NEAR = 6.0  # points by which the height of a running line may differ between pages
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|·]\s*)?(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of|\|)\s*\d{1,4})?(?:\s*[-–—|·])?",
    re.IGNORECASE,
)
SENTENCES = 5_000  # the number of their part
SENTENCE_WORDS = 5  # of a sentence at least that stands at the edge of each page, and is read once
_ENDED = re.compile(r"[.!?][\"'’”)]?$")
_SPELLED_OUT = re.compile(r"p(?:age|\.)\s*\d|\d\s*(?:/|of)\s*\d", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}\.?\s+[^\W\d]")
_NUMBER = re.compile(r"(\d{1,9})")

_Key = tuple[str, int]


def without_running_lines(pages: Sequence[list[Segment]]) -> list[list[Segment]]:
    """The same pages without their running lines and numbers, and without what a browser prints around a page."""
    prints = [printed_around(page) for page in pages]
    pages = [[one for one in page if id(one) not in found] for page, found in zip(pages, prints, strict=True)]
    edges = [[list(_edge(page, top=True)), list(_edge(page, top=False))] for page in pages]
    rules = _Rules(edges, _usual(pages, lambda one: round(2 * one.height)) / 2, _usual(pages, lambda one: one.weight))
    kept: list[list[Segment]] = []
    said: set[str] = set()
    for number, (page, sides) in enumerate(zip(pages, edges, strict=True)):
        found = [list(rules.running(side, number)) for side in sides]
        running = {id(cell) for lines in found for line in lines for cell in line.cells}
        once = [line for lines in found for line in _sentence(lines, rules) if _NUMBER.sub("", line.text) not in said]
        said.update(_NUMBER.sub("", line.text) for line in once)
        kept.append(
            [segment for segment in page if id(segment) not in running]
            + [replace(cell, part=SENTENCES) for line in once for cell in line.cells]
        )
    return kept


def _sentence(lines: Sequence[Line], rules: _Rules) -> list[Line]:
    """The lines at one edge of a page that are a sentence, such as whom to ring for help, but for a number there."""
    worded = sorted((line for line in lines if not rules.is_number(line)), key=_place, reverse=True)
    text = " ".join(line.text for line in worded)
    is_one = len(text.split()) >= SENTENCE_WORDS and text[0].isupper() and _ENDED.search(text)
    return worded if is_one else []


class _Rules:
    """What the edges of all pages have in common, by which a line at one of them is told to be running."""

    def __init__(self, edges: Sequence[Sequence[Sequence[Line]]], size: float, weight: float) -> None:
        self._pages = len(edges)
        self._size = size
        self._weight = weight
        self._seen: Counter[_Key] = Counter()
        for number, sides in enumerate(edges):
            self._seen.update({key for side in sides for line in side for key in _keys(line, number)})
        places = [_place(line) for sides in edges for side in sides for line in side] or [0.0]
        self._middle = (max(places) + min(places)) / 2
        self._reach = (max(places) - min(places)) * (0.5 - EDGE)
        offsets: Counter[int] = Counter()
        for number, sides in enumerate(edges):
            offsets.update({offset for side in sides for line in side[:1] for offset in _offsets(line, number)})
        self._followed = {offset for offset, count in offsets.items() if count >= max(3, self._pages // 3)}

    def running(self, side: Sequence[Line], number: int) -> Iterator[Line]:
        """The lines at one edge of a page that are running, from the edge inwards to the first that is not."""
        for line in side:
            is_far_out = abs(_place(line) - self._middle) >= self._reach
            heads = self._heads(line) or self._is_numbered(line)
            is_counted = line is side[0] and not heads and bool(self._followed & _offsets(line, number))
            if not (is_far_out and (is_counted or self.is_number(line) or self._comes_again(line, number))):
                return
            yield line

    def is_number(self, line: Line) -> bool:
        """Whether it is a page's number and nothing else; on a lone page, or beside few words, it must say so."""
        texts = [cell.text.strip() for cell in line.cells]
        told = any(_PAGE_NUMBER.fullmatch(text) and _SPELLED_OUT.search(text) for text in texts)
        if told and len(line.text.split()) <= NUMBERED_WORDS:
            return True
        return self._pages > 1 and bool(_PAGE_NUMBER.fullmatch(line.text.strip()))

    def _heads(self, line: Line) -> bool:
        """Whether a line has the look of a heading: it is larger than the text."""
        return line.height > LARGER * self._size

    def _is_numbered(self, line: Line) -> bool:
        """Whether it is bold and begins with a number: a heading, if its words do not come again."""
        bold = all(cell.weight > self._weight + HEAVIER for cell in line.cells)
        return bold and bool(_NUMBERED.match(line.text))

    def _comes_again(self, line: Line, number: int) -> bool:
        needed = 2 if self._pages < MANY_PAGES else 3
        same, *following = _keys(line, number)
        return any(
            self._seen[words, place + step] >= needed
            for words, place in ([same] if self._heads(line) else [same, *following])
            for step in (-1, 0, 1)
        )


def _usual(pages: Sequence[list[Segment]], measure: Callable[[Segment], int]) -> int:
    """What most letters measure."""
    found: Counter[int] = Counter()
    for segment in (segment for page in pages for segment in page):
        found[measure(segment)] += len(segment.text)
    return found.most_common(1)[0][0] if found else 0


def _edge(page: Sequence[Segment], *, top: bool) -> Iterator[Line]:
    """The outermost lines of a page, from the edge inwards."""
    lines = list(rows([segment for segment in page if segment.part == 0]))
    yield from lines[:DEEPEST] if top else lines[-1 : -DEEPEST - 1 : -1]


def _place(line: Line) -> float:
    return line.cells[0].middle


def _offsets(line: Line, page: int) -> set[int]:
    """By how much the numbers at a short line's ends differ from the number of its page."""
    words = line.text.split()
    ends = {words[0], words[-1]} if 0 < len(words) <= NUMBERED_WORDS else set()
    return {int(word) - page for word in ends if re.fullmatch(r"\d{1,4}", word)}


def _keys(line: Line, page: int) -> list[_Key]:
    """What a line shares with its like on other pages: its height, and its words as they are.

    Further ones have one number, or all, as far as they are off the page's number.
    """
    place = round(_place(line) / NEAR)
    words = _NUMBER.split(" ".join(line.text.split()))  # every second one is a number
    numbers = range(1, len(words), 2)
    off = {at: f"#{int(words[at]) - page}" for at in numbers}
    said = [{}, *({at: off[at]} for at in numbers), off]
    return [("".join(one.get(at, word) for at, word in enumerate(words)), place) for one in said]
