"""The numbers that PowerPoint counts before the paragraphs of a list: "4.", "(b)", "iii)".

They stand nowhere in the text, so they are counted here as PowerPoint does, by what each paragraph itself says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pptx.oxml.ns import qn

from acobot.sources.numerals import ROMAN_BELOW, letters, roman

LEVELS = 9
_NUMBERED = qn("a:buAutoNum")
_SCHEME = re.compile(r"(?:arabic|alpha(?P<letters>[LU]c)|roman(?P<roman>[LU]c))(?P<around>ParenBoth|ParenR)?")
_AROUND = {"ParenBoth": "({})", "ParenR": "{})"}

_List = tuple[str, int]  # how a list is numbered, and from where on


def numbers_of(paragraphs: Iterable[Any]) -> Iterator[str]:
    """What numbers each paragraph of a text, "" where nothing does.

    A paragraph without words is not counted, and one with others' numbers or none on its level ends a list.
    """
    open_lists: list[tuple[_List, int] | None] = [None] * LEVELS
    for paragraph in paragraphs:
        listed, level = _list_of(paragraph), min(max(paragraph.level, 0), LEVELS - 1)
        if listed and not paragraph.text.strip():
            yield ""
            continue
        above = open_lists[level]
        open_lists[level:] = [None] * (LEVELS - level)
        if listed is None:
            yield ""
            continue
        count = above[1] + 1 if above and above[0] == listed else listed[1]
        open_lists[level] = listed, count
        yield _written(count, listed[0])


def _list_of(paragraph: Any) -> _List | None:
    properties = paragraph._p.pPr  # noqa: SLF001  python-pptx has no name for bullets
    numbered = None if properties is None else properties.find(_NUMBERED)
    if numbered is None:
        return None
    start = numbered.get("startAt", "1")
    return numbered.get("type", ""), int(start) if re.fullmatch("[0-9]{1,5}", start) else 1


def _written(count: int, scheme: str) -> str:
    """A count as a scheme writes it; in figures with a stop where that would need other signs."""
    found = _SCHEME.match(scheme)
    if not found:
        return f"{count}."
    style = found["letters"] or found["roman"] or ""
    if found["roman"] and 0 < count < ROMAN_BELOW:
        written = roman(count)
    else:
        written = letters(count) if found["letters"] and count > 0 else str(count)
    return _AROUND.get(found["around"] or "", "{}.").format(written.upper() if style == "Uc" else written)
