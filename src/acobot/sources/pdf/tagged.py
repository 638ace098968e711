"""Tables that a PDF's own tags tell, as browsers and word processors write them: their cells put together.

They are asked where rules do not show what is a cell, or only in some rows, such as shaded ones. Tags name the cells,
their letters' places say where they stand.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from acobot.sources.pdf.grids import MOST_LINES, row_of, whole_cell
from acobot.sources.pdf.lines import Segment, cut
from acobot.sources.pdf.places import with_all_cells
from acobot.sources.pdf.shapes import Box

MOST_CELLS = 3_000  # of one page
MOST_OBJECTS = 30_000  # drawn on one page
DEEPEST = 40  # elements in elements
OVER = 1.5  # points by which letters may stand out of the box of their cell
_CELLS = frozenset({"TD", "TH"})
Row = list[Box | None]  # the boxes of its cells; None where one is empty


def tagged_tables(page: pypdfium2.PdfPage) -> list[list[Row]]:
    """The tables of a page that has tags, row by row; none where it has no tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        children = (
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, number)
            for number in range(min(pdfium.FPDF_StructTree_CountChildren(tree), MOST_CELLS))
        )
        told = [rows for child in children if child for rows in _tables(child, 0)]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    boxes = _boxes(page) if told else {}
    tables = [
        [[_around([boxes[one] for one in cell if one in boxes]) for cell in row] for row in rows] for rows in told
    ]
    return [table for table in tables if sum(sum(map(bool, row)) > 1 for row in table) > 1]


def with_tagged_cells(segments: Sequence[Segment], tables: Sequence[Sequence[Row]]) -> list[Segment]:
    """The same segments; those of each cell of a table as one, rows on one height."""
    kept = list(segments)
    for table in tables:
        made = _made(kept, table)
        kept = kept if made is None else made
    return kept


def _tables(element: object, depth: int) -> Iterator[list[list[set[int]]]]:
    """The tables at or below an element, as the numbers of what is drawn in each cell of each row."""
    if depth > DEEPEST:
        return
    if _type(element) == "Table":
        yield list(_rows(element, depth))
        return
    for child in _children(element):
        yield from _tables(child, depth + 1)


def _rows(element: object, depth: int) -> Iterator[list[set[int]]]:
    for child in _children(element):
        if _type(child) == "TR":
            yield [set(_marked(cell, depth)) for cell in _children(child) if _type(cell) in _CELLS]
        elif depth < DEEPEST:
            yield from _rows(child, depth + 1)


def _marked(element: object, depth: int) -> Iterator[int]:
    """The numbers of what is drawn in an element."""
    for number in range(min(pdfium.FPDF_StructElement_CountChildren(element), MOST_CELLS)):
        drawn = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, number)
        if drawn >= 0:
            yield drawn
        elif depth < DEEPEST and (child := pdfium.FPDF_StructElement_GetChildAtIndex(element, number)):
            yield from _marked(child, depth + 1)


def _children(element: object) -> Iterator[object]:
    for number in range(min(pdfium.FPDF_StructElement_CountChildren(element), MOST_CELLS)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, number):
            yield child


def _type(element: object) -> str:
    said = ctypes.create_string_buffer(64)
    pdfium.FPDF_StructElement_GetType(element, said, len(said))
    return said.raw.decode("utf-16-le", "replace").partition("\0")[0]


def _boxes(page: pypdfium2.PdfPage) -> dict[int, Box]:
    """What is drawn of text on a page, by its numbers."""
    found: dict[int, list[Box]] = {}
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        number = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        if number >= 0 and pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_TEXT:
            edges = [ctypes.c_float() for _ in range(4)]
            if pdfium.FPDFPageObj_GetBounds(drawn, *edges):
                left, bottom, right, top = (edge.value for edge in edges)
                found.setdefault(number, []).append((left, bottom, right, top))
    return {number: box for number, boxes in found.items() if (box := _around(boxes))}


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _made(segments: Sequence[Segment], table: Sequence[Row]) -> list[Segment] | None:
    """The segments with those of one table in cells; None where they cannot be parted as the tags say."""
    boxes = [box for row in table for box in row if box]
    inside = [one for one in segments if any(_overlaps(one, box) for box in boxes)]
    if not inside or len(boxes) > MOST_CELLS or all(one.is_cell for one in inside):
        return None
    pieces = [part for one in inside for part in _parted(one, table)]
    cells: dict[Box, list[Segment]] = {box: [] for box in boxes}
    for piece in pieces:
        held = [box for box in boxes if _stands_in(piece, box)]
        if len(held) != 1:
            return None
        cells[held[0]].append(piece)
    if any(len({round(one.middle) for one in cells[box]}) > MOST_LINES for box in boxes):
        return None
    rows = [sorted(_row(row, table, cells), key=lambda one: one.left) for row in table]
    made = [one for row in with_all_cells(rows, told=True) for one in row]
    taken = {id(one) for one in inside}
    return [*(one for one in segments if id(one) not in taken), *made]


def _row(row: Row, table: Sequence[Row], cells: dict[Box, list[Segment]]) -> list[Segment]:
    """One row; a cell that is empty keeps its place, if another row as long shows where that is."""
    texts = {place: whole_cell(cells[box]) for place, box in enumerate(row) if box and cells[box]}
    if not texts:
        return []
    first = next(iter(texts.values()))
    for place, box in enumerate(row):
        if box is None:
            over = next((other[place] for other in table if len(other) == len(row) and other[place]), None)
            if over:
                texts[place] = replace(first, text="", left=over[0], right=over[0] + 1)
    return row_of(list(texts.values()))


def _parted(segment: Segment, table: Sequence[Row]) -> Iterator[Segment]:
    """A segment cut at the spaces between the cells that it runs through."""
    for row in table:
        beside = sorted(box for box in row if box and _overlaps(segment, box))
        for left, right in pairwise(beside):
            space = next(
                (one for one in segment.spaces if one.left >= left[2] - OVER and one.right <= right[0] + OVER), None
            )
            if space:
                before, after = cut(segment, space)
                yield from _parted(before, [row])
                yield from _parted(after, [row])
                return
    yield segment


def _overlaps(segment: Segment, box: Box) -> bool:
    return (
        segment.left < box[2] - OVER
        and segment.right > box[0] + OVER
        and box[1] - OVER < segment.middle < box[3] + OVER
    )


def _stands_in(segment: Segment, box: Box) -> bool:
    return (
        box[0] - OVER <= segment.left
        and segment.right <= box[2] + OVER
        and box[1] - OVER < segment.middle < box[3] + OVER
    )
