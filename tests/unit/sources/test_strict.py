"""Office files of the strict kind: as Word, Excel and PowerPoint save them, and read as those of the usual kind."""

from __future__ import annotations

import io
import zipfile

import pytest

from acobot.sources.all_words import words_of
from acobot.sources.reader_process import read_bytes
from acobot.sources.strict import as_usual
from tests.documents import make_docx, make_zip, paragraph, table
from tests.office_files import make_pptx, make_xlsx

USUAL = {
    ".docx": make_docx(paragraph("Bins", "H2") + table(["Item", "Fee"], ["Sofa", "£25"]), company="Ashby"),
    ".xlsx": make_xlsx(("Bins", [["Item", "Fee"], ["Sofa", "£25"]])),
    ".pptx": make_pptx(("Bins", ["A sofa costs £25."])),
}
OFFICE = "http://schemas.openxmlformats.org/"
SHORT = "http://purl.oclc.org/ooxml/"


def strict(raw: bytes) -> bytes:
    """The same file, with the names of the strict kind."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        text = content.decode() if name.endswith((".xml", ".rels")) else ""
        for kind in ("officeDocument", "wordprocessingml", "spreadsheetml", "presentationml", "drawingml"):
            text = text.replace(f"{OFFICE}{kind}/2006/", f"{SHORT}{kind}/")
        text = text.replace("/extended-properties", "/extendedProperties")
        parts[name] = text.encode() or content
    return make_zip(parts)


@pytest.mark.parametrize("ending", USUAL)
def test_a_file_of_the_strict_kind_is_read_as_any_other(ending: str) -> None:
    raw = strict(USUAL[ending])
    assert SHORT.encode() in zipfile.ZipFile(io.BytesIO(raw)).read("_rels/.rels")
    read, usual = read_bytes(ending, raw), read_bytes(ending, USUAL[ending])
    assert "£25" in read.text
    assert (read.text, read.blocks, read.said) == (usual.text, usual.blocks, usual.said)
    assert words_of(ending, raw) == words_of(ending, USUAL[ending])


def test_a_file_of_the_usual_kind_stays_as_it_is() -> None:
    assert as_usual(USUAL[".docx"]) is USUAL[".docx"]
    other = make_zip({"a": "http://purl.oclc.org/ooxml/officeDocument"})
    assert as_usual(other) is other
