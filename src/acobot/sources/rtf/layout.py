"""The words of an RTF text, or of one text box in it → pieces: what a paragraph is, and the rows of tables.

Knows no tokens and no characters.
"""

from __future__ import annotations

from acobot.sources.drafting import Piece, tidy
from acobot.sources.record import BlockKind
from acobot.sources.rtf.styles import LEVELS, NO_OUTLINE, Styles
from acobot.sources.rtf.tables import Table

PARAGRAPH_ENDS = frozenset({"par", "sect", "page"})
_ROW_WORDS = frozenset({"trowd", "trhdr", "cellx", "clmrg", "clvmrg"})  # what a row and its cells are like
_TABLE_ENDS = frozenset({"cell", "row", "nestcell", "nestrow"})


class Layout:
    """The paragraph and the table that are open, and the `pieces` before them."""

    def __init__(self, styles: Styles) -> None:
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.style, self.outline, self.nested = 0, NO_OUTLINE, 0
        self._styles = styles
        self._number: list[str] = []
        self._is_item = False
        self._in_table, self._depth = False, 1
        self._table = Table()
        self._inner: Table | None = None  # that is open in a cell of it; tables in that are taken for its rows
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

    def obey(self, word: str, number: int) -> bool:
        """Whether a word ends or begins a paragraph, cell or row, or says where these stand, which it then does."""
        if word in PARAGRAPH_ENDS:
            self.end_paragraph()
        elif word == "pard":
            self.style, self.outline, self.nested, self._in_table, self._depth = 0, NO_OUTLINE, 0, False, 1
        elif word == "intbl":
            self._in_table = True
        elif word == "itap":
            self._depth = number
        elif word in _ROW_WORDS:
            self._tell(self._open_table(within=self._depth > 1), word, number)
        elif word in _TABLE_ENDS:
            self._end(self._open_table(within=word.startswith("nest")), word.removeprefix("nest"))
        else:
            return False
        return True

    def end_paragraph(self) -> None:
        """The words since the last one as a piece, or as part of a cell."""
        is_item, self._is_item = self._is_item, False
        text = self._taken()
        if self._in_table:
            self._open_table(within=self._depth > 1).say(text)
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

    def _open_table(self, *, within: bool) -> Table:
        """The table that is open, or the one within its open cell, which ends where that goes on."""
        if within:
            self._inner = self._inner or Table()
            return self._inner
        if self._inner:
            self._table.put(self._inner)
            self._inner = None
        return self._table

    def _tell(self, table: Table, word: str, number: int) -> None:
        if word == "trowd":
            table.begin_row()
        elif word == "trhdr":
            table.is_head = number != 0
        elif word == "cellx":
            table.place(number)
        else:
            table.look(word)

    def _end(self, table: Table, word: str) -> None:
        if word == "cell":
            table.end_cell(self._taken())
        else:
            table.end_row()

    def _end_table(self) -> None:
        """The rows since the last paragraph."""
        self.pieces += [*self._open_table(within=False).pieces(), *self._beside_table]
        self._table, self._beside_table = Table(), []

    def _end_boxes(self) -> None:
        if self._beside:
            self._end_table()
            self.pieces += self._beside
            self._beside = []
