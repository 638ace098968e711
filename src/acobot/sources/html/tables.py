"""Tables of a page → rows of texts in which each cell stands in its own column, under one row of heads.

A cell that covers several rows is said again in each of them; heads of two rows become one. Knows no pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from acobot.sources.html.markup import HEADINGS, has, is_unseen

MOST_SPAN = 100  # columns or rows that a cell is believed to cover
REPEATED_WORDS = 20  # a cell that says more is not said again in the rows below
GROUP_WORDS = 8  # of a row that says what the rows below it are about
HEAD_ROWS = 4


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    across: int
    down: int
    is_head: bool
    is_first: bool = True  # of the rows that it covers


def table_rows(table: html.HtmlElement, said: Callable[[html.HtmlElement], str]) -> Iterator[list[str]]:
    """The rows of a table; one of a single text is a title. `said` gives what a cell says, as one line."""
    rows = _grid(table, said)
    width = max((_width(row) for row in rows), default=0)
    while rows and _is_across(rows[0], width):
        yield [rows.pop(0)[0].text]
    heads = _count_heads(rows)
    if heads > 1:
        yield _merged(rows[:heads])
    group = ""
    for number, row in enumerate(rows):
        texts = _spread(row)
        if number < heads and heads > 1:
            continue
        if _is_across(row, width) and number + 1 < len(rows):
            group = texts[0] if len(texts[0].split()) <= GROUP_WORDS else ""
        elif group and number and texts[0]:
            texts[0] = f"{group} {texts[0]}"
        yield texts if len(texts) > 1 else [*texts, ""]


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only places blocks on the page: it holds tables or headings, or one cell a row."""
    if table.get("role") in {"presentation", "none"}:
        return True
    if has(table, "table", *HEADINGS):
        return True
    return all(sum(1 for _ in _cells(line)) < 2 for line in table.iter("tr"))


def _grid(table: html.HtmlElement, said: Callable[[html.HtmlElement], str]) -> list[list[_Cell]]:
    """The cells of each row, also those that reach down into it from a row above; no empty rows."""
    rows: list[list[_Cell]] = []
    reaching: dict[int, _Cell] = {}  # by their columns
    for line in table.iter("tr"):
        if is_unseen(line):
            continue
        in_head = line.getparent() is not None and line.getparent().tag == "thead"
        row, reaching = _row([_cell(cell, said, in_head=in_head) for cell in _cells(line)], reaching)
        if any(cell.text and cell.is_first for cell in row):
            rows.append(row)
    return rows


def _row(own: Sequence[_Cell], reaching: dict[int, _Cell]) -> tuple[list[_Cell], dict[int, _Cell]]:
    """A row's own cells around those that reach into it, and what reaches into the row below."""
    row: list[_Cell] = []
    below: dict[int, _Cell] = {}
    waiting, above = list(reversed(own)), sorted(reaching.items(), reverse=True)
    column = 0
    while waiting or above:
        reaches = above and (above[-1][0] <= column or not waiting)
        cell = above.pop()[1] if reaches else waiting.pop()
        row.append(cell)
        if cell.down > 1:
            again = cell.text if len(cell.text.split()) <= REPEATED_WORDS else ""
            below[column] = _Cell(again, cell.across, cell.down - 1, cell.is_head, is_first=False)
        column += cell.across
    return row, below


def _cell(cell: html.HtmlElement, said: Callable[[html.HtmlElement], str], *, in_head: bool) -> _Cell:
    across, down = _span(cell, "colspan"), _span(cell, "rowspan")
    return _Cell(said(cell), across, down, in_head or cell.tag == "th")


def _span(cell: html.HtmlElement, name: str) -> int:
    number = cell.get(name, "").strip()
    return min(max(int(number), 1), MOST_SPAN) if number.isascii() and number.isdigit() and len(number) < 5 else 1


def _cells(line: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in line if cell.tag in {"td", "th"} and not is_unseen(cell))


def _width(row: Sequence[_Cell]) -> int:
    return sum(cell.across for cell in row)


def _is_across(row: Sequence[_Cell], width: int) -> bool:
    """Whether a row is one cell over all columns."""
    return len(row) == 1 and 1 < width <= row[0].across


def _count_heads(rows: Sequence[Sequence[_Cell]]) -> int:
    """How many rows at the top are heads; plain cells are, too, where years or groups stand over an empty corner."""
    heads = next((number for number, row in enumerate(rows) if not all(cell.is_head for cell in row)), 0)
    if heads or len(rows) < 3:
        return heads if heads <= HEAD_ROWS else 1
    corner, *others = rows[0]
    grouped = bool(others) and (not corner.text or corner.down > 1) and any(cell.across > 1 for cell in others)
    return 2 if grouped and all(cell.across == 1 for cell in rows[1]) else 0


def _merged(heads: Sequence[Sequence[_Cell]]) -> list[str]:
    """Several rows of heads as one: what stands over a column, from the top."""
    columns: list[list[str]] = [[] for _ in range(max(_width(row) for row in heads))]
    for row in heads:
        column = 0
        for cell in row:
            for one in columns[column : column + cell.across]:
                if cell.text and cell.is_first:
                    one.append(cell.text)
            column += cell.across
    return [" ".join(texts) for texts in columns]


def _spread(row: Sequence[_Cell]) -> list[str]:
    """The texts of a row, each in the first of its columns."""
    return [text for cell in row for text in (cell.text, *[""] * (cell.across - 1))]
