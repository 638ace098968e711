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
MOST_HEAD = 10  # lines of a head
_FRAME = re.compile(r" {0,3}\+(?:[-=:]{2,400}\+)+[ \t]*")
_FRAMED = re.compile(r" {0,3}[|+]")
_RULE = re.compile(r" {0,3}-{2,400}(?: +-{2,400})+[ \t]*")
_LINE = re.compile(r" {0,3}-{5,400}[ \t]*")  # over and below a table whose rows are of several lines
_END = re.compile(r"[ \t]*(?:-{3,}[- \t]*)?")  # a blank line, or the rule below the last row
_DELIMITERS = re.compile(r"[ \t|:-]+")
_BARRED = re.compile(r" {0,3}\|[^\n`]{1,2000}\|[ \t]*")
_TIGHT_BEFORE = re.compile(r"(?<=[^\s\\|])\|")
_TIGHT_AFTER = re.compile(r"(?<!\\)\|(?=[^\s|])")
_MARKDOWN = re.compile(r" {0,3}(?:#{1,6} |`{3}|~{3}|[-*+] |\d{1,9}[.)] |>|\|)")  # stands in no row of such a table
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
                drawn = lines[number:end]
                yield from _framed(drawn) if _FRAME.fullmatch(line) else _tall(drawn) or _ruled(drawn)
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
    if end := _end_of_tall(lines, number, last):
        return end
    if number + 2 >= len(lines) or not lines[number].strip() or not _RULE.fullmatch(lines[number + 1]):
        return 0
    if _END.fullmatch(lines[number]) or _END.fullmatch(lines[number + 2]):
        return 0
    return next((at for at in range(number + 2, last) if _END.fullmatch(lines[at])), last)


def _end_of_tall(lines: Sequence[str], number: int, last: int) -> int:
    """Where a table ends whose rows blank lines part: dashes, its head over its columns' dashes, rows, dashes.

    Without a head it begins and ends with its columns' dashes. 0 where no such table begins; under a text a line of
    dashes makes a heading of that.
    """
    if not (_LINE.fullmatch(lines[number]) or _RULE.fullmatch(lines[number])) or (number and lines[number - 1].strip()):
        return 0
    headed = bool(_LINE.fullmatch(lines[number]))
    columns = next((at for at in range(number, min(last, number + MOST_HEAD)) if _RULE.fullmatch(lines[at])), None)
    if columns is None or not all(line.strip() for line in lines[number:columns]) or columns + 1 == len(lines):
        return 0
    ends = _LINE if headed else _RULE
    end = next((at for at in range(columns + 1, last) if ends.fullmatch(lines[at])), 0)
    rows = lines[columns + 1 : end]
    columns_at = [found.span() for found in _DASHES.finditer(lines[columns])]
    is_table = rows and rows[0].strip() and not any(_MARKDOWN.match(row) or _crosses(row, columns_at) for row in rows)
    return end + 1 if is_table else 0


def _crosses(row: str, columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands across two columns, or the line goes on beyond the last."""
    across = (row[left - 1 : left].strip() and row[left : left + 1].strip() for left, _ in columns[1:])
    return len(row.rstrip()) > columns[-1][1] + 1 or any(across)


def _tall(lines: Sequence[str]) -> list[str]:
    """A table whose rows blank lines part, if it is one; the lines of a cell become one."""
    if not (_LINE.fullmatch(lines[0]) or _RULE.fullmatch(lines[0])):
        return []
    at = next(at for at, line in enumerate(lines) if _RULE.fullmatch(line))
    columns = [found.start() for found in _DASHES.finditer(lines[at])]
    starts = [0, *columns[1:], max(map(len, lines)) + 1]
    said = lines[at + 1 : -1]
    parted = not all(line.strip() for line in said)
    rows: list[list[str]] = [list(lines[1:at])]
    for number, line in enumerate(said):
        if not number or not parted or not said[number - 1].strip():
            rows.append([])
        rows[-1].append(line)
    cells = [
        [" ".join(" ".join(line[left:right] for line in row).split()) for left, right in pairwise(starts)]
        for row in rows
    ]
    return list(_barred([row for number, row in enumerate(cells) if any(row) or not number]))


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
