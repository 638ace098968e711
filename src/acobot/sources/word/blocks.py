"""The body of a Word document → pieces. Read off the XML, so that content controls, insertions and text boxes count.

Knows of python-docx only the styles, by which headings and lists are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from acobot.sources.drafting import Piece, row, tidy
from acobot.sources.record import BlockKind

_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|table of (?:contents|figures|authorities)|contents|index)\b", re.IGNORECASE)
_LIST = re.compile(r"list\b(?! paragraph)", re.IGNORECASE)
_LEVELS = 6
_P, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_PROPERTIES, _RUN_PROPERTIES = qn("w:pPr"), qn("w:rPr")
_BOX = qn("w:txbxContent")
# Taken out by a tracked change, there a second time for older programs, beside the text, or tab stops and the like.
_LEFT_OUT = frozenset(
    {
        *(qn(f"w:{name}") for name in ("del", "moveFrom", "rt")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        _PROPERTIES,
        _RUN_PROPERTIES,
        _BOX,
    }
)
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "‑",
    qn("w:ptab"): "\t",
}
_TEXT = qn("w:t")


def pieces_of(document: WordDocument) -> list[Piece]:
    """The blocks of the body in order, those of a text box after the paragraph that it is anchored in."""
    styles = _Styles(document)
    return list(_inside(document.element.body, styles))


class _Styles:
    """What the document's paragraph styles make of a paragraph, by their ids; each may be based on another."""

    def __init__(self, document: WordDocument) -> None:
        self._elements = {
            element.get(qn("w:styleId")): element for element in document.styles.element.iter(qn("w:style"))
        }

    def names(self, style_id: str | None) -> list[str]:
        """The style's name and those that it is based on."""
        return [_value(element, "w:name") or "" for element in self._chain(style_id)]

    def outline(self, style_id: str | None) -> int | None:
        """The heading level that the style gives, from 0, or None."""
        return next((level for one in self._chain(style_id) if (level := _outline(one)) is not None), None)

    def is_numbered(self, style_id: str | None) -> bool:
        """Whether the style makes list items."""
        return any(_is_numbered(element) for element in self._chain(style_id))

    def default(self) -> str | None:
        """The style of paragraphs that name none."""
        names: list[str] = [
            style_id
            for style_id, element in self._elements.items()
            if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in {"1", "true", "on"}
        ]
        return names[0] if names else None

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str | None] = set()
        while style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            yield self._elements[style_id]
            style_id = _value(self._elements[style_id], "w:basedOn")


def _inside(container: Any, styles: _Styles) -> Iterator[Piece]:
    """The blocks of a body, cell, content control or text box."""
    for element in container:
        if element.tag == _P:
            yield from _paragraph(element, styles)
        elif element.tag == _TABLE:
            yield from _table(element, styles)
        elif isinstance(element.tag, str) and element.tag not in _LEFT_OUT:
            yield from _inside(element, styles)


def _paragraph(paragraph: Any, styles: _Styles) -> Iterator[Piece]:
    kind, level, furniture = _kind(paragraph, styles)
    text = tidy("".join(_text(paragraph)))
    if kind is BlockKind.HEADING:
        text = " ".join(text.split())
    yield Piece(kind, text, level, furniture)
    for box in paragraph.iter(_BOX):
        if not any(above.tag in _LEFT_OUT for above in box.iterancestors()):
            yield from _inside(box, styles)


def _kind(paragraph: Any, styles: _Styles) -> tuple[BlockKind, int, bool]:
    """What a paragraph is, a heading's level, and whether it is of a contents list."""
    properties = paragraph.find(_PROPERTIES)
    style_id = _value(properties, "w:pStyle") or styles.default()
    names = styles.names(style_id)
    own = _outline(properties)
    level = own if own is not None else styles.outline(style_id)
    heading = next((int(found[1]) for name in names if (found := _HEADING.search(name))), None)
    if any(_CONTENTS.match(name) for name in names):
        return BlockKind.PARAGRAPH, 0, True
    if any(name.lower() == "title" for name in names[:1]):
        return BlockKind.HEADING, 1, False
    if heading is not None or (level is not None and level < _LEVELS):
        return BlockKind.HEADING, min(heading or (level or 0) + 1, _LEVELS), False
    if _is_numbered(properties, else_=styles.is_numbered(style_id)) or any(_LIST.match(name) for name in names):
        return BlockKind.ITEM, 0, False
    return BlockKind.PARAGRAPH, 0, False


def _table(table: Any, styles: _Styles) -> Iterator[Piece]:
    """A table's rows; one that only places text on the page (one cell a row, or tables in it) gives its blocks."""
    rows = [[cell for cell in line.iter(_CELL) if _of(cell, _ROW) is line] for line in _lines(table)]
    nested = any(inner is not table for inner in table.iter(_TABLE))
    if nested or all(len(cells) < 2 for cells in rows):
        for cells in rows:
            for cell in cells:
                yield from _inside(cell, styles)
        return
    for cells in rows:
        yield Piece(BlockKind.ROW, row([" ".join(_cell_texts(cell, styles)) for cell in cells]))


def _lines(table: Any) -> list[Any]:
    return [line for line in table.iter(_ROW) if _of(line, _TABLE) is table]


def _of(element: Any, tag: str) -> Any:
    """The nearest element of this kind around another."""
    return next((above for above in element.iterancestors() if above.tag == tag), None)


def _cell_texts(cell: Any, styles: _Styles) -> Iterator[str]:
    return (piece.text for piece in _inside(cell, styles) if piece.text)


def _text(element: Any) -> Iterator[str]:
    """The words of a paragraph as they would be printed, tracked changes accepted."""
    for child in element:
        if child.tag in _LEFT_OUT or (child.tag == qn("w:r") and _is_hidden(child)):
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield " " if child.get(qn("w:type")) in {"page", "column"} else _SIGNS[child.tag]
        else:
            yield from _text(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_RUN_PROPERTIES}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) not in {"0", "false", "off"}


def _value(element: Any, name: str) -> str | None:
    """The value of a child such as <w:pStyle w:val="…"/>."""
    child = element.find(qn(name)) if element is not None else None
    value: str | None = child.get(qn("w:val")) if child is not None else None
    return value


def _outline(element: Any) -> int | None:
    """The outline level in a paragraph's or a style's properties; 9 is body text."""
    if element is None:
        return None
    properties = element if element.tag == _PROPERTIES else element.find(_PROPERTIES)
    value = _value(properties, "w:outlineLvl")
    return int(value) if value and value.isdigit() else None


def _is_numbered(element: Any, *, else_: bool = False) -> bool:
    """Whether properties, or a style's, put a paragraph in a list; number 0 takes it out of its style's."""
    if element is None:
        return else_
    properties = element if element.tag == _PROPERTIES else element.find(_PROPERTIES)
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    return else_ if numbering is None else _value(numbering, "w:numId") not in {None, "0"}
