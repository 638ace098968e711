"""Workbooks, presentations, texts, books and messages for tests, made as the programs that people use make them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

BOLD = Font(bold=True)
Rows = Sequence[Sequence[Any]]


def make_xlsx(*sheets: tuple[str, Rows], then: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these sheets; `then` may change it before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for line in rows:
            sheet.append(list(line))
    if then:
        then(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
