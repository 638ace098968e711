"""A page of a PDF → segments: letters that stand side by side on one line. Only geometry; knows no words.

Lengths are in points (1/72 inch), counted from the page's left and bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from acobot.sources.formula_signs import power
from acobot.sources.pdf.letters import Gap, Letter
from acobot.sources.pdf.spacing import Space, spaced_out

GAP = 1.4  # times the letters' size: a wider gap parts columns or cells; words that fill a line stand closer
SHIFT = 0.5  # times the size: letters that stand so much higher or lower are on another line
HEAVIER = 60  # in weight than the most common letters of the document: bold
RAISED = 0.8  # times the size of the letters before them: figures above the line
INITIAL = 1.7  # times the size of the letters after it: a large letter with which a text begins
TOUCHING = 0.03  # times the size: PDFium puts spaces even there, where most of a page is turned
JOINED = 0.12  # times the size: raised letters that stand no further off belong to the word before them
_NOTED_LENGTH = 5  # characters that it looks at
_NOTED = re.compile(r"(?:[^\W\d_]{3}|[.,;:?!\"'’”)\]%]|\b(?:1[89]|20)\d\d)$")  # a word, a stop, per cent, a year
_STOP = re.compile(r"[.,;:?!)\]”’]")
HYPHEN = "\u00ad"  # what PDFium marks as the hyphen of a word that goes on in the next line


@dataclass(slots=True)
class Segment:
    """Letters side by side: the box around them, as high as their size, the weight of the lightest, and the page.

    `part` is 0 for the text of the page, and a number of its own for what stands apart from it: text that runs up or
    down the page, boxes beside the text, notes put on it. `is_cell` where rules around it make it a table's;
    `table` numbers those that stand side by side, and is 0 elsewhere.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int
    weight: int = 0
    spaces: tuple[Space, ...] = ()
    part: int = 0
    is_cell: bool = False
    table: int = 0

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
class _Open:
    """The segment that is being put together."""

    letters: list[Letter] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    length: int = 0  # of them all
    end: str = ""  # their last characters
    spaces: list[Space] = field(default_factory=list)
    given: set[int] = field(default_factory=set)  # the numbers of letters before which the file itself has a space
    noted: bool = False  # whether the number of a footnote was left out right before

    def add(self, letter: Letter, gap: Gap | None) -> None:
        """Puts a letter at the end, a space before it if there is one; the number of a footnote is left out."""
        if self._is_note(letter):
            self.noted = True
            return
        closes, self.noted = self.noted and bool(_STOP.match(letter.text)), False
        if gap and self.length and letter.text and not closes and not (gap.made and self._is_joined(letter)):
            self.spaces.append(Space(self.length, self.letters[-1].right, letter.left))
            self._put(" ")
            self.given |= set() if gap.made else {len(self.letters)}
        exponent = self.end[-1:].isdigit() and self._is_raised(letter)
        self._put(power(letter.text) if exponent else letter.text)
        self.letters.append(letter)

    def _put(self, text: str) -> None:
        self.words.append(text)
        self.length += len(text)
        self.end = (self.end + text)[-_NOTED_LENGTH:]

    def _is_note(self, letter: Letter) -> bool:
        """Whether it is a small raised figure after a word, a stop or a year; after "km" it is an exponent."""
        return letter.text.isdigit() and self._is_raised(letter) and bool(_NOTED.search(self.end))

    def _is_raised(self, letter: Letter) -> bool:
        if not self.letters:
            return False
        # The size of the line, not of raised letters before this one.
        last = max(self.letters[-4:], key=lambda one: one.size)
        return letter.size < RAISED * last.size and letter.bottom > last.bottom + 0.1 * last.size

    def _is_joined(self, letter: Letter) -> bool:
        """Whether there is no room for a space, or hardly any before letters of another size: "1st", "m²."."""
        last = self.letters[-1]
        small, large = sorted((last.size, letter.size))
        if -JOINED * small < letter.left - last.right < TOUCHING * small:
            return True
        return small < RAISED * large and letter.left - last.right < JOINED * large

    def takes(self, letter: Letter) -> bool:
        """Whether a letter goes on this line."""
        if not self.letters:
            return True
        last = self.letters[-1]
        height = max(last.size, letter.size, 1.0)
        if (
            len(self.letters) < 3
            and last.text.isalpha()
            and letter.text.isalpha()
            and last.size > INITIAL * letter.size
        ):
            return False  # an initial, which may reach down several lines
        same = abs(letter.middle - last.middle) < SHIFT * height
        return same and -height < letter.left - last.right < GAP * height

    def as_segment(self, page: int) -> Segment:
        """All letters in one box; the size is that of most of them, so that raised figures do not count."""
        apart = spaced_out(self.letters, len(self.spaces) + 1, self.given)
        text, spaces = apart or ("".join(self.words), self.spaces)
        return segment_of(self.letters, text, page, tuple(spaces))


def segment_of(letters: Sequence[Letter], text: str, page: int, spaces: tuple[Space, ...] = ()) -> Segment:
    """A segment of these letters, which have this text."""
    tops = sorted(letter.top for letter in letters)
    bottoms = sorted(letter.bottom for letter in letters)
    return Segment(
        text,
        min(letter.left for letter in letters),
        max(letter.right for letter in letters),
        bottoms[len(bottoms) // 2],
        tops[len(tops) // 2],
        page,
        min(letter.weight for letter in letters),
        spaces,
    )


def segments_of(items: Iterable[Letter | Gap], page: int) -> Iterator[Segment]:
    """The segments of a page from its letters, in the order in which they are drawn."""
    current = _Open()
    gap: Gap | None = None
    for item in items:
        if isinstance(item, Gap):
            gap = item if gap is None or gap.made else gap
            continue
        if not current.takes(item):
            if current.length:
                yield current.as_segment(page)
            current, gap = _Open(), None
        current.add(item, gap)
        if item.text:  # a space before a word that is struck out stays to part those around it
            gap = None
    if current.length:
        yield current.as_segment(page)


def cut(segment: Segment, space: Space) -> tuple[Segment, Segment]:
    """A segment parted at one of its spaces."""
    before = tuple(one for one in segment.spaces if one.offset < space.offset)
    start = space.offset + 1
    after = tuple(replace(one, offset=one.offset - start) for one in segment.spaces if one.offset > space.offset)
    return (
        replace(segment, text=segment.text[: space.offset], right=space.left, spaces=before),
        replace(segment, text=segment.text[start:], left=space.right, spaces=after),
    )
