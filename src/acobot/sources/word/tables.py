"""A Word table's rows and cells as they stand on the page: without what was taken out, with what spans rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

from acobot.sources.word.names import CELL, ROW, ROW_PROPERTIES, TABLE, number, value

REPEATED_WORDS = 20  # a cell that says more is not said again in the rows that it spans
_CELL_PROPERTIES, _MERGED = qn("w:tcPr"), qn("w:vMerge")


def rows_of(table: Any) -> list[list[Any]]:
    """The cells of each row; rows and cells that a tracked change took out are gone."""
    return [
        [cell for cell in line.iter(CELL) if _nearest(cell, ROW) is line and not _has(cell, "w:tcPr", "w:cellDel")]
        for line in table.iter(ROW)
        if _nearest(line, TABLE) is table and not _has(line, "w:trPr", "w:del")
    ]


def spread(rows: Sequence[tuple[Sequence[Any], Sequence[str]]]) -> Iterator[list[str]]:
    """The texts of each row; where a cell goes on that began above, what it says there."""
    above: dict[int, str] = {}
    for cells, texts in rows:
        column = number(value(cells[0].getparent().find(ROW_PROPERTIES), "w:gridBefore")) or 0 if cells else 0
        said: list[str] = []
        for cell, text in zip(cells, texts, strict=True):
            properties = cell.find(_CELL_PROPERTIES)
            merged = properties.find(_MERGED) if properties is not None else None
            goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            again = above.get(column, "") if goes_on and len(above.get(column, "").split()) <= REPEATED_WORDS else ""
            said.append(text or again)
            above[column] = said[-1] if merged is not None else ""
            column += number(value(properties, "w:gridSpan")) or 1
        yield said


def _nearest(element: Any, tag: str) -> Any:
    """The nearest element of this kind around another."""
    return next(element.iterancestors(tag), None)


def _has(element: Any, properties: str, name: str) -> bool:
    return element.find(f"{qn(properties)}/{qn(name)}") is not None
