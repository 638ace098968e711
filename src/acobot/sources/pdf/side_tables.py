"""Lines of tables that stand side by side → each table whole, so that no row of one goes on with a row of another.

Ruled ones are numbered already; others are told by the labels or the head of the first column, which come again in a
further one, or by names that stand over these two alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from acobot.sources.pdf.columns import Line
from acobot.sources.pdf.lines import Segment
from acobot.sources.pdf.side_grids import LEAST_COLUMNS, are_labels

AGAIN = 0.6  # of the rows whose labels come again in a further column
LEAST_AGAIN = 3  # such rows
FAR = 3.0  # heights of the letters, from a table to its name over it
WIDER = 1.3  # times the room between its columns, at least, stands between two tables
HEADS = 2  # rows at the top that may be the head: it may have names of the tables over it


def in_turn(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of tables that stand side by side one table after the other, each under its name."""
    ordered: list[Line] = []
    for run in _runs(lines):
        if not any(cell.table for line in run for cell in line.cells):
            ordered += _unruled(run)
            continue
        names = _names_over(ordered[-1], run) if ordered else {}
        if names:
            ordered.pop()
        ordered += _ruled(run, names)
    return ordered


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of several cells, or of cells of numbered tables, as far as they follow each other; all others alone."""
    run: list[Line] = []
    for line in lines:
        is_row = len(line.cells) > 1 or line.cells[0].table > 0
        if run and not (is_row and run[-1].column == line.column and _kind(run[-1]) == _kind(line)):
            yield run
            run = []
        if is_row:
            run.append(line)
        else:
            yield [line]
    if run:
        yield run


def _kind(line: Line) -> tuple[bool, bool]:
    return any(cell.is_cell for cell in line.cells), any(cell.table for cell in line.cells)


def _names_over(above: Line, run: Sequence[Line]) -> dict[int, Line]:
    """What a line says over each of the tables, by their numbers; nothing if it is not plain what it says of which."""
    cells = [cell for line in run for cell in line.cells]
    over = [{cell.table for cell in cells if cell.left < name.right and name.left < cell.right} for name in above.cells]
    near = (
        above.page == run[0].page and above.column == run[0].column and above.bottom - run[0].top < FAR * above.height
    )
    if not near or len(over) < LEAST_COLUMNS or any(len(tables) != 1 for tables in over):
        return {}
    named = {tables.pop(): replace(above, cells=[name]) for tables, name in zip(over, above.cells, strict=True)}
    return named if len(named) == len(above.cells) else {}


def _ruled(run: Sequence[Line], names: dict[int, Line]) -> list[Line]:
    ordered: list[Line] = []
    for table in sorted({cell.table for line in run for cell in line.cells}):
        ordered += [names[table]] if table in names else []
        parts = ((line, [cell for cell in line.cells if cell.table == table]) for line in run)
        ordered += [replace(line, cells=cells) for line, cells in parts if cells]
    return ordered


def _unruled(run: Sequence[Line]) -> list[Line]:
    count = max(len(line.cells) for line in run)
    full = [line.cells for line in run if len(line.cells) == count]
    at = next((at for at in range(LEAST_COLUMNS, count - 1) if _begins_anew(full, at)), None)
    if at is None:
        return list(run)
    edge = min(cells[at].left for cells in full) - 1
    sides = (
        (number, line, [replace(cell, table=number) for cell in line.cells if (cell.left >= edge) is bool(number - 1)])
        for number in (1, 2)
        for line in run
    )
    parted = [(number, replace(line, cells=_without_last_empty(cells))) for number, line, cells in sides if cells]
    said = [(number, line) for number, line in parted if any(cell.text for cell in line.cells)]
    left, right = ([line for side, line in said if side == number] for number in (1, 2))
    return [*left, *_unruled(right)] if right else left


def _begins_anew(rows: Sequence[list[Segment]], at: int) -> bool:
    """Whether a further table begins with a column: the labels of the first column come again there, or its head.

    All heads come again, or more room than between other columns stands before it: a name may stand twice in one table.
    """
    if not _is_far(rows, at) and [cell.text for cell in rows[0][:at]] != [cell.text for cell in rows[0][at : 2 * at]]:
        return False
    again = sum(cells[0].text == cells[at].text != "" for cells in rows)
    if again >= LEAST_AGAIN and again >= AGAIN * len(rows):
        return True
    heads = rows[:HEADS] if len(rows) > HEADS else rows[:1]
    return any(
        (head[0].text == head[at].text or _names_two(head, at))
        and head[0].text[:1].isalpha()
        and are_labels([cells[at].text for cells in rows[number + 1 :]])
        for number, head in enumerate(heads)
    )


def _is_far(rows: Sequence[list[Segment]], at: int) -> bool:
    room = [min(cells[n].left - cells[n - 1].right for cells in rows) for n in range(1, len(rows[0]))]
    return room[at - 1] > WIDER * max(room[: at - 1] + room[at:], default=0.0)


def _names_two(head: Sequence[Segment], at: int) -> bool:
    """Whether a row stands over the first column and a further one alone, as the names of two tables do."""
    return all(bool(cell.text) is (number in {0, at}) for number, cell in enumerate(head))


def _without_last_empty(cells: list[Segment]) -> list[Segment]:
    last = max((number for number, cell in enumerate(cells) if cell.text), default=-1)
    return cells[: last + 1]
