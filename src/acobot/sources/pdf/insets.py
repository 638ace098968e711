"""Lines that stand amid a text and are none of it: pull quotes and captions. They end no sentence and head nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from acobot.sources.pdf.blocks import Look
from acobot.sources.pdf.columns import LEAST_LETTERS, Line
from acobot.sources.pdf.tables import MARK

MOST_LINES = 8  # of one
ANOTHER = 2  # half points, at least, by which its letters are larger or smaller than those of the text
LEAST_BEFORE = 20  # letters of the line before it
CLOSE = 2.2  # heights of the letters, from a quotation to who said it
NAME_WORDS = 8  # of who said it
SAYING_WORDS = 5  # fewer between quotation marks are a title
LETTER_WIDTH = 0.6  # of the height of a line, at most, in the mean of a word
_ENDED = re.compile(r"[.!?:;…][\"'’”)\]]*$")
_SAID = re.compile(r"[.!?…]?[\"”“’»«]$|[.!?…]$")
_OPENS = re.compile(r"[\"“„‘«»]")
_CLOSES = re.compile(r"[.!?…,]?[\"”“’»«]$")


def amid_sentences(lines: Sequence[Line], looks: Sequence[Look], size: int, rows: Set[int]) -> set[int]:
    """The numbers of lines before and after which one sentence of a text of this size, in half points, is read."""
    found: set[int] = set()
    columns: defaultdict[tuple[int, tuple[int, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    for run in _runs(lines, looks, size, rows):
        before, after = run[0] - 1, run[-1] + 1
        if before < 0 or after == len(lines) or {before, after} & rows or looks[before][1] or looks[after][1]:
            continue
        sentence, rest = lines[before].text, lines[after].text
        if len(sentence) < LEAST_BEFORE or _ENDED.search(sentence) or MARK.match(rest) or lines[after].part:
            continue
        if _had_room(lines[before], columns[lines[before].page, lines[before].column], rest):
            continue
        quoted = bool(_OPENS.match(lines[run[0]].text))
        if (rest[:1].islower() and _is_whole(run, lines, looks, size)) or (quoted and len(rest) >= LEAST_LETTERS):
            found.update(run)
    return found


def quotations(lines: Sequence[Line], looks: Sequence[Look], size: int) -> set[int]:
    """The numbers of large lines that are a saying between quotation marks, and of those that tell who said it."""
    found: set[int] = set()
    for run in _runs(lines, looks, size, frozenset()):
        large = [number for number in run if looks[number] == looks[run[0]]]
        words = sum(len(lines[number].text.split()) for number in large)
        if words < SAYING_WORDS or looks[run[0]][0] <= size:
            continue
        if _OPENS.match(lines[run[0]].text) and _CLOSES.search(lines[large[-1]].text):
            found.update(large)
            name = large[-1] + 1
            if name in run and _is_name(lines[large[-1]], lines[name]):
                found.add(name)
    return found


def _had_room(line: Line, column: Sequence[Line], rest: str) -> bool:
    """Whether the next word had room on a line, which then was ended and not broken, as those of a menu are."""
    edge = max(one.end for one in column if one.height <= line.height)
    return line.end + len(rest.split()[0]) * LETTER_WIDTH * line.height < edge


def _runs(lines: Sequence[Line], looks: Sequence[Look], size: int, rows: Set[int]) -> Iterator[list[int]]:
    """Lines that follow each other in letters of another size than those of the text; not too many of them."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if abs(looks[number][0] - size) >= ANOTHER and not line.part and number not in rows:
            run.append(number)
            continue
        if 0 < len(run) <= MOST_LINES:
            yield run
        run = []
    if 0 < len(run) <= MOST_LINES:
        yield run


def _is_whole(run: Sequence[int], lines: Sequence[Line], looks: Sequence[Look], size: int) -> bool:
    """Whether what is larger than the text says something whole: else it is a part of the sentence set large."""
    large = [number for number in run if looks[number][0] > size]
    return not large or bool(_SAID.search(lines[large[-1]].text))


def _is_name(saying: Line, line: Line) -> bool:
    near = line.page == saying.page and 0 < saying.bottom - line.top < CLOSE * line.height
    return near and len(line.text.split()) <= NAME_WORDS
