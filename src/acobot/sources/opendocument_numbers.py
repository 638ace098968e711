"""The numbers that a word processor counts before the items of an OpenDocument list: "2.1.", "(a)", "iv)".

They stand nowhere in the text, so they are counted here, as its list styles say. Headings have a number where they are
items of a list; the numbering of chapters is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from acobot.sources.numerals import ROMAN_BELOW, roman

LEVELS = 10
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE, _ID = f"{_OFFICE}text:1.0}}", f"{_OFFICE}style:1.0}}", "{http://www.w3.org/XML/1998/namespace}id"
_LIST, _ITEM, _WORDS = f"{_TEXT}list", f"{_TEXT}list-item", (f"{_TEXT}p", f"{_TEXT}h")
# How LibreOffice writes more than stops between counts, before and since OpenDocument has a name for it.
_FORMATS = (
    f"{_STYLE}num-list-format",
    "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format",
)
_COUNT = re.compile(r"%([1-9]|10)%")
_ALPHABET = 26  # longer lists write what follows in more than one way
_Counts = list[int | None]


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level is numbered; `written` is the number with the counts of levels in it as "%1%", where that is told.

    Else `shown` is of how many levels, from this one up, the counts are written, with stops between them.
    """

    figures: str
    before: str
    after: str
    shown: int
    start: int
    written: str


class ItemNumbers:
    """The counters of a document's lists, whose paragraphs are asked for in their order."""

    def __init__(self, roots: Iterable[Any]) -> None:
        """`roots` are the parts that hold list styles."""
        self._levels = {
            one.get(f"{_STYLE}name"): {_whole(level, f"{_TEXT}level"): _level(level) for level in one.iterchildren("*")}
            for root in roots
            for one in root.iter(f"{_TEXT}list-style")
        }
        self._counts: dict[Any, _Counts] = {}  # by the outermost list
        self._lasts: dict[tuple[str, str | None], _Counts] = {}  # of the last list of a style, and of that with an id
        self._begun: set[Any] = set()

    def next(self, paragraph: Any) -> str:
        """What numbers a paragraph or heading: the first of an item of a numbered list; "" for others."""
        item = paragraph.getparent()
        if item is None or item.tag != _ITEM or next(item.iterchildren(*_WORDS)) is not paragraph:
            return ""
        lists = _lists_around(item)
        counts, place = self._begin(lists), min(len(lists), LEVELS) - 1
        name = next((name for one in reversed(lists) if (name := one.get(f"{_TEXT}style-name"))), None)
        levels = self._levels.get(item.get(f"{_TEXT}style-override") or name, {})
        for above in range(place):
            if counts[above] is None:
                counts[above] = _start(levels, above)
        last = counts[place]
        said = item.get(f"{_TEXT}start-value")
        counts[place] = _start(levels, place) if last is None else last + 1
        if said is not None:
            counts[place] = _whole(item, f"{_TEXT}start-value")
        counts[place + 1 :] = [None] * (LEVELS - place - 1)
        return _written(counts, levels, place)

    def _begin(self, lists: list[Any]) -> _Counts:
        """The counts of the lists around an item; one that was not met before begins anew, unless it goes on."""
        outer = lists[0]
        if outer not in self._counts:
            style = ("style", outer.get(f"{_TEXT}style-name"))
            goes_on = outer.get(f"{_TEXT}continue-numbering") == "true"
            key = style if goes_on else ("id", outer.get(f"{_TEXT}continue-list"))
            counts: _Counts = self._lasts[key] if key[1] and key in self._lasts else [None] * LEVELS
            self._counts[outer] = self._lasts[style] = self._lasts["id", outer.get(_ID)] = counts
        counts = self._counts[outer]
        for place, one in enumerate(lists[1:LEVELS], 1):
            begins = one not in self._begun and one.get(f"{_TEXT}continue-numbering") != "true"
            if begins and next(one.itersiblings(_LIST, preceding=True), None) is not None:
                counts[place:] = [None] * (LEVELS - place)
            self._begun.add(one)
        return counts


def _lists_around(item: Any) -> list[Any]:
    """The lists that an item stands in, the outermost first."""
    lists: list[Any] = []
    while item is not None and item.tag in {_ITEM, f"{_TEXT}list-header"} and len(lists) < 10 * LEVELS:
        lists.insert(0, item.getparent())
        item = lists[0].getparent()
    return lists


def _level(element: Any) -> _Level:
    is_numbered = element.tag == f"{_TEXT}list-level-style-number"
    return _Level(
        element.get(f"{_STYLE}num-format", "") if is_numbered else "",
        element.get(f"{_STYLE}num-prefix", ""),
        element.get(f"{_STYLE}num-suffix", ""),
        _whole(element, f"{_TEXT}display-levels"),
        _whole(element, f"{_TEXT}start-value"),
        next((said for name in _FORMATS if (said := element.get(name))), ""),
    )


def _whole(element: Any, name: str) -> int:
    number = element.get(name, "1")
    return int(number) if re.fullmatch("[0-9]{1,6}", number) else 1


def _start(levels: dict[int, _Level], place: int) -> int:
    return levels[place + 1].start if place + 1 in levels else 1


def _written(counts: _Counts, levels: dict[int, _Level], place: int) -> str:
    level = levels.get(place + 1)
    if level is None or not level.figures:
        return ""
    told = [int(one) - 1 for one in _COUNT.findall(level.written)]
    shown = told or range(max(place + 1 - level.shown, 0), place + 1)
    figures = {at: _figure(counts[at] or 0, levels[at + 1].figures) for at in shown if at + 1 in levels}
    if None in figures.values():
        return ""
    if told:
        number = _COUNT.sub(lambda found: figures.get(int(found[1]) - 1) or "", level.written)
    else:
        number = f"{level.before}{'.'.join(one for one in figures.values() if one)}{level.after}"
    return " ".join(number.split())


def _figure(count: int, figures: str) -> str | None:
    """A count as a level writes it, "" where it shows none, None where other programs write it otherwise."""
    if not figures:
        return ""
    if figures == "1":
        return str(count)
    if figures in {"a", "A"} and 0 < count <= _ALPHABET:
        return chr(ord(figures) + count - 1)
    if figures in {"i", "I"} and 0 < count < ROMAN_BELOW:
        return roman(count) if figures == "i" else roman(count).upper()
    return None
