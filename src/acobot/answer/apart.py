"""What several sections of a source say in the same words of different things, told apart by their headings alone.

"Full service: £219" stands below "Corsa 1.2", "Full service: £246" below "Corsa 1.3". Knows no source and no subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from acobot.answer.lines import Line, passage_at, said_in, trail_over
from acobot.evidence import LABEL_WORDS
from acobot.index import Version
from acobot.sources import CELL_GAP, BlockKind, Source

OPENING_WORDS = 3  # of a sentence before its first figure: fewer may begin anything
MOST_TWINS = 8  # that are looked at
MARK_LENGTH = 6  # before a line's first word: a list's

_BEGINS = re.compile(r"(?:^|[.!?] )[^\w\n]*\Z", re.MULTILINE)
_TO_FIGURE = re.compile(rf"(?:[^\W\d]\S* ){{{OPENING_WORDS},}}[^\w\s]?(?=\d)")
_FIGURE = re.compile(r"[^\w\s]?\d")
_LABEL = re.compile(rf"[^\W\d][^\s:]*(?: [^\s:]+){{0,{LABEL_WORDS - 1}}}: (?=\S)")


def headings_apart(version: Version, source: Source, line: Line) -> list[int]:
    """The nearest headings over a line whose opening another section has, too, down from what tells the two apart."""
    own = line.stored.passage.heading
    theirs = next((one for one in _sections_with_twins(version, source, line) if one != own), None) if own else None
    if theirs is None:
        return []
    needed: list[int] = []
    for number in trail_over(source, line.block):
        needed.append(number)
        if said_in(source, number) not in theirs:
            return needed if said_in(source, number) != source.particulars.title else []
    return []


def heading_of_figure(source: Source, line: Line) -> list[int]:
    """The nearest heading over a line that is no sentence and opens with a figure: "£30" is the price of that."""
    if not line.is_label or not _FIGURE.match(line.text) or not line.stored.passage.heading:
        return []
    nearest = next(trail_over(source, line.block), None)
    return [] if nearest is None or said_in(source, nearest) == source.particulars.title else [nearest]


def _sections_with_twins(version: Version, source: Source, line: Line) -> Iterator[tuple[str, ...]]:
    """The headings over each of the first lines that begin as this one does, and go on in another way."""
    opening, numbers = _opening(line), version.corpus.range_of(source.id)
    for start in islice(_begun_by(opening, source.text), MOST_TWINS) if opening else ():
        if not source.text.startswith(line.text, start):
            yield version.corpus.passage(passage_at(version, numbers, start)).passage.heading


def _begun_by(opening: str, text: str) -> Iterator[int]:
    """Where a line or a sentence of a text begins so."""
    start = text.find(opening)
    while start >= 0:
        if _BEGINS.search(text, max(start - MARK_LENGTH, 0), start):
            yield start
        start = text.find(opening, start + 1)


def _opening(line: Line) -> str:
    """A row's first cell, a label, or the words before a sentence's first figure; "" where there are none."""
    if line.kind is BlockKind.ROW:
        cell, gap, _ = line.text.partition(CELL_GAP)
        return f"{cell}{gap}" if gap and cell.strip("| ") else ""
    found = _LABEL.match(line.text) or _TO_FIGURE.match(line.text)
    return found[0] if found else ""
