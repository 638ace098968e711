"""Which lines of a page are rows of a table: those whose cells stand below each other. Geometry only."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from acobot.sources.pdf.columns import Line
from acobot.sources.pdf.lines import HYPHEN, Segment
from acobot.sources.pdf.places import with_all_cells

BELOW = 3.0  # points by which cells that stand below each other may differ
EXACTLY = 0.8  # the same for words that no room parts from those before them
CLOSE = 1.35  # heights of the letters from line to line within a cell
APART = 1.5  # and at least so much from row to row, where it can be told
FAR = 5.0  # and so much is out of the table
DEEPEST = 8  # lines of a cell
FURTHER = 1.3  # times as far as the line before it
TIGHT_ROWS = 3  # so many lines on which a word begins at one place, one of them as a cell, make a column of a table
# The number of a clause, such as "2.1" or "2.1.3", beside words and not beside figures.
CLAUSE = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
# What stands before a list item.
MARK = re.compile(r"(?:[•‣◦▪●○∙·■□▸►➢➔→◆◇❖✓✔✗✘–—*-]|\uf0b7|\uf0a7|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])(?:\s+|$)")


def tabular(lines: Sequence[Line]) -> set[int]:
    """The numbers of lines that are rows of a table: ruled, with an empty cell, or next to one with cells below it."""
    found = {number for number, line in enumerate(lines) if any(cell.is_cell or not cell.text for cell in line.cells)}
    for number, (before, after) in enumerate(pairwise(lines)):
        if before.page == after.page and before.column == after.column and _aligned(before, after):
            found |= {number, number + 1}
    return found


def with_tight_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of tables whose cells almost touch parted where a cell of another row begins."""
    places: list[set[float]] = [set() for _ in lines]
    for number, line in enumerate(lines):
        for cell in [] if _is_ruled(line) else _cells(line)[1:]:
            run = [number, *_run(lines, number, cell.left, 1), *_run(lines, number, cell.left, -1)]
            if len(run) >= TIGHT_ROWS:
                for other in run:
                    places[other].add(cell.left)
    return [_parted(line, found) if found else line for line, found in zip(lines, places, strict=True)]


def with_whole_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of tables whose cells take several lines put together to one line a row.

    Only where there is more room between rows than between the lines of a cell, so that it can be told.
    """
    numbers = tabular(lines)
    merged: list[Line] = []
    run: list[Line] = []
    for number, line in enumerate(lines):
        if _is_ruled(line):  # its cells are whole already
            merged += [*_rows_of(run), line]
            run = []
            continue
        if run and run[-1].column == line.column and (_step(run[-1], line) < CLOSE or _is_below(run, line)):
            run.append(line)
            continue
        merged.extend(_rows_of(run))
        run = [line] if number in numbers else []
        merged.extend([] if run else [line])
    return merged + _rows_of(run)


def with_empty_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page; rows of tables without rules have an empty cell in each column in which nothing stands."""
    filled = list(lines)
    for run in (*_tables(lines), *_shaded(lines)):
        rows = with_all_cells([lines[number].cells for number in run])
        for number, cells in zip(run, rows, strict=True):
            filled[number] = replace(lines[number], cells=list(cells))
    return filled


def _tables(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The numbers of the rows of each table without rules; one other line, as the rest of a cell, does not part it."""
    numbers = tabular(lines)
    run: list[int] = []
    for number, line in enumerate(lines):
        if len(line.cells) < 2 or _is_ruled(line):
            continue
        near = run and number - run[-1] <= 2 and lines[run[-1]].column == line.column
        if near and _is_below([lines[above] for above in run[-DEEPEST:]], line):
            run.append(number)
            continue
        if run:
            yield run
        run = [number] if number in numbers else []
    if run:
        yield run


def _shaded(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The numbers of the rows of each table of which some rows have rules around their cells, and some between do not.

    Such are tables in which each second row is shaded, cell by cell.
    """
    run: list[int] = []
    for number, line in enumerate(lines):
        last = lines[run[-1]] if run else line
        if run and not (len(line.cells) > 1 and last.column == line.column and _step(last, line) < FAR):
            yield from [run] if _alternates([lines[one] for one in run]) else []
            run = []
        run += [number] if len(line.cells) > 1 else []
    yield from [run] if _alternates([lines[one] for one in run]) else []


def _alternates(run: Sequence[Line]) -> bool:
    """Whether a row without rules has some with rules above and below it."""
    ruled = [number for number, line in enumerate(run) if _is_ruled(line)]
    return bool(ruled) and ruled[-1] - ruled[0] >= len(ruled)


def _is_ruled(line: Line) -> bool:
    return any(cell.is_cell for cell in line.cells)


def _is_below(run: Sequence[Line], line: Line) -> bool:
    """Whether a line is a further row of a table: near it, and its cells stand below those of a line in it."""
    return _step(run[-1], line) < FAR and any(_aligned(above, line) for above in run[-DEEPEST:])


def _rows_of(run: Sequence[Line]) -> list[Line]:
    """The rows of one table, from its lines."""
    steps = [_step(before, after) for before, after in pairwise(run)]
    if not any(step < CLOSE for step in steps) or not any(step >= APART for step in steps):
        return list(run)
    rows = [run[0]]
    for line, step in zip(run[1:], steps, strict=True):
        if step < CLOSE:
            rows[-1] = _joined(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _joined(row: Line, line: Line) -> Line:
    """A row with the words of its next line added to the cells over them."""
    cells = list(row.cells)
    for more in line.cells:
        over = next((n for n, cell in enumerate(cells) if cell.left < more.right and more.left < cell.right), None)
        if over is None:
            cells.append(more)
            continue
        cell = cells[over]
        text = cell.text[:-1] + more.text if cell.text.endswith(HYPHEN) else f"{cell.text} {more.text}"
        left, right = min(cell.left, more.left), max(cell.right, more.right)
        cells[over] = replace(cell, text=text, left=left, right=right, bottom=more.bottom, top=more.top, spaces=())
    return replace(row, cells=sorted(cells, key=lambda cell: cell.left))


def _step(before: Line, after: Line) -> float:
    """From line to line, in heights of the letters; without bound where the second is not below."""
    step = (before.cells[0].middle - after.cells[0].middle) / after.height
    return step if step > 0 and before.page == after.page else math.inf


def _run(lines: Sequence[Line], number: int, left: float, step: int) -> Iterator[int]:
    """The lines next to one, in one direction, as far as a word or cell begins at the same place in each.

    A line without cells that stands further off than the line before it is a text, whose word begins there by chance.
    """
    column = lines[number].column
    usual = _off(lines, number, number - step)
    number += step
    while 0 <= number < len(lines) and lines[number].column == column and not _is_ruled(lines[number]):
        off = _off(lines, number, number - step)
        if not _begins(lines[number], left) or (len(lines[number].cells) == 1 and off > FURTHER * usual):
            return
        usual = off
        yield number
        number += step


def _off(lines: Sequence[Line], number: int, other: int) -> float:
    """How far one line of a column stands above or below another; without bound where there is none."""
    beside = 0 <= other < len(lines) and lines[other].column == lines[number].column
    return abs(lines[number].cells[0].middle - lines[other].cells[0].middle) if beside else math.inf


def _begins(line: Line, left: float) -> bool:
    spaces = (space.right for cell in line.cells for space in cell.spaces)
    return any(abs(place - left) <= EXACTLY for place in (*spaces, *(cell.left for cell in line.cells[1:])))


def _parted(line: Line, places: set[float]) -> Line:
    cells = (part for cell in line.cells for part in _parts(cell, places))
    return replace(line, cells=list(cells))


def _parts(cell: Segment, places: set[float]) -> Iterator[Segment]:
    """A cell cut at the spaces that end where another cell of the table begins."""
    start, left = 0, cell.left
    for space in cell.spaces:
        if any(abs(space.right - place) <= EXACTLY for place in places):
            yield replace(cell, text=cell.text[start : space.offset], left=left, right=space.left, spaces=())
            start, left = space.offset + 1, space.right
    yield replace(cell, text=cell.text[start:], left=left, spaces=())


def _aligned(before: Line, after: Line) -> bool:
    """Whether two lines have several cells, one of them (but the first) on the same left, right or middle."""
    first, second = _cells(before), _cells(after)
    return any(
        min(abs(one.left - other.left), abs(one.right - other.right), abs(one.middle_x - other.middle_x)) < BELOW
        for one in first[1:]
        for other in second[1:]
    )


def _cells(line: Line) -> list[Segment]:
    """The cells of a line, without the mark of a list item or the number of a clause."""
    return line.cells[1:] if len(line.cells) > 1 and _is_mark(*line.cells[:2]) else line.cells


def _is_mark(first: Segment, second: Segment) -> bool:
    return bool(MARK.fullmatch(f"{first.text} ") or (CLAUSE.fullmatch(first.text) and second.text[:1].isalpha()))
