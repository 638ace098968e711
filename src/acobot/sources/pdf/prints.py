"""What a browser prints around a page: date and title above, address and page below, also where it stands once.

Told by its shapes, which are the same in all languages: an address as a cell of its own, with "1/3" or a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.sources.pdf.columns import rows
from acobot.sources.pdf.lines import Segment

_ADDRESS = re.compile(r"(?:https?|file|chrome|about|moz-extension|chrome-extension):\S+(?:\.{3}|…)?", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,4}\s?(?:/|[^\W\d_]{1,4})\s?\d{1,4}")
_DATE = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}(?:,?\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s[AaPp]\.?[Mm]\.?)?)?")


def printed_around(page: Sequence[Segment]) -> set[int]:
    """The identities of the segments that a browser has put at the edges of a page."""
    lines = list(rows([segment for segment in page if segment.part == 0]))
    edges = [lines[0], lines[-1]] if len(lines) > 1 else []
    cells = [cell for line in edges for cell in line.cells]
    addressed = any(_ADDRESS.fullmatch(cell.text) for cell in cells)
    marked = any(_COUNT.fullmatch(cell.text) or _DATE.fullmatch(cell.text) for cell in cells)
    if not (addressed and marked):
        return set()
    return {id(cell) for line in edges if any(_is_print(cell.text) for cell in line.cells) for cell in line.cells}


def _is_print(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (_ADDRESS, _COUNT, _DATE))
