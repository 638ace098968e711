"""Small tables in the cells of a table with a head: days and hours of each branch → a list in that cell.

A table that holds tables is taken for one that only places blocks; this one keeps its rows. Changes the tree in place.
Knows no blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

from acobot.sources.html.markup import HEADINGS, has

MOST_ROWS = 8  # of a table in a cell
CELL_WORDS = 6  # of its cells
LEAST_COLUMNS = 2


def list_inner_tables(tree: html.HtmlElement) -> None:
    """Makes such tables lists, an item a row."""
    for table in list(tree.iter("table")):
        inner = list(table.iterdescendants("table"))
        if inner and _has_head(table) and all(map(_is_small, inner)):
            for one in inner:
                _make_list(one)


def _has_head(table: html.HtmlElement) -> bool:
    """Whether its first row is of heads alone, and every other has a cell for each."""
    cells = [_cells(row) for row in _rows(table)]
    heads = cells[0] if cells else []
    alike = all(len(row) == len(heads) for row in cells)
    return len(heads) >= LEAST_COLUMNS and alike and all(one.tag == "th" for one in heads)


def _is_small(table: html.HtmlElement) -> bool:
    """Whether a table in a cell is a few short rows without a head."""
    if has(table, "table", "th", "ul", "ol", *HEADINGS) or len(_rows(table)) > MOST_ROWS:
        return False
    short = all(len(cell.text_content().split()) <= CELL_WORDS for cell in table.iter("td"))
    return short and not _is_headed([_figures(row) for row in _rows(table)])


def _is_headed(rows: Sequence[Sequence[bool]]) -> bool:
    """Whether plain cells at the top name the columns: "Adult", "Child" over "£5", "£3": only the top has no figure."""
    return len(rows) > 1 and not any(rows[0]) and all(row and all(row) for row in rows[1:])


def _figures(row: html.HtmlElement) -> Sequence[bool]:
    return [any(map(str.isdigit, cell.text_content())) for cell in _cells(row)]


def _rows(table: html.HtmlElement) -> Sequence[html.HtmlElement]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _cells(row: html.HtmlElement) -> Sequence[html.HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _make_list(table: html.HtmlElement) -> None:
    listed = html.Element("ul")
    for row in table.iter("tr"):
        item = html.Element("li")
        item.text = " ".join(" ".join(row.itertext()).split())
        listed.append(item)
    listed.tail = table.tail
    table.getparent().replace(table, listed)
