"""The parts of a Word file beside its body: styles, numbering, notes, what is embedded. One that is amiss is empty."""

from __future__ import annotations

import io
import re
from email import message_from_bytes, policy
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from acobot.sources import rtf
from acobot.sources.archive import refuse_unsafe
from acobot.sources.diagrams import pieces_of as pieces_of_diagram
from acobot.sources.drafting import Piece, tidy
from acobot.sources.html import parsed as parsed_page
from acobot.sources.html.blocks import pieces_of
from acobot.sources.record import BlockKind, UnreadableError
from acobot.sources.strict import as_usual
from acobot.sources.word.names import holds, parsed
from acobot.sources.word.numbering import Numbers
from acobot.sources.word.styles import Styles

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_RTF, _ZIP = rb"{\rtf", b"PK"
_NOT_READ = "it is of a kind that is not read, missing or damaged"
_MARKED_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Parts:
    """What the body of a document refers to."""

    def __init__(self, document: WordDocument) -> None:
        self._related = dict(document.part.rels)
        self.styles = Styles(document)
        self.numbers = Numbers(self._root("numbering"), self.styles)
        self.settings = self._root("settings")
        self._notes = {kind: self._by_id(kind) for kind in ("footnotes", "endnotes")}

    def note(self, note: tuple[str, str]) -> Any:
        """The element of a footnote or endnote, empty where there is none."""
        kind, number = note
        return self._notes[kind].get(number, ())

    def root(self, relation: str) -> Any:
        """The part to which a relation of the document leads, as XML, or None."""
        blob = self._blob(relation)
        try:
            return parsed(blob) if blob else None
        except etree.LxmlError:
            return None

    def chunk(self, relation: str) -> list[Piece]:
        """The blocks of an embedded page or text; those of a Word file are for whoever reads one (`document`).

        Raises `UnreadableError` where it is of another kind, missing or damaged.
        """
        blob = self._blob(relation)
        if not blob:
            raise UnreadableError(_NOT_READ)
        part = self._related[relation].target_part
        kind, name = str(part.content_type).lower(), str(part.partname).lower()
        if kind == "message/rfc822" or name.endswith((".mht", ".mhtml")):
            return _page(_in_message(blob))
        if "html" in kind or name.endswith((".htm", ".html", ".xhtml")):
            return _page(_decoded(blob))
        if kind == "text/plain" or name.endswith(".txt"):
            texts = _BLANK_LINE.split(_decoded(blob).replace("\r\n", "\n"))
            return [Piece(BlockKind.PARAGRAPH, tidy(text)) for text in texts]
        if blob.startswith(_RTF):
            inner = rtf.read(blob)
            return [
                Piece(block.kind, inner.text[block.start : block.end], block.level, block.furniture)
                for block in inner.blocks
            ]
        raise UnreadableError(_NOT_READ)

    def diagram(self, relation: str) -> list[Piece]:
        """The texts of a diagram (SmartArt)."""
        return pieces_of_diagram(self._blob(relation))

    def document(self, relation: str) -> WordDocument | None:
        """An embedded Word file; None where it is another kind, or cannot be read."""
        blob = self._blob(relation)
        if not blob.startswith(_ZIP):
            return None
        try:
            refuse_unsafe(blob)
            return Document(io.BytesIO(as_usual(blob)))
        except (UnreadableError, ValueError, KeyError, PackageNotFoundError, etree.LxmlError):
            return None

    def _root(self, kind: str) -> Any:
        found = (key for key, one in self._related.items() if one.reltype.endswith(f"/{kind}"))
        return next((root for key in found if (root := self.root(key)) is not None), None)

    def _blob(self, relation: str) -> bytes:
        related = self._related.get(relation)
        if related is None or related.is_external:
            return b""
        return bytes(related.target_part.blob)

    def _by_id(self, kind: str) -> dict[str, Any]:
        root = self._root(kind)
        return {} if root is None else {one.get(qn("w:id")): one for one in root if holds(one, qn("w:p"))}


def _page(text: str) -> list[Piece]:
    """The blocks of a page, all of it: what somebody embeds has no menus, but may have something crossed out.

    Raises `UnreadableError`.
    """
    try:
        return pieces_of(parsed_page(text))
    except (etree.LxmlError, ValueError, RecursionError):
        raise UnreadableError(_NOT_READ) from None


def _in_message(blob: bytes) -> str:
    """The page in a web archive (MHTML), which is written as mail is."""
    message = message_from_bytes(blob, policy=policy.default)
    pages = [one for one in message.walk() if one.get_content_type() == "text/html"]
    raw = pages[0].get_payload(decode=True) if pages else b""
    return _decoded(raw, pages[0].get_content_charset()) if isinstance(raw, bytes) and pages else ""


def _decoded(raw: bytes, charset: str | None = None) -> str:
    """Bytes as characters: as they are marked or say, in UTF-8, or else in Windows's Latin 1."""
    said = _CHARSET.search(raw[:_CHARSET_WITHIN])
    named = "utf-16" if raw.startswith(_MARKED_UTF16) else charset or (said[1].decode() if said else "")
    for encoding in ("utf-8-sig", named):
        try:
            return raw.decode(encoding)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", errors="replace")
