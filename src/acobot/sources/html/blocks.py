"""Elements of a page → pieces: headings, paragraphs, list items, rows, code. Knows no selector and no metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from acobot.sources.drafting import Piece, row, tidy
from acobot.sources.record import BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|rt|ruby|s|samp|small|span"
    r"|strike|strong|sub|sup|time|tt|u|var|wbr|tbody|thead|tfoot"
)
_SKIPPED = re.compile(
    r"script|style|template|title|noscript|svg|math|iframe|object|embed|canvas|audio|video|img|map|button|select|option"
    r"|textarea|input|datalist|meter|progress|dialog|rp"
)
# What belongs to the page and not to its text, also where nobody cut it out.
_FURNITURE = frozenset({"nav", "footer", "aside", "form"})
_FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search", "banner"})
_BREAK = "\ue000"  # a private character for <br>, so that it is told from the white space of the file
_BREAKS = re.compile(rf"\s*{_BREAK}(?:\s*{_BREAK})+\s*")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def pieces_of(element: html.HtmlElement) -> list[Piece]:
    """The blocks inside an element, in order."""
    reader = _Reader()
    reader.element(element)
    reader.flush()
    return reader.pieces


class _Reader:
    """One walk over the elements: inline text is gathered until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._furniture = False

    def flush(self) -> None:
        """Ends the block that is open; two line breaks or more part it into paragraphs."""
        text = "".join(self._words)
        self._words.clear()
        for part in _BREAKS.split(text):
            said = tidy(" ".join(part.split()).replace(_BREAK, "\n"))
            if said:
                self.pieces.append(Piece(self._kind, said, self._level, self._furniture))

    def element(self, element: html.HtmlElement) -> None:
        """The element's own text and what is in it; not what comes after it."""
        tag = element.tag
        if not isinstance(tag, str) or _SKIPPED.fullmatch(tag) or _is_hidden(element):
            return
        if tag == "br":
            self._words.append(_BREAK)
        elif tag == "pre":
            self._code(element)
        elif tag == "table" and not _is_layout(element):
            self._table(element)
        elif _INLINE.fullmatch(tag):
            self._inside(element)
        else:
            self._block(element, tag)

    def _inside(self, element: html.HtmlElement) -> None:
        self._words.append(element.text or "")
        for child in element:
            self.element(child)
            self._words.append(child.tail or "")

    def _block(self, element: html.HtmlElement, tag: str) -> None:
        """A block of its own kind, or, like a <div>, of the kind of what it stands in."""
        self.flush()
        before = self._kind, self._level, self._furniture
        self._furniture = self._furniture or _is_furniture(element)
        if tag in _HEADINGS:
            self._kind, self._level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag == "li":
            self._kind, self._level = BlockKind.ITEM, 0
        self._inside(element)
        self.flush()
        self._kind, self._level, self._furniture = before

    def _code(self, element: html.HtmlElement) -> None:
        self.flush()
        text = element.text_content().strip("\n").rstrip()
        if text.strip():
            lines = (tidy(line) for line in text.split("\n"))
            self.pieces.append(Piece(BlockKind.CODE, "\n".join(lines).strip("\n"), 0, self._furniture))

    def _table(self, table: html.HtmlElement) -> None:
        self.flush()
        for caption in table.iter("caption"):
            self._block(caption, "caption")
        for line in table.iter("tr"):
            text = row([_flat(cell) for cell in line if cell.tag in {"td", "th"}])
            if text and not _is_hidden(line):
                self.pieces.append(Piece(BlockKind.ROW, text, 0, self._furniture))


def _flat(cell: html.HtmlElement) -> str:
    """All that a cell says, as one line."""
    return " ".join(piece.text for piece in pieces_of(cell))


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only places blocks on the page: it holds tables or headings, or one cell a row."""
    if any(next(table.iterdescendants(tag), None) is not None for tag in ("table", *_HEADINGS)):
        return True
    return all(sum(1 for _ in _cells(line)) < 2 for line in table.iter("tr"))


def _cells(line: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in line if cell.tag in {"td", "th"})


def _is_furniture(element: html.HtmlElement) -> bool:
    paged = element.tag == "div" and element.get("title") in {
        "header",
        "footer",
    }  # a page's, as LibreOffice writes them
    return element.tag in _FURNITURE or element.get("role") in _FURNITURE_ROLES or paged


def _is_hidden(element: html.HtmlElement) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search(element.get("style", "")))
