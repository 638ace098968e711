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
    edges = [(list(_edge(page, top=True)), list(_edge(page, top=False))) for page in pages]
    seen = Counter(key for tops, feet in edges for key in {_key(line) for line in (*tops, *feet)})
    places = [line.cells[0].middle for page in edges for side in page for line in side]
    middle = (max(places) + min(places)) / 2 if places else 0.0
    reach = (max(places) - min(places)) * (0.5 - EDGE) if places else 0.0
    needed = 2 if len(pages) < 6 else 3
    offsets = Counter(
        offset
        for number, sides in enumerate(edges)
        for offset in {offset for lines in sides for line in lines[:1] for offset in _offsets(line, number)}
    )
    followed = {offset for offset, count in offsets.items() if count >= max(3, len(pages) // 3)}
    kept: list[list[Segment]] = []
    for number, (page, sides) in enumerate(zip(pages, edges, strict=True)):
        running: set[int] = set()
        for lines in sides:
            for line in lines:
                counted = line is lines[0] and bool(followed & _offsets(line, number))
                if abs(line.cells[0].middle - middle) < reach or not (counted or _runs(line, seen, needed, len(pages))):
                    break
                running.update(id(cell) for cell in line.cells)
        kept.append([segment for segment in page if id(segment) not in running])
    return kept


def _edge(page: Sequence[Segment], *, top: bool) -> Iterator[Line]:
    """The outermost lines of a page, from the edge inwards."""
    lines = list(rows(page))
    yield from lines[:DEEPEST] if top else lines[-1 : -DEEPEST - 1 : -1]


def _runs(line: Line, seen: Counter[_Key], needed: int, pages: int) -> bool:
    text = line.text.strip()
    if _PAGE_NUMBER.fullmatch(text) and (pages > 1 or _SPELLED_OUT.search(text)):
        return True
    key = _key(line)
    return any(seen[key[0], key[1] + step] >= needed for step in (-1, 0, 1))


def _offsets(line: Line, page: int) -> set[int]:
    """By how much the numbers at a short line's ends differ from the number of its page."""
    words = line.text.split()
    ends = {words[0], words[-1]} if 0 < len(words) <= NUMBERED_WORDS else set()
    return {int(word) - page for word in ends if re.fullmatch(r"\d{1,4}", word)}


def _key(line: Line) -> _Key:
    """What is the same on all pages: the words, with any number for any other, and the height on the page."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())), round(line.cells[0].middle / NEAR)
