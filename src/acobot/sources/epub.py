"""E-books (.epub) → citable text: the chapters in the order in which the book is read, each through the reader of HTML.

A paragraph that says what the table of contents calls a place of its page is a heading, and a chapter without any gets
its own from there. Covers, contents lists and what stands beside the order of reading are left out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from acobot.sources.archive import Maker, refuse_unsafe
from acobot.sources.decoding import UndecodableError, decode
from acobot.sources.drafting import Piece, draft, said
from acobot.sources.html import parsed
from acobot.sources.html.blocks import pieces_of
from acobot.sources.html.markup import HEADINGS, LINKED_SHARE, linked_share
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.wording import NO_WORDS, Wording

BOOK = Maker("e-book", doctypes=True)
CHAPTER = 1  # the rank of a heading from the table of contents
_DC, _OPF = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/opf}"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_PARAGRAPHS = ("p", "div")
_NO_TEXT = frozenset({"cover", "toc", "title-page"})  # kinds of pages, as a book's guide names them
_ANEW = "get it anew from where it came"
_OWN_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)")


def read(raw: bytes, _pick: Pick = EVERYTHING, _wording: Wording = NO_WORDS) -> Draft:
    """The draft of an e-book. Raises `UnreadableError`."""
    refuse_unsafe(raw, BOOK)
    book = _Book(zipfile.ZipFile(io.BytesIO(raw)))
    pieces = [piece for chapter in book.chapters() for piece in book.pieces(chapter)]
    return draft(pieces, book.said())


class _Book:
    """A book's archive, with the file that says what is in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())
        container = self._root(_CONTAINER)
        found = next((one for one in container.iter() if _local(one) == "rootfile"), None)
        self._package_name = found.get("full-path", "") if found is not None else ""
        self._package = self._root(self._package_name)
        items = [one for one in self._package.iter(f"{_OPF}item") if one.get("id") and one.get("href")]
        self._items = {one.get("id"): one for one in items}
        self._labels = self._read_labels()

    def chapters(self) -> Iterator[str]:
        """The names of the pages with text, in order."""
        guide = {self._path(one.get("href", "")): one.get("type", "") for one in self._package.iter(f"{_OPF}reference")}
        encrypted = self._encrypted()
        for one in self._package.iter(f"{_OPF}itemref"):
            item = self._items.get(one.get("idref"))
            if item is None or one.get("linear") == "no" or item.get("media-type") not in _PAGES:
                continue
            name = self._path(item.get("href"))
            if guide.get(name) in _NO_TEXT or "nav" in item.get("properties", "").split():
                continue
            if name in encrypted:
                raise UnreadableError("it is encrypted (DRM); get it without copy protection from its publisher")
            yield name

    def pieces(self, name: str) -> list[Piece]:
        """The blocks of a chapter, under the heading that the table of contents gives it if it has none."""
        tree = parsed(_characters(self._bytes(name), name))
        labels = self._labels.get(name, {})
        _make_headings(tree, labels)
        pieces = [] if self._lists_contents(tree, name) else pieces_of(tree)
        label = next(iter(labels), "")
        if label and pieces and not any(piece.kind is BlockKind.HEADING for piece in pieces):
            return [Piece(BlockKind.HEADING, label, CHAPTER), *pieces]
        return pieces

    def _lists_contents(self, tree: Any, name: str) -> bool:
        """Whether a page mostly leads to others of the book."""
        folder = posixpath.dirname(name)
        links = [_joined(folder, target) for target, _, _ in _links(tree)]
        return len(links) > 1 and linked_share(tree) >= LINKED_SHARE and all(one in self._names for one in links)

    def said(self) -> dict[str, str]:
        """Title, authors, publisher, date and rights."""

        def all_of(name: str) -> list[str]:
            found = (one.text or "" for one in self._package.iter(f"{_DC}{name}"))
            return [" ".join(text.split()) for text in found if text.strip()]

        def first(name: str) -> str:
            return next(iter(all_of(name)), "")

        return said(
            {
                "title": first("title"),
                "author": ", ".join(all_of("creator")),
                "publisher": first("publisher"),
                "published": first("date"),
                "licence": first("rights"),
            }
        )

    def _read_labels(self) -> dict[str, dict[str, int]]:
        """What the table of contents calls places of each page, with their ranks: of the newer kind or the older."""
        labels: dict[str, dict[str, int]] = {}
        for item in self._items.values():
            nav = "nav" in item.get("properties", "").split()
            if not nav and item.get("media-type") != "application/x-dtbncx+xml":
                continue
            name = self._path(item.get("href"))
            if name not in self._names:
                continue
            folder = posixpath.dirname(name)
            found = _entries(parsed(_characters(self._bytes(name), name))) if nav else _points(self._root(name))
            for target, label, rank in found:
                labels.setdefault(_joined(folder, target), {}).setdefault(" ".join(label.split()), rank)
        return labels

    def _encrypted(self) -> frozenset[str]:
        """The files that are encrypted; fonts often are, which does not matter."""
        if _ENCRYPTION not in self._names:
            return frozenset()
        found = (one.get("URI", "") for one in self._root(_ENCRYPTION).iter() if _local(one) == "CipherReference")
        return frozenset(unquote(name) for name in found)

    def _path(self, href: str) -> str:
        return _joined(posixpath.dirname(self._package_name), href)

    def _root(self, name: str) -> Any:
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            return etree.fromstring(self._bytes(name), parser)
        except etree.XMLSyntaxError:
            raise UnreadableError(f"its part {name!r} is not well-formed XML; {_ANEW}") from None

    def _bytes(self, name: str) -> bytes:
        if name not in self._names:
            raise UnreadableError(f"it is damaged: its part {name!r} is missing; {_ANEW}")
        return self._archive.read(name)


def _make_headings(tree: Any, labels: dict[str, int]) -> None:
    """Makes each paragraph a heading that says what the table of contents calls a place of its page, the first so."""
    ranks = {label.casefold(): rank for label, rank in labels.items() if label}
    for one in list(tree.iter(*_PARAGRAPHS)) if ranks else ():
        if next(one.iterdescendants(*_PARAGRAPHS, *HEADINGS, "li", "table"), None) is not None:
            continue
        said = " ".join(one.text_content().split()).casefold()
        if said in ranks and not any(link.get("href") for link in one.iter("a")):
            one.tag = f"h{min(ranks.pop(said), len(HEADINGS))}"


def _entries(tree: Any) -> Iterator[tuple[str, str, int]]:
    """The links of a page's table of contents, and not of its list of printed pages; of all of it if none says so."""
    return _links(next((one for one in tree.iter("nav") if one.get("epub:type") == "toc"), tree))


def _links(tree: Any) -> Iterator[tuple[str, str, int]]:
    """Where the links of a page lead, what they say, and in how many lists they stand."""
    for one in tree.iter("a"):
        if one.get("href"):
            yield one.get("href"), one.text_content(), max(sum(1 for _ in one.iterancestors("ol")), CHAPTER)


def _points(root: Any) -> Iterator[tuple[str, str, int]]:
    """The same of the older table of contents."""
    for point in root.iter():
        if _local(point) == "navPoint":
            label = next((one.text or "" for one in point.iter() if _local(one) == "text"), "")
            target = next((one.get("src", "") for one in point.iter() if _local(one) == "content"), "")
            yield target, label, CHAPTER + sum(_local(one) == "navPoint" for one in point.iterancestors())


def _joined(folder: str, href: str) -> str:
    """The name in the archive of what a file in this folder refers to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _characters(raw: bytes, name: str) -> str:
    """A page as text: in the encoding that it names, else as any text."""
    named = _OWN_ENCODING.match(raw)
    try:
        if named and named[1].decode().lower() not in {"utf-8", "utf-16"}:
            return raw.decode(named[1].decode())
        return decode(raw)
    except (UndecodableError, LookupError, ValueError):
        raise UnreadableError(f"its part {name!r} is not in the encoding that it names; {_ANEW}") from None
