"""A page of a PDF → its letters as PDFium reads them: which, where, how large and heavy, and turned which way.

Lengths are in points (1/72 inch). Letters are placed in a frame in which they stand upright, so that text that runs
up or down a page is read as any other.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from acobot.sources.pdf.clips import Clips
from acobot.sources.pdf.shapes import Box

STEEP = 0.1  # radians: letters that are turned further from the four ways are no line of the text
BOLD = 700
BELOW = 0.22  # of the size, what reaches below the line that letters stand on
SMALLEST = 0.7  # points: smaller letters are not meant to be seen
HYPHEN = "\u00ad"  # what PDFium marks as the hyphen of a word that goes on in the next line
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|-bd$", re.IGNORECASE)
_INVISIBLE = 3  # the way of drawing text that leaves no mark


@dataclass(slots=True)
class Letter:
    """One letter: its box, weight, by how many quarters it is turned, its colour and opacity, and whether it is drawn.

    `place` is its box on the page itself, from left, bottom, right to top; `cut_to` is the box outside of which nothing
    of its text is drawn, and `drawn_by` the address of that text among what the page draws.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    weight: int
    quarter: int = 0
    colour: tuple[int, int, int, int] = (0, 0, 0, 255)
    drawn: bool = True
    place: Box = (0, 0, 0, 0)
    cut_to: Box | None = None
    drawn_by: int = 0

    @property
    def size(self) -> float:
        """In points."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half-way up."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Gap:
    """A space between two letters, which the file has or PDFium has put there."""

    made: bool


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    weight: int
    colour: tuple[int, int, int, int]
    drawn: bool


def read_letters(textpage: Any, width: float, height: float) -> Iterator[Letter | Gap]:
    """The letters of PDFium's own text page of this size, and the gaps between words."""
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    look: _Look | None = None  # asked for once for the letters of a word on one height, for it takes long
    stood = 0.0
    clips = Clips()
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        char = _character(pdfium.FPDFText_GetUnicode(textpage, index))
        if pdfium.FPDFText_IsHyphen(textpage, index) == 1:
            char = HYPHEN
        if not char.strip():
            look = None
            yield Gap(pdfium.FPDFText_IsGenerated(textpage, index) == 1)
            continue
        turned = pdfium.FPDFText_GetCharAngle(textpage, index)
        quarter = round(turned / (math.pi / 2))
        found = pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        if not found or abs(turned - quarter * math.pi / 2) > STEEP:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        place = (box.left, box.bottom, box.right, box.top)
        left, _, right, _ = upright(quarter % 4, place, (width, height))
        line = upright(quarter % 4, (x.value, y.value, x.value, y.value), (width, height))[1]
        if look is None or abs(line - stood) > SMALLEST:
            look, stood = _look(textpage, index), line
        if look.size < SMALLEST:
            continue
        bottom = line - BELOW * look.size
        top = bottom + look.size
        text = pdfium.FPDFText_GetTextObject(textpage, index)
        cut_to, drawn_by = (clips.of(text, place), ctypes.addressof(text.contents)) if text else (None, 0)
        how = (look.weight, quarter % 4, look.colour, look.drawn)
        yield Letter(char, left, right, bottom, top, *how, place, cut_to, drawn_by)


def upright(quarter: int, box: Box, page: tuple[float, float]) -> Box:
    """A box on a page of this size, in the frame of letters that are turned so; PDFium's angles go the clock's way."""
    left, bottom, right, top = box
    if quarter == 1:
        return page[1] - top, left, page[1] - bottom, right
    if quarter == 2:
        return page[0] - right, page[1] - top, page[0] - left, page[1] - bottom
    if quarter == 3:
        return bottom, page[0] - right, top, page[0] - left
    return box


def _look(textpage: Any, index: int) -> _Look:
    """A letter's size in points, as it is on the page, its weight, from 0 to 1,000, and how it is drawn.

    The weight is told by the font's name, or as PDFium estimates it; boxes around letters differ too much between fonts
    to tell the size.
    """
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    weight = BOLD if _BOLD_NAME.search(name.value) else int(pdfium.FPDFText_GetFontWeight(textpage, index))
    red, green, blue, opacity = (ctypes.c_uint(0), ctypes.c_uint(0), ctypes.c_uint(0), ctypes.c_uint(255))
    pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, opacity)
    drawn = pdfium.FPDFText_GetTextObject(textpage, index)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
    colour = (red.value, green.value, blue.value, opacity.value)
    return _Look(max(size, 0.1), weight, colour, mode != _INVISIBLE)


def _character(code: int) -> str:
    """A code point as text; half of a pair, which PDFium may give, as the sign for what is missing.

    PDFium has already made letters of Latin ligatures.
    """
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return HYPHEN if code in {0x2, 0xFFFE} else char
