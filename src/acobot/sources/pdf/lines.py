"""A page of a PDF → segments: letters that stand side by side on one line. Only geometry; knows no words.

Lengths are in points (1/72 inch), counted from the page's left and bottom.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

GAP = 1.5  # times the letters' height: a wider gap parts columns or cells; words that fill a line stand closer
SHIFT = 0.5  # times the height: letters that stand so much higher or lower are on another line
STEEP = 0.1  # radians: letters that are turned further are no line of the text
HEAVIER = 60  # in weight than the most common letters of the document: bold
BOLD = 700
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|-bd$", re.IGNORECASE)
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
HYPHEN = "\u00ad"  # what PDFium marks as the hyphen of a word that goes on in the next line


@dataclass(slots=True)
class Segment:
    """Letters side by side: the box around them, the weight of the lightest, and the page, counted from 0."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int
    weight: int = 0

    @property
    def height(self) -> float:
        """Of a line of such letters, which stands for their size."""
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

    def takes(self, letter: _Letter) -> bool:
        """Whether a letter goes on this line."""
        if not self.letters:
            return True
        last = self.letters[-1]
        height = max(last.top - last.bottom, letter.top - letter.bottom, 1.0)
        same = abs((letter.top + letter.bottom) - (last.top + last.bottom)) / 2 < SHIFT * height
        return same and -height < letter.left - last.right < GAP * height

    def as_segment(self, page: int) -> Segment:
        """All letters in one box; the height is that of most of them, so that raised figures do not count."""
        tops = sorted(letter.top for letter in self.letters)
        bottoms = sorted(letter.bottom for letter in self.letters)
        return Segment(
            self.text.strip(),
            min(letter.left for letter in self.letters),
            max(letter.right for letter in self.letters),
            bottoms[len(bottoms) // 2],
            tops[len(tops) // 2],
            page,
            min(letter.weight for letter in self.letters),
        )


def read_segments(page: pypdfium2.PdfPage, number: int) -> list[Segment]:
    """The segments of a page in the order in which they are drawn."""
    textpage = page.get_textpage()
    try:
        return list(_segments(textpage, number))
    finally:
        textpage.close()
        page.close()


def _segments(textpage: pypdfium2.PdfTextPage, number: int) -> Iterator[Segment]:
    current = _Open()
    space = False
    for item in _letters(textpage):
        if item is None:
            space = True
            continue
        if not current.takes(item):
            if current.text.strip():
                yield current.as_segment(number)
            current = _Open()
            space = False
        current.text += (" " if space else "") + item.text
        current.letters.append(item)
        space = False
    if current.text.strip():
        yield current.as_segment(number)


def _letters(textpage: pypdfium2.PdfTextPage) -> Iterator[_Letter | None]:
    """The letters that stand upright, and None for a space between words."""
    box = pdfium.FS_RECTF()
    weight: int | None = None  # asked for once a word, for it takes long
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        char = _character(code)
        if pdfium.FPDFText_IsHyphen(textpage, index) == 1:
            char = HYPHEN
        if not char.strip():
            weight = None
            yield None
            continue
        turned = pdfium.FPDFText_GetCharAngle(textpage, index)
        found = pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
        if not found or (STEEP < turned < 2 * 3.1416 - STEEP) or box.top - box.bottom <= 0:
            continue
        weight = _weight(textpage, index) if weight is None else weight
        yield _Letter(char, box.left, box.right, box.bottom, box.top, weight)


def _weight(textpage: pypdfium2.PdfTextPage, index: int) -> int:
    """How heavy a letter is, from 0 to 1,000: by its font's name, or as PDFium estimates it."""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    return BOLD if _BOLD_NAME.search(name.value) else int(pdfium.FPDFText_GetFontWeight(textpage, index))


def _character(code: int) -> str:
    """A code point as text; half of a pair, which PDFium may give, as the sign for what is missing."""
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return HYPHEN if code in {0x2, 0xFFFE} else LIGATURES.get(char, char)
