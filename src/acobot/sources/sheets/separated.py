"""Files of separated values (.csv) → citable text: commas, semicolons, tabs or bars, in any encoding of texts."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from acobot.sources.decoding import UndecodableError, decode
from acobot.sources.drafting import draft
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.sheets.cells import Place, Value, looks_like_figure
from acobot.sources.sheets.layout import pieces_of
from acobot.sources.sheets.size import refuse_large
from acobot.sources.wording import NO_WORDS, Wording

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 200  # records that tell the separator
_SAID = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)  # as Excel writes and reads it
_LONGEST = 1_000_000  # characters of a cell
_NONE = "\x1f"  # for a single column: it stands in no text
_COMMA = re.compile(r",(?!(?<=\d,)\d)(.{0,2})")  # not within "1,240"; with what comes after it


def read(raw: bytes, _pick: Pick = EVERYTHING, _wording: Wording = NO_WORDS) -> Draft:
    """The draft of a file of separated values. Raises `UnreadableError`."""
    try:
        text = decode(raw)
    except UndecodableError as error:
        where = f" (line {error.line})" if error.line else ""
        raise UnreadableError(error.reason.replace(";", f"{where};", 1)) from None
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    csv.field_size_limit(_LONGEST)
    lines = _records(text, said[1] if said else _separator(text))
    refuse_large(sum(map(len, lines)))
    cells: dict[Place, Value] = {}
    for number, line in enumerate(lines):
        for at, field in enumerate(line):
            if one := field.strip():
                cells[number, at] = Value(one, looks_like_figure(one))
    pieces = list(pieces_of(cells, level=2))
    title = pieces[0].text if pieces and pieces[0].kind is BlockKind.HEADING else ""
    return draft(pieces, {"title": title} if title else {})


def _records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    records: list[list[str]] = []
    begins, after = 1, 1  # the lines at which the last record and the next one begin
    try:
        for record in reader:
            records.append(record)
            begins, after = after, reader.line_num + 1
    except csv.Error as error:
        reason = f"line {reader.line_num} is not as in a file of separated values ({error})"
        raise UnreadableError(f"{reason}; look whether a quotation mark is missing there") from None
    if after - begins > 1 and "".join(text.split("\n")[begins - 1 :]).count('"') % 2:
        raise UnreadableError(f"a quotation mark that opens in line {begins} is never closed; close it, or take it out")
    return records


def _separator(text: str) -> str:
    """What parts most lines into the same number of cells, the more the better; a comma where nothing does.

    Where the commas only part clauses there is a single column.
    """
    sample = "\n".join(text.split("\n")[:_SAMPLE])
    best = max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))
    by_commas = best == "," and '"' not in sample
    return _NONE if by_commas and _is_prose([line for line in sample.split("\n") if line.strip()]) else best


def _is_prose(lines: list[str]) -> bool:
    """Whether commas stand below the first line alone, unevenly, with a blank after each, and mostly a small letter."""
    commas = [_COMMA.findall(line) for line in lines]
    after = [found for line in commas for found in line]
    if not after or commas[0] or not all(found.startswith(" ") for found in after):
        return False
    return len({len(line) for line in commas[1:]}) > 1 and sum(found[1:].islower() for found in after) * 2 > len(after)


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        widths = [len(line) for line in reader if any(line)]
    except csv.Error:
        return 0.0, 0
    parted = Counter(width for width in widths if width > 1)
    if not parted:
        return 0.0, 0
    width, count = max(parted.items(), key=lambda item: (item[1], item[0]))
    return count / len(widths), width
