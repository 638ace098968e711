"""Rows of cells → the lines of a table as Markdown has it. Text in, text out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BAR = re.compile(r"(?<!\\)\|")


def barred(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, its first row the head, between empty ones; all rows have as many cells."""
    shown = ["| " + " | ".join(_BAR.sub(r"\\|", cell) for cell in row) + " |" for row in rows]
    rule = ["|" + "---|" * len(rows[0])] if rows else []
    yield from ("", *shown[:1], *rule, *shown[1:], "")
