"""Tables with bars whose rows differ → tables in which Markdown reads every cell, and nothing but cells.

Markdown leaves out the cells of a row beyond its head's, takes a text right below the last row for one more, an empty
first cell for none where no bar begins the rows, and bars without a rule for text. Lines in, lines out; code in fences
is left alone. Knows no marks within lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acobot.sources.markdown_code import fence_after

MOST_FILLED = 20_000  # empty cells of a table: its other rows are filled up to as many as the widest has
FEWEST_ROWS = 2  # of a table without a rule
FEWEST_BARE = 3  # of one that has no bars at its sides, either

_BAR = re.compile(r"(?<!\\)\|")
_LAST_BAR = re.compile(r"(?<!\\)\|$")
_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PARTED = re.compile(r" {0,3}(?!\d{1,9}[.)][ \t])[^\s|>*+-][^|\n]{0,400}(?: \|[ \t][^|\n]{0,400}){1,20}")
_BARRED = re.compile(r" {0,3}\|[^\n]{0,4000}(?<!\\)\|[ \t]*")


def with_even_rows(lines: Sequence[str]) -> Iterator[str]:
    """The same lines; each table in them with as many cells in its head as in its widest row, and a blank line below.

    Rows without a rule get an empty head.
    """
    number, fence = 0, ""
    while number < len(lines):
        before, fence = fence, fence_after(lines[number], fence)
        end = number if before or fence else _end_of_run(lines, number)
        table = list(_table_in(lines[number:end]))
        if not table:
            yield from lines[number : max(end, number + 1)]
        elif _ends_in_text(lines, end):
            yield from (*table, "")
        else:
            yield from table
        number = max(end, number + 1)


def _end_of_run(lines: Sequence[str], number: int) -> int:
    """Where the lines end that all have bars."""
    return next((at for at in range(number, len(lines)) if not _BAR.search(lines[at])), len(lines))


def _ends_in_text(lines: Sequence[str], number: int) -> bool:
    """Whether a text stands right below a table that ends there, and none of its rows below that."""
    after = next((at for at in range(number, len(lines)) if not lines[at].strip() or _BAR.search(lines[at])), None)
    return number != after and number < len(lines) and (after is None or not lines[after].strip())


def _table_in(run: Sequence[str]) -> Iterator[str]:
    """The lines of a run with even rows; none where it holds no table."""
    at = next((at for at, line in enumerate(run) if "|" in line and _RULE.fullmatch(line.strip())), None)
    if at:
        yield from run[: at - 1]
        yield from _table(run[at - 1], run[at], run[at + 1 :])
    elif at is None and len(run) >= FEWEST_ROWS and all(map(_BARRED.fullmatch, run)):
        cells = {_cells(row) for row in run}
        if len(cells) == 1 and cells != {1}:
            yield from _without_head(run)
    elif (
        at is None and len(run) >= FEWEST_BARE and all(map(_PARTED.fullmatch, run)) and len(set(map(_cells, run))) == 1
    ):
        yield from ("", *_without_head([f"| {row.strip()} |" for row in run]), "")


def _without_head(rows: Sequence[str]) -> Iterator[str]:
    yield from ("|" + part * _cells(rows[0]) for part in ("  |", "---|"))
    yield from rows


def _table(head: str, rule: str, rows: Sequence[str]) -> Iterator[str]:
    """A table's lines; where no bar begins its head and a row, one that begins with a bar has an empty first cell."""
    if not _is_led(head) and any(not _is_led(row) for row in rows):
        most = max(_cells(head), _cells(rule))
        rows = [f"|  {row.lstrip()}" if _is_led(row) and _cells(row) < most else row for row in rows]
    named = max(_cells(head), _cells(rule))
    most = max([named, *map(_cells, rows)])
    most = most if (most - named) * len(rows) <= MOST_FILLED else named
    yield _widened(head, most, "  |")
    yield _widened(rule, most, "---|")
    yield from rows


def _widened(line: str, most: int, cell: str) -> str:
    """A line with as many cells more, at its end, as it lacks."""
    lacks = most - _cells(line)
    if lacks <= 0:
        return line
    line = line.rstrip()
    return (line if _LAST_BAR.search(line) else f"{line} |") + cell * lacks


def _is_led(row: str) -> bool:
    return row.lstrip().startswith("|")


def _cells(row: str) -> int:
    """How many cells Markdown sees in a line: a bar at its beginning or end parts none."""
    said = row.strip()
    return len(_BAR.findall(said)) + 1 - said.startswith("|") - (len(said) > 1 and bool(_LAST_BAR.search(said)))
