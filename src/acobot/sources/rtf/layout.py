"""The words of an RTF text, or of one text box in it → pieces: what a paragraph is, and the rows of tables.

Knows no tokens and no characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from acobot.sources.drafting import Piece, rows_of, tidy
from acobot.sources.grids import Cell, table_rows
from acobot.sources.record import BlockKind
from acobot.sources.rtf.styles import LEVELS, NO_OUTLINE, Styles

PARAGRAPH_ENDS = frozenset({"par", "sect", "page"})


class Layout:
    """The paragraph and the table that are open, and the `pieces` before them."""

    def __init__(self, styles: Styles) -> None:
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.style, self.outline, self.nested = 0, NO_OUTLINE, 0
        self._styles = styles
        self._number: list[str] = []
        self._is_item = False
        self._in_table = False
        self._cell: list[str] = []
        self._row: list[str] = []
        self._table: list[list[str]] = []
        self._beside: list[Piece] = []  # of the text boxes in the open paragraph, and in the open table
        self._beside_table: list[Piece] = []

    def list_item(self) -> None:
        """Its number or bullet comes."""
        self._is_item = True

    def say_number(self, text: str) -> None:
        """The number or bullet of an item or heading."""
        self._number.append(text)

    def put_beside(self, box: Layout) -> None:
        """A text box, to stand after the paragraph or table that is open."""
        box.finish()
        (self._beside_table if self._in_table else self._beside).extend(box.pieces)

    def obey(self, word: str) -> bool:
        """Whether a word ends or begins a paragraph, cell or row, which it then does."""
        if word in PARAGRAPH_ENDS:
            self.end_paragraph()
        elif word == "pard":
            self.style, self.outline, self.nested, self._in_table = 0, NO_OUTLINE, 0, False
        elif word == "intbl":
            self._in_table = True
        elif word in {"cell", "nestcell"}:
            self._end_cell()
        elif word in {"row", "nestrow"}:
            self._end_row()
        else:
            return False
        return True

    def end_paragraph(self) -> None:
        """The words since the last one as a piece, or as part of a cell."""
        is_item, self._is_item = self._is_item, False
        text = self._taken()
        if self._in_table:
            self._cell += [text] if text else []
            return
        if text:
            self._end_table()
            level = self._styles.level(self.style) or (self.outline + 1 if 0 <= self.outline < LEVELS else 0)
            kind = BlockKind.HEADING if level else BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
            text = " ".join(text.split()) if level else text
            self.pieces.append(Piece(kind, text, self.nested if kind is BlockKind.ITEM else level))
        self._end_boxes()

    def finish(self) -> None:
        """Ends what is open, also a row whose end is not told."""
        self.end_paragraph()
        self._end_table()
        self._end_boxes()

    def _taken(self) -> str:
        """The words of the open paragraph, which is thereby closed, with its number before them."""
        text, number = tidy("".join(self.words)), tidy("".join(self._number))
        self.words.clear()
        self._number.clear()
        return f"{number} {text}" if text and any(char.isalnum() for char in number) else text

    def _end_cell(self) -> None:
        self._row.append(" ".join([*self._cell, self._taken()]).strip())
        self._cell.clear()

    def _end_row(self) -> None:
        self._table.append(list(self._row))
        self._row.clear()

    def _end_table(self) -> None:
        """The rows since the last paragraph; of one cell each they are a frame around a text."""
        if self._cell:
            self._end_cell()
        if self._row:
            self._end_row()
        self.pieces += [*_rows(self._table), *self._beside_table]
        self._table, self._beside_table = [], []

    def _end_boxes(self) -> None:
        if self._beside:
            self._end_table()
            self.pieces += self._beside
            self._beside = []


def _rows(table: list[list[str]]) -> Iterator[Piece]:
    if all(len(cells) < 2 for cells in table):
        yield from (Piece(BlockKind.PARAGRAPH, text) for cells in table for text in cells)
        return
    yield from rows_of(table_rows([[Cell(text) for text in cells] for cells in table]))
