"""The numbers that a browser counts before the items of an ordered list: "4.", "b.", "iii.".

They stand nowhere in the text, so they are counted here as a browser does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from acobot.sources.html.markup import is_unseen
from acobot.sources.numerals import ROMAN_BELOW, roman

_STYLE = re.compile(r"list-style(?:-type)?\s*:([^;]*)")
_WORD = re.compile(r"[\w-]+")
_NO_STYLE = frozenset({"inside", "outside", "important", "inherit", "unset"})  # may stand where a style does
_UNNUMBERED = re.compile(r"(?:^|[\s_-])(?:list-(?:none|unstyled|inline)|unstyled|breadcrumbs?)(?:$|[\s_-])")
_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_STYLES = frozenset({*_TYPES.values(), "lower-latin", "upper-latin"})
_BULLETS = frozenset({"disc", "circle", "square", "none"})  # of the attribute
# What somebody typed: "1.2 The hirer", "3.", "(b)", "§ 4"; "2 eggs" and "1.5 kg of flour" begin with an amount.
_TYPED = re.compile(r"§|\(?\d+(?:\.\d+)*[.)](?=\s)|\d+(?:\.\d+)+(?=\s+[^\sa-z])|\((?:[a-zA-Z]|[ivxIVX]{1,5})\)(?=\s)")
_COUNT = re.compile(r"\s*([+-]?\d{1,9})")
_LETTERS = 26


class ItemNumbers:
    """The numbers of the items of a page's ordered lists; a list is counted once, whichever of its items are read."""

    def __init__(self) -> None:
        self._counts: dict[html.HtmlElement, int] = {}  # by item

    def of(self, item: html.HtmlElement) -> str:
        """What numbers an item; empty where its list shows no numbers, and where somebody typed one."""
        listed = item.getparent()
        if listed is None or listed.tag != "ol" or _UNNUMBERED.search(listed.get("class", "")):
            return ""
        if item not in self._counts:
            self._counts.update(_counted(listed))
        if _TYPED.match(" ".join(item.text_content().split())):
            return ""
        written = _written(self._counts[item], _style(item) or _style(listed) or "decimal")
        return f"{written}." if written else ""


def _counted(listed: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, int]]:
    """Every item of a list with its count; one that is hidden has none."""
    items = [one for one in listed if one.tag == "li" and not is_unseen(one)]
    start, step = _count(listed.get("start")), -1 if "reversed" in listed.attrib else 1
    following = start if start is not None else (len(items) if step < 0 else 1)
    for item in items:
        said = _count(item.get("value"))
        count = said if said is not None else following
        yield item, count
        following = count + step


def _count(said: str | None) -> int | None:
    found = _COUNT.match(said or "")
    return int(found[1]) if found else None


def _style(element: html.HtmlElement) -> str:
    """How an item or list says that its items are numbered, "none" for bullets; empty where it does not say it."""
    declared = _STYLE.findall(element.get("style", "").lower())
    words = [word for word in _WORD.findall(declared[-1]) if word not in _NO_STYLE] if declared else []
    if words:
        return next((word.replace("latin", "alpha") for word in words if word in _STYLES), "none")
    said = element.get("type", "")
    return "none" if said.lower() in _BULLETS else _TYPES.get(said, "")


def _written(count: int, style: str) -> str:
    """A count as its style writes it, in figures where that has no sign for it."""
    if style == "none" or count < 0:
        return ""
    if style.endswith("alpha") and count > 0:
        written = _letters(count)
    elif style.endswith("roman") and 0 < count < ROMAN_BELOW:
        written = roman(count)
    else:
        return str(count)
    return written.upper() if style.startswith("upper") else written


def _letters(count: int) -> str:
    """A count in letters: a … z, aa, ab, as browsers have it."""
    written = ""
    while count:
        count, letter = divmod(count - 1, _LETTERS)
        written = chr(ord("a") + letter) + written
    return written
