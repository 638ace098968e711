"""Short words at the right of a text, each beside the first line of a paragraph: who does it, what it costs.

Minutes have such a column without rules. Each is read as a row with its whole paragraph. What tells it from a second
column of text: all stand on the heights of paragraphs' first lines, with room between them. Geometry only.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.sources.pdf.grids import row_of, whole_cell
from acobot.sources.pdf.labels import share_heights
from acobot.sources.pdf.lines import HEAVIER, Segment

LEAST = 2  # paragraphs with something beside them, and of several lines
MOST_LINES = 2  # of what stands beside one
NARROWER = 0.6  # of the text's width
CLOSE = 1.4  # heights of the letters from line to line of a paragraph
SAME = 0.2  # of the height, by which what stands on one height may differ


def are_asides(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the segments on the right are asides to paragraphs on the left."""
    if any(one.is_cell for one in (*left, *right)) or share_heights(left) or share_heights(right):
        return False
    blocks, asides = _blocks(left), _blocks(right)
    beside = [_beside(aside, blocks) for aside in asides]
    beside = beside if not asides or beside[0] else beside[1:]  # a head of all, over the text
    if len(beside) < LEAST or not all(beside) or any(len(one) > MOST_LINES for one in asides):
        return False
    long = sum(len(block) > 1 for block in beside if block)
    width = max(one.right - one.left for one in left)
    return long >= LEAST and all(one.right - one.left < NARROWER * width for one in right)


def rows_with_asides(left: Sequence[Segment], right: Sequence[Segment]) -> list[list[Segment]]:
    """Paragraphs with their asides as rows; all other lines alone, from the top down."""
    blocks, rows = _blocks(left), []
    for aside in _blocks(right):
        block = _beside(aside, blocks)
        if block:
            blocks.remove(block)
            rows.append(row_of([whole_cell(block), whole_cell(aside)]))
        else:
            rows += [[line] for line in aside]
    return sorted([*rows, *([line] for block in blocks for line in block)], key=lambda row: -row[0].middle)


def _blocks(side: Sequence[Segment]) -> list[list[Segment]]:
    """Lines of one look that stand close below each other, from the top down."""
    blocks: list[list[Segment]] = []
    for line in sorted(side, key=lambda one: -one.middle):
        last = blocks[-1][-1] if blocks else None
        if last and last.middle - line.middle < CLOSE * line.height and abs(last.weight - line.weight) < HEAVIER:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _beside(aside: Sequence[Segment], blocks: Sequence[list[Segment]]) -> list[Segment] | None:
    """The block whose first line stands on the height of an aside's first line; None where there is none."""
    near = SAME * aside[0].height
    return next((block for block in blocks if abs(block[0].middle - aside[0].middle) <= near), None)
