"""OpenDocument texts (.odt), as LibreOffice writes them → citable text: headings, paragraphs, items, tables as rows.

Read off the XML, as Word is: the libraries for it give no order of what is in tables, lists and frames. Footnotes stand
after the paragraph, list or table that refers to them, and items have the numbers that are counted. Tracked changes are
read as accepted; hidden and struck text, comments, contents lists, and heads and feet of pages are not read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from acobot.sources.archive import Maker, refuse_unsafe
from acobot.sources.drafting import Piece, draft, flat, rows_of, said, tidy
from acobot.sources.formula_signs import power
from acobot.sources.grids import MOST_SPAN, Cell, reaching_down, table_rows
from acobot.sources.opendocument_numbers import ItemNumbers
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.symbols import private_shown
from acobot.sources.wording import NO_WORDS, Wording

WRITER = Maker("OpenDocument text")
_NAMES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0}}"
    for name, uri in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "meta": "meta",
        "manifest": "manifest",
    }.items()
}  # fmt: skip
_FAMILY = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LEVELS = 6
_PERCENT_ABOVE = re.compile(r"(?!0*\.?0*%)[0-9.]+%")
_MOST_BLANKS = 100  # that are written as one element


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return _NAMES[prefix] + local


_HEADING, _PARAGRAPH, _LIST, _TABLE, _NOTE = map(_name, ("text:h", "text:p", "text:list", "table:table", "text:note"))
_CITATION, _BOX, _ROW = map(_name, ("text:note-citation", "draw:text-box", "table:table-row"))
_HIDING = _name("text:hidden-paragraph")  # a field that hides the paragraph around it
_SHAPES = _name("draw:*")
_CELLS = {_name("table:table-cell"), _name("table:covered-table-cell")}
_LEFT_OUT = frozenset(
    map(
        _name,
        (
            "text:tracked-changes", "office:annotation", "text:table-of-content", "text:alphabetical-index",
            "text:illustration-index", "text:table-index", "text:bibliography", "text:hidden-text", "text:ruby-text",
            "text:sequence-decls", "office:forms", "text:note-citation", "text:variable-decls", "text:user-field-decls",
        ),
    )
)  # fmt: skip
_BLANKS, _TAB, _BREAK, _SOFT = map(_name, ("text:s", "text:tab", "text:line-break", "text:soft-page-break"))


def read(raw: bytes, _pick: Pick = EVERYTHING, _wording: Wording = NO_WORDS) -> Draft:
    """The draft of an OpenDocument text. Raises `UnreadableError`."""
    refuse_unsafe(raw, WRITER)
    archive = zipfile.ZipFile(io.BytesIO(raw))
    _refuse_encrypted(archive)
    content = _root(archive, "content.xml")
    body = None if content is None else content.find(f"{_name('office:body')}/{_name('office:text')}")
    if content is None or body is None:
        raise UnreadableError(f"it is damaged: its text (content.xml) is missing; {WRITER.again}")
    roots = [root for root in (_root(archive, "styles.xml"), content) if root is not None]
    blocks = _Blocks(_Styles(roots), ItemNumbers(roots))
    return draft(blocks.inside(body), _said_by(_root(archive, "meta.xml")))


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    manifest = _root(archive, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_name("manifest:encryption-data")), None) is not None:
        raise UnreadableError("it is encrypted with a password; open it, take the password off and save it again")


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    """A part of the file; None where it is missing."""
    if name not in archive.namelist():
        return None
    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


class _Styles:
    """Which styles hide or strike out, which are headings, and fonts; what a style does not say its parent says."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles = {
            (one.get(_name("style:family")), one.get(_name("style:name"))): one
            for root in roots
            for one in root.iter(_name("style:style"))
        }

        faces = (one for root in roots for one in root.iter(_name("style:font-face")))
        self._fonts = {one.get(_name("style:name")): one.get(_FAMILY, "").strip("'") for one in faces}

    def font(self, family: str, name: str | None) -> str:
        """The font of what has this style, "" where the style says none."""
        said = self._said(family, name, "style:font-name") or ""
        return self._fonts.get(said) or said

    def is_unread(self, family: str, name: str | None) -> bool:
        """Whether what has this style is hidden or struck out."""
        display = self._said(family, name, "text:display")
        line = self._said(family, name, "style:text-line-through-style")
        kind = self._said(family, name, "style:text-line-through-type")
        return display == "none" or (line or kind or "none") != "none"

    def is_raised(self, name: str | None) -> bool:
        """Whether text in this style stands above its line."""
        position = (self._said("text", name, "style:text-position") or "").partition(" ")[0]
        return position == "super" or bool(_PERCENT_ABOVE.fullmatch(position))

    def is_title(self, name: str | None) -> bool:
        """Whether it is the style of a document's title, or one that comes from it."""
        return any(one == "Title" for one in self._names(name))

    def _names(self, name: str | None) -> Iterator[str]:
        for _ in range(20):
            if name is None:
                return
            yield name
            style = self._styles.get(("paragraph", name))
            name = style.get(_name("style:parent-style-name")) if style is not None else None

    def _said(self, family: str, name: str | None, key: str) -> str | None:
        for _ in range(20):
            style = self._styles.get((family, name))
            if style is None:
                return None
            properties = style.find(_name("style:text-properties"))
            value = properties.get(_name(key)) if properties is not None else None
            if value is not None:
                return str(value)
            name = style.get(_name("style:parent-style-name"))
        return None


class _Blocks:
    """One walk over a document."""

    def __init__(self, styles: _Styles, numbers: ItemNumbers) -> None:
        self._styles = styles
        self._numbers = numbers
        self._held = 0  # the lists and tables around, which notes must not part
        self._notes: list[Any] = []

    def inside(self, container: Any, kind: BlockKind = BlockKind.PARAGRAPH) -> Iterator[Piece]:
        """The blocks of a body, section, cell, list item or frame."""
        for element in container:
            if element.tag in _LEFT_OUT or _is_hidden(element):
                continue
            if element.tag == _HEADING:
                yield from self._heading(element)
            elif element.tag == _PARAGRAPH:
                yield from self._paragraph(element, kind)
            elif element.tag == _LIST:
                yield from self._holding_notes(self.inside(element, BlockKind.ITEM))
            elif element.tag == _TABLE:
                yield from self._table(element)
            elif isinstance(element.tag, str):
                yield from self.inside(element, kind)

    def _heading(self, element: Any) -> Iterator[Piece]:
        rank = element.get(_name("text:outline-level"), "1")
        level = min(max(int(rank), 1), _LEVELS) if rank.isascii() and rank.isdigit() and len(rank) < 4 else 1
        text, number = " ".join(tidy(self._words(element)).split()), self._numbers.next(element)
        if not self._is_unread(element):
            yield Piece(BlockKind.HEADING, f"{number} {text}" if number and text else text, level)
        yield from self._beside(element)

    def _paragraph(self, element: Any, kind: BlockKind) -> Iterator[Piece]:
        number = self._numbers.next(element)
        if not self._is_unread(element):
            title = self._styles.is_title(element.get(_name("text:style-name")))
            font = self._styles.font("paragraph", element.get(_name("text:style-name")))
            text = tidy(private_shown(self._words(element), font))
            lists = sum(1 for _ in element.iterancestors(_LIST)) if kind is BlockKind.ITEM else 0
            level = min(max(lists - 1, 0), _LEVELS)
            text = f"{number} {text}" if number and text else text
            yield Piece(BlockKind.HEADING, " ".join(text.split()), 1) if title else Piece(kind, text, level)
        yield from self._beside(element)

    def _is_unread(self, element: Any) -> bool:
        """Whether a paragraph or heading is hidden or struck out, by its style or by a field in it."""
        hiding = (one for one in element.iter(_HIDING) if one.get(_name("text:is-hidden")) == "true")
        hidden = any(next(one.iterancestors(_PARAGRAPH, _HEADING)) is element for one in hiding)
        return hidden or self._styles.is_unread("paragraph", element.get(_name("text:style-name")))

    def _beside(self, element: Any) -> Iterator[Piece]:
        """The frames and shapes that are anchored in a paragraph, and the notes that it refers to."""
        for one in element.iter(_BOX, _NOTE, _SHAPES):
            if one.tag not in {_BOX, _NOTE} and one.find(_PARAGRAPH) is None:
                continue  # a shape without words, or around others
            if next(one.iterancestors(_PARAGRAPH, _HEADING), None) is not element:
                continue
            if one.tag == _NOTE and self._held:
                self._notes.append(one)
            else:
                yield from self.inside(one)

    def _holding_notes(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """The pieces of a list or table, and after the outermost the notes of all in it."""
        self._held += 1
        yield from pieces
        self._held -= 1
        if not self._held:
            notes, self._notes = self._notes, []
            for note in notes:
                yield from self.inside(note)

    def _words(self, element: Any) -> str:
        """The text of a paragraph, without its notes and frames."""
        words = [element.text or ""]
        for child in element:
            words += [self._inline(child), child.tail or ""]
        return "".join(words)

    def _inline(self, element: Any) -> str:
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT or tag == _NOTE or tag.startswith(_NAMES["draw"]):
            return ""
        if _is_hidden(element):
            return ""
        if tag == _BLANKS:
            count = element.get(_name("text:c"), "1")
            return " " * (min(int(count), _MOST_BLANKS) if count.isascii() and count.isdigit() else 1)
        if tag == _TAB:
            return " "
        if tag == _BREAK:
            return "\n"
        style = element.get(_name("text:style-name")) if tag == _name("text:span") else None
        if self._styles.is_unread("text", style):
            return ""
        words, font = self._words(element), self._styles.font("text", style)
        words = private_shown(words, font) if font else words
        return power(words) if self._styles.is_raised(style) else words

    def _table(self, table: Any) -> Iterator[Piece]:
        """A table's rows; one that only places text on the page (one cell a row, or tables in it) gives its blocks."""
        lines = [one for one in table.iter(_ROW) if next(one.iterancestors(_TABLE), None) is table]
        lines = [line for line in lines if line.get(_name("table:visibility"), "visible") == "visible"]
        nested = next(table.iterdescendants(_TABLE), None) is not None
        if nested or all(sum(cell.tag in _CELLS for cell in line) < 2 for line in lines):
            for line in lines:
                yield from self.inside(line)
            return
        yield from self._holding_notes(self._rows(lines))

    def _rows(self, lines: list[Any]) -> Iterator[Piece]:
        yield from rows_of(table_rows(reaching_down([list(self._cells(line)) for line in lines])))

    def _cells(self, line: Any) -> Iterator[Cell]:
        """The cells of a row; those that another covers are left to that one."""
        is_head = line.getparent().tag == _name("table:table-header-rows")
        for cell in line:
            if cell.tag == _name("table:table-cell"):
                text = flat(self.inside(cell))
                across = _count(cell, "table:number-columns-spanned")
                again = _count(cell, "table:number-columns-repeated")
                yield from [Cell(text, across, _count(cell, "table:number-rows-spanned"), is_head)] * again


def _is_hidden(element: Any) -> bool:
    """Whether a section or field says that it is not shown; a section may be hidden on a condition that holds."""
    return bool(element.get(_name("text:display")) == "none" or element.get(_name("text:is-hidden")) == "true")


def _count(cell: Any, name: str) -> int:
    number = cell.get(_name(name), "1")
    return min(max(int(number), 1), MOST_SPAN) if re.fullmatch(r"[0-9]{1,6}", number) else 1


def _said_by(meta: Any) -> dict[str, str]:
    """The file's properties: title, author, when it was made, and when it was saved if that is later."""
    if meta is None:
        return {}

    def one(name: str) -> str:
        return next((found.text or "" for found in meta.iter(name)), "").strip()

    made, saved = one(_name("meta:creation-date"))[:10], one(f"{_DC}date")[:10]
    author = one(_name("meta:initial-creator")) or one(f"{_DC}creator")
    updated = saved if made < saved else ""
    return said({"title": one(f"{_DC}title"), "author": author, "published": made, "updated": updated})
