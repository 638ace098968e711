"""What is quoted stands together on the page that people see: HTML as Chromium shows it, PDF as PDFium draws it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from acobot.passages import split_sentences
from acobot.sources import CELL_GAP, Source, list_folder, read_source
from tests.conftest import REPOSITORY
from tests.fakes import ENGLISH

pytestmark = pytest.mark.browser

NEXT_LINE = 1.7  # heights of a line; what is further away is another paragraph's
GAP = 1.7  # heights of a letter: words of a justified line stand nearer, columns further apart
MARGIN_LINES = 4  # at the foot and at the head of a page, where its running lines stand
FIXTURES = REPOSITORY / "tests" / "fixtures"
PAGES = sorted(path for path in (FIXTURES / "pages").glob("*.html"))
PAGES_OF_PROGRAMS = sorted((FIXTURES / "formats").glob("*.html"))
# One has justified lines with gaps as wide as between its columns, which this plain way of seeing columns cannot tell.
PDFS = sorted(path for path in (FIXTURES / "formats").glob("*.pdf") if path.name != "libreoffice-columns.pdf")
# Opens all that opens, and says what is shown. What the readers change on purpose is changed here by the browser's own
# means: what is struck out goes, an abbreviation's title stands in brackets, and a cell over several rows or columns
# stands in each.
SHOWN = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('[hidden]')) one.removeAttribute('hidden');
  for (const one of document.querySelectorAll('[aria-controls]'))
    document.getElementById(one.getAttribute('aria-controls')).style.display = 'block';
  for (const one of document.querySelectorAll('del, s')) one.remove();
  for (const one of document.querySelectorAll('abbr[title]')) one.append(` (${one.title})`);
  const rows = [];
  for (const table of document.querySelectorAll('table')) {
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, y) => [...row.cells].forEach(cell => {
      let x = 0;
      while (grid[y][x] !== undefined) x += 1;
      for (let down = 0; down < cell.rowSpan; down += 1)
        for (let right = 0; right < cell.colSpan; right += 1) grid[y + down][x + right] = cell.innerText;
    }));
    const heads = grid.filter((_, y) => [...table.rows[y].cells].every(cell => cell.tagName === 'TH'));
    if (heads.length > 1)
      rows.push(heads[0].map((_, x) => [...new Set(heads.map(head => head[x]))].join(' ')).join(' '));
    rows.push(...grid.map(cells => cells.filter((cell, x) => x === 0 || cell !== cells[x - 1]).join(' ')));
  }
  return [document.body.innerText, ...rows].join(' ¶ ');
}"""


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


def read(path: Path, folder: Path) -> Source:
    shutil.copy(path, folder / path.name)
    [file] = list_folder(folder).files
    return read_source(file, ENGLISH)


def quotable(source: Source) -> list[str]:
    blocks = (block for block in source.blocks if block.quotable)
    spans = (span for block in blocks for span in split_sentences(source.text, block, ENGLISH))
    return [source.text[span.start : span.end] for span in spans]


def letters(text: str) -> str:
    """Letters and digits alone: how words are parted is the browser's, and a soft hyphen's, affair."""
    return re.sub(r"[\W_]", "", text.casefold())


@pytest.mark.parametrize("path", [*PAGES, *PAGES_OF_PROGRAMS], ids=lambda path: path.name)
def test_every_sentence_of_a_page_stands_together_as_chromium_shows_it(
    browser: Browser, tmp_path: Path, path: Path
) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    shown = [letters(part) for part in page.evaluate(SHOWN).split("¶")]
    page.close()
    sentences = quotable(read(path, tmp_path))
    assert len(sentences) >= 5
    assert [one for one in sentences if not any(letters(one) in part for part in shown)] == []


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_sentence_of_a_pdf_stands_together_as_it_is_drawn(tmp_path: Path, path: Path) -> None:
    pieces = drawn(path)
    sentences = quotable(read(path, tmp_path))
    assert len(sentences) >= 5
    assert [one for one in sentences if not stands_together(one, pieces)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_sentence_of_a_printed_page_stands_together(browser: Browser, tmp_path: Path, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate(SHOWN)
    printed = tmp_path / f"{path.stem}.pdf"
    page.pdf(path=printed)
    page.close()
    (tmp_path / "sources").mkdir()
    sentences, pieces = quotable(read(printed, tmp_path / "sources")), drawn(printed)
    assert [one for one in sentences if not stands_together(one, pieces)] == []


def test_a_sentence_of_two_columns_would_be_seen() -> None:
    beside = [
        Piece(0, "mapslieflat", 0, 50, 100, 110),
        Piece(0, "inthebasement", 0, 50, 86, 96),
        Piece(0, "tithemaps", 80, 130, 100, 110),
        Piece(0, "showfields", 80, 130, 86, 96),
    ]
    assert stands_together("Maps lie flat in the basement", beside)
    assert stands_together("in the basement tithe maps", beside)  # from the foot of a column to the head of the next
    assert not stands_together("Maps lie flat tithe maps", beside)
    assert not stands_together("Maps lie flat show fields", beside)


def drawn(path: Path) -> list[Piece]:
    """The pieces of a PDF by where its letters are drawn, whatever their order in the file."""
    document = pypdfium2.PdfDocument(path)
    try:
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
