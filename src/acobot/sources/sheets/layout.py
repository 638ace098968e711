"""The cells of a sheet → pieces: its tables, each with its head, and the lines over and between them. Knows no format.

Tables are told apart by rows and columns that are empty throughout. What goes on below an empty row without a head of
its own has that of the table above, which is said again where something stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from acobot.sources.drafting import Piece, row, tidy
from acobot.sources.grids import GROUP_WORDS, Cell, table_rows
from acobot.sources.record import BlockKind
from acobot.sources.sheets.cells import Cells, Value

TITLE_WORDS = 14  # of a line over a table: a longer one is a remark
_ENDED = re.compile(r"[.!:;,…。！][\"'’”)\]]*$")


@dataclass(frozen=True, slots=True)
class _Span:
    """A rectangle of the sheet; both ends are outside of it."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of the last table, for what goes on below it without one."""

    span: _Span
    row: str
    figures: frozenset[int]


def pieces_of(cells: Cells, level: int) -> Iterator[Piece]:
    """The pieces of a sheet in order; titles of its tables are headings of this rank."""
    heads: dict[int, _Head] = {}  # by their first columns
    last: _Head | None = None
    spans = list(_tables(cells))
    for span, after in zip_longest(spans, spans[1:]):
        above = heads.get(span.left)
        table = _Table(cells, span, level, above)
        if table.is_lines:
            over = after is not None and not _Table(cells, after, level, None).is_lines
            yield from _lines(table.values, level, over=over)
            last = None
            continue
        pieces, head = table.read()
        if head and head is above and head is last and pieces[0].begins:
            pieces = pieces[1:]  # the rows go on below an empty one
        if head:
            heads[span.left] = head
        last = head
        yield from pieces


def _tables(cells: Cells) -> Iterator[_Span]:
    """The rectangles between empty rows and, where both sides have several columns, empty columns."""
    if not cells:
        return
    rows = sorted({at for at, _ in cells})
    first, last = min(at for _, at in cells), max(at + value.across for (_, at), value in cells.items())
    by_row: dict[int, list[tuple[int, int]]] = {}
    for (line, at), value in cells.items():
        by_row.setdefault(line, []).append((at, at + value.across))
    for top, bottom in _runs(rows):
        for left, right in _columns(by_row, top, bottom, first, last):
            used = [line for line in range(top, bottom) if any(left <= at < right for at, _ in by_row.get(line, ()))]
            for begin, stop in _runs(used):
                yield _Span(begin, stop, left, right)


def _columns(
    by_row: dict[int, list[tuple[int, int]]], top: int, bottom: int, first: int, last: int
) -> list[tuple[int, int]]:
    """The columns of what stands side by side in these rows."""
    used = sorted({at for line in range(top, bottom) for begin, stop in by_row[line] for at in range(begin, stop)})
    parts = list(_runs(used))
    if len(parts) > 1 and bottom - top > 1 and all(right - left > 1 for left, right in parts):
        return parts
    return [(parts[0][0], parts[-1][1])] if parts else [(first, last)]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of numbers one after the other, as half-open spans."""
    begin = numbers[0] if numbers else 0
    for one, after in pairwise(numbers):
        if after != one + 1:
            yield begin, one + 1
            begin = after
    if numbers:
        yield begin, numbers[-1] + 1


class _Table:
    """One rectangle of a sheet: lines over a table, its head, and its rows."""

    def __init__(self, cells: Cells, span: _Span, level: int, above: _Head | None) -> None:
        self._level = level
        self._above = above
        self._span = span
        self._rows = [
            [(at, cells[line, at]) for at in range(span.left, span.right) if (line, at) in cells]
            for line in range(span.top, span.bottom)
        ]

    @property
    def is_lines(self) -> bool:
        """Whether it is no table: a single text in each row."""
        return all(len(line) == 1 for line in self._rows)

    @property
    def values(self) -> list[Value]:
        """The first cell of each row."""
        return [line[0][1] for line in self._rows]

    def read(self) -> tuple[list[Piece], _Head | None]:
        """The pieces, and the head for what goes on below."""
        titles = next(number for number, line in enumerate(self._rows) if len(line) > 1)
        over = [line[0][1].text for line in self._rows[:titles]]
        pieces = [_title(text, self._level if number == 0 else 0) for number, text in enumerate(over)]
        body = _with_groups(self._rows[titles:], self._span)
        heads = _count_heads(body)
        figures = frozenset(at for line in body[heads:] for at, value in line if value.figure and not value.again)
        if heads:
            texts = [text for cells in table_rows(self._grid(body, heads)) if (text := row(cells))]
            return [*pieces, *_rows(texts)], _Head(self._span, texts[0], figures)
        texts = [text for cells in table_rows([_headless(), *self._grid(body, 0)]) if (text := row(cells))]
        if self._above and self._goes_on(self._above, figures):
            return [*pieces, *_rows([self._above.row, *texts])], self._above
        return [*pieces, *(Piece(BlockKind.ITEM, text) for text in texts)], None

    def _goes_on(self, above: _Head, figures: frozenset[int]) -> bool:
        """Whether rows without a head have the columns of the table above, and figures in the same ones."""
        within = above.span.left == self._span.left and self._span.right <= above.span.right
        return within and bool(figures) and figures <= above.figures

    def _grid(self, body: Sequence[Sequence[tuple[int, Value]]], heads: int) -> list[list[Cell]]:
        return [self._line(line, is_head=number < heads) for number, line in enumerate(body)]

    def _line(self, line: Sequence[tuple[int, Value]], *, is_head: bool) -> list[Cell]:
        width = self._span.right - self._span.left
        (_, first), *others = line
        if not is_head and not others and width > 1 and _is_group(first, width):
            return [Cell(" ".join(first.text.split()), width)]
        cells: list[Cell] = []
        column = self._span.left
        for at, value in line:
            cells += [Cell("", is_head=is_head)] * (at - column)
            across = min(value.across, self._span.right - at)
            cells.append(Cell(value.text, across, is_head=is_head, is_first=not value.again))
            column = at + across
        return cells + [Cell("", is_head=is_head)] * (self._span.right - column)


def _with_groups(body: list[list[tuple[int, Value]]], span: _Span) -> list[list[tuple[int, Value]]]:
    """The rows of a table, in the first of which groups cover their columns also where no cells were merged.

    They are groups where the row below names the columns from the first group on, and the same ones again for others.
    """
    if len(body) < 3 or body[2][0][0] != span.left:
        return body
    head, columns = body[0], [at for at, _ in body[1]]
    groups = [at for at, _ in head if at >= columns[0] > span.left]
    named = columns == list(range(columns[0], span.right)) and groups[:1] == columns[:1]
    plain = all(value.across == 1 and (value.year or not value.figure) for _, value in body[1])
    again = len({value.text for _, value in body[1]}) < len(columns)
    if not (named and plain and again and 1 < len(groups) < len(columns)):
        return body
    ends = dict(zip(groups, [*groups[1:], span.right], strict=True))
    return [[(at, replace(value, across=ends.get(at, at + 1) - at)) for at, value in head], *body[1:]]


def _rows(texts: Sequence[str]) -> list[Piece]:
    return [Piece(BlockKind.ROW, text, begins=number == 0) for number, text in enumerate(texts)]


def _lines(values: Sequence[Value], level: int, *, over: bool) -> list[Piece]:
    """Texts below each other: a title and remarks, also those `over` a table, or a list."""
    headed = over or (len(values) > 1 and values[0].strong)
    rest = values[1:] if headed else values
    listed = not over and len(rest) > 2 and not all(_is_remark(one.text) for one in rest)
    kind = BlockKind.ITEM if listed else BlockKind.PARAGRAPH
    return [*([_title(values[0].text, level)] if headed else []), *(Piece(kind, tidy(one.text)) for one in rest)]


def _title(text: str, level: int) -> Piece:
    """A line over a table, as its heading if it has a level and says no more than a title does."""
    flat = " ".join(tidy(text).split())
    if level and not _is_remark(flat) and any(char.isalpha() for char in flat):
        return Piece(BlockKind.HEADING, flat, level)
    return Piece(BlockKind.PARAGRAPH, tidy(text))


def _headless() -> list[Cell]:
    """A row of one head that says nothing, so that none of the others is taken for the table's."""
    return [Cell("", is_head=True), Cell("", is_head=True)]


def _count_heads(body: Sequence[Sequence[tuple[int, Value]]]) -> int:
    """How many of the rows are heads: texts, years or what is set off over what is not; two where groups stand over."""
    values = [[value for _, value in line] for line in body]
    if len(values) < 2 or not _is_head(values[0], values[1:]):
        return 0
    grouped = any(value.across > 1 for value in values[0]) or any(value.again for value in values[1])
    if len(values) > 2 and grouped and all(not value.figure or value.year or value.again for value in values[1]):
        return 2
    return 1


def _is_head(line: Sequence[Value], below: Sequence[Sequence[Value]]) -> bool:
    if line[0].text == below[0][0].text and not below[0][0].again:
        return False  # both rows are of the same thing
    if all(value.strong for value in line) and not all(value.strong for value in below[0]):
        return True
    if all(not value.figure for value in line):
        return not all(value.text.endswith(":") for value in (line[0], *(one[0] for one in below)))
    figures = [value for value in line if value.figure]
    years = all(value.year for value in figures) and not line[0].figure
    return years and any(value.figure and not value.year for one in below for value in one)


def _is_group(value: Value, width: int) -> bool:
    """Whether the only cell of a row says what the rows below are about: one over all columns, or one set off."""
    return (value.across >= width or value.strong) and not value.figure and len(value.text.split()) <= GROUP_WORDS


def _is_remark(text: str) -> bool:
    return len(text.split()) > TITLE_WORDS or bool(_ENDED.search(text))
