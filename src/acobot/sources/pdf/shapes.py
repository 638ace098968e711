"""What is drawn on a page besides letters: rules, boxes and pictures, with their places. Knows no text.

Lengths are in points, counted from the page's left and bottom.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MOST_SHAPES = 2_000  # of a page that are looked at
MOST_POINTS = 400  # of one shape
STRAIGHT = 0.5  # points by which the ends of a rule may differ
SHORTEST = 4.0  # points: a shorter line is no rule

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at this height (or, upright, this far from the left), from one end to the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cover:
    """A filled box, or else a picture, which may hide what is drawn before it; its address tells it on the page.

    One that lets through what is under it hides nothing.
    """

    address: int
    box: Box
    filled: bool


@dataclass(slots=True)
class Shapes:
    """All that is drawn on a page: flat and upright rules, small marks, filled or framed boxes, and pictures."""

    flat: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    paths: list[Box] = field(default_factory=list)
    filled: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)


def read_shapes(page: pypdfium2.PdfPage) -> Shapes:
    """The shapes of a page, of which very many are not all looked at."""
    shapes = Shapes()
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING]
    for shape in islice(page.get_objects(filter=kinds, max_depth=5), MOST_SHAPES):
        bounds, address = bounds_of(shape), ctypes.addressof(shape.raw.contents)
        if shape.type != pdfium.FPDF_PAGEOBJ_PATH:
            shapes.pictures.append(bounds)
            if not pdfium.FPDFPageObj_HasTransparency(shape):
                shapes.covers.append(Cover(address, bounds, filled=False))
            continue
        shapes.paths.append(bounds)
        if is_filled(shape):
            shapes.filled.append(bounds)
            if not pdfium.FPDFPageObj_HasTransparency(shape):
                shapes.covers.append(Cover(address, bounds, filled=True))
        for (left, bottom), (right, top) in _lines(shape):
            if abs(top - bottom) <= STRAIGHT and abs(right - left) >= SHORTEST:
                shapes.flat.append(Rule((top + bottom) / 2, min(left, right), max(left, right)))
            elif abs(right - left) <= STRAIGHT and abs(top - bottom) >= SHORTEST:
                shapes.upright.append(Rule((left + right) / 2, min(bottom, top), max(bottom, top)))
    return shapes


def bounds_of(shape: pypdfium2.PdfObject) -> Box:
    """The box around a shape, on the page: PDFium tells it as in the form that the shape stands in."""
    left, bottom, right, top = shape.get_bounds()
    for matrix in _around(shape):
        left, bottom, right, top = matrix.on_rect(left, bottom, right, top)
    return left, bottom, right, top


def _around(shape: pypdfium2.PdfObject) -> Iterator[pypdfium2.PdfMatrix]:
    """How the forms that a shape stands in are placed, the innermost first."""
    while shape.container:
        shape = shape.container
        yield shape.get_matrix()


def is_filled(shape: Any) -> bool:
    """Whether a shape of PDFium's is one that is filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)) and fill.value != pdfium.FPDF_FILLMODE_NONE


def _lines(shape: pypdfium2.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a shape, on the page."""
    matrix = shape.get_matrix()
    for around in _around(shape):
        matrix = matrix.multiply(around)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for number in range(min(pdfium.FPDFPath_CountSegments(shape), MOST_POINTS)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
            yield last, point
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield point, start
            last = start
        else:
            last = point
