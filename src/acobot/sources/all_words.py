"""All words that stand anywhere in a file, in its order, whether its reader takes them or not. Bytes in, words out.

They show what was not read. Only for formats whose libraries must stay out of the main process.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(ending: str, raw: bytes) -> list[str]:
    """The words of a file with this ending; none where it is not known how to find them."""
    reader = _READERS.get(ending)
    return list(reader(raw)) if reader else []


def _of_page(raw: bytes) -> Iterator[str]:
    """Those of a page's body that a browser could show: no scripts, no styles."""
    from lxml import etree, html

    tree = html.document_fromstring(raw.decode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    etree.strip_elements(tree, "script", "style", "template", "head", etree.Comment, with_tail=False)
    for text in tree.itertext():
        yield from text.split()


def _of_pdf(raw: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(raw)
    for number in range(len(document)):
        yield from document[number].get_textpage().get_text_range().split()


def _of_word(raw: bytes) -> Iterator[str]:
    """Those of the body, its notes, heads and feet; also deleted and hidden ones."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        for name in sorted(parts, key=lambda name: name != "word/document.xml"):
            root = etree.fromstring(package.read(name), parser)
            for paragraph in root.iter(f"{_WORD}p"):
                texts = (one.text or "" for one in paragraph.iter(f"{_WORD}t", f"{_WORD}delText"))
                yield from "".join(texts).split()


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".html": _of_page,
    ".htm": _of_page,
    ".pdf": _of_pdf,
    ".docx": _of_word,
}
