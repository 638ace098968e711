"""A Word table's rows and cells as they stand on the page: without what was taken out, with what spans rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from acobot.sources.grids import MOST_SPAN, REPEATED_WORDS, Cell
from acobot.sources.word.names import CELL, ROW, ROW_PROPERTIES, TABLE, number, switch, value

_CELL_PROPERTIES, _MERGED = qn("w:tcPr"), qn("w:vMerge")


def rows_of(table: Any) -> list[list[Any]]:
    """The cells of each row; rows and cells that a tracked change took out are gone."""
    return [
        [cell for cell in line.iter(CELL) if _nearest(cell, ROW) is line and not _has(cell, "w:tcPr", "w:cellDel")]
        for line in table.iter(ROW)
        if _nearest(line, TABLE) is table and not _has(line, "w:trPr", "w:del")
    ]


def grid_of(rows: Sequence[tuple[Sequence[Any], Sequence[str]]]) -> list[list[Cell]]:
    """The rows, each of its cells and their texts, as a grid; a cell that goes on says again what it began with."""
    above: dict[int, str] = {}
    grid = [_line(cells, texts, above) for cells, texts in rows]
    return [line for line in grid if any(cell.text and cell.is_first for cell in line)]


def _line(cells: Sequence[Any], texts: Sequence[str], above: dict[int, str]) -> list[Cell]:
    properties = cells[0].getparent().find(ROW_PROPERTIES) if cells else None
    before = min(number(value(properties, "w:gridBefore")) or 0, MOST_SPAN)
    is_head = switch(properties, "w:tblHeader") is True
    line = [Cell("", is_head=is_head)] * before
    column = before
    for cell, text in zip(cells, texts, strict=True):
        own = cell.find(_CELL_PROPERTIES)
        merged = own.find(_MERGED) if own is not None else None
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        again = above.get(column, "") if goes_on and len(above.get(column, "").split()) <= REPEATED_WORDS else ""
        across = min(max(number(value(own, "w:gridSpan")) or 1, 1), MOST_SPAN)
        begins = merged is not None and not goes_on
        line.append(Cell(text or again, across, 2 if begins else 1, is_head, is_first=bool(text) or not goes_on))
        above[column] = line[-1].text if merged is not None else ""
        column += across
    return line


def _nearest(element: Any, tag: str) -> Any:
    """The nearest element of this kind around another."""
    return next(element.iterancestors(tag), None)


def _has(element: Any, properties: str, name: str) -> bool:
    return element.find(f"{qn(properties)}/{qn(name)}") is not None
