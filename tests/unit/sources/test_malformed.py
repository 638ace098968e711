"""Files that cannot be read: each is named with its own reason and mend, and nothing else happens.

All are made here, so that what is wrong with each can be seen; none is larger than it must be.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from acobot.errors import SourcesError
from acobot.sources import list_folder, read_source
from acobot.sources.archive import MOST_UNPACKED
from tests.documents import (
    PICTURE,
    lines,
    make_docx,
    make_mapped_pdf,
    make_pdf,
    make_zip,
    paragraph,
    pdf_of,
    word_parts,
)
from tests.fakes import ENGLISH, write_sources
from tests.office_files import make_epub, make_odt, make_pptx, make_xlsx

TEXT = "Bins are emptied every week, on the day that the calendar gives."
PAGE = lines(50, 700, TEXT, "Boxes are emptied every second week.")
PDF = make_pdf(PAGE)
WORD = make_docx(paragraph(TEXT))
HTML = f"<!doctype html><title>Bins</title><p>{TEXT}</p>".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def word_with(**spoilt: str | bytes) -> bytes:
    """A Word file some parts of which are other than they should be; names have __ for / and no ending."""
    parts: dict[str, str | bytes] = dict(word_parts(paragraph(TEXT)))
    for name, text in spoilt.items():
        parts[name.replace("__", "/") + ".xml"] = text
    return make_zip(parts)


def word_without(name: str) -> bytes:
    return make_zip({part: text for part, text in word_parts(paragraph(TEXT)).items() if part != name})


def encrypted_zip() -> bytes:
    """A Word file whose entries say that they are encrypted."""
    raw = bytearray(WORD)
    for entry in re.finditer(rb"PK\x01\x02", WORD):
        raw[entry.start() + 8] |= 1
    return bytes(raw)


def bomb() -> bytes:
    return word_with(word__media=b" " * 30_000_000)


def many_parts() -> bytes:
    return make_zip({**word_parts(paragraph(TEXT)), **{f"x/{number}": "" for number in range(5_001)}})


def lying_zip() -> bytes:
    """An archive that says of one part that it is very large."""
    raw = bytearray(WORD)
    last = WORD.rindex(b"PK\x01\x02")
    raw[last + 24 : last + 28] = (MOST_UNPACKED + 1).to_bytes(4, "little")
    return bytes(raw)


def wrong_checksum() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in word_parts(paragraph(TEXT)).items():
            archive.writestr(name, text)
    return out.getvalue().replace(TEXT.encode(), TEXT.upper().encode())


def of_archive(ending: str, **spoilt: str | bytes) -> bytes:
    """A file of another kind that is an archive, with some parts other than they should be."""
    with zipfile.ZipFile(io.BytesIO(ARCHIVES[ending])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return make_zip({**parts, **{name.replace("__", "/").replace("_", "."): text for name, text in spoilt.items()}})


def moved(ending: str, name: str, to: str, encoding: str = "utf-8") -> bytes:
    """A file of another kind that is an archive, one XML part renamed, wherever it is named, and given entities."""
    with zipfile.ZipFile(io.BytesIO(ARCHIVES[ending])) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    text = parts.pop(name).decode().partition("?>")[2]
    old, new = (one.rpartition("/")[2].encode() for one in (name, to))
    renamed = {one: raw.replace(old, new) for one, raw in parts.items()}
    return make_zip({**renamed, to: f"<?xml version='1.0' encoding='{encoding}'?>{LAUGHS}{text}".encode(encoding)})


def encrypted_pdf() -> bytes:
    trailer = b"/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    return pdf_of(objects, trailer % (b"o" * 32, b"u" * 32))


def meaningless_pdf() -> bytes:
    """A page whose letters are said to be characters that nobody has given a meaning."""
    return make_mapped_pdf(b"Nobody can say what it means.", "1 beginbfrange <20><7e><e020> endbfrange")


DOCTYPE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>"
EMPTY = "it is empty; write its text, or take the file away"
CUT = "it is cut off or damaged; get it anew from where it came"
NOTHING = "nothing in it can be quoted: it has only headings or page furniture; write its text, or take the file away"
OCR = "run text recognition (OCR) over the file, or take the pages out"
UNPACK = "unpack it, and put what is in it here"
TO_DOCX = "open it, and save its text as .docx or export it as PDF"
RECOGNISE = "run text recognition (OCR) over it, or take the file away"
REPAIR = "open it in Word, let Word repair it, and save it again"

ARCHIVES = {
    "docx": word_with(),
    "xlsx": make_xlsx(("Bins", [[TEXT]])),
    "pptx": make_pptx(("Bins", [TEXT])),
    "odt": make_odt(f"<text:p>{TEXT}</text:p>"),
    "epub": make_epub([("one.xhtml", f"<p>{TEXT}</p>")]),
}

# What is wrong: name of the file, what is in it, and what is said of it (by its beginning).
MALFORMED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    # Empty, or not text.
    "an empty text": ("a.txt", b"", EMPTY),
    "an empty page": ("a.html", b"\n \n", EMPTY),
    "an empty PDF": ("a.pdf", b"", EMPTY),
    "an empty Word file": ("a.docx", b"", EMPTY),
    "a text of NULs": ("a.txt", b"Bins\n\0\0\0", "it holds a NUL character, so it is not a text file; export it as"),
    "a page of NULs": ("a.html", HTML + b"\0", "it holds a NUL character, so it is not a text file; export it as"),
    "a text in Cyrillic letters of Windows": (
        "a.txt", "Мусор вывозят.".encode("cp1251"), "it is not UTF-8 (byte 0xcc); save it as UTF-8"),
    "Markdown with bytes of no encoding": ("a.md", b"# Caf\x81", "it is not UTF-8 (byte 0x81); save it as UTF-8"),
    "a page that is not in the encoding it names": (
        "a.html", b"<meta charset=shift_jis><p>\xfd\xff\xfd", "it is not in the encoding that it names (shift_jis); save"),
    "a page that names no encoding there is": (
        "a.html", b"<meta charset=klingon><p>Caf\xe9", "it is not in the encoding that it names (klingon); save it as"),
    "a page that names an encoding that is none": (
        "a.html", b"<meta charset=rot13><p>Caf\xe9", "it is not in the encoding that it names (rot13); save it as"),
    "a text in UTF-16 that is cut off": (
        "a.txt", TEXT.encode("utf-16") + b"\0", "it is UTF-16, but damaged or cut off; save it anew, as UTF-8"),
    # Nothing in it.
    "Markdown of headings": ("a.md", b"# Bins\n\n## Boxes\n", NOTHING),
    "a page of furniture": ("a.html", b"<title>x</title><nav><p>Menu</p></nav><footer>Search</footer>", NOTHING),
    "a page of scripts": ("a.html", b"<!doctype html><script>let bins = 1</script>", NOTHING),
    "a page of comments": ("a.html", b"<!-- Bins are emptied. -->", "there is no HTML in it; write its text"),
    "Word without words": ("a.docx", lambda: make_docx(paragraph("")), NOTHING),
    "Word of headings": ("a.docx", lambda: make_docx(paragraph("Bins", "H1")), NOTHING),
    "a PDF without a word": ("a.pdf", lambda: make_pdf([]), "there is no text on any of its pages; run text recog"),
    "a list of addresses": (
        "a.txt", b"https://example.org/a\nhttps://example.org/b.pdf\n", "it is a list of addresses, not a text; name it _urls"),
    # Another kind than the ending says.
    "a PDF named .docx": ("a.docx", PDF, "it is named .docx, but it is a PDF; rename it so that it ends in .pdf"),
    "a PDF named .txt": ("a.txt", PDF, "it is named .txt, but it is a PDF; rename it so that it ends in .pdf"),
    "a PDF named .md": ("a.md", PDF, "it is named .md, but it is a PDF; rename it so that it ends in .pdf"),
    "a PDF named .html": ("a.html", PDF, "it is named .html, but it is a PDF; rename it so that it ends in .pdf"),
    "a page named .pdf": ("a.pdf", HTML, "it is named .pdf, but it is an HTML page; rename it so that it ends in .html"),
    "a page named .docx": ("a.docx", HTML, "it is named .docx, but it is an HTML page; rename it so that it ends in"),
    "a page named .txt": ("a.txt", HTML, "it is named .txt, but it is an HTML page; rename it so that it ends in .html"),
    "a page named .md": ("a.md", b"\n" + HTML, "it is named .md, but it is an HTML page; rename it so that it ends in"),
    "Word named .pdf": ("a.pdf", WORD, "it is named .pdf, but it is a Word file; rename it so that it ends in .docx"),
    "Word named .txt": ("a.txt", WORD, "it is named .txt, but it is a Word file; rename it so that it ends in .docx"),
    "a text named .pdf": ("a.pdf", TEXT.encode(), "it is named .pdf, but no PDF begins like this; get the file anew"),
    "a text named .docx": ("a.docx", TEXT.encode(), "it is named .docx, but no Word file begins like this; open it in"),
    "old Word named .docx": ("a.docx", OLE, "it is named .docx, but it is in Word's old format (.doc); open it in Word"),
    "old Word named .txt": ("a.txt", OLE, "it is named .txt, but it is an old Office file (.doc, .xls or .ppt); open"),
    "RTF named .docx": ("a.docx", rb"{\rtf1 Bins}", "it is named .docx, but it is an RTF text; rename it so that it e"),
    "a PNG named .pdf": ("a.pdf", b"\x89PNG\r\n\x1a\n", f"it is named .pdf, but it is a PNG picture; {RECOGNISE}"),
    "a JPEG named .pdf": ("a.pdf", b"\xff\xd8\xff\xe0", f"it is named .pdf, but it is a JPEG picture; {RECOGNISE}"),
    "a TIFF named .pdf": ("a.pdf", b"II*\0\x08", f"it is named .pdf, but it is a TIFF picture; {RECOGNISE}"),
    "a GIF named .html": ("a.html", b"GIF89a\x01", f"it is named .html, but it is a GIF picture; {RECOGNISE}"),
    "gzip named .md": ("a.md", b"\x1f\x8b\x08\0", f"it is named .md, but it is a gzip archive; {UNPACK}"),
    "7-Zip named .docx": ("a.docx", b"7z\xbc\xaf\x27", f"it is named .docx, but it is a 7-Zip archive; {UNPACK}"),
    "RAR named .docx": ("a.docx", b"Rar!\x1a\x07", f"it is named .docx, but it is a RAR archive; {UNPACK}"),
    "a program named .txt": ("a.txt", b"\x7fELF\x02", "it is named .txt, but it is a program; take the file away"),
    "PostScript named .pdf": ("a.pdf", b"%!PS-Adobe-3.0", "it is named .pdf, but it is a PostScript file; convert it to"),
    "a database named .txt": ("a.txt", b"SQLite format 3\0", "it is named .txt, but it is a database; export its text"),
    "Excel named .docx": (
        "a.docx", make_zip({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        "it is named .docx, but it is an Excel workbook; rename it so that it ends in .xlsx"),
    "PowerPoint named .docx": (
        "a.docx", make_zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}),
        "it is named .docx, but it is a PowerPoint presentation; rename it so that it ends in .pptx"),
    "OpenDocument named .docx": (
        "a.docx", make_zip({"mimetype": "", "content.xml": ""}),
        f"it is named .docx, but it is an OpenDocument file; {TO_DOCX}"),
    "an e-book named .docx": (
        "a.docx", make_zip({"META-INF/container.xml": ""}),
        "it is named .docx, but it is an e-book (EPUB); rename it so that it ends in .epub"),
    "a ZIP named .docx": ("a.docx", make_zip({"a.txt": TEXT}), f"it is named .docx, but it is a ZIP archive; {UNPACK}"),
    "an empty ZIP named .docx": ("a.docx", make_zip({}), f"it is named .docx, but it is a ZIP archive; {UNPACK}"),
    # PDFs.
    "an encrypted PDF": ("a.pdf", encrypted_pdf, "it is encrypted with a password; open it, and save or print it to PDF"),
    "a PDF cut in half": ("a.pdf", PDF[: len(PDF) // 2], "it is cut off: the mark of a PDF's end (%%EOF) is missing; get"),
    "a PDF cut at its header": ("a.pdf", PDF[:20], "it is cut off: the mark of a PDF's end (%%EOF) is missing; get it"),
    "a PDF without its catalogue": (
        "a.pdf", PDF.replace(b"/Root 1 0 R", b"/Root 9 9 R").replace(b"/Catalog", b"/Nothing"),
        "it is damaged, so that PDFium cannot open it; get it anew from where it came"),
    "a PDF of nothing but its ends": ("a.pdf", b"%PDF-1.7\n%%EOF\n", "it is damaged, so that PDFium cannot open it; get"),
    "a PDF without pages": ("a.pdf", lambda: make_pdf(), "it is damaged, so that PDFium cannot open it; get"),
    "a PDF with a page missing": (
        "a.pdf", PDF.replace(b"/Kids[6 0 R]", b"/Kids[8 0 R]"), "page 1 is damaged; get it anew from where it came"),
    "a scanned page": ("a.pdf", lambda: make_pdf([], draw=PICTURE), f"page 1 holds no text, only pictures of it; {OCR}"),
    "scanned pages": (
        "a.pdf", lambda: make_pdf([], [], PAGE, [], draw=PICTURE),
        f"pages 1–2 and 4 hold no text, only pictures of it; {OCR}"),
    "a page of outlines": (
        "a.pdf", lambda: make_pdf([], draw=b"0 0 m 9 9 l S\n" * 250),
        f"page 1 holds no text, only pictures of it; {OCR}"),
    "letters without a meaning": (
        "a.pdf", meaningless_pdf, "page 1 holds letters whose fonts do not say which characters they are; run text"),
    # Word.
    "an encrypted Word file": (
        "a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "it is encrypted with a password; open it in Word, take"),
    "Word with encrypted parts": ("a.docx", encrypted_zip, "it is encrypted; open it, take the password off and save it"),
    "Word cut in half": ("a.docx", WORD[: len(WORD) // 2], CUT),
    "Word without its last bytes": ("a.docx", WORD[:-30], CUT),
    "Word with a wrong checksum": ("a.docx", wrong_checksum, CUT),
    "Word without its text": (
        "a.docx", lambda: word_without("word/document.xml"),
        f"it is named .docx, but it is a Word file without its text (word/document.xml); {UNPACK}"),
    "Word without its kinds of parts": (
        "a.docx", lambda: word_without("[Content_Types].xml"), f"it is damaged: parts of the Word file are missing; {REPAIR}"),
    "Word without its relations": (
        "a.docx", lambda: word_without("_rels/.rels"), f"it is damaged: parts of the Word file are missing; {REPAIR}"),
    "Word that is not well-formed": (
        "a.docx", lambda: word_with(word__document="<w:document>"),
        f"its part 'word/document.xml' is not well-formed XML (line 1); {REPAIR}"),
    "Word with spoilt styles": (
        "a.docx", lambda: word_with(word__styles="<a>\n</b>"),
        f"its part 'word/styles.xml' is not well-formed XML (line 2); {REPAIR}"),
    "Word that draws in a file": (
        "a.docx", lambda: word_with(word__document=f"{DOCTYPE}<w>&x;</w>"),
        "its part 'word/document.xml' has a document type (DTD), with which it could draw in other files; open it in"),
    "Word that grows without end": (
        "a.docx", lambda: word_with(word__styles=f"{LAUGHS}<w>&c;</w>"),
        "its part 'word/styles.xml' has a document type (DTD), with which it could draw in other files; open it in"),
    "Word with a document type in UTF-16": (
        "a.docx", lambda: word_with(word__document=f"{DOCTYPE}<w>&x;</w>".encode("utf-16")),
        "its part 'word/document.xml' has a document type (DTD), with which it could draw in other files; open it in"),
    "a ZIP bomb": ("a.docx", bomb, "its part 'word/media.xml' unpacks to 30,000,000 bytes from 29,"),
    "a ZIP that says it is huge": ("a.docx", lying_zip, "it unpacks to 150,0"),
    "Word of too many parts": ("a.docx", many_parts, "it has 5,008 parts, as no Word file has; open it in Word and save"),
    "another XML in Word's place": (
        "a.docx", lambda: word_with(word__document="<svg/>"), "it is damaged, or not as its format asks ("),
    # Spreadsheets, presentations, books, messages.
    "an encrypted workbook": (
        "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "it is encrypted with a password; open it in Excel, take"),
    "an encrypted presentation": (
        "a.pptx", OLE + "EncryptedPackage".encode("utf-16-le"), "it is encrypted with a password; open it in PowerPoint"),
    "an old workbook": (
        "a.xlsx", OLE, "it is named .xlsx, but it is in Excel's old format (.xls); open it in Excel and save it as .xlsx"),
    "an old presentation": ("a.pptx", OLE, "it is named .pptx, but it is in PowerPoint's old format (.ppt); open it in Po"),
    "a binary workbook": (
        "a.xlsx", make_zip({"[Content_Types].xml": "", "xl/workbook.bin": ""}),
        "it is named .xlsx, but it is a binary or damaged Excel workbook; open it, and save it as .xlsx"),
    "a workbook named .csv": ("a.csv", ARCHIVES["xlsx"], "it is named .csv, but it is an Excel workbook; rename it so that"),
    "a page named .csv": ("a.csv", HTML, "it is named .csv, but it is an HTML page; rename it so that it ends in .html"),
    "a page named .eml": ("a.eml", HTML, "it is named .eml, but it is an HTML page; rename it so that it ends in .html"),
    "a text named .xlsx": ("a.xlsx", b"Item;Fee\n", "it is named .xlsx, but no Excel workbook begins like this; open it in"),
    "a text named .odt": ("a.odt", TEXT.encode(), "it is named .odt, but no OpenDocument text begins like this; open it in"),
    "a text named .rtf": ("a.rtf", TEXT.encode(), "it is named .rtf, but no RTF text begins like this; open it in a word"),
    "a text named .epub": ("a.epub", TEXT.encode(), "it is named .epub, but no e-book begins like this; get the file anew"),
    "a text named .eml": ("a.eml", TEXT.encode(), "it is named .eml, but no e-mail begins like this; open it in a mail pro"),
    "a workbook cut in half": ("a.xlsx", ARCHIVES["xlsx"][: len(ARCHIVES["xlsx"]) // 2], CUT),
    "a presentation cut in half": ("a.pptx", ARCHIVES["pptx"][: len(ARCHIVES["pptx"]) // 2], CUT),
    "an OpenDocument text cut in half": ("a.odt", ARCHIVES["odt"][: len(ARCHIVES["odt"]) // 2], CUT),
    "a book cut in half": ("a.epub", ARCHIVES["epub"][: len(ARCHIVES["epub"]) // 2], CUT),
    "a bomb of a workbook": (
        "a.xlsx", lambda: of_archive("xlsx", xl__media_xml=b" " * 30_000_000),
        "its part 'xl/media.xml' unpacks to 30,000,000 bytes from 29,"),
    "a bomb of a book": (
        "a.epub", lambda: of_archive("epub", OPS__b_css=b" " * 30_000_000),
        "its part 'OPS/b.css' unpacks to 30,000,000 bytes from 29,"),
    "a workbook that grows without end": (
        "a.xlsx", lambda: of_archive("xlsx", xl__workbook_xml=f"{LAUGHS}<w>&c;</w>"),
        "its part 'xl/workbook.xml' has a document type (DTD), with which it could draw in other files; open it in Excel"),
    "a presentation that draws in a file": (
        "a.pptx", lambda: of_archive("pptx", ppt__presentation_xml=f"{DOCTYPE}<w>&x;</w>"),
        "its part 'ppt/presentation.xml' has a document type (DTD), with which it could draw in other files; open it in"),
    "an OpenDocument text that grows": (
        "a.odt", lambda: of_archive("odt", content_xml=f"{LAUGHS}<w>&c;</w>"),
        "its part 'content.xml' has a document type (DTD), with which it could draw in other files; open it in the"),
    "a book whose page grows": (
        "a.epub", lambda: of_archive("epub", OPS__text__one_xhtml=f"{LAUGHS}<html><p>&c;</p></html>"),
        "it declares entities of its own, which are not read; take"),
    "a workbook with entities in a sheet of another name": (
        "a.xlsx", lambda: moved("xlsx", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.bin"),
        "its part 'xl/worksheets/sheet1.bin' declares entities, with which it could draw in other files; open it in Excel"),
    "Word with entities in a part of another name": (
        "a.docx", lambda: moved("docx", "word/styles.xml", "word/styles.bin"),
        "its part 'word/styles.bin' declares entities, with which it could draw in other files; open it in Word"),
    "the same in UTF-16": (
        "a.docx", lambda: moved("docx", "word/styles.xml", "word/styles.bin", "utf-16"),
        "its part 'word/styles.bin' declares entities, with which it could draw in other files; open it in Word"),
    "a workbook of nothing": ("a.xlsx", lambda: make_xlsx(("Bins", [])), NOTHING),
    "a presentation of titles": ("a.pptx", lambda: make_pptx(("Bins", [])), NOTHING),
    "an RTF of nothing": ("a.rtf", rb"{\rtf1\ansi {\pict 00}}", NOTHING),
    "a message of nothing": ("a.eml", b"Subject: Bins\n\n", NOTHING),
    "an OpenDocument text without its body": (
        "a.odt", lambda: of_archive("odt", content_xml="<w/>"), "it is damaged: its text (content.xml) is missing; open"),
    # Web pages.
    "a page with entities": ("a.html", f"{DOCTYPE}<p>&x;</p>".encode(), "it declares entities of its own, which are not"),
    "a page that grows": ("a.html", f"{LAUGHS}<p>&c;</p>".encode(), "it declares entities of its own, which are not"),
    "a selector that is none": (
        "a.html", b"---\nselector: 'main['\n---\n" + HTML, "the selector 'main[' is not one ("),
    "a selector of nothing": (
        "a.html", b"---\nselector: '#x'\n---\n" + HTML, "the selector '#x' matches nothing in it; name an element"),
    # Front matter.
    "a selector for Markdown": (
        "a.md", b"---\nselector: main\n---\nBins.", "'selector' is for HTML files; take it out of the front matter"),
    "an unknown kind in a page": ("a.html", b"---\nkind: B\n---\n" + HTML, "'kind' is 'B'; it is one of original, summary"),
    "front matter that is not closed in a page": (
        "a.html", b"---\ntitle: B\n" + HTML, "the front matter is never closed; end it with a line of three hyphens"),
    "nothing after front matter": ("a.html", b"---\ntitle: B\n---\n", EMPTY),
}  # fmt: skip


def refusal(folder: Path, files: Mapping[str, str | bytes]) -> str:
    """The one problem of a folder, in the listing or on reading, as it is shown."""
    listing = list_folder(write_sources(folder, files))
    problems = list(listing.problems)
    for file in listing.files:
        try:
            read_source(file, ENGLISH)
        except SourcesError as error:
            problems.extend(error.problems)
    [problem] = problems
    assert str(problem).isprintable()
    return str(problem)


def test_there_are_enough_of_them() -> None:
    assert len(MALFORMED) >= 60


@pytest.mark.parametrize("what", MALFORMED)
def test_each_is_named_with_its_reason_and_the_mend(tmp_path: Path, what: str) -> None:
    name, raw, said = MALFORMED[what]
    shown = refusal(tmp_path, {name: raw() if callable(raw) else raw})
    assert re.sub(r"^(\S+?)(, line \d+)?: ", r"\1: ", shown).startswith(f"{name}: {said}")
    assert "; " in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ({"a.yaml": "title: B"}, "a.yaml: it is a sidecar, but there is no source 'a' beside it; rename it as its source"),
        ({"a.pdf": PDF, "a.pdf.yaml": "title: B"}, "a.pdf.yaml: it is not named as a sidecar of a.pdf is; rename it to a.y"),
        ({"a.pdf": PDF, "a.yaml": "title: B", "a.yml": "title: B"}, "a.yml: stands beside the same source as a.yaml; keep"),
        ({"a.pdf": PDF, "a.yaml": "title: B\nkind: C"}, "a.yaml, line 2: 'kind' is 'C'; it is one of original, summary"),
        ({"a.pdf": PDF, "a.yaml": "title: [B"}, "a.yaml, line 1: the front matter is not valid YAML ("),
        ({"a.pdf": PDF, "a.yaml": "- B"}, "a.yaml, line 1: the front matter is no list of keys; write lines of 'key: value'"),
        ({"a.pdf": PDF, "a.yaml": "published: soon"}, "a.yaml, line 1: 'published' is 'soon'; write an ISO date such as"),
        ({"a.pdf": PDF, "a.yaml": b"title: Caf\x81"}, "a.yaml, line 1: it is not UTF-8 (byte 0x81); save it as UTF-8"),
        ({"a.pdf": PDF, "a.yaml": ""}, "a.yaml: it is empty; write its text, or take the file away"),
        ({"a.pdf": PDF, "a.yaml": "selector: main"}, "a.yaml: 'selector' is for HTML files; take it out"),
        ({"a.html": b"---\ntitle: B\n---\n" + HTML, "a.yaml": "title: C"}, "a.html: it has front matter of its own and a"),
    ],
)  # fmt: skip
def test_so_is_a_sidecar(tmp_path: Path, files: dict[str, str | bytes], shown: str) -> None:
    assert refusal(tmp_path, files).startswith(shown)
