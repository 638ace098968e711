"""Ruled tables that stand side by side, told by a gap between their cells that no rule crosses.

A column of labels must begin the table on the right: without one it is the rest of the table on the left. Geometry,
but for the labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.sources.pdf.shapes import Box, Rule

NARROWEST = 4.5  # points between two tables
LEAST_COLUMNS, LEAST_ROWS = 2, 2  # of a table; labels of one row tell nothing


def parted_tables(table: Sequence[Box], labels: dict[Box, str], flat: Sequence[Rule]) -> list[list[Box]]:
    """The cells of a ruled table as those of the tables that stand side by side in it; `labels` are what they say."""
    bottom, top = min(cell[1] for cell in table), max(cell[3] for cell in table)
    rules = [rule for rule in flat if bottom - 1 < rule.at < top + 1]
    end = min(cell[2] for cell in table)
    lefts, rights = (sorted({round(cell[edge]) for cell in table}) for edge in (0, 2))
    if all(left - right > NARROWEST for right, left in zip(rights, lefts[1:], strict=False)):
        return [list(table)]  # its cells are all apart
    for cell in sorted(table):
        if cell[0] - end > NARROWEST and not any(rule.start < end + 1 and rule.end > cell[0] - 1 for rule in rules):
            left, right = ([one for one in table if (one[0] > end) is there] for there in (False, True))
            first = sorted((one for one in right if one[0] - cell[0] < NARROWEST), key=lambda one: -one[3])
            if _is_whole(left) and _is_whole(right) and are_labels([labels[one] for one in first[1:]]):
                return [left, *parted_tables(right, labels, flat)]
        end = max(end, cell[2])
    return [list(table)]


def numbers_of(tables: Sequence[Sequence[Box]]) -> list[int]:
    """For each table its place from the left among those that stand beside it, from 1; 0 where none does."""
    spans = [(min(cell[1] for cell in table), max(cell[3] for cell in table)) for table in tables]
    lefts = [min(cell[0] for cell in table) for table in tables]
    beside = [[at for at, span in enumerate(spans) if span[0] < top and bottom < span[1]] for bottom, top in spans]
    return [sum(lefts[other] <= lefts[at] for other in near) if len(near) > 1 else 0 for at, near in enumerate(beside)]


def are_labels(texts: Sequence[str]) -> bool:
    """Whether the cells of a column name its rows: words, each another."""
    return len(texts) >= LEAST_ROWS and all(text[:1].isalpha() for text in texts) and len(set(texts)) == len(texts)


def _is_whole(table: Sequence[Box]) -> bool:
    lefts, tops = ({round(cell[edge] / NARROWEST) for cell in table} for edge in (0, 3))
    return len(lefts) >= LEAST_COLUMNS and len(tops) >= LEAST_ROWS
