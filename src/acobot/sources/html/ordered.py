"""The numbers that a browser counts before the items of an ordered list: "4.", "b.", "iii.".

They stand nowhere in the text, so they are counted here as a browser does.
"""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.numerals import MOST_ROMAN, roman

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?(?<![\w-])(none|(?:lower|upper)-(?:alpha|latin|roman)|decimal)")
_UNNUMBERED = re.compile(r"(?:^|[\s_-])(?:list-(?:none|unstyled|inline)|unstyled|breadcrumbs?)(?:$|[\s_-])")
_STYLES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_COUNT = re.compile(r"\s*([+-]?\d{1,9})")
_LETTERS = 26


class ItemNumbers:
    """The counters of a page's ordered lists, each asked for its items in their order."""

    def __init__(self) -> None:
        self._last: dict[html.HtmlElement, int] = {}  # by list

    def next(self, item: html.HtmlElement) -> str:
        """What numbers the next item of its list; empty where the list has bullets, or nothing before its items."""
        listed = item.getparent()
        if listed is None or listed.tag != "ol":
            return ""
        step = -1 if "reversed" in listed.attrib else 1
        said, before = _count(item.get("value")), self._last.get(listed)
        count = said if said is not None else (_first(listed) if before is None else before + step)
        self._last[listed] = count
        written = _written(count, _style(item) or _style(listed) or "decimal")
        return f"{written}." if written and not _UNNUMBERED.search(listed.get("class", "")) else ""


def _first(listed: html.HtmlElement) -> int:
    start = _count(listed.get("start"))
    if start is not None:
        return start
    return sum(one.tag == "li" for one in listed) if "reversed" in listed.attrib else 1


def _count(said: str | None) -> int | None:
    found = _COUNT.match(said or "")
    return int(found[1]) if found else None


def _style(element: html.HtmlElement) -> str:
    """How an item or list says that its items are numbered; empty where it does not."""
    found = _STYLE.search(element.get("style", "").lower())
    return found[1].replace("latin", "alpha") if found else _STYLES.get(element.get("type", ""), "")


def _written(count: int, style: str) -> str:
    """A count as its style writes it, in figures where that has no sign for it."""
    if style == "none" or count < 0:
        return ""
    if style.endswith("alpha") and count > 0:
        written = _letters(count)
    elif style.endswith("roman") and 0 < count <= MOST_ROMAN:
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
