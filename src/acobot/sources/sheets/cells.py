"""What a sheet holds, whatever it is read from: cells that say something, by their row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[int, int]  # row and column

_FIGURE = re.compile(
    r"[^\w\s]{0,3}\s?[A-Z]{0,3}\s?[^\w\s]?\d[\d.,' \u00a0\u202f]*(?:\s?[^\w\s]|\s?[A-Z]{3})?"  # "£1,200.50", "12 %"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?")


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says, and whether that is a figure (a number, a date, a time) or set off (bold).

    It may cover several columns; `again` says that it reaches down from a row above.
    """

    text: str
    figure: bool = False
    strong: bool = False
    across: int = 1
    again: bool = False

    @property
    def year(self) -> bool:
        """Whether it is a year, which stands in heads as often as among figures."""
        return bool(_YEAR.fullmatch(self.text))


Cells = Mapping[Place, Value]


def looks_like_figure(text: str) -> bool:
    """Whether a text says a number, an amount, a date or a time, and nothing else."""
    return bool(_FIGURE.fullmatch(text.strip()))
