"""The rows of a table in an RTF text → its pieces, each cell in its own column. Knows no tokens.

Where a cell stands is told by its right edge alone, so that one over two others is known by theirs. A row with a table
in it only places text on the page: what it holds is given as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from acobot.sources.drafting import Piece, rows_of
from acobot.sources.grids import MOST_SPAN, Cell, reaching_down, table_rows
from acobot.sources.record import BlockKind

NEAR = 100  # twips, a twentieth of a point each: edges that are nearer are one, drawn by hand


@dataclass(frozen=True, slots=True)
class Place:
    """The right edge of a cell in twips, and whether it goes on from the cell on its left, or above it."""

    edge: int
    from_left: bool = False
    from_above: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What the cells of a row say, where they stand, if that is told, and whether the row heads the table.

    `blocks` are all that it holds, if that is a table, too.
    """

    texts: Sequence[str]
    places: Sequence[Place]
    is_head: bool
    blocks: Sequence[Piece] = ()


@dataclass(slots=True)
class Table:
    """A table that is open: its rows so far, and what its next cells are like."""

    rows: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    is_head: bool = False
    _looks: set[str] = field(default_factory=set)
    _cell: list[str] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _blocks: list[Piece] = field(default_factory=list)
    _holds_table: bool = False

    def begin_row(self) -> None:
        """What its cells are like is told anew."""
        self.places, self.is_head, self._looks = [], False, set()

    def look(self, word: str) -> None:
        """What the next cell is like: "clmrg", "clvmrg"."""
        self._looks.add(word)

    def place(self, edge: int) -> None:
        """Where the next cell ends."""
        if len(self.places) < MOST_SPAN:
            self.places.append(Place(edge, "clmrg" in self._looks, "clvmrg" in self._looks))
        self._looks = set()

    def say(self, text: str) -> None:
        """A paragraph of the open cell."""
        if text:
            self._cell.append(text)
            self._blocks.append(Piece(BlockKind.PARAGRAPH, text))

    def put(self, inner: Table) -> None:
        """A table inside the open cell."""
        self._blocks += inner.pieces()
        self._holds_table = True

    def end_cell(self, text: str) -> None:
        """Ends the open cell with its last paragraph."""
        self.say(text)
        self._row.append(" ".join(self._cell))
        self._cell.clear()

    def end_row(self) -> None:
        """Ends the open row."""
        blocks = tuple(self._blocks) if self._holds_table else ()
        self.rows.append(Row(tuple(self._row), tuple(self.places), self.is_head, blocks))
        self._row.clear()
        self._blocks.clear()
        self._holds_table = False

    def pieces(self) -> Iterator[Piece]:
        """All of it, also a cell and a row whose ends are not told."""
        if self._cell:
            self.end_cell("")
        if self._row or self._blocks:
            self.end_row()
        for holds_tables, run in groupby(self.rows, key=lambda row: bool(row.blocks)):
            rows = list(run)
            yield from (block for row in rows for block in row.blocks) if holds_tables else _rows(rows)


@dataclass(slots=True)
class _Wide:
    """A cell of which is not known yet how many columns and rows it covers."""

    text: str
    across: int
    is_head: bool
    down: int = 1


def _rows(rows: Sequence[Row]) -> Iterator[Piece]:
    """Rows without a table in them; of one cell each they are a frame around a text."""
    if all(len(row.texts) < 2 for row in rows):
        return (Piece(BlockKind.PARAGRAPH, text) for row in rows for text in row.texts)
    return rows_of(table_rows(reaching_down(_grid(rows))))


def _grid(rows: Sequence[Row]) -> list[list[Cell]]:
    columns = _columns(rows)
    wide: list[list[_Wide]] = []
    above: dict[int, _Wide] = {}
    for row in rows:
        own, above = _cells(row, columns, above)
        wide.append(own)
    return [[Cell(cell.text, cell.across, cell.down, cell.is_head) for cell in own] for own in wide]


def _columns(rows: Sequence[Row]) -> dict[int, int]:
    """For each edge how many columns end there or left of it; of far too many none."""
    columns: dict[int, int] = {}
    count, last = 0, -NEAR
    for edge in sorted({place.edge for row in rows for place in row.places}):
        count += edge - last >= NEAR
        columns[edge], last = count, edge
    return columns if count <= MOST_SPAN else {}


def _cells(row: Row, columns: dict[int, int], above: dict[int, _Wide]) -> tuple[list[_Wide], dict[int, _Wide]]:
    """A row's own cells, and all that stand in it by their first columns: those of the row above may reach down."""
    own: list[_Wide] = []
    there: dict[int, _Wide] = {}
    told = columns and len(row.places) >= len(row.texts)
    column, left = 0, None
    for number, text in enumerate(row.texts):
        place = row.places[number] if told else None
        across = max(columns[place.edge] - column, 1) if place else 1
        if place and place.from_above and column in above and not text:
            left, there[column] = None, above[column]
            there[column].down += 1
        elif place and place.from_left and not text:
            if left:
                left.across += across
        else:
            left = there[column] = _Wide(text, across, row.is_head)
            own.append(left)
        column += across
    return own, there
