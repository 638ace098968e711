"""What is quoted stands together on the page that people see: HTML as Chromium shows it, PDF as PDFium draws it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from acobot.passages import split_sentences
from acobot.sources import CELL_GAP, Source, list_folder, read_source
from tests.browser.drawn import Piece, drawn, letters, on_one_line, stands_together
from tests.conftest import REPOSITORY
from tests.documents import Words, lines, make_pdf, pdf_of
from tests.fakes import ENGLISH

pytestmark = pytest.mark.browser

FIXTURES = REPOSITORY / "tests" / "fixtures"
PAGES = sorted(path for path in (FIXTURES / "pages").glob("*.html"))
PAGES_OF_PROGRAMS = sorted((FIXTURES / "formats").glob("*.html"))
# One has justified lines with gaps as wide as between its columns, which this plain way of seeing columns cannot tell.
PDFS = sorted(path for path in (FIXTURES / "formats").glob("*.pdf") if path.name != "libreoffice-columns.pdf")
# Opens all that opens, and says what is shown. What the readers change on purpose is changed here by the browser's own
# means: what is struck out goes, an abbreviation's title stands in brackets, and a cell over several rows or columns
# stands in each. Given are the words of each block, of each row, and of each term with its meaning: no others are
# together.
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
    rows.push(...grid.map(cells => cells.join(' ')));  // a value for two columns is that of each
  }
  const blocks = [];
  let words = '';
  const end = () => { blocks.push(words); words = ''; };
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) { words += node.data; return; }
    if (node.nodeType !== Node.ELEMENT_NODE || !node.checkVisibility({visibilityProperty: true})) return;
    const isBlock = !/^(inline|contents)/.test(getComputedStyle(node).display);
    if (isBlock) end();
    node.childNodes.forEach(walk);
    if (isBlock) end();
  };
  walk(document.body);
  const meanings = [...document.querySelectorAll('dt + dd')];
  const terms = meanings.map(one => one.previousElementSibling.innerText + one.innerText);
  return [...blocks, ...rows, ...terms];
}"""


def read(path: Path, folder: Path) -> Source:
    shutil.copy(path, folder / path.name)
    [file] = list_folder(folder).files
    return read_source(file, ENGLISH)


def quotable(source: Source) -> list[str]:
    blocks = (block for block in source.blocks if block.quotable)
    spans = (span for block in blocks for span in split_sentences(source.text, block, ENGLISH))
    return [source.text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("path", [*PAGES, *PAGES_OF_PROGRAMS], ids=lambda path: path.name)
def test_every_sentence_of_a_page_stands_together_as_chromium_shows_it(
    browser: Browser, tmp_path: Path, path: Path
) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    shown = [letters(part) for part in page.evaluate(SHOWN)]
    page.close()
    sentences = quotable(read(path, tmp_path))
    assert len(sentences) >= 5
    assert [one for one in sentences if not any(letters(one) in part for part in shown)] == []


def test_a_sentence_of_two_blocks_would_be_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<div>The fee<br>is<p>closed on <b>Mon</b>day</p><span>at</span> noon</div>")
    shown = [letters(part) for part in page.evaluate(SHOWN)]
    page.close()
    assert [part for part in shown if part] == ["thefeeis", "closedonmonday", "atnoon"]


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_sentence_of_a_pdf_stands_together_as_it_is_drawn(tmp_path: Path, path: Path) -> None:
    pieces = drawn(path)
    sentences = quotable(read(path, tmp_path))
    assert len(sentences) >= 5
    assert [one for one in sentences if not stands_together(one, pieces)] == []


SIDE_BAR = make_pdf(
    [
        Words(50, 740, "Bins and boxes", 16, bold=True),
        *lines(
            50,
            700,
            "Bins are emptied each week on the day that the calendar gives, and",
            "never on a Sunday. Boxes of glass are emptied every second week,",
            "on the day that follows. Food is taken away with them, in a caddy",
            "that the council gives out. Bulky waste is taken on a day that the",
            "caller is told, and it must be outside by seven in the morning.",
        ),
        *lines(400, 695, "A bin costs £30 a year, and", "a second one £45 a year.", "A caddy is free."),
    ],
    under=b"0.9 g 390 645 160 70 re f 0 g",
)
FILLED = {"Name of the club": "Wick Ramblers", "Day of the visit": "3 May 2025", "Number of guests": "Twelve"}


def filled_form() -> bytes:
    """A form with a text below it; its fields look as a program drew them when they were filled in."""
    text = [
        "Clubs may visit the mill on any day but Monday. A visit takes two hours.",
        "Bring stout shoes, for the floor is wet. Dogs stay in the yard.",
    ]
    words = [*lines(50, 700, *FILLED, step=30), *lines(50, 580, *text)]
    stream = "\n".join(f"BT /F1 {one.size} Tf {one.x} {one.y} Td ({one.text}) Tj ET" for one in words)
    first = 6  # the first of the fields, each of which is followed by how it looks
    fields, objects = "", []
    for number, value in enumerate(FILLED.values()):
        field, bottom, look = first + 2 * number, 695 - 30 * number, f"/Tx BMC BT /F1 10 Tf 2 5 Td ({value}) Tj ET EMC"
        fields += f" {field} 0 R"
        objects += [
            f"<</Type/Annot/Subtype/Widget/FT/Tx/F 4/T(f{number})/Rect[260 {bottom} 460 {bottom + 16}]/V({value})"
            f"/DA(/F1 10 Tf)/AP<</N {field + 1} 0 R>>>>",
            f"<</Type/XObject/Subtype/Form/BBox[0 0 200 16]/Resources<</Font<</F1 4 0 R>>>>/Length {len(look)}>>"
            f"stream\n{look}\nendstream",
        ]
    page = "/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R"
    head = [
        f"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{fields}]/DR<</Font<</F1 4 0 R>>>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}/Annots[{fields}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
    ]
    return pdf_of([one.encode() for one in (*head, *objects)], b"")


def test_every_sentence_of_a_pdf_with_a_side_bar_stands_together(tmp_path: Path) -> None:
    path = tmp_path / "bar.pdf"
    path.write_bytes(SIDE_BAR)
    (tmp_path / "sources").mkdir()
    sentences, pieces = quotable(read(path, tmp_path / "sources")), drawn(path)
    assert {"A caddy is free.", "A bin costs £30 a year, and a second one £45 a year."} <= set(sentences)
    assert len(sentences) >= 6
    assert [one for one in sentences if not stands_together(one, pieces)] == []


def test_every_row_of_a_form_standson_one_line_as_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(filled_form())
    (tmp_path / "sources").mkdir()
    sentences, pieces = quotable(read(path, tmp_path / "sources")), drawn(path)
    assert {CELL_GAP.join(row) for row in FILLED.items()} <= set(sentences)
    assert [one for one in sentences if not stands_together(one, pieces)] == []
    assert [one for one in sentences if CELL_GAP in one and not on_one_line(one, pieces)] == []


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
