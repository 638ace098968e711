"""The numbers that Word counts by itself before list items, clauses and headings: "2.1", "(a)", "Article IV".

They stand nowhere in the text, so they are counted here as Word does, by the document's numbering part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from acobot.sources.numerals import ROMAN_BELOW, letters, roman
from acobot.sources.word.names import number, switch, value
from acobot.sources.word.styles import Styles

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list. `restart`: the level from 1 after which it begins anew, 0 for never, None for any above."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    paragraphs: str | None = None


class Numbers:
    """The counters of a document's lists. Lists of one kind count on together, unless one is set to begin anew."""

    def __init__(self, part: Any, styles: Styles) -> None:
        """`part` is the numbering part as XML, or None."""
        self._styles = styles
        self._kinds: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        for element in part if part is not None else ():
            if element.tag == qn("w:abstractNum"):
                self._kinds[element.get(qn("w:abstractNumId"))] = element
            elif element.tag == qn("w:num"):
                self._lists[element.get(qn("w:numId"))] = element
        self._levels: dict[str, list[_Level]] = {}
        self._counts: dict[str, list[int | None]] = {}

    def next(self, properties: Any) -> str:
        """The number of the next paragraph, with these properties; empty where it has none, or a bullet."""
        found = self._styles.numbering(properties)
        if found is None or found[0] not in self._lists:
            return ""
        list_id, said, style_id = found
        begins = list_id not in self._levels
        levels = self._levels_of(list_id)
        counts = self._counts.setdefault(self._kind(list_id), [None] * LEVELS)
        if begins:
            for place in self._begun_anew(list_id):
                counts[place] = None
        named = (place for place, one in enumerate(levels) if style_id and one.paragraphs == style_id)
        place = next(named, 0) if said is None else min(number(said) or 0, LEVELS - 1)
        _count(counts, levels, place)
        return _written(counts, levels, place)

    def _kind(self, list_id: str) -> str:
        """The kind of a list; one may be given by a style of lists, which stands for another."""
        kind = value(self._lists[list_id], "w:abstractNumId") or ""
        link = value(self._kinds.get(kind), "w:numStyleLink")
        other = self._styles.numbered_as(link) if link else None
        return (value(self._lists[other], "w:abstractNumId") or "") if other in self._lists else kind

    def _begun_anew(self, list_id: str) -> list[int]:
        overrides = self._lists[list_id].iter(qn("w:lvlOverride"))
        return [_place(one) for one in overrides if one.find(qn("w:startOverride")) is not None]

    def _levels_of(self, list_id: str) -> list[_Level]:
        if list_id not in self._levels:
            levels = [_Level()] * LEVELS
            kind = self._kinds.get(self._kind(list_id))
            for element in kind.iter(qn("w:lvl")) if kind is not None else ():
                levels[_place(element)] = _level(element)
            for override in self._lists[list_id].iter(qn("w:lvlOverride")):
                place = _place(override)
                for element in override.iter(qn("w:lvl")):
                    levels[place] = _level(element)
                start = number(value(override, "w:startOverride"))
                if start is not None:
                    levels[place] = replace(levels[place], start=start)
            self._levels[list_id] = levels
        return self._levels[list_id]


def _place(element: Any) -> int:
    return min(number(element.get(qn("w:ilvl"))) or 0, LEVELS - 1)


def _level(element: Any) -> _Level:
    start = number(value(element, "w:start"))
    return _Level(
        start=0 if start is None else start,  # as Word counts where no start is given
        style=next((one.get(qn("w:val")) for one in element.iter(qn("w:numFmt"))), None) or "decimal",
        text=value(element, "w:lvlText") or "",
        restart=number(value(element, "w:lvlRestart")),
        legal=switch(element, "w:isLgl") is True,
        paragraphs=value(element, "w:pStyle"),
    )


def _count(counts: list[int | None], levels: list[_Level], place: int) -> None:
    """One more at this level; those above that have none yet get their first, those below begin anew."""
    for above in range(place):
        if counts[above] is None:
            counts[above] = levels[above].start
    last = counts[place]
    counts[place] = levels[place].start if last is None else last + 1
    for below in range(place + 1, LEVELS):
        restart = levels[below].restart
        if restart is None or place < restart:
            counts[below] = None


def _written(counts: list[int | None], levels: list[_Level], place: int) -> str:
    level = levels[place]
    if level.style == "bullet":
        return ""

    def figure(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        style = levels[other].style
        return _figure(counts[other] or 0, "decimal" if level.legal and style != "none" else style)

    text = " ".join(_PLACE.sub(figure, level.text).split())
    return text if any(char.isalnum() for char in text) else ""


def _figure(count: int, style: str) -> str:
    """A count as its style writes it; in figures where the style would need words of a language."""
    if style in {"none", "bullet"}:
        return ""
    if style == "decimalZero":
        return f"{count:02}"
    if style in {"lowerLetter", "upperLetter"} and count > 0:
        return letters(count) if style == "lowerLetter" else letters(count).upper()
    if style in {"lowerRoman", "upperRoman"} and 0 < count < ROMAN_BELOW:
        return roman(count) if style == "lowerRoman" else roman(count).upper()
    return str(count)
