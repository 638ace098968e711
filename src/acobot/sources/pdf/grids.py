"""Tables whose cells have rules around them: the lines of each cell put together, in the row and column of the cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from acobot.sources.grids import GROUP_WORDS, REPEATED_WORDS
from acobot.sources.pdf.lines import HYPHEN, Segment, cut
from acobot.sources.pdf.shaded import rows_between
from acobot.sources.pdf.shapes import Box, Rule, Shapes
from acobot.sources.pdf.side_grids import numbers_of, parted_tables

REACH = 2.0  # points by which a rule may end before the cell does
SAME = 3.0  # points by which edges of cells in one row or column may differ
TOUCHING = 4.5  # points between the rules of cells that stand below each other, each in a frame of its own
MOST_LINES = 20  # of a cell: longer ones are the page's own layout
MOST_RULES = 3_000


def with_ruled_cells(segments: Sequence[Segment], shapes: Shapes) -> list[Segment]:
    """The same segments, those of each cell of a ruled table as one; rows stand on one height."""
    if not 2 <= len(shapes.upright) <= MOST_RULES or not 2 <= len(shapes.flat) <= MOST_RULES:
        return list(segments)
    pieces = [part for segment in segments for part in parted(segment, shapes.upright)]
    cells: dict[Box, list[Segment]] = {}
    for segment in pieces:
        if cell := cell_of(segment, shapes):
            cells.setdefault(cell, []).append(segment)
    found_ones = [table for found in _tables(list(cells)) if _is_table(table := _without_title(found), cells)]
    within = {id(segment) for found in cells.values() for segment in found}
    open_ones = [segment for segment in pieces if id(segment) not in within]
    for table in found_ones:
        for row in list(rows_between(table, cells, open_ones)):
            cells |= row
            table.extend(row)
    labels = {cell: whole_cell(found).text for table in found_ones for cell in table for found in [cells[cell]]}
    tables = [part for table in found_ones for part in parted_tables(table, labels, shapes.flat)]
    made = [
        replace(cell, table=number)
        for table, number in zip(tables, numbers_of(tables), strict=True)
        for cell in _made(table, cells, open_ones)
    ]
    taken = {id(segment) for table in tables for cell in table for segment in cells[cell]}
    if not taken:
        return list(segments)
    return [*(segment for segment in pieces if id(segment) not in taken), *made]


def cell_of(segment: Segment, shapes: Shapes) -> Box | None:
    """The rules next to a segment on all four sides."""
    x, y = segment.middle_x, segment.middle
    across = [rule.at for rule in shapes.upright if rule.start - REACH <= y <= rule.end + REACH]
    left, right = _around(across, x)
    if left is None or right is None:
        return None
    along = [
        rule.at
        for rule in shapes.flat
        if rule.start - REACH <= x <= rule.end + REACH and (rule.start <= left + REACH or rule.end >= right - REACH)
    ]
    bottom, top = _around(along, y)
    return None if bottom is None or top is None else (left, bottom, right, top)


def _around(places: Sequence[float], middle: float) -> tuple[float | None, float | None]:
    return (
        max((place for place in places if place < middle), default=None),
        min((place for place in places if place > middle), default=None),
    )


def parted(segment: Segment, rules: Sequence[Rule]) -> Iterator[Segment]:
    """A segment cut where a rule runs between two of its words."""
    y = segment.middle
    for rule in rules:
        if segment.left < rule.at < segment.right and rule.start < y < rule.end:
            space = next((one for one in segment.spaces if one.left - 1 <= rule.at <= one.right + 1), None)
            if space:
                before, after = cut(segment, space)
                yield from parted(before, rules)
                yield from parted(after, rules)
                return
    yield segment


def _tables(cells: Sequence[Box]) -> Iterator[list[Box]]:
    """Cells that share rows or columns with each other."""
    rest = list(cells)
    while rest:
        table = [rest.pop()]
        for cell in table:  # grows as cells are found
            near = [other for other in rest if _in_line(cell, other)]
            rest = [other for other in rest if other not in near]
            table.extend(near)
        yield table


def _in_line(cell: Box, other: Box) -> bool:
    row = abs(cell[1] - other[1]) < SAME and abs(cell[3] - other[3]) < SAME
    column = abs(cell[0] - other[0]) < SAME and abs(cell[2] - other[2]) < SAME
    return row or column or _stands_over(cell, other) or _stands_over(other, cell)


def _stands_over(cell: Box, other: Box) -> bool:
    """Whether a cell stands right over another and is as wide as that or wider: the head of several columns."""
    touches = abs(cell[1] - other[3]) < TOUCHING
    return touches and cell[0] - SAME < other[0] and other[2] < cell[2] + SAME


def _without_title(table: Sequence[Box]) -> list[Box]:
    """A table without the only cell of its first row, if that is as wide as all: a line over it."""
    top = max(cell[3] for cell in table)
    first = [cell for cell in table if top - cell[3] < SAME]
    left, right = min(cell[0] for cell in table), max(cell[2] for cell in table)
    is_title = len(first) == 1 < len(table) and first[0][0] - left < SAME and right - first[0][2] < SAME
    is_alone = is_title and not any(cell is not first[0] and cell[3] > first[0][1] + SAME for cell in table)
    columns = {round(cell[0] / SAME) for cell in table}
    return [cell for cell in table if cell is not first[0]] if is_alone and len(columns) > 1 else list(table)


def _is_table(table: Sequence[Box], cells: dict[Box, list[Segment]]) -> bool:
    columns, heights = ({round(cell[edge] / SAME) for cell in table} for edge in (0, 3))
    longest = max(len({round(segment.middle) for segment in cells[cell]}) for cell in table)
    return len(columns) > 1 and len(heights) > 1 and longest <= MOST_LINES


def _made(table: Sequence[Box], cells: dict[Box, list[Segment]], open_ones: Sequence[Segment]) -> Iterator[Segment]:
    """The cells of a table; one that is empty keeps its place, one that spans rows stands in each of them.

    A row of one cell over all columns says what the rows below it are about. No cell is empty where one of the
    `open_ones` stands, which have no rule on some side.
    """
    rows: list[list[Box]] = []
    for cell in sorted(table, key=lambda one: -one[3]):
        if not rows or rows[-1][0][3] - cell[3] > SAME:
            rows.append([])
        rows[-1].append(cell)
    said = {cell: whole_cell(cells[cell]) for cell in table}
    left, right = min(cell[0] for cell in table), max(cell[2] for cell in table)
    while len(rows) > 2 and not _is_across(rows[0], left, right) and _are_heads(rows[0], rows[1]):
        rows[:2] = [_merged(rows[0], rows[1], said)]
    group = ""
    for number, row in enumerate(rows):
        texts = [said[cell] for cell in row]
        if _is_across(row, left, right):
            words = texts[0].text.split()
            group = texts[0].text if number + 1 < len(rows) and len(words) <= GROUP_WORDS else ""
        elif group and row[first := min(range(len(row)), key=lambda place: row[place][0])][0] - left < SAME:
            texts[first] = replace(texts[first], text=f"{group} {texts[first].text}")
        beside = [one for one in open_ones if row[0][1] < one.middle < row[0][3]]
        empty = [other for other in table if not any(_over(cell, other) for cell in row) and not _holds(other, beside)]
        lefts = {round(other[0] / SAME): other for other in empty}
        reaching = [other for other in empty if _reaches(other, row)]
        lefts |= {round(other[0] / SAME): other for other in reaching}
        gaps = [
            replace(
                texts[0], text=_again(said[other]) if other in reaching else "", left=other[0] + 1, right=other[0] + 2
            )
            for other in lefts.values()
        ]
        yield from row_of([*texts, *gaps])


def _holds(cell: Box, segments: Sequence[Segment]) -> bool:
    """Whether a segment stands over, in or below a cell."""
    return any(cell[0] < one.middle_x < cell[2] for one in segments)


def _reaches(cell: Box, row: Sequence[Box]) -> bool:
    """Whether a cell that begins further up stands beside all of a row."""
    lowest = max(row, key=lambda one: one[1])
    return cell[1] < lowest[1] + SAME and cell[3] > lowest[3] - SAME


def _again(cell: Segment) -> str:
    """What a cell says in the rows below its first, where that is short."""
    return cell.text if len(cell.text.split()) <= REPEATED_WORDS else ""


def _is_across(row: Sequence[Box], left: float, right: float) -> bool:
    """Whether a row is one cell over all columns."""
    return len(row) == 1 and row[0][0] - left < SAME and right - row[0][2] < SAME


def _are_heads(above: Sequence[Box], below: Sequence[Box]) -> bool:
    """Whether the first row of a table stands over the second as heads of several columns do."""
    groups = [cell for cell in above if sum(_stands_over(cell, other) for other in below) > 1]
    reach = max(cell[1] for cell in groups) if groups else 0.0
    return bool(groups) and all(cell[1] < reach + SAME for cell in above)


def _merged(above: Sequence[Box], below: Sequence[Box], said: dict[Box, Segment]) -> list[Box]:
    """Two rows of heads as one: what stands over a column is said before its own head; `said` is changed."""
    over = {cell: [head for head in above if _stands_over(head, cell)] for cell in below}
    for cell, heads in over.items():
        said[cell] = replace(said[cell], text=" ".join(said[one].text for one in (*heads, cell)))
    used = {head for heads in over.values() for head in heads}
    return [*(cell for cell in above if cell not in used), *below]


def row_of(cells: Sequence[Segment]) -> list[Segment]:
    """The cells of one row, on the height of the highest."""
    middle = max(cell.middle for cell in cells)
    halves = [(cell, cell.height / 2) for cell in cells]
    return [replace(cell, bottom=middle - half, top=middle + half, spaces=(), is_cell=True) for cell, half in halves]


def _over(cell: Box, other: Box) -> bool:
    return cell[0] < other[2] - SAME and other[0] + SAME < cell[2]


def whole_cell(segments: Sequence[Segment]) -> Segment:
    """The lines of a cell as one segment, in the place of the first."""
    lines = sorted(segments, key=lambda one: (-round(one.middle / 3), one.left))
    text = lines[0].text
    for line in lines[1:]:
        text = text[:-1] + line.text if text.endswith(HYPHEN) else f"{text} {line.text}"
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return replace(lines[0], text=text, left=left, right=right, weight=min(line.weight for line in lines))
