"""A page of a PDF → segments: letters that stand side by side on one line. Only geometry; knows no words.

Lengths are in points (1/72 inch), counted from the page's left and bottom.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

GAP = 1.4  # times the letters' size: a wider gap parts columns or cells; words that fill a line stand closer
SHIFT = 0.5  # times the size: letters that stand so much higher or lower are on another line
STEEP = 0.1  # radians: letters that are turned further are no line of the text
MOST_SHAPES = 2_000  # of a page that are looked at
HEAVIER = 60  # in weight than the most common letters of the document: bold
BOLD = 700
BELOW = 0.22  # of the size, what reaches below the line that letters stand on
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|-bd$", re.IGNORECASE)
RAISED = 0.8  # times the size of the letters before them: figures above the line
_NOTED = re.compile(r"(?:[^\W\d_]{3}|[.,;:?!\"'’”)\]])$")
HYPHEN = "\u00ad"  # what PDFium marks as the hyphen of a word that goes on in the next line


@dataclass(frozen=True, slots=True)
class Space:
    """A space between two words: its offset in the segment's text, and its left and right on the page."""

    offset: int
    left: float
    right: float


@dataclass(slots=True)
class Segment:
    """Letters side by side: the box around them, as high as their size, the weight of the lightest, and the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int
    weight: int = 0
    spaces: tuple[Space, ...] = ()

    @property
    def height(self) -> float:
        """The letters' size."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half-way up."""
        return (self.top + self.bottom) / 2

    @property
    def middle_x(self) -> float:
        """Half-way from left to right."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    weight: int


@dataclass(slots=True)
class _Open:
    """The segment that is being put together."""

    letters: list[_Letter] = field(default_factory=list)
    text: str = ""
    spaces: list[Space] = field(default_factory=list)

    def add(self, letter: _Letter, *, spaced: bool) -> None:
        """Puts a letter at the end, a space before it if there is one; the number of a footnote is left out."""
        if self._is_note(letter):
            return
        if spaced and self.letters:
            self.spaces.append(Space(len(self.text), self.letters[-1].right, letter.left))
            self.text += " "
        self.text += letter.text
        self.letters.append(letter)

    def _is_note(self, letter: _Letter) -> bool:
        """Whether it is a small raised figure after a word or a stop; after "km" it is an exponent."""
        if not self.letters or not letter.text.isdigit():
            return False
        last = self.letters[-1]
        size = last.top - last.bottom
        raised = letter.top - letter.bottom < RAISED * size and letter.bottom > last.bottom + 0.1 * size
        return raised and bool(_NOTED.search(self.text))

    def takes(self, letter: _Letter) -> bool:
        """Whether a letter goes on this line."""
        if not self.letters:
            return True
        last = self.letters[-1]
        height = max(last.top - last.bottom, letter.top - letter.bottom, 1.0)
        same = abs((letter.top + letter.bottom) - (last.top + last.bottom)) / 2 < SHIFT * height
        return same and -height < letter.left - last.right < GAP * height

    def as_segment(self, page: int) -> Segment:
        """All letters in one box; the size is that of most of them, so that raised figures do not count."""
        tops = sorted(letter.top for letter in self.letters)
        bottoms = sorted(letter.bottom for letter in self.letters)
        return Segment(
            self.text,
            min(letter.left for letter in self.letters),
            max(letter.right for letter in self.letters),
            bottoms[len(bottoms) // 2],
            tops[len(tops) // 2],
            page,
            min(letter.weight for letter in self.letters),
            tuple(self.spaces),
        )


def read_segments(page: pypdfium2.PdfPage, number: int) -> list[Segment]:
    """The segments of a page in the order in which they are drawn."""
    textpage = page.get_textpage()
    try:
        segments = list(_segments(textpage, number))
        return [*segments, *_drawn_bullets(page, segments)]
    finally:
        textpage.close()
        page.close()


def _drawn_bullets(page: pypdfium2.PdfPage, segments: list[Segment]) -> Iterator[Segment]:
    """Small round or square shapes right before a line, which some programs draw in place of a bullet's letter."""
    shapes = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    for left, bottom, right, top in (shape.get_bounds() for shape in islice(shapes, MOST_SHAPES)):
        width, height, middle = right - left, top - bottom, (top + bottom) / 2
        for line in segments:
            small = 0.2 * line.height < height < 0.7 * line.height and abs(width - height) < 0.3 * height
            if small and line.bottom < middle < line.top and 0 < line.left - right < 2 * line.height:
                yield replace(line, text="•", left=left, right=right, spaces=())
                break


def _segments(textpage: pypdfium2.PdfTextPage, number: int) -> Iterator[Segment]:
    current = _Open()
    space = False
    for item in _letters(textpage.raw):
        if item is None:
            space = True
            continue
        if not current.takes(item):
            yield current.as_segment(number)
            current = _Open()
            space = False
        current.add(item, spaced=space)
        space = False
    if current.letters:
        yield current.as_segment(number)


def _letters(textpage: Any) -> Iterator[_Letter | None]:
    """The letters of PDFium's own text page that stand upright, and None for a space between words."""
    box = pdfium.FS_RECTF()
    x, baseline = ctypes.c_double(), ctypes.c_double()
    look: tuple[float, int] | None = None  # size and weight, asked for once a word, for it takes long
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        char = _character(pdfium.FPDFText_GetUnicode(textpage, index))
        if pdfium.FPDFText_IsHyphen(textpage, index) == 1:
            char = HYPHEN
        if not char.strip():
            look = None
            yield None
            continue
        turned = pdfium.FPDFText_GetCharAngle(textpage, index)
        found = pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        if not found or STEEP < turned < 2 * math.pi - STEEP:
            continue
        look = look or _look(textpage, index)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, baseline)
        bottom = baseline.value - BELOW * look[0]
        yield _Letter(char, box.left, box.right, bottom, bottom + look[0], look[1])


def _look(textpage: Any, index: int) -> tuple[float, int]:
    """A letter's size in points, as it is on the page, and its weight, from 0 to 1,000.

    The weight is told by the font's name, or as PDFium estimates it; boxes around letters differ too much between fonts
    to tell the size.
    """
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    weight = BOLD if _BOLD_NAME.search(name.value) else int(pdfium.FPDFText_GetFontWeight(textpage, index))
    return max(size, 0.1), weight


def _character(code: int) -> str:
    """A code point as text; half of a pair, which PDFium may give, as the sign for what is missing.

    PDFium has already made letters of Latin ligatures.
    """
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return HYPHEN if code in {0x2, 0xFFFE} else char
