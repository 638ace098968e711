"""Running heads, running feet and page numbers: what stands at the edges of pages and is no part of the text.

Segments of all pages in, those of the text out. A line is running if it comes again on other pages at the same height,
numbers aside, or if it is a page's number, alone or at the end of a line whose numbers follow the pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from acobot.sources.pdf.columns import Line, rows
from acobot.sources.pdf.lines import Segment

DEEPEST = 4  # lines from the top or the bottom of a page that may be running
EDGE = 0.16  # of the height between the highest and the lowest line of all pages
MANY_PAGES = 6  # from so many on, twice may be chance
NUMBERED_WORDS = 14  # of a running line with the page's number in it
NEAR = 6.0  # points by which the height of a running line may differ between pages
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|·]\s*)?(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of|\|)\s*\d{1,4})?(?:\s*[-–—|·])?",
    re.IGNORECASE,
)
_SPELLED_OUT = re.compile(r"p(?:age|\.)\s*\d|\d\s*(?:/|of)\s*\d", re.IGNORECASE)

_Key = tuple[str, int]


def without_running_lines(pages: Sequence[list[Segment]]) -> list[list[Segment]]:
    """The same pages without their running lines and numbers."""
    edges = [[list(_edge(page, top=True)), list(_edge(page, top=False))] for page in pages]
    rules = _Rules(edges)
    kept: list[list[Segment]] = []
    for number, (page, sides) in enumerate(zip(pages, edges, strict=True)):
        running = {id(cell) for side in sides for line in rules.running(side, number) for cell in line.cells}
        kept.append([segment for segment in page if id(segment) not in running])
    return kept


class _Rules:
    """What the edges of all pages have in common, by which a line at one of them is told to be running."""

    def __init__(self, edges: Sequence[Sequence[Sequence[Line]]]) -> None:
        self._pages = len(edges)
        self._seen = Counter(key for sides in edges for key in {_key(line) for side in sides for line in side})
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
            is_counted = line is side[0] and bool(self._followed & _offsets(line, number))
            if not (is_far_out and (is_counted or self._is_number(line) or self._comes_again(line))):
                return
            yield line

    def _is_number(self, line: Line) -> bool:
        """Whether it is a page's number and nothing else; on a lone page it must say so."""
        text = line.text.strip()
        return bool(_PAGE_NUMBER.fullmatch(text) and (self._pages > 1 or _SPELLED_OUT.search(text)))

    def _comes_again(self, line: Line) -> bool:
        words, place = _key(line)
        needed = 2 if self._pages < MANY_PAGES else 3
        return any(self._seen[words, place + step] >= needed for step in (-1, 0, 1))


def _edge(page: Sequence[Segment], *, top: bool) -> Iterator[Line]:
    """The outermost lines of a page, from the edge inwards."""
    lines = list(rows(page))
    yield from lines[:DEEPEST] if top else lines[-1 : -DEEPEST - 1 : -1]


def _place(line: Line) -> float:
    return line.cells[0].middle


def _offsets(line: Line, page: int) -> set[int]:
    """By how much the numbers at a short line's ends differ from the number of its page."""
    words = line.text.split()
    ends = {words[0], words[-1]} if 0 < len(words) <= NUMBERED_WORDS else set()
    return {int(word) - page for word in ends if re.fullmatch(r"\d{1,4}", word)}


def _key(line: Line) -> _Key:
    """What is the same on all pages: the words, with any number for any other, and the height on the page."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())), round(_place(line) / NEAR)
