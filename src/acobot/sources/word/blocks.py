"""The body of a Word document → pieces. Read off the XML, so that content controls, insertions and text boxes count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from acobot.sources.diagrams import DATA, DIAGRAM
from acobot.sources.drafting import Piece, flat, tidy
from acobot.sources.drafting import rows_of as pieces_of_rows
from acobot.sources.grids import table_rows
from acobot.sources.record import BlockKind, UnreadableError
from acobot.sources.word.equations import EQUATION, EQUATIONS, linear
from acobot.sources.word.labels import is_keyed, is_label
from acobot.sources.word.names import (
    BOX,
    DELETED,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    TABLE,
    TEXT,
    holds,
    is_contents_list,
    is_initial,
    is_left_out,
)
from acobot.sources.word.parts import Parts
from acobot.sources.word.tables import grid_of, rows_of
from acobot.sources.word.text import Note, ParagraphText

_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|table of (?:contents|figures|authorities)|contents|index)\b", re.IGNORECASE)
_LIST = re.compile(r"list\b(?! paragraph)(?:[ \w]* (?P<deep>[2-9])$)?", re.IGNORECASE)  # "List Bullet 2"
_LEVELS = 6
MOST_DEEP = 4  # Word files in one another
_CHUNK, _RELATION = qn("w:altChunk"), qn("r:id")
_TOGETHER = frozenset({BlockKind.ITEM, BlockKind.ROW})
_NO_BLOCKS = DELETED | {BOX, PARAGRAPH_PROPERTIES, RUN_PROPERTIES}
_OWN_MARK = re.compile(r"^[*†‡§#\s]+")


class Blocks:
    """One walk over a document, in which its lists are counted; notes wait for the end of their list or table.

    `unread` counts the embedded files that cannot be read.
    """

    def __init__(self, parts: Parts, depth: int = 0) -> None:
        self._parts = parts
        self._depth = depth  # of Word files around this one
        self._styles = parts.styles
        self._numbers = parts.numbers
        self._level = 0  # of the last heading
        self._leaves = 0  # the rank from which on headings end before the next block
        self.unread = 0

    def pieces(self, body: Any) -> list[Piece]:
        """The blocks of a body in order, each note once, after the paragraph, list or table that refers to it."""
        found: list[Piece] = []
        waiting: list[Note] = []
        told: set[Note] = set()
        for one in self._inside(body):
            if not isinstance(one, Piece):
                waiting += [one] if one not in told else []
                told.add(one)
            elif one.text:
                if one.kind not in _TOGETHER:
                    found += self._notes(waiting)
                    waiting = []
                found.append(replace(one, leaves=self._leaves or one.leaves))
                self._leaves = 0
        return found + self._notes(waiting)

    def _notes(self, notes: Iterable[Note]) -> list[Piece]:
        """The notes as paragraphs, without the author's own marks before them; those that have no words are none."""
        inside = (one for note in notes for one in self._inside(self._parts.note(note)))
        texts = (_OWN_MARK.sub("", one.text) for one in inside if isinstance(one, Piece))
        return [Piece(BlockKind.PARAGRAPH, text) for text in texts if any(char.isalpha() for char in text)]

    def _inside(self, container: Any) -> Iterator[Piece | Note]:
        """The blocks of a body, cell, content control or text box, and the notes that each refers to after it."""
        joined: list[Any] = []  # initials, and paragraphs whose marks were deleted: they and the next are one
        for element in container:
            if element.tag == PARAGRAPH:
                joined.append(element)
                if not (_is_mark_deleted(element) or is_initial(element)):
                    yield from self._paragraph(joined)
                    joined = []
                continue
            if joined and (element.tag == _CHUNK or holds(element, PARAGRAPH)):
                yield from self._paragraph(joined)
                joined = []
            yield from self._other(element)
        yield from self._paragraph(joined)

    def _other(self, element: Any) -> Iterator[Piece | Note]:
        if element.tag == TABLE:
            yield from self._table(element)
        elif element.tag == _CHUNK:
            yield from self._chunk(element.get(_RELATION) or "")
        elif element.tag in {EQUATION, EQUATIONS}:
            yield Piece(BlockKind.PARAGRAPH, tidy(linear(element)))
        elif is_contents_list(element):
            listed = (one for one in self._inside(element) if isinstance(one, Piece))
            yield from (replace(one, kind=BlockKind.PARAGRAPH, furniture=True) for one in listed)
        elif isinstance(element.tag, str) and element.tag not in _NO_BLOCKS and not is_left_out(element):
            yield from self._inside(element)

    def _chunk(self, relation: str) -> list[Piece]:
        """The blocks of an embedded document, whose lists and notes are its own; one that cannot be read is counted."""
        inner = self._parts.document(relation)
        try:
            if inner is None:
                return self._parts.chunk(relation)
            if self._depth < MOST_DEEP:
                blocks = Blocks(Parts(inner), self._depth + 1)
                pieces = blocks.pieces(inner.element.body)
                self.unread += blocks.unread
                return pieces
        except UnreadableError:
            pass
        self.unread += 1
        return []

    def _paragraph(self, joined: list[Any]) -> Iterator[Piece | Note]:
        """One paragraph out of those that are joined; the first that has words, and is no initial, says what it is."""
        if not joined:
            return
        said = [ParagraphText(one, self._styles, self._styles.of(one.find(PARAGRAPH_PROPERTIES))) for one in joined]
        text = tidy("".join(words.text for words in said))
        spoken = (one for one, words in zip(joined, said, strict=True) if words.text.strip() and not is_initial(one))
        first = next(spoken, joined[-1])
        properties = first.find(PARAGRAPH_PROPERTIES)
        gone = not text and (_is_mark_deleted(joined[-1]) or self._is_mark_hidden(joined[-1]))
        number = "" if gone else self._numbers.next(properties)
        kind, level, furniture = self._kind(properties)
        if kind is BlockKind.PARAGRAPH and not furniture and is_label(joined, text, self._styles):
            kind, level = BlockKind.HEADING, min(self._level + 1, _LEVELS)
        elif kind is BlockKind.HEADING and text:
            self._level = level
        if kind is BlockKind.HEADING:
            text = " ".join(text.split())
        yield Piece(kind, f"{number} {text}" if number and text else text, level, furniture)
        for words in said:
            yield from words.notes
        for anchor, box in ((one, box) for one in joined for box in one.iter(BOX, DIAGRAM)):
            if _is_anchored_in(anchor, box):
                yield from self._inside(box) if box.tag == BOX else self._parts.diagram(box.get(DATA) or "")

    def _is_mark_hidden(self, paragraph: Any) -> bool:
        """Whether a paragraph's end is hidden: where all its words are, it is not there, and lists do not count it."""
        properties = paragraph.find(PARAGRAPH_PROPERTIES)
        return properties is not None and self._styles.has(properties, "w:vanish", self._styles.of(properties))

    def _kind(self, properties: Any) -> tuple[BlockKind, int, bool]:
        """What a paragraph is, its level, and whether it is of a contents list."""
        names = self._styles.names(self._styles.of(properties))
        level = self._styles.outline(properties)
        heading = next((int(found[1]) for name in names if (found := _HEADING.search(name))), None)
        if any(_CONTENTS.match(name) for name in names):
            return BlockKind.PARAGRAPH, 0, True
        if any(name.lower() == "title" for name in names[:1]):
            return BlockKind.HEADING, 1, False
        if heading is not None or (level is not None and level < _LEVELS):
            return BlockKind.HEADING, min(heading or (level or 0) + 1, _LEVELS), False
        numbered = self._styles.numbering(properties)
        listed = next((found for name in names if (found := _LIST.match(name))), None)
        if numbered or listed:
            deep = numbered[1] if numbered else None
            level = min(int(deep), _LEVELS) if deep and deep.isdecimal() else 0
            return BlockKind.ITEM, level or (int(listed["deep"] or 1) - 1 if listed else 0), False
        return BlockKind.PARAGRAPH, 0, False

    def _table(self, table: Any) -> Iterator[Piece | Note]:
        """A table's rows; one that only places text on the page gives its blocks.

        That is one of cells below each other, one with tables in it, or one of texts that each have a heading. What
        follows texts beside each other stands under none of their headings.
        """
        rows, level, leaves = rows_of(table), self._level, self._leaves
        inside = [[list(self._inside(cell)) for cell in cells] for cells in rows]
        self._leaves = leaves  # tables within may have said otherwise
        single = all(len(cells) < 2 for cells in rows)
        if single or any(inner is not table for inner in table.iter(TABLE)) or self._are_headed(rows):
            pieces = [one for cells in inside for cell in cells for one in cell]
            yield from pieces
            if not single:
                headings = [one.level for one in pieces if isinstance(one, Piece) and one.kind is BlockKind.HEADING]
                self._level, self._leaves = level, min(headings, default=0)
            return
        texts = [[_said(cell) for cell in cells] for cells in inside]
        lines = pieces_of_rows(table_rows(grid_of(list(zip(rows, texts, strict=True)))))
        keyed = is_keyed(rows, self._styles)
        yield from (replace(one, kind=BlockKind.ITEM) if keyed and one.kind is BlockKind.ROW else one for one in lines)
        yield from (one for cells in inside for cell in cells for one in cell if not isinstance(one, Piece))

    def _are_headed(self, rows: Iterable[Iterable[Any]]) -> bool:
        """Whether each cell of a table that has words is a text under a heading."""
        cells = [[one for one in cell.iter(PARAGRAPH) if _has_words(one)] for line in rows for cell in line]
        texts = [cell for cell in cells if cell]
        heads = (self._kind(cell[0].find(PARAGRAPH_PROPERTIES))[0] for cell in texts)
        return all(len(cell) > 1 for cell in texts) and all(kind is BlockKind.HEADING for kind in heads)


def _has_words(paragraph: Any) -> bool:
    return any((one.text or "").strip() for one in paragraph.iter(TEXT))


def _said(cell: Iterable[Piece | Note]) -> str:
    return flat(one for one in cell if isinstance(one, Piece))


def _is_mark_deleted(paragraph: Any) -> bool:
    """Whether a tracked change took the paragraph's end out, or moved it elsewhere."""
    mark = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{RUN_PROPERTIES}")
    return mark is not None and any(one.tag in DELETED for one in mark)


def _is_anchored_in(paragraph: Any, box: Any) -> bool:
    """Whether a text box or diagram in a paragraph is its own, and not another box's or of what is left out."""
    for above in box.iterancestors():
        if above.tag == PARAGRAPH:
            return above is paragraph
        if above.tag == BOX or above.tag in DELETED or is_left_out(above):
            return False
    return False
