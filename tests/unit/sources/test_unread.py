"""Which words of a file its source lacks, by format; those that are left out on purpose are among them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from acobot.sources import Concern, Warned, find_unread, one_file, read_closely
from acobot.sources.unread import Unread
from tests.documents import lines, make_docx, make_pdf, make_zip, paragraph
from tests.fakes import ENGLISH, write_sources
from tests.office_files import Rows, make_eml, make_epub, make_odt, make_pptx, make_rtf, make_xlsx

TEXT = "Bins are emptied every week, on the day that the calendar gives."
FEES: Rows = [["Item", "Fee"], ["Sofa", 25]]


def hide_second_row(book: Workbook) -> None:
    book["Bins"].row_dimensions[2].hidden = True


def hide_second_slide(shown: Any) -> None:
    shown.slides[1].element.set("show", "0")


def unread(folder: Path, name: str, raw: bytes) -> Unread:
    write_sources(folder, {name: raw})
    file = one_file(folder / name, folder)
    return find_unread(file, read_closely(file, ENGLISH).source)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.xlsx", make_xlsx(("Bins", FEES))),
        ("a.csv", b"Item;Fee\nSofa;25\n"),
        ("a.pptx", make_pptx(("Bins", [TEXT, FEES]))),
        ("a.odt", make_odt(f"<text:p>{TEXT}</text:p>")),
        ("a.rtf", make_rtf(rf"\pard {TEXT} caf\'e9\par")),
        ("a.epub", make_epub([("one.xhtml", f"<p>{TEXT}</p>")])),
        ("b.epub", make_epub([("one.xhtml", f"<p>{TEXT}</p>"), ("two.xhtml", "")])),
        ("a.eml", make_eml(f"{TEXT}\n")),
        ("b.eml", f"Subject: Bins\nContent-Type: text/plain; charset=x-unknown\n\n{TEXT}\n".encode()),
        ("a.html", f'<?xml version="1.0" encoding="utf-8"?><html><body><p>{TEXT}</p></body></html>'.encode()),
        ("a.md", f"# Bins &amp; boxes\n\n{TEXT} [More](https://a.example/b \"Title\").<br>\n\n<u>Out</u>.".encode()),
        ("a.docx", make_docx("<w:p><w:r><w:t>Bin day</w:t><w:tab/><w:t>Thursday</w:t></w:r></w:p>")),
    ],
)  # fmt: skip
def test_nothing_is_missing_of_a_file_that_is_read_whole(tmp_path: Path, name: str, raw: bytes) -> None:
    found = unread(tmp_path, name, raw)
    assert found.words > 2
    assert found.runs == ()


def test_a_file_whose_words_cannot_be_told_is_read_all_the_same(tmp_path: Path) -> None:
    write_sources(tmp_path, {"a.txt": TEXT, "b.pdf": b"%PDF-1.4 damaged"})
    source = read_closely(one_file(tmp_path / "a.txt", tmp_path), ENGLISH).source
    assert find_unread(one_file(tmp_path / "b.pdf", tmp_path), source) == Unread(0, 0, ())


def test_what_is_hidden_is_among_what_is_not_read(tmp_path: Path) -> None:
    rows: Rows = [["Item", "Fee"], ["Sofa", "free"], ["Desk", "£5"]]
    assert unread(tmp_path, "a.xlsx", make_xlsx(("Bins", rows), then=hide_second_row)).runs == ("Sofa free",)
    slides = make_pptx(("Bins", [TEXT]), ("Later", ["Nobody knows."]), then=hide_second_slide)
    assert unread(tmp_path, "b.pptx", slides).runs == ("Later Nobody knows",)


CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize(
    ("name", "folder", "raw"),
    [("a.docx", "word", make_docx(paragraph(TEXT))), ("b.pptx", "ppt", make_pptx(("Bins", [TEXT])))],
)
def test_diagrams_and_charts_are_among_what_is_not_read(tmp_path: Path, name: str, folder: str, raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    words = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>".format
    parts[f"{folder}/diagrams/data1.xml"] = f'<d xmlns:a="{DRAWING}">{words("Ask the desk")}{words("Pay the fee")}</d>'
    parts[f"{folder}/charts/chart1.xml"] = (
        f'<c:chart xmlns:a="{DRAWING}" xmlns:c="{CHART}">{words("Fees by year")}'
        "<c:strCache><c:pt><c:v>Sofas</c:v></c:pt><c:pt><c:v>Desks</c:v></c:pt></c:strCache><c:numCache><c:pt><c:v>25</c:v></c:pt></c:numCache></c:chart>"
    )
    assert unread(tmp_path, name, make_zip(parts)).runs == ("Ask the desk Pay the fee Fees by year Sofas Desks",)


def test_notes_beside_a_page_are_among_what_is_not_read(tmp_path: Path) -> None:
    note = "/Annots[<</Type/Annot/Subtype/Text/Rect[50 600 70 620]/Contents(From July it is dearer.)>>]"
    assert unread(tmp_path, "a.pdf", make_pdf(lines(50, 700, TEXT), page_entries=note)).runs == (
        "From July it is dearer",
    )


def test_words_of_text_from_right_to_left_count_in_either_direction(tmp_path: Path) -> None:
    """As a PDF has them: each letter where it is drawn, from the left."""
    write_sources(tmp_path, {"a.txt": "םולש תיב דבאנ\n", "b.txt": "שלום בית\n"})
    drawn, whole = (one_file(tmp_path / name, tmp_path) for name in ("a.txt", "b.txt"))
    warned = (Warned(Concern.RIGHT_TO_LEFT, "look"),)
    source = replace(read_closely(whole, ENGLISH).source, warnings=warned)
    assert find_unread(drawn, source) == Unread(3, 1, ("דבאנ",))


def test_numbers_that_a_program_counts_are_no_words_of_the_file(tmp_path: Path) -> None:
    counted = {"a.md": f"# 3.1 Scope\n\n# 3.2 Bins\n\n{TEXT}".encode(), "b.txt": f"Scope\n\nBins\n\n{TEXT}".encode()}
    write_sources(tmp_path, counted)
    source = read_closely(one_file(tmp_path / "a.md", tmp_path), ENGLISH).source
    assert find_unread(one_file(tmp_path / "b.txt", tmp_path), source).runs == ()
