"""Tables with rules between their rows alone, a piece a column, as browsers print them: where their columns are.

Where one piece ends and the next begins a column does. Geometry only; lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from acobot.sources.pdf.grids import MOST_RULES, SAME, parted
from acobot.sources.pdf.lines import Segment
from acobot.sources.pdf.shapes import Rule, Shapes

THICK = 1.6  # both edges of one rule
BETWEEN = 6.0  # from one piece of a rule to the next
TALLEST = 150.0  # row of a table


@dataclass(frozen=True, slots=True)
class _Level:
    """The pieces of rules on one height: from where to where, and the places between columns."""

    at: float
    left: float
    right: float
    edges: tuple[float, ...]


def with_columns(shapes: Shapes, segments: Sequence[Segment]) -> Shapes:
    """The same shapes, with rules between the columns of such tables, and over their heads or below their last rows."""
    if not 2 < len(shapes.flat) <= MOST_RULES:
        return shapes
    flat, upright = list(shapes.flat), list(shapes.upright)
    for table in _tables([level for level in _levels(shapes.flat) if level.edges], shapes.upright):
        rules = _closed(table, segments)
        upright += rules[0]
        flat += rules[1]
    return replace(shapes, flat=flat, upright=upright)


def _levels(rules: Sequence[Rule]) -> Iterator[_Level]:
    """The heights on which rules lie in pieces, from the top down; on those of one piece nothing parts columns."""
    rest = sorted(rules, key=lambda rule: -rule.at)
    while rest:
        at = rest[0].at
        here = [rule for rule in rest if at - rule.at <= THICK]
        rest = rest[len(here) :]
        pieces: list[tuple[float, float]] = []
        for rule in sorted(here, key=lambda rule: rule.start):
            if not pieces or rule.start > pieces[-1][1] - THICK:
                pieces.append((rule.start, rule.end))
        joined = [after[0] - before[1] <= BETWEEN for before, after in pairwise(pieces)]
        edges = tuple((before[1] + after[0]) / 2 for before, after in pairwise(pieces)) if all(joined) else ()
        yield _Level(at, pieces[0][0], pieces[-1][1], edges)


def _tables(levels: Sequence[_Level], upright: Sequence[Rule]) -> Iterator[list[_Level]]:
    """Levels one below the other that end on the same right, if no rules stand between them already."""
    table: list[_Level] = []
    for level in [*levels, None]:
        goes_on = level and table and abs(level.right - table[0].right) < SAME and table[-1].at - level.at < TALLEST
        if table and not goes_on:
            top, bottom = table[0].at, table[-1].at
            left, right = min(one.left for one in table), table[0].right
            ruled = any(left - 1 <= one.at <= right + 1 and one.start < top and one.end > bottom for one in upright)
            if len(table) > 1 and not ruled and _share_columns(table):
                yield table
            table = []
        if level:
            table.append(level)


def _share_columns(table: Sequence[_Level]) -> bool:
    """Whether all rules part where the one in the most pieces does; lines below underlined words part anywhere."""
    fullest = max(table, key=lambda level: len(level.edges))
    places = (fullest.left, *fullest.edges)
    edges = [edge for level in table for edge in (level.left, *level.edges)]
    return all(any(abs(edge - place) < SAME for place in places) for edge in edges)


def _closed(table: Sequence[_Level], segments: Sequence[Segment]) -> tuple[list[Rule], list[Rule]]:
    """The rules between the columns, and those over the head and below the last row where none are drawn."""
    left, right = min(one.left for one in table), max(one.right for one in table)
    first, last = table[0].at - table[1].at, table[-2].at - table[-1].at
    headed = _is_row(table[0], left, right, (table[0].at, table[0].at + first), segments)
    footed = not headed and _is_row(table[-1], left, right, (table[-1].at - last, table[-1].at), segments)
    heights = [one.at for one in table]
    heights = [heights[0] + first, *heights] if headed else heights
    heights = [*heights, heights[-1] - last] if footed else heights
    # The pieces below a row are its cells', or, where rules lie over the rows, those above it.
    of_rows = table if headed or footed else table[1:]
    upright = [
        Rule(edge, below, above)
        for (above, below), level in zip(pairwise(heights), of_rows, strict=True)
        for edge in {left, *level.edges, *([level.left - 1] if level.left > left + SAME else []), right}
    ]
    ends = [heights[0]] * headed + [heights[-1]] * footed
    return upright, [Rule(at, left, right) for at in ends]


def _is_row(level: _Level, left: float, right: float, reach: tuple[float, float], segments: Sequence[Segment]) -> bool:
    """Whether what stands beyond the outermost rule is a row: within the table, and in several of its columns."""
    rules = [Rule(edge, *reach) for edge in level.edges]
    near = [one for one in segments if reach[0] < one.middle < reach[1] and left - 1 < one.right and one.left < right]
    within = all(left - SAME < one.left and one.right < right + SAME for one in near)
    cells = [cell for one in near for cell in parted(one, rules)]
    return within and len({sum(edge < cell.middle_x for edge in level.edges) for cell in cells}) > 1
