"""What is put on a page and not drawn with it, one annotation after the other; what they strike out, and notes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from acobot.sources.pdf.shapes import Box, is_filled

MOST = 2_000  # of a page that are looked at
MOST_LINES = 2_000  # of a page that they strike out
LINE = 30.0  # points: what is higher is no line of text
SAME = 6.0  # points by which the paint of an annotation may be smaller than its box
OPAQUE = 255
DARK, LIGHT = 40, 240  # of 255: what a marker paints, so that the words under it are read, is between
_UNSEEN = 0x02 | 0x20  # flags: hidden, not shown
_COVERING = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_SQUARE}
# Kinds whose words stand beside the page, in a window or a margin, and not on it.
_NOTED = frozenset(
    {
        *(pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_INK),
        *(pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY),
        *(pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE),
        *(pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_POLYLINE),
    }
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What somebody marked on a page in a viewer: boxes of what is struck out or covered, words of notes."""

    struck: tuple[Box, ...]
    notes: tuple[str, ...]
    covered: tuple[Box, ...] = ()


def annotated(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Any]]:
    """The annotations of a page that are shown, each with its kind before it; very many are not all looked at."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                yield pdfium.FPDFAnnot_GetSubtype(annotation), annotation
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def read_marks(page: pypdfium2.PdfPage) -> Marks:
    """The marks on a page."""
    struck: list[Box] = []
    notes: list[str] = []
    covered: list[Box] = []
    for kind, annotation in annotated(page):
        if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            struck += islice(_lines(annotation), MOST_LINES - len(struck))
        if kind in _NOTED and (words := " ".join(contents(annotation).split())):
            notes.append(words)
        if kind in _COVERING and (box := box_of(annotation)) and _is_painted(annotation, box):
            covered.append(box)
    return Marks(tuple(struck), tuple(notes), tuple(covered))


def _is_painted(annotation: Any, box: Box) -> bool:
    """Whether an annotation is drawn with a ground as large as its box, through which nothing is seen."""
    edges = [ctypes.c_float() for _ in range(4)]
    colour = [ctypes.c_uint() for _ in range(4)]
    for number in range(min(pdfium.FPDFAnnot_GetObjectCount(annotation), MOST_LINES)):
        drawn = pdfium.FPDFAnnot_GetObject(annotation, number)
        if not is_filled(drawn) or not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        large = right - left > box[2] - box[0] - SAME and top - bottom > box[3] - box[1] - SAME
        pdfium.FPDFPageObj_GetFillColor(drawn, *colour)
        *shades, opacity = (one.value for one in colour)
        if large and opacity == OPAQUE and (min(shades) >= LIGHT or max(shades) <= DARK):
            return True
    return False


def contents(annotation: Any) -> str:
    """The words of an annotation."""
    return string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")


def string(get: Any, *about: Any) -> str:
    """A string of PDFium's, asked for twice: how long, and what."""
    length = get(*about, None, 0)
    buffer = ctypes.create_string_buffer(length)
    get(*about, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def box_of(annotation: Any) -> Box | None:
    """The box of an annotation; None where it has none."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, box):
        return None
    return min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)


def _lines(annotation: Any) -> Iterator[Box]:
    """The boxes of the words that an annotation marks, line by line.

    Its own where it does not tell the lines, if that is one line: of several it may begin and end amid the words.
    """
    count = min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), MOST_LINES)
    corners = pdfium.FS_QUADPOINTSF()
    for number in range(count):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, corners):
            across = corners.x1, corners.x2, corners.x3, corners.x4
            up = corners.y1, corners.y2, corners.y3, corners.y4
            yield min(across), min(up), max(across), max(up)
    box = None if count else box_of(annotation)
    if box and box[3] - box[1] <= LINE:
        yield box
