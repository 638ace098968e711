"""What the bars above and below a page say of how to reach its body, and when it is open → boxes below its text.

They are about whose the page is, not about what its title says: the hours of the town hall are not those of the
recycling centre. So only of a page that says whose it is, and only what its own text gives nothing of. Links, copyright
lines and forms stay furniture. Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from lxml import html

from acobot.sources.html.inline import is_inline
from acobot.sources.html.markup import REACHES, has, is_furniture, is_unseen, leads_away
from acobot.sources.html.particulars import feet, said_by_page
from acobot.sources.html.picked import KEPT
from acobot.sources.html.tables import is_layout
from acobot.sources.wording import Wording

MOST_WORDS = 60  # of a box
MOST_LINKS = 1  # of a box, to a map or a form; more are a menu
MOST_BARS = 10
MOST_LEVELS = 30  # of a bar within which boxes are looked for: each is gone through once more
LEAST_CLOCKS = 2  # of hours: when something opens, and when it closes
_CLOCK = re.compile(r"(?<![\w.,/-])\d{1,2}(?::\d{2}|(?:[.:]\d{2})?\s?[ap]\.?m)(?![\w:])", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d/–-])(?:\+\d|\(?0)(?:[ ()/–-]{0,3}\d){8,13}(?!\d)")
_MAIL = re.compile(r"[^\s@]@[^\s@]+\.\w")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TOGETHER = frozenset({"table", "dl", "ul", "ol"})  # of which a part alone may not say what it is of
_OWN = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"


def bring_in_feet(tree: html.HtmlElement, wording: Wording) -> None:
    """Puts such boxes behind everything else, once each."""
    body, bars = tree.find("body"), _bars(tree)
    boxes = [box for bar in bars for part in bar for box in _boxes(part)] if body is not None else []
    if not boxes or not said_by_page(tree, wording, headed=True).get("publisher"):
        return
    given = _given(_own_text(tree, bars))
    for box in {_said(one): one for one in boxes}.values():
        if given.isdisjoint(_given(_said(box))):
            below = html.Element("div", {REACHES: ""})
            body.append(below)
            below.append(copy.deepcopy(box))  # the bar stays as it is: it says whose the page is
            below[0].tail = None


def in_feet(tree: html.HtmlElement) -> set[html.HtmlElement]:
    """All that stands in such boxes."""
    return {one for box in tree.iter("div") if box.get(REACHES) is not None for one in box.iter()}


def _bars(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """The heads and feet of a page, the outermost ones, that no maintainer named."""
    heads = (one for one in tree.iter("header") if is_furniture(one))
    bars = dict.fromkeys([*heads, *feet(tree)])
    outer = [one for one in bars if not any(above in bars for above in one.iterancestors())]
    return [one for one in outer[:MOST_BARS] if not any(part.get(KEPT) is not None for part in _around(one))]


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield from element.iterancestors()
    yield from (one for one in element.iter() if isinstance(one.tag, str))


def _boxes(part: html.HtmlElement, levels: int = MOST_LEVELS) -> Iterator[html.HtmlElement]:
    """The largest parts of a bar that say how to reach somebody, or when, and nothing else."""
    if not levels or not isinstance(part.tag, str) or is_unseen(part) or part.tag in {"nav", "form", "script", "style"}:
        return
    given = _given(_said(part))
    if not given or is_inline(part):
        return
    if _is_plain(part):
        yield part
    elif part.tag not in _TOGETHER or (part.tag == "table" and is_layout(part)) or "hours" not in given:
        for inner in part:
            if not _is_headed(inner):  # its heading, which says whose the hours are, would be left behind
                yield from _boxes(inner, levels - 1)


def _is_headed(part: html.HtmlElement) -> bool:
    before = part.getprevious()
    return before is not None and before.tag in _HEADINGS


def _is_plain(part: html.HtmlElement) -> bool:
    said = _said(part)
    links = sum(map(leads_away, part.iter("a")))
    return len(said.split()) <= MOST_WORDS and links <= MOST_LINKS and "©" not in said and not _asks(part)


def _asks(part: html.HtmlElement) -> bool:
    return has(part, "form", "input", "button", "nav", "iframe", "h1")


def _said(part: html.HtmlElement) -> str:
    return " ".join(" ".join(part.itertext()).split())


def _own_text(tree: html.HtmlElement, bars: Sequence[html.HtmlElement]) -> str:
    within = {one for bar in bars for one in bar.iter()}
    return " ".join(str(said) for said in tree.xpath(_OWN) if said.getparent() not in within)


def _given(said: str) -> frozenset[str]:
    """What a text gives of hours, numbers to ring and addresses to write to."""
    found = {"number": _NUMBER.search(said), "mail": _MAIL.search(said)}
    hours = {"hours"} if len(_CLOCK.findall(said)) >= LEAST_CLOCKS else set()
    return frozenset(hours | {name for name, one in found.items() if one})
