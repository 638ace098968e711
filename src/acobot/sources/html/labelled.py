"""Cells that name their own column, as pages for small screens have them → tables with a head.

A style sheet shows what the attribute of a cell says before it. Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from acobot.sources.html.markup import HEADINGS, has

LABEL_WORDS = 12
_NAMES = ("data-label", "data-th", "data-title", "data-header", "data-heading", "data-column", "data-col")
_ROW_TAGS = ("div", "li", "ul", "ol", "section", "article")


def name_columns(tree: html.HtmlElement) -> None:
    """Gives rows of cells that name their columns the head that says so."""
    for table in tree.iter("table"):
        first = None if has(table, "th") else next(table.iter("tr"), None)
        if first is not None and (labels := _labels(first)):
            first.addprevious(_head(labels))
    for row in list(tree.iter(*_ROW_TAGS)):
        labels = _labels(row) if row.tag in _ROW_TAGS and row.getparent() is not None else ()
        if labels:  # and it is no row of a table made before
            _make_table(row, labels)


def _labels(row: html.HtmlElement) -> tuple[str, ...]:
    """What the parts of a row say that their columns are; empty where one does not, or there are no two columns."""
    said: list[str] = []
    for part in row:
        if isinstance(part.tag, str):
            label = next((" ".join(part.get(name, "").split()) for name in _NAMES if part.get(name)), "")
            if not 0 < len(label.split()) <= LABEL_WORDS or has(part, "table", *HEADINGS):
                return ()
            said.append(label)
    return tuple(said) if len({*said}) == len(said) > 1 else ()


def _make_table(first: html.HtmlElement, labels: tuple[str, ...]) -> None:
    """Makes a row, and those after it with the same columns, a table."""
    rows = [first, *_alike(first, labels)]
    table = html.Element("table")
    first.addprevious(table)
    for row in rows:
        row.tag = "tr"
        for cell in row:
            if isinstance(cell.tag, str):
                cell.tag = "td"
    table.tail = rows[-1].tail
    for row in rows:
        row.tail = None
    table.extend([_head(labels), *rows])


def _alike(first: html.HtmlElement, labels: tuple[str, ...]) -> Iterator[html.HtmlElement]:
    for row in first.itersiblings():
        if not isinstance(row.tag, str) or _labels(row) != labels:
            return
        yield row


def _head(labels: tuple[str, ...]) -> html.HtmlElement:
    head = html.Element("tr")
    for label in labels:
        cell = html.Element("th")
        cell.text = label
        head.append(cell)
    return head
