"""What is put on a page and not drawn with it: values of form fields, as text at their places, and written notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from acobot.sources.pdf.annotations import annotated, box_of, contents, string
from acobot.sources.pdf.filled import Field, with_values
from acobot.sources.pdf.lines import Segment

NOTES = 1_000  # the number of the first note's part
LEAST_SIZE, USUAL_SIZE = 4.0, 10.0
LINE = 1.2  # times the size, from line to line of a value
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

    def put_on(self, page: pypdfium2.PdfPage, number: int, segments: Sequence[Segment]) -> list[Segment]:
        """The segments of a page with its values and notes, in letters as large as its own."""
        size = median(segment.height for segment in segments) if segments else USUAL_SIZE
        put_on: list[Segment] = []
        worded: list[Field] = []
        notes = 0
        for kind, annotation in annotated(page):
            if kind == pdfium.FPDF_ANNOT_WIDGET and self._form:
                lines = _placed(annotation, self._value(annotation), size, number)
                if field := self._is_worded(annotation) and _field(annotation, lines):
                    worded.append(field)
                else:
                    put_on += lines
            elif kind == pdfium.FPDF_ANNOT_FREETEXT:
                put_on += _placed(annotation, contents(annotation), size, number, NOTES + notes)
                notes += 1
        return [*with_values(segments, worded), *put_on]

    def _is_worded(self, annotation: Any) -> bool:
        """Whether a field is one for words, and no password."""
        kind = pdfium.FPDFAnnot_GetFormFieldType(self._form, annotation)
        flags = pdfium.FPDFAnnot_GetFormFieldFlags(self._form, annotation)
        return kind in _WORDED and not (kind == pdfium.FPDF_FORMFIELD_TEXTFIELD and flags & _PASSWORD)

    def _value(self, annotation: Any) -> str:
        """What a field says; nothing for buttons and passwords."""
        kind = pdfium.FPDFAnnot_GetFormFieldType(self._form, annotation)
        if kind in _MARKED:
            return _TICKED if pdfium.FPDFAnnot_IsChecked(self._form, annotation) else _EMPTY
        if not self._is_worded(annotation):
            return ""
        return string(pdfium.FPDFAnnot_GetFormFieldValue, self._form, annotation)


def _field(annotation: Any, lines: Iterable[Segment]) -> Field | None:
    """A field for words at its place; None where it has none."""
    box = box_of(annotation)
    if not box:
        return None
    left, bottom, right, top = box
    return Field(left, right, bottom, top, tuple(lines))


def _placed(annotation: Any, text: str, size: float, page: int, part: int = 0) -> Iterator[Segment]:
    """The lines of a text in the box of its annotation: one line half-way up, several from the top down."""
    box = box_of(annotation)
    if not box:
        return
    lines = [" ".join(line.split()) for line in text.splitlines()]
    left, right, low, high = box[0] + 1, box[2] - 1, box[1], box[3]
    middle = (low + high) / 2 if len(lines) == 1 and high - low < 3 * size else high - 0.7 * size
    for number, line in enumerate(lines):
        if line:
            at = middle - number * LINE * size
            width = min(max(right - left, 1.0), size * 0.5 * len(line)) if len(lines) == 1 else max(right - left, 1.0)
            yield Segment(line, left, left + width, at - size / 2, at + size / 2, page, part=part)
