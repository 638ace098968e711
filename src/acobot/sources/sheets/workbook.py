"""Excel workbooks (.xlsx) → citable text: sheets as headings, their tables, numbers and dates as the sheet shows them.

Hidden sheets, rows and columns are left out, which is told beside the sheet; struck text, comments and charts are not
read. Of a formula the value counts that was saved with it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from acobot.sources.archive import Maker, refuse_unsafe
from acobot.sources.drafting import Piece, draft
from acobot.sources.formula_signs import power
from acobot.sources.grids import MOST_SPAN, REPEATED_WORDS
from acobot.sources.office import said_by_archive
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.sheets.cells import Place, Value
from acobot.sources.sheets.layout import pieces_of
from acobot.sources.sheets.shown import shown
from acobot.sources.sheets.size import refuse_large
from acobot.sources.strict import as_usual
from acobot.sources.wording import NO_WORDS, Wording

EXCEL = Maker("Excel workbook", "Excel")
SHEET = 2  # the rank of a sheet's name among the headings
_BARE_FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>|(?!\s*<v))")
_ERROR = "e"  # openpyxl's kind of a cell that shows "#N/A"


def read(raw: bytes, _pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a workbook. Raises `UnreadableError`, and whatever openpyxl raises over a damaged one."""
    refuse_unsafe(raw, EXCEL)
    raw = as_usual(raw)
    with warnings.catch_warnings():  # of what openpyxl does not keep: it only reads here
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(raw), data_only=True, rich_text=True)
        except (KeyError, OSError, zipfile.BadZipFile, InvalidFileException):
            reason = "it is damaged: parts of the workbook are missing"
            raise UnreadableError(f"{reason}; {EXCEL.repair}") from None
    refuse_large(sum(1 for sheet in book.worksheets for _ in _filled(sheet)))
    pieces = [piece for sheet in book.worksheets for piece in _sheet(sheet, wording)]
    told = said_by_archive(raw)
    return draft([*pieces, *_told_of_formulas(raw, wording)], {**told, "title": told.get("title") or _title(pieces)})


def _sheet(sheet: Any, wording: Wording) -> Iterator[Piece]:
    if sheet.sheet_state != "visible":
        yield _told(wording.say("reading.hidden_sheet", sheet.title))
        return
    rows, columns = _hidden_rows(sheet), _hidden_columns(sheet)
    cells = dict(_cells(sheet, rows, columns))
    left_out = [(at[0] + 1, at[1] + 1) for at in _filled(sheet) if at[0] + 1 in rows or at[1] + 1 in columns]
    if cells or left_out:
        yield Piece(BlockKind.HEADING, " ".join(sheet.title.split()), SHEET)
    yield from pieces_of(cells, level=SHEET + 1)
    hidden = sorted({str(line) for line, _ in left_out if line in rows}, key=int)
    if hidden:
        yield _told(wording.say("reading.hidden_rows", ", ".join(hidden)))
    letters = sorted({at for line, at in left_out if at in columns and line not in rows})
    if letters:
        yield _told(wording.say("reading.hidden_columns", ", ".join(map(get_column_letter, letters))))


def _told(what: str) -> Piece:
    return Piece(BlockKind.PARAGRAPH, what, furniture=True)


def _filled(sheet: Any) -> Iterator[Place]:
    """The places of cells that hold something, counted from 0."""
    return ((line - 1, at - 1) for (line, at), cell in sheet._cells.items() if cell.value is not None)  # noqa: SLF001


def _hidden_rows(sheet: Any) -> frozenset[int]:
    return frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)


def _hidden_columns(sheet: Any) -> frozenset[int]:
    hidden = (one for one in sheet.column_dimensions.values() if one.hidden and one.min and one.max)
    return frozenset(number for one in hidden for number in range(one.min, min(one.max, 16_384) + 1))


def _cells(sheet: Any, rows: frozenset[int], columns: frozenset[int]) -> Iterator[tuple[Place, Value]]:
    """The cells that can be seen, each where it stands among those; merged ones in all their columns and rows."""
    merged = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
    no_rows, no_columns = sorted(rows), sorted(columns)
    for (line, at), cell in sheet._cells.items():  # noqa: SLF001  those that are there
        text, area = _text(cell), merged.get((line, at))
        across = _place((area.max_col if area else at) + 1, no_columns) - _place(at, no_columns)
        if not text or not across:
            continue
        again = text if len(text.split()) <= REPEATED_WORDS else ""
        below = min(area.max_row, line + MOST_SPAN) if area else line
        for number in (one for one in range(line, below + 1) if one not in rows):
            if words := text if number == line else again:
                place = _place(number, no_rows), _place(at, no_columns)
                yield place, Value(words, _is_figure(cell), _is_strong(cell), across, again=number != line)


def _place(number: int, hidden: Sequence[int]) -> int:
    """Where a row or column stands, counted from 0, as if those that are hidden were not there."""
    return number - 1 - bisect_left(hidden, number)


def _text(cell: Any) -> str:
    """What a cell shows; nothing where that is an error, or struck out."""
    value = cell.value
    if value is None or cell.data_type == _ERROR or (cell.has_style and cell.font.strike):
        return ""
    if isinstance(value, CellRichText):
        parts = (part if isinstance(part, str) else _as_shown(part) for part in value)
        return "".join(parts).strip()
    return shown(value, cell.number_format).strip()


def _as_shown(part: TextBlock) -> str:
    font, text = part.font, str(part.text)
    if font is not None and font.strike:
        return ""
    return power(text) if font is not None and font.vertAlign == "superscript" else text


def _is_figure(cell: Any) -> bool:
    return cell.data_type in {"n", "d"} and not isinstance(cell.value, bool | str | CellRichText)


def _is_strong(cell: Any) -> bool:
    return bool(cell.has_style and cell.font.bold)


def _title(pieces: Sequence[Piece]) -> str:
    """What stands over the first table of a workbook that has only one sheet."""
    headings = [piece for piece in pieces[:2] if piece.kind is BlockKind.HEADING]
    sheets = sum(piece.kind is BlockKind.HEADING and piece.level == SHEET for piece in pieces)
    return headings[1].text if sheets == 1 and len(headings) > 1 else ""


def _told_of_formulas(raw: bytes, wording: Wording) -> Iterator[Piece]:
    """How many formulas were saved without their values: by programs that do not reckon."""
    archive = zipfile.ZipFile(io.BytesIO(raw))
    sheets = (archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    count = sum(len(_BARE_FORMULA.findall(sheet)) for sheet in sheets)
    if count:
        yield _told(wording.say("reading.bare_formulas", count))
