"""Plain text that was printed in pages: the heads, feet and page numbers go. Lines in, lines out; knows no blocks.

Pages are parted by form feeds, which stay, each on a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

PAGE_BREAK = "\f"
EDGE_LINES = 2  # at the head and the foot of a page
RECURRING = 3  # pages: on fewer it may be chance
MOST_NUMBERS = 4  # of a line that may be the page's

# "3", "- 3 -", "Page 3", "Page 3 of 12", "3/12".
_NUMBER = re.compile(
    r"[^\w\n]{0,3}(?:[^\W\d_]{1,6}\.?[ \t])?[ \t]*(\d{1,4})(?:[ \t]*(?:/|[^\W\d_]{2,4})[ \t]*\d{1,4})?[^\w\n]{0,3}"
)
_DIGITS = re.compile(r"\d{1,4}(?!\d)")
_PART = re.compile(r"[^\W\d_]+ \d+")  # "Chapter 3" at the head of a page heads what stands below it


def without_heads(body: str) -> tuple[str, str]:
    """The text without what recurs at the edges of its pages, and the first such line, which says what it is."""
    body = body.replace("\v", "\n")
    if PAGE_BREAK not in body.strip():
        return body.replace(PAGE_BREAK, "\n"), ""
    pages = [page.split("\n") for page in body.split(PAGE_BREAK)]
    edges = [list(_edges(page)) for page in pages]
    heads = Counter(
        key
        for number, page in enumerate(pages)
        for key in {key for place, at in enumerate(edges[number]) for key in _keys(page[at], number, place)}
    )
    steps = Counter(step for number, page in enumerate(pages) for step in set(_steps(page, edges[number], number)))
    filled = sum(bool(places) for places in edges)
    recurring = {key for key, count in heads.items() if count >= max(RECURRING, filled / 2)}
    title = ""
    kept: list[str] = []
    for number, page in enumerate(pages):
        gone: set[int] = set()
        for place, at in enumerate(edges[number]):
            numbered = _NUMBER.fullmatch(page[at].strip())
            if numbered and steps[int(numbered[1]) - number] > 1:
                gone.add(at)
            elif not numbered and not recurring.isdisjoint(_keys(page[at], number, place)):
                title = title or " ".join(page[at].split())
                gone.add(at)
        left = "\n".join(line for at, line in enumerate(page) if at not in gone)
        kept.append(re.sub(r"^(?:[ \t]*\n)+", "", left).rstrip())
    return f"\n{PAGE_BREAK}\n".join(kept), title


def pages_of(body: str) -> tuple[str, tuple[int, ...]]:
    """The text without page breaks, and the offsets at which its pages begin; none if it has but one."""
    pages = body.split(PAGE_BREAK)
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page))
    return "".join(pages), tuple(starts) if len(pages) > 1 else ()


def _edges(page: Sequence[str]) -> Iterator[int]:
    """The places of the first and last lines of a page that are not blank."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    yield from sorted({*filled[:EDGE_LINES], *filled[-EDGE_LINES:]})


def _keys(line: str, page: int, place: int) -> Iterator[str]:
    """What may recur of a line: all of it, or all but one number, which is as far ahead of the page's place on each.

    So neither amounts that differ nor years that stay the same are taken for the number of the page. `place` counts the
    lines at the edges of the page, from its first.
    """
    words = " ".join(line.split())
    if words.isdigit():
        return
    yield words
    if place >= EDGE_LINES or not _PART.fullmatch(line.strip()):
        for found in islice(_DIGITS.finditer(words), MOST_NUMBERS):
            yield f"{words[: found.start()]}{PAGE_BREAK}{int(found[0]) - page}{words[found.end() :]}"


def _steps(page: Sequence[str], places: Sequence[int], number: int) -> Iterator[int]:
    """By how much the numbers at the edges of a page are ahead of its place: as much on all, if they count pages."""
    for at in places:
        if found := _NUMBER.fullmatch(page[at].strip()):
            yield int(found[1]) - number
