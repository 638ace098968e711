"""All words that stand anywhere in a file, in its order, whether its reader takes them or not. Bytes in, words out.

They show what was not read. Only for formats whose libraries must stay out of the main process.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from acobot.sources.decoding import decode
from acobot.sources.strict import as_usual

_OFFICE = frozenset({".docx", ".xlsx", ".pptx"})
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OPEN = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(ending: str, raw: bytes) -> list[str]:
    """The words of a file with this ending; none where it is not known how to find them."""
    reader = _READERS.get(ending)
    return list(reader(as_usual(raw) if ending in _OFFICE else raw)) if reader else []


def _of_page(raw: bytes) -> Iterator[str]:
    """Those of a page's body that a browser could show: no scripts, no styles."""
    from lxml import etree, html

    text = _DECLARATION.sub("", raw.decode(), count=1)  # lxml asks for bytes where there is one
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except etree.ParserError:  # there is nothing in it
        return
    etree.strip_elements(tree, "script", "style", "template", "head", etree.Comment, with_tail=False)
    for text in tree.itertext():
        yield from text.split()


def _of_pdf(raw: bytes) -> Iterator[str]:
    """Those of its pages, also hidden ones, and of the notes on each."""
    import pypdfium2

    from acobot.sources.pdf.annotations import read_marks

    document = pypdfium2.PdfDocument(raw)
    for page in map(document.__getitem__, range(len(document))):
        yield from page.get_textpage().get_text_range().split()
        for note in read_marks(page).notes:
            yield from note.split()


def _of_word(raw: bytes) -> Iterator[str]:
    """Those of the body, its notes, heads, feet and drawings; also deleted and hidden ones."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        for name in sorted(parts, key=lambda name: name != "word/document.xml"):
            root = etree.fromstring(package.read(name), parser)
            for paragraph in root.iter(f"{_WORD}p"):
                found = paragraph.iter(f"{_WORD}t", f"{_WORD}delText", f"{_WORD}tab", f"{_WORD}br")
                texts = (one.text or "" if one.tag.endswith("t") or one.tag.endswith("Text") else " " for one in found)
                yield from "".join(texts).split()
    yield from _of_drawings(raw, "word")


def _of_slides(raw: bytes) -> Iterator[str]:
    """Those of all slides and their drawings, hidden ones too; not speakers' notes."""
    yield from _of_parts(raw, r"ppt/slides/slide\d+\.xml", f"{_DRAWING}p", f"{_DRAWING}t")
    yield from _of_drawings(raw, "ppt")


def _of_drawings(raw: bytes, folder: str) -> Iterator[str]:
    """Those of diagrams (SmartArt) and charts; not figures."""
    yield from _of_parts(raw, rf"{folder}/(?:diagrams/data|charts/chart)\d+\.xml", f"{_DRAWING}p", f"{_DRAWING}t")
    yield from _of_parts(raw, rf"{folder}/charts/chart\d+\.xml", f"{_CHART}strCache", f"{_CHART}v", " ")


def _of_workbook(raw: bytes) -> Iterator[str]:
    """Those of all sheets, hidden ones too; not numbers."""
    yield from _of_parts(raw, r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml", f"{_SHEET}si", f"{_SHEET}t")
    yield from _of_parts(raw, r"xl/worksheets/sheet\d+\.xml", f"{_SHEET}is", f"{_SHEET}t")


def _of_open_document(raw: bytes) -> Iterator[str]:
    yield from _of_parts(raw, r"content\.xml", f"{_OPEN}p", "")
    yield from _of_parts(raw, r"content\.xml", f"{_OPEN}h", "")


def _of_parts(raw: bytes, names: str, paragraph: str, text: str, between: str = "") -> Iterator[str]:
    """The words of the paragraphs of some parts of an archive; of all that is in them where `text` names no tag."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for name in filter(re.compile(names).fullmatch, package.namelist()):
            for one in etree.fromstring(package.read(name), parser).iter(paragraph):
                if next(one.iterancestors(paragraph), None) is None:
                    parts = (found.text or "" for found in one.iter(text)) if text else one.itertext()
                    yield from between.join(parts).split()


def _of_book(raw: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        for name in book.namelist():
            if name.lower().endswith((".xhtml", ".html", ".htm")):
                yield from _of_page(book.read(name).decode(errors="replace").encode())


def _of_message(raw: bytes) -> Iterator[str]:
    """Those of the plain parts, or of the pages where there are none."""
    from acobot.sources.mail import message_of, texts_of

    message = message_of(raw)
    plain = texts_of(message, "plain")
    for text in plain:
        yield from text.split()
    for page in [] if plain else texts_of(message, "html"):
        yield from _of_page(page.encode(errors="replace"))


def _of_rtf(raw: bytes) -> Iterator[str]:
    from striprtf.striprtf import rtf_to_text

    to_text: Callable[..., str] = rtf_to_text  # it has no types of its own
    yield from to_text(raw.decode("latin-1"), errors="ignore").split()


def _of_separated(raw: bytes) -> Iterator[str]:
    yield from decode(raw).split()


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".html": _of_page,
    ".htm": _of_page,
    ".pdf": _of_pdf,
    ".docx": _of_word,
    ".xlsx": _of_workbook,
    ".csv": _of_separated,
    ".pptx": _of_slides,
    ".odt": _of_open_document,
    ".rtf": _of_rtf,
    ".epub": _of_book,
    ".eml": _of_message,
}
