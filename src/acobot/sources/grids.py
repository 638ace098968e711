"""The cells of a table → rows of texts in which each cell stands in its own column, under one row of heads.

A cell that covers several rows is said again in each of them, and a value in each column of figures that it covers;
heads of two rows become one. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

MOST_SPAN = 100  # columns or rows that a cell is believed to cover
REPEATED_WORDS = 20  # a cell that says more is not said again in the rows below
VALUE_WORDS = 4  # a cell that says more is not said again in the columns that it covers
GROUP_WORDS = 8  # of a row that says what the rows below it are about
HEAD_ROWS = 4
LEAST_GROUPS = 2
LEAST_NOTED = 4  # rows in which two have a note each


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, as one line, and how many columns and rows it covers; `is_first` of the rows that it covers."""

    text: str
    across: int = 1
    down: int = 1
    is_head: bool = False
    is_first: bool = True


Grid = Sequence[Sequence[Cell]]


def table_rows(grid: Grid) -> Iterator[list[str]]:
    """The rows of a table; one of a single text is a title. Columns on the left that say nothing are left out."""
    rows = [texts for texts in _table_rows(grid) if any(texts)]
    margin = min((next(at for at, text in enumerate(texts) if text) for texts in rows if len(texts) > 1), default=0)
    for texts in rows:
        yield texts if len(texts) == 1 else [*texts[margin:], *[""] * (2 - len(texts) + margin)]


def _table_rows(grid: Grid) -> Iterator[list[str]]:
    width = max((_width(row) for row in grid), default=0)
    titles = list(takewhile(lambda row: _is_across(row, width), grid))
    yield from ([row[0].text] for row in titles)
    rows = _grouped(grid[len(titles) :], width)
    heads = _count_heads(rows, width)
    if heads > 1:
        yield _merged(rows[:heads])
    body = rows[max(heads, 1) :]
    group, noted, figures = "", _is_noted(body, width), _columns_of_figures(body)
    for number, row in enumerate(rows):
        texts = _spread(row) if number < max(heads, 1) else _said_again(row, figures)
        if number < heads and heads > 1:
            continue
        if _is_across(row, width) and number + 1 < len(rows) and not noted:
            group = "" if _is_long(texts[0]) else texts[0]
        elif group and number and texts[0] and not (_is_across(row, width) and _is_long(texts[0])):
            texts[0] = f"{group} {texts[0]}"
        yield texts if len(texts) > 1 else [*texts, ""]


def reaching_down(lines: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The cells of each row, also those that reach down into it from a row above; no empty rows."""
    rows: list[list[Cell]] = []
    reaching: dict[int, Cell] = {}  # by their columns
    for own in lines:
        row, reaching = _row(own, reaching)
        if any(cell.text and cell.is_first for cell in row):
            rows.append(row)
    return rows


def _row(own: Sequence[Cell], reaching: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
    """A row's own cells around those that reach into it, and what reaches into the row below."""
    row: list[Cell] = []
    below: dict[int, Cell] = {}
    waiting, above = list(reversed(own)), sorted(reaching.items(), reverse=True)
    column = 0
    while waiting or above:
        reaches = above and (above[-1][0] <= column or not waiting)
        cell = above.pop()[1] if reaches else waiting.pop()
        row.append(cell)
        if cell.down > 1:
            again = cell.text if len(cell.text.split()) <= REPEATED_WORDS else ""
            below[column] = Cell(again, cell.across, cell.down - 1, cell.is_head, is_first=False)
        column += cell.across
    return row, below


def _width(row: Sequence[Cell]) -> int:
    return sum(cell.across for cell in row)


def _is_across(row: Sequence[Cell], width: int) -> bool:
    """Whether a row is one cell over all columns."""
    return len(row) == 1 and 1 < width <= row[0].across


def _grouped(rows: Grid, width: int) -> Grid:
    """The rows, those over all columns that name groups of rows whose names are said of several groups.

    So are those of a name and empty cells, if one opens the rows, each stands over rows, and none is a name of a row:
    others tell that a row has no value. Each has several rows or a figure: "Break" below two talks is of none of them.
    """
    named = [number for number, row in enumerate(rows) if number and row[0].text and _is_empty(row[1:])]
    parts = [rows[at + 1 : to] for at, to in pairwise([*named, len(rows)])]
    names = [rows[number][0].text for number in named]
    inner = [{row[0].text for row in part} for part in parts]
    if len(named) < LEAST_GROUPS or named[0] != 1 or not all(inner) or len({*names}) < len(names):
        return rows
    if set(names) & set().union(*inner) or not set.intersection(*inner) or not all(map(_is_group, parts)):
        return rows
    return [[Cell(row[0].text, width)] if number in named else row for number, row in enumerate(rows)]


def _is_group(rows: Grid) -> bool:
    return len(rows) > 1 or any(any(map(str.isdigit, cell.text)) for row in rows for cell in row[1:])


def _is_empty(cells: Sequence[Cell]) -> bool:
    return bool(cells) and not any(cell.text for cell in cells)


def _is_long(text: str) -> bool:
    """Whether what stands over all columns says more than the name of a group: it is a note."""
    return len(text.split()) > GROUP_WORDS


def _is_noted(body: Grid, width: int) -> bool:
    """Whether each row has one over all columns below it: that is a note to the row above, and names no rows."""
    alternate = all(_is_across(row, width) == bool(number % 2) for number, row in enumerate(body))
    return alternate and len(body) >= LEAST_NOTED and len(body) % 2 == 0


def _count_heads(rows: Grid, width: int) -> int:
    """How many rows at the top are heads; plain cells are, too, where years or groups stand over an empty corner.

    So are those beside a corner that reaches down from a row that is marked as the head. A row over all columns below
    a head names the rows below it, however it is marked.
    """
    heads = next(
        (
            number
            for number, row in enumerate(rows)
            if not all(cell.is_head for cell in row) or (number and _is_across(row, width))
        ),
        0,
    )
    if heads > 1 or len(rows) < 3:
        return heads if heads <= HEAD_ROWS else 1
    corner, *others = rows[0]
    reaches = corner.down > 1 or not rows[1][0].is_first
    cornered = reaches or (not heads and not (corner.text and rows[1][0].text))
    grouped = bool(others) and cornered and any(cell.across > 1 for cell in others)
    return 2 if grouped and all(cell.across == 1 for cell in rows[1]) else heads


def _merged(heads: Grid) -> list[str]:
    """Several rows of heads as one: what stands over a column, from the top."""
    columns: list[list[str]] = [[] for _ in range(max(_width(row) for row in heads))]
    for row in heads:
        column = 0
        for cell in row:
            for one in columns[column : column + cell.across]:
                if cell.text and cell.is_first:
                    one.append(cell.text)
            column += cell.across
    return [" ".join(texts) for texts in columns]


def _spread(row: Sequence[Cell]) -> list[str]:
    """The texts of a row, each in the first of its columns."""
    return [text for cell in row for text in (cell.text, *[""] * (cell.across - 1))]


def _columns_of_figures(body: Grid) -> frozenset[int]:
    """The columns in which a cell of their own gives a figure."""
    told: set[int] = set()
    for row in body:
        column = 0
        for cell in row:
            if cell.across == 1 and any(map(str.isdigit, cell.text)):
                told.add(column)
            column += cell.across
    return frozenset(told)


def _said_again(row: Sequence[Cell], figures: frozenset[int]) -> list[str]:
    """The texts of a row; a short one over columns of figures in each of them: a fee that holds by day and at night."""
    texts: list[str] = []
    for cell in row:
        covered = range(len(texts), len(texts) + cell.across)
        is_value = len(row) > 1 < cell.across and len(cell.text.split()) <= VALUE_WORDS
        again = is_value and figures.issuperset(covered)
        texts += [cell.text] * cell.across if again else [cell.text, *[""] * (cell.across - 1)]
    return texts
