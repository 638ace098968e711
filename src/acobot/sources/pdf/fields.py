"""What is put on a page and not drawn with it: values of form fields, as text at their places, and written notes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from acobot.sources.pdf.lines import Segment

NOTES = 1_000  # the number of the first note's part
MOST = 2_000  # of a page that are looked at
LEAST_SIZE, USUAL_SIZE = 4.0, 10.0
LINE = 1.2  # times the size, from line to line of a value
_UNSEEN = 0x02 | 0x20  # flags: hidden, not shown
_PASSWORD = 1 << 13
_TICKED, _EMPTY = "☑", "☐"
_WORDED = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
_MARKED = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}


class Fields:
    """The form of a document, if it has one; to be made before its pages are opened."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        self._form: Any = document.formenv.raw if document.formenv else None

    def of(self, page: pypdfium2.PdfPage, number: int, segments: Sequence[Segment]) -> Iterator[Segment]:
        """The values and notes on a page, in letters as large as its own."""
        size = median(segment.height for segment in segments) if segments else USUAL_SIZE
        notes = 0
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if not annotation:
                continue
            try:
                kind = pdfium.FPDFAnnot_GetSubtype(annotation)
                if pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                    continue
                if kind == pdfium.FPDF_ANNOT_WIDGET and self._form:
                    yield from _placed(annotation, self._value(annotation), size, number)
                elif kind == pdfium.FPDF_ANNOT_FREETEXT:
                    text = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
                    yield from _placed(annotation, text, size, number, NOTES + notes)
                    notes += 1
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)

    def _value(self, annotation: Any) -> str:
        """What a field says; nothing for buttons and passwords."""
        kind = pdfium.FPDFAnnot_GetFormFieldType(self._form, annotation)
        if kind in _MARKED:
            return _TICKED if pdfium.FPDFAnnot_IsChecked(self._form, annotation) else _EMPTY
        flags = pdfium.FPDFAnnot_GetFormFieldFlags(self._form, annotation)
        if kind not in _WORDED or (kind == pdfium.FPDF_FORMFIELD_TEXTFIELD and flags & _PASSWORD):
            return ""
        return _string(pdfium.FPDFAnnot_GetFormFieldValue, self._form, annotation)


def _string(get: Any, *about: Any) -> str:
    """A string of PDFium's, asked for twice: how long, and what."""
    length = get(*about, None, 0)
    buffer = ctypes.create_string_buffer(length)
    get(*about, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _placed(annotation: Any, text: str, size: float, page: int, part: int = 0) -> Iterator[Segment]:
    """The lines of a text in the box of its annotation: one line half-way up, several from the top down."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, box):
        return
    lines = [" ".join(line.split()) for line in text.splitlines()]
    left, right = min(box.left, box.right) + 1, max(box.left, box.right) - 1
    low, high = min(box.bottom, box.top), max(box.bottom, box.top)
    middle = (low + high) / 2 if len(lines) == 1 and high - low < 3 * size else high - 0.7 * size
    for number, line in enumerate(lines):
        if line:
            at = middle - number * LINE * size
            width = min(max(right - left, 1.0), size * 0.5 * len(line)) if len(lines) == 1 else max(right - left, 1.0)
            yield Segment(line, left, left + width, at - size / 2, at + size / 2, page, part=part)
