"""Tables of a page → their cells as a grid, or told to be none. Knows no pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import html

from acobot.sources.grids import MOST_SPAN, Cell, reaching_down
from acobot.sources.grids import table_rows as rows_of_grid
from acobot.sources.html.markup import HEADINGS, has, is_unseen

TEXT_WORDS = 20  # of a cell with blocks of text
LEAST_ROWS = LEAST_COLUMNS = 2  # of a table in which headings are cells
_WORDS_OF_PAGE = "data-words-of-page"  # an attribute of ours
_OF_TEXT = re.compile(r"(?:^|[\s_-])multi-?col(?:umn)?(?:$|[\s_-])", re.IGNORECASE)  # columns of text, not of figures
_BLOCKS = ("p", "div", "ul", "ol", "dl", "hr", "form", "center", "blockquote")


def table_rows(table: html.HtmlElement, said: Callable[[html.HtmlElement], str]) -> Iterator[list[str]]:
    """The rows of a table; one of a single text is a title. `said` gives what a cell says, as one line."""
    lines = sorted((line for line in table.iter("tr") if not is_unseen(line)), key=_place)
    return rows_of_grid(reaching_down([_line(line, said) for line in lines]))


def _place(line: html.HtmlElement) -> int:
    """Head, body and foot in the order in which they are shown, whatever that of the page."""
    held = line.getparent()
    return {"thead": 0, "tfoot": 2}.get(held.tag, 1) if held is not None else 1


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only places blocks on the page: it holds tables, headings and text, one cell a row."""
    if table.get("role") in {"presentation", "none"} or has(table, "table"):
        return True
    lines = list(table.iter("tr"))
    if _OF_TEXT.search(table.get("class", "")) and len(lines) == 1 and has(table, "br", *_BLOCKS):
        return True
    headed = any(next(one.iterancestors("th", "thead", "table")).tag == "table" for one in table.iter(*HEADINGS))
    if headed and not _heads_cells(lines):
        return True
    return all(sum(1 for _ in _cells(line)) < 2 for line in lines) or _holds_text(table, lines)


def _heads_cells(lines: Sequence[html.HtmlElement]) -> bool:
    """Whether headings only make large what short cells of several columns say, each of them all of its cell."""
    cells = [list(_cells(line)) for line in lines]
    if len(cells) < LEAST_ROWS or any(len(row) < LEAST_COLUMNS for row in cells):
        return False
    each = [cell for row in cells for cell in row]
    alone = (_words(cell) == sum(map(_words, cell.iterdescendants(*HEADINGS))) for cell in each if has(cell, *HEADINGS))
    return all(_words(cell) <= TEXT_WORDS for cell in each) and all(alone)


def _holds_text(table: html.HtmlElement, lines: Sequence[html.HtmlElement]) -> bool:
    """Whether a table without a head or a frame has a cell with blocks of text: its only row, or most of the page."""
    if has(table, "th", "thead", "caption") or table.get("border", "0") not in {"0", ""}:
        return False
    texts = [cell for line in lines for cell in _cells(line) if sum(1 for _ in cell.iterdescendants(*_BLOCKS)) > 1]
    most = max((_words(cell) for cell in texts), default=0)
    if most < TEXT_WORDS:
        return False
    alone = sum(1 for line in lines if any(True for _ in _cells(line))) == 1
    return alone or 2 * most > _words_of_page(table)


def _words(element: html.HtmlElement) -> int:
    return len(element.text_content().split())


def _words_of_page(element: html.HtmlElement) -> int:
    """The words of the page that an element stands in, counted once: a page may have a thousand tables."""
    page = element.getroottree().getroot()
    said = page.get(_WORDS_OF_PAGE, "")
    if not (said.isascii() and said.isdigit()):
        page.set(_WORDS_OF_PAGE, said := str(_words(page)))
    return int(said)


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
