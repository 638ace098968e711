"""Where the letters of a PDF stand as PDFium draws them, and whether those of a sentence stand together there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from acobot.sources import CELL_GAP

NEXT_LINE = 1.7  # heights of a line; what is further away is another paragraph's
GAP = 1.7  # heights of a letter: words of a justified line stand nearer, columns further apart
MARGIN_LINES = 4  # at the foot and at the head of a page, where its running lines stand


@dataclass(frozen=True)
class Piece:
    """Letters that stand side by side on one line of a page, in points from its left and bottom."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def shares_width(self, other: Piece) -> bool:
        return self.page == other.page and self.left < other.right and other.left < self.right


def letters(text: str) -> str:
    """Letters and digits alone: how words are parted is the browser's, and a soft hyphen's, affair."""
    return re.sub(r"[\W_]", "", text.casefold())


def drawn(path: Path) -> list[Piece]:
    """The pieces of a PDF by where its letters are drawn, whatever their order in the file; a form's values, too."""
    document = pypdfium2.PdfDocument(path)
    try:
        if document.get_formtype():
            document.init_forms()
            for page in document:
                page.flatten()
                page.close()
        return [piece for number in range(len(document)) for piece in _pieces(number, document[number].get_textpage())]
    finally:
        document.close()


def _pieces(number: int, text: pypdfium2.PdfTextPage) -> Iterator[Piece]:
    """Letters of one height on a page, from left to right, parted where there is a wide gap."""
    placed = [
        Piece(number, letters(said), *(box[at] for at in (0, 2, 1, 3)))
        for place in range(text.count_chars())
        if (said := text.get_text_range(place, 1).strip()) and (box := text.get_charbox(place, loose=True))
    ]
    rows: list[list[Piece]] = []
    for one in sorted(placed, key=lambda one: -one.bottom):
        middle = (one.bottom + one.top) / 2
        row = next((row for row in rows[-3:] if row[0].bottom < middle < row[0].top), None)
        if row is None:
            rows.append([one])
        else:
            row.append(one)
    for row in rows:
        row.sort(key=lambda one: one.left)
        run = [row[0]]
        for one in row[1:]:
            if one.left - run[-1].right > GAP * min(one.height, run[-1].height):
                yield _joined(run)
                run = []
            run.append(one)
        yield _joined(run)


def _joined(run: list[Piece]) -> Piece:
    return Piece(
        run[0].page,
        "".join(one.text for one in run),
        run[0].left,
        run[-1].right,
        min(one.bottom for one in run),
        max(one.top for one in run),
    )


def stands_together(sentence: str, pieces: list[Piece]) -> bool:
    """Whether a sentence is read from piece to piece: along a line, down a column, on to another; a row by cells."""
    return all(_starts(letters(cell), pieces) for cell in sentence.split(CELL_GAP))


def on_one_line(row: str, pieces: list[Piece]) -> bool:
    """Whether the cells of a row stand side by side."""
    first, *others = [[one for one in pieces if letters(cell) in one.text] for cell in row.split(CELL_GAP)]
    return any(
        all(any(one.bottom < two.top and two.bottom < one.top for two in cell) for cell in others) for one in first
    )


def _starts(wanted: str, pieces: list[Piece]) -> bool:
    if any(wanted in piece.text for piece in pieces):
        return True
    for piece in pieces:
        for length in range(min(len(wanted), len(piece.text)), 0, -1):
            if piece.text.endswith(wanted[:length]) and _goes_on(wanted[length:], piece, pieces):
                return True
    return False


def _goes_on(wanted: str, piece: Piece, pieces: list[Piece]) -> bool:
    """Whether the rest of a sentence stands in the pieces that follow this one."""
    for after in _following(piece, pieces):
        if after.text.startswith(wanted):
            return True
        if wanted.startswith(after.text) and _goes_on(wanted[len(after.text) :], after, pieces):
            return True
    return False


def _following(piece: Piece, pieces: list[Piece]) -> list[Piece]:
    """The piece below in the same column; after a paragraph's last line on a page, the first lines of others."""
    below = _nearest(piece, pieces, down=True, lines=3.0)
    if below is not None and below is _nearest(piece, pieces, down=True, lines=NEXT_LINE):
        return [below, *_over_the_page(piece, pieces)]
    firsts = [one for one in pieces if _nearest(one, pieces, down=False, lines=NEXT_LINE) is None and one is not piece]
    return [*([below] if below else []), *firsts, *_over_the_page(piece, pieces)]


def _over_the_page(piece: Piece, pieces: list[Piece]) -> list[Piece]:
    """The first lines of the next page, which may stand under its head, for one of the last of a page."""
    lowest = min(one.bottom for one in pieces if one.page == piece.page)
    if piece.bottom > lowest + MARGIN_LINES * piece.height:
        return []
    after = [one for one in pieces if one.page == piece.page + 1]
    highest = max((one.top for one in after), default=0)
    return [one for one in after if one.top > highest - MARGIN_LINES * one.height]


def _nearest(piece: Piece, pieces: list[Piece], *, down: bool, lines: float) -> Piece | None:
    """The nearest piece below or above that shares some width, within so many lines; None where there is none."""
    found = [
        one
        for one in pieces
        if one.shares_width(piece)
        and one is not piece
        and 0 < (piece.bottom - one.bottom if down else one.bottom - piece.bottom) < lines * piece.height
    ]
    return min(found, key=lambda one: abs(one.bottom - piece.bottom), default=None)
