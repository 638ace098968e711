"""Lines with dots that lead to what something costs: a price list. Dots that lead to pages are a contents list's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from acobot.sources.pdf.columns import Line

_LED = re.compile(r"(?P<name>[^\s.…_].*?)\s*(?:[.…_·] ?){4,}\s*(?P<value>[^\s.…_].{0,60})")
_PAGE = re.compile(r"\d{1,4}|[ivxl]+")


def with_led_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page; those that lead to a value as rows of two cells."""
    found = [_LED.fullmatch(line.text) for line in lines]
    led = [one is not None and not _PAGE.fullmatch(one["value"]) for one in found]
    said: list[Line] = []
    for number, (line, one) in enumerate(zip(lines, found, strict=True)):
        beside = any(led[other] for other in (number - 1, number + 1) if 0 <= other < len(led))
        said.append(_parted(line, one) if one and led[number] and beside else line)
    return said


def _parted(line: Line, found: re.Match[str]) -> Line:
    """A line as a row of a name and a value."""
    first, last = line.cells[0], line.cells[-1]
    middle = (line.left + line.end) / 2
    name = replace(first, text=found["name"], right=middle - 1, spaces=(), is_cell=True)
    value = replace(last, text=found["value"], left=middle + 1, right=line.end, spaces=(), is_cell=True)
    return replace(line, cells=[name, value])
