"""Tables of a page → their cells as a grid, or told to be none. Knows no pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import html

from acobot.sources.grids import MOST_SPAN, Cell, reaching_down
from acobot.sources.grids import table_rows as rows_of_grid
from acobot.sources.html.markup import HEADINGS, has, is_unseen


def table_rows(table: html.HtmlElement, said: Callable[[html.HtmlElement], str]) -> Iterator[list[str]]:
    """The rows of a table; one of a single text is a title. `said` gives what a cell says, as one line."""
    return rows_of_grid(reaching_down([_line(line, said) for line in table.iter("tr") if not is_unseen(line)]))


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only places blocks on the page: it holds tables or headings, or one cell a row."""
    if table.get("role") in {"presentation", "none"}:
        return True
    if has(table, "table", *HEADINGS):
        return True
    return all(sum(1 for _ in _cells(line)) < 2 for line in table.iter("tr"))


def _line(line: html.HtmlElement, said: Callable[[html.HtmlElement], str]) -> list[Cell]:
    in_head = line.getparent() is not None and line.getparent().tag == "thead"
    return [_cell(cell, said, in_head=in_head) for cell in _cells(line)]


def _cell(cell: html.HtmlElement, said: Callable[[html.HtmlElement], str], *, in_head: bool) -> Cell:
    across, down = _span(cell, "colspan"), _span(cell, "rowspan")
    return Cell(said(cell), across, down, in_head or cell.tag == "th")


def _span(cell: html.HtmlElement, name: str) -> int:
    number = cell.get(name, "").strip()
    return min(max(int(number), 1), MOST_SPAN) if number.isascii() and number.isdigit() and len(number) < 5 else 1


def _cells(line: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in line if cell.tag in {"td", "th"} and not is_unseen(cell))
