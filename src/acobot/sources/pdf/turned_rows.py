"""Rows of a table that go on on the next page, below the head that is repeated there: put together.

Told by cells that go on with a sentence, and by the empty ones beside them: a name, a date or a sum is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from acobot.sources.pdf.columns import Line
from acobot.sources.pdf.lines import HYPHEN, Segment

LEAST_WORDS = 4  # of a cell whose sentence goes on: it had no room for more
_ENDED = re.compile(r"[.!?:;][\"'’”)\]]*$")


def with_turned_rows(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page, those of rows that go on on the next page as one."""
    kept = [list(page) for page in pages]
    for before, after in pairwise(kept):
        last = next((at for at in range(len(before) - 1, -1, -1) if not before[at].part), None)
        first = next((at for at, line in enumerate(after) if not line.part), None)
        if last is None or first is None:
            continue
        if _is_head(after[first], before) and first + 1 < len(after):
            first += 1
        if _goes_on(before[last], after[first]):
            before[last] = _joined(before[last], after.pop(first))
    return kept


def _is_head(line: Line, before: Sequence[Line]) -> bool:
    """Whether a line is a row that stands on the page before as it is."""
    return len(line.cells) > 1 and any(other.text == line.text for other in before)


def _goes_on(row: Line, line: Line) -> bool:
    if not 2 <= len(row.cells) == len(line.cells) or line.cells[0].text:
        return False
    said = [(one.text, more.text) for one, more in zip(row.cells, line.cells, strict=True) if more.text]
    is_free = len(line.cells) == 2 or any(not cell.text for cell in line.cells[1:])
    return bool(said) and is_free and all(_is_cut(one) and more[:1].islower() for one, more in said)


def _is_cut(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS and not _ENDED.search(text)


def _joined(row: Line, line: Line) -> Line:
    return replace(row, cells=[_with_more(one, more.text) for one, more in zip(row.cells, line.cells, strict=True)])


def _with_more(cell: Segment, more: str) -> Segment:
    if not more:
        return cell
    text = cell.text[:-1] + more if cell.text.endswith(HYPHEN) else f"{cell.text} {more}"
    return replace(cell, text=text, spaces=())
