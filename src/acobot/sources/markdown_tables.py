"""Tables that Pandoc draws, in frames of signs or over a line of dashes → tables with bars, as all Markdown has them.

Text in, text out; code in fences is left alone. Knows no marks within lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acobot.sources.markdown_code import fence_after
from acobot.sources.markdown_rows import with_even_rows

MOST_LINES = 2_000  # of one table
_FRAME = re.compile(r" {0,3}\+(?:[-=:]{2,400}\+)+[ \t]*")
_FRAMED = re.compile(r" {0,3}[|+]")
_RULE = re.compile(r" {0,3}-{2,400}(?: +-{2,400})+[ \t]*")
_END = re.compile(r"[ \t]*(?:-{3,}[- \t]*)?")  # a blank line, or the rule below the last row
_DELIMITERS = re.compile(r"[ \t|:-]+")
_BARRED = re.compile(r" {0,3}\|[^\n`]{1,2000}\|[ \t]*")
_TIGHT_BEFORE = re.compile(r"(?<=[^\s\\|])\|")
_TIGHT_AFTER = re.compile(r"(?<!\\)\|(?=[^\s|])")
_DASHES = re.compile(r"-+")


def with_bars(body: str) -> str:
    """The same text; each table of these kinds with bars around its cells, and any with even rows."""
    if not any(sign in body for sign in ("--", "==", "|")):
        return body
    return "\n".join(with_even_rows(list(_with_bars(body.split("\n")))))


def _with_bars(lines: Sequence[str]) -> Iterator[str]:
    number, fence = 0, ""
    while number < len(lines):
        line = lines[number]
        before, fence = fence, fence_after(line, fence)
        if not before and not fence:
            end = _end_of_table(lines, number)
            if end:
                yield from _framed(lines[number:end]) if _FRAME.fullmatch(line) else _ruled(lines[number:end])
                number = end
                continue
            line = _with_blanks(line) if _BARRED.fullmatch(line) and not _DELIMITERS.fullmatch(line) else line
        yield line
        number += 1


def _with_blanks(line: str) -> str:
    """A row with blanks between its bars and its words, so that all tables look alike."""
    line = _TIGHT_BEFORE.sub(" |", line)
    return _TIGHT_AFTER.sub("| ", line)


def _end_of_table(lines: Sequence[str], number: int) -> int:
    """Where the table ends that begins with a line, 0 where none does."""
    last = min(len(lines), number + MOST_LINES)
    if _FRAME.fullmatch(lines[number]):
        end = next((at for at in range(number + 1, last) if not _FRAMED.match(lines[at])), last)
        return end if end > number + 2 else 0
    if number + 2 >= len(lines) or not lines[number].strip() or not _RULE.fullmatch(lines[number + 1]):
        return 0
    if _END.fullmatch(lines[number]) or _END.fullmatch(lines[number + 2]):
        return 0
    return next((at for at in range(number + 2, last) if _END.fullmatch(lines[at])), last)


def _framed(lines: Sequence[str]) -> Iterator[str]:
    """A table in a frame of "+", "-" and "|"; the lines of a cell become one."""
    places = [at for at, char in enumerate(lines[0]) if char == "+"]
    rows: list[list[str]] = [[]]
    for line in lines[1:]:
        if _FRAME.fullmatch(line):
            rows.append([])
        else:
            rows[-1].append(line)
    cells = [
        [" ".join(" ".join(line[left + 1 : right] for line in row).split()) for left, right in pairwise(places)]
        for row in rows
        if row
    ]
    return _barred(cells)


def _ruled(lines: Sequence[str]) -> Iterator[str]:
    """A head over a line of dashes, and rows below it, in the columns of the dashes."""
    columns = [found.span() for found in _DASHES.finditer(lines[1])]
    starts = [0, *(left for left, _ in columns[1:]), max(map(len, lines)) + 1]
    cells = [[line[left:right].strip() for left, right in pairwise(starts)] for line in (lines[0], *lines[2:])]
    return _barred(cells)


def _barred(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    rows = ["| " + " | ".join(re.sub(r"(?<!\\)\|", r"\|", cell) for cell in row) + " |" for row in cells]
    yield from ["", *rows[:1], "|" + "---|" * len(cells[0] if cells else ()), *rows[1:], ""]
