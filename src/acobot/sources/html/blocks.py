"""Elements of a page → pieces: headings, paragraphs, list items, rows, code. Knows no selector and no metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import html

from acobot.sources.drafting import Piece, flat, row, tidy
from acobot.sources.html.gaps import gap_after
from acobot.sources.html.inline import is_inline
from acobot.sources.html.markup import REACHES, is_alert, is_furniture, is_unseen, leads_away, linked_share
from acobot.sources.html.ordered import ItemNumbers
from acobot.sources.html.pairs import PAIR_WORDS, definitions, is_row
from acobot.sources.html.panels import PANEL_TITLE, label_of
from acobot.sources.html.picked import KEPT
from acobot.sources.html.preformatted import parted
from acobot.sources.html.tables import is_layout, table_rows
from acobot.sources.html.titles import is_beside, is_box, title_level
from acobot.sources.record import WITHOUT_TITLE, BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LOWEST = 6
MOST_NESTED = 9  # lists in lists that are told apart
_SKIPPED = re.compile(
    r"script|style|template|title|noscript|svg|iframe|object|embed|canvas|audio|video|img|map|select|option"
    r"|textarea|input|datalist|meter|progress|dialog|rp"
)
_BREAK = "\ue000"  # a private character for <br>, so that it is told from the white space of the file
_BREAKS = re.compile(rf"\s*{_BREAK}(?:\s*{_BREAK})+\s*")
_SINGLE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


@dataclass(frozen=True, slots=True)
class Found:
    """A piece with the share of its characters that are links elsewhere, and the element that it stands in."""

    piece: Piece
    linked: float
    place: html.HtmlElement


def pieces_of(element: html.HtmlElement, numbers: ItemNumbers | None = None) -> list[Piece]:
    """The blocks inside an element, in order; `numbers` are those of the page, where several of it are read."""
    return [found.piece for found in found_in(element, numbers)]


def found_in(element: html.HtmlElement, numbers: ItemNumbers | None = None) -> list[Found]:
    """The blocks inside an element, with where they were found."""
    reader = _Reader(element, numbers or ItemNumbers())
    reader.element(element)
    reader.flush()
    return reader.found


class _Reader:
    """One walk over the elements: inline text is gathered until a block begins or ends."""

    def __init__(self, place: html.HtmlElement, numbers: ItemNumbers) -> None:
        self.found: list[Found] = []
        self._words: list[str] = []
        self._linked = 0  # characters of links among the words
        self._link = False
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._above = 0  # the rank of the last heading of the page's own
        self._over = 0  # the rank of the last heading of any kind, but for furniture's
        self._lower = 0  # by how much headings of the box that is open stand lower than their tags say
        self._leaves = 0
        self._numbers = numbers
        self._number = ""  # of the item that has said nothing yet
        self._furniture = False
        self._kept = False
        self._alert = False
        self._place = place

    def flush(self) -> None:
        """Ends the block that is open; two line breaks or more part it into paragraphs."""
        text = "".join(self._words)
        linked = self._linked / max(_count(text), 1)
        self._words.clear()
        self._linked = 0
        for part in _BREAKS.split(text):
            said = tidy(" ".join(part.split()).replace(_BREAK, "\n"))
            if said:
                self._add(self._kind, said, linked, self._level)

    def element(self, element: html.HtmlElement) -> None:
        """The element's own text and what is in it; not what comes after it."""
        tag = element.tag
        if not isinstance(tag, str) or _SKIPPED.fullmatch(tag) or is_unseen(element):
            return
        if element.get(PANEL_TITLE) == "" or (tag == "button" and not _is_title(element)):
            return
        if element.get(KEPT) is not None and not self._kept:
            self._keep(element)
            return
        if tag == "br":
            self._words.append(_BREAK)
        elif tag == "button":
            self._words.append(label_of(element))
        elif tag == "pre":
            self._preformatted(element)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "table" and not is_layout(element):
            self._table(element)
        elif is_inline(element) and not title_level(element, self._above):
            self._inside(element)
        else:
            self._block(element, tag)

    def _keep(self, element: html.HtmlElement) -> None:
        """An element that a maintainer named: nothing in it is furniture, whatever stands around it."""
        self.flush()
        furniture, self._furniture, self._kept = self._furniture, False, True
        self.element(element)
        self.flush()
        self._furniture, self._kept = furniture, False

    def _is_furniture(self, element: html.HtmlElement) -> bool:
        return self._furniture or (not self._kept and is_furniture(element))

    def _inside(self, element: html.HtmlElement) -> None:
        before = self._link
        self._link = before or (element.tag == "a" and leads_away(element))
        self._say(element.text)
        for child in element:
            self.element(child)
            self._say(f"{gap_after(child)}{child.tail or ''}")
        self._link = before

    def _say(self, text: str | None) -> None:
        self._words.append(text or "")
        if self._link:
            self._linked += _count(text or "")

    def _block(self, element: html.HtmlElement, tag: str) -> None:
        """A block of its own kind, or, like a <div>, of the kind of what it stands in."""
        self.flush()
        before = self._kind, self._level, self._furniture, self._place, self._alert
        over = self._above, self._over, self._lower
        first = len(self.found)
        self._furniture = self._is_furniture(element)
        self._place = element
        self._alert = self._alert or is_alert(element)
        if reaches := element.get(REACHES) is not None:
            self._above, self._over, self._leaves = 1, 1, WITHOUT_TITLE
        if reaches or is_beside(element):
            self._lower = self._lower_in(element)
        if title := element.get(PANEL_TITLE):
            self._title(element, title)
        if tag in _HEADINGS:
            self._kind, self._level = BlockKind.HEADING, min(_HEADINGS[tag] + self._lower, _LOWEST)
            self._above = self._level
        elif level := title_level(element, self._above):
            self._kind, self._level = BlockKind.HEADING, level
        elif tag == "li":
            self._kind, self._level = BlockKind.ITEM, _lists_around(element)
            self._number = self._numbers.of(element)
        if is_row(element):
            self._parts(element)
        else:
            self._inside(element)
        self.flush()
        self._number = "" if tag == "li" else self._number
        self._kind, self._level, self._furniture, self._place, self._alert = before
        if is_box(element) and self._leave(first):
            self._above, self._over, self._lower = over

    def _lower_in(self, box: html.HtmlElement) -> int:
        """By how much the headings of a box stand lower than their tags say: none ends what stands around the box."""
        inside = next(box.iterdescendants(*_HEADINGS), None)
        return 0 if inside is None else max(self._over + 1 - _HEADINGS[inside.tag], 0)

    def _leave(self, first: int) -> bool:
        """Ends a box from a block on: its headings stand over nothing that follows, if it has text of its own."""
        inside = [found.piece for found in self.found[first:]]
        ranks = [piece.level for piece in inside if piece.kind is BlockKind.HEADING]
        if not ranks or len(ranks) == len(inside):
            return False
        self._leaves = min(ranks)
        return True

    def _title(self, panel: html.HtmlElement, title: str) -> None:
        """What the button says that opens a panel, as the heading over it."""
        if not " ".join(panel.text_content().split()).startswith(title):
            self._add(BlockKind.HEADING, title, 0.0, min(self._above + 1, _LOWEST))

    def _parts(self, element: html.HtmlElement) -> None:
        """Short parts side by side as one item."""
        parts = [_flat(part) for part in element if isinstance(part.tag, str)]
        inline = all(is_inline(part) for part in element if isinstance(part.tag, str))
        self._item((" " if inline else "\n").join(part for part in parts if part), linked_share(element))

    def _preformatted(self, element: html.HtmlElement) -> None:
        self.flush()
        for kind, said, begins in parted(element):
            self._add(kind, said, 0.0, begins=begins)

    def _definitions(self, listed: html.HtmlElement) -> None:
        """Each term with its definition, if it is a short one; else the term as a line over it."""
        self.flush()
        furniture = self._furniture
        self._furniture = self._is_furniture(listed)
        for terms, meanings in definitions(listed):
            if any(next(term.iterdescendants(*_HEADINGS), None) is not None for term in terms):
                for one in (*terms, *meanings):
                    self._block(one, one.tag)
                continue
            term = "\n".join(filter(None, map(_flat, terms)))
            said = [found for meaning in meanings for found in found_in(meaning)]
            short = [found.piece.text for found in _leading(said, PAIR_WORDS - len(term.split()))]
            self._item("\n".join(filter(None, [term, *short])), _share([*terms, *meanings]))
            self.found += [self._inherited(found) for found in said[len(short) :]]
        self._furniture = furniture

    def _table(self, table: html.HtmlElement) -> None:
        self.flush()
        for caption in table.iter("caption"):
            self._block(caption, "caption")
        linked = linked_share(table)
        begins = True
        for texts in table_rows(table, _flat):
            text = row(texts)
            if not text:
                continue
            if len(texts) == 1:
                self._add(BlockKind.PARAGRAPH, text, linked)
                continue
            self._add(BlockKind.ROW, text, linked, begins=begins)
            begins = False

    def _item(self, text: str, linked: float) -> None:
        if said := tidy(text):
            self._add(BlockKind.ITEM, said, linked)

    def _add(self, kind: BlockKind, text: str, linked: float, level: int = 0, *, begins: bool = False) -> None:
        number = self._number if kind is BlockKind.ITEM else ""
        piece = Piece(kind, text, level, self._furniture, begins=begins, leaves=self._leaves, number=number)
        piece = replace(piece, kept=self._kept, alert=self._alert)
        self._number = ""
        self.found.append(Found(piece, linked, self._place))
        if kind is BlockKind.HEADING:
            self._leaves = 0
            self._over = self._over if self._furniture else level

    def _inherited(self, found: Found) -> Found:
        furniture = not self._kept and (self._furniture or found.piece.furniture)
        piece = replace(found.piece, furniture=furniture, kept=self._kept, alert=self._alert)
        return replace(found, piece=piece)


def _lists_around(item: html.HtmlElement) -> int:
    """In how many lists the list of an item stands."""
    lists = sum(above.tag in {"ul", "ol", "menu"} for above in item.iterancestors())
    return min(max(lists - 1, 0), MOST_NESTED)


def _leading(said: Sequence[Found], words: int) -> Sequence[Found]:
    """The blocks of a definition that can stand on the line of their term: all, the first, or none."""
    for some in (said, said[:1]):
        plain = all(found.piece.kind in _SINGLE and not found.piece.furniture for found in some)
        if plain and sum(len(found.piece.text.split()) for found in some) <= words:
            return some
    return []


def _flat(cell: html.HtmlElement) -> str:
    return flat(pieces_of(cell))


def _is_title(button: html.HtmlElement) -> bool:
    """Whether a button is the title of something that it opens."""
    return next(button.iterancestors("summary", "dt", *_HEADINGS), None) is not None


def _share(elements: Sequence[html.HtmlElement]) -> float:
    words = [len(element.text_content().split()) for element in elements]
    return sum(linked_share(one) * count for one, count in zip(elements, words, strict=True)) / max(sum(words), 1)


def _count(text: str) -> int:
    return len("".join(text.split()))
