"""Labels on the left of a page and their values beside them, as in a filled-in form: a row each.

What tells them from two columns of text: the labels are bold, or in letters of another size, and each stands as far
off the height of a line on the right as all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from acobot.sources.pdf.grids import row_of, whole_cell
from acobot.sources.pdf.lines import HEAVIER, Segment

LEAST = 2  # labels
OFF_LINE = 0.12  # times the size: so far from all lines beside it a line stands on a height of its own
OFF_ROW = 0.35  # times the size: no further from its value a label stands


def are_labels(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the lines on the left that have others beside them are labels of these."""
    beside = _beside(left, right)
    if not LEAST <= len(beside) <= len(right) or any(one.is_cell for one in (*beside, *right)):
        return False
    if share_heights(beside) or share_heights(right):  # a table of more columns
        return False
    steps = [min((other.middle - one.middle for other in right), key=abs) / one.height for one in beside]
    if max(map(abs, steps)) > OFF_ROW or max(steps) - min(steps) > OFF_LINE:
        return False
    bold = min(one.weight for one in beside) > max(one.weight for one in right) + HEAVIER
    return bold or (min(map(abs, steps)) > OFF_LINE and _is_of_another_size(beside, right))


def _is_of_another_size(beside: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether no letters on one side are as large as on the other; columns of one text may stand off by some points."""
    sizes = {round(2 * one.height) for one in beside} & {round(2 * one.height) for one in right}
    return not sizes


def share_heights(lines: Sequence[Segment]) -> bool:
    """Whether two lines stand beside each other, as cells of several columns do."""
    downwards = sorted(lines, key=lambda one: -one.middle)
    return any(above.middle - below.middle < above.height / 2 for above, below in pairwise(downwards))


def labelled_rows(left: Sequence[Segment], right: Sequence[Segment]) -> list[list[Segment]]:
    """The labels from the top down, each with all lines of its value as one cell; lines that have neither, alone."""
    labels = sorted(_beside(left, right), key=lambda one: -one.middle)
    values: list[list[Segment]] = [[] for _ in labels]
    alone = [one for one in left if one not in labels]
    for line in right:
        above = [number for number, one in enumerate(labels) if one.middle > line.middle - OFF_ROW * one.height]
        (values[above[-1]] if above else alone).append(line)
    rows = [row_of([label, whole_cell(cell)]) for label, cell in zip(labels, values, strict=True) if cell]
    return sorted([*rows, *([one] for one in alone)], key=lambda row: -row[0].middle)


def _beside(left: Sequence[Segment], right: Sequence[Segment]) -> list[Segment]:
    """The lines on the left that something stands beside on the right; a head over further labels stands alone."""
    return [one for one in left if any(abs(other.middle - one.middle) < one.height for other in right)]
