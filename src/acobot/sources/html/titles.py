"""Titles that a page marks by a role or a class and not as headings: of cards, panels, questions. Knows no blocks."""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.headings import gives_value
from acobot.sources.html.inline import is_own
from acobot.sources.html.markup import HEADINGS
from acobot.sources.html.panels import PANEL_TITLE

TITLE_WORDS = 14
_LOWEST, _HIGHEST = 6, 2  # the first rank is the page's own title's
_TITLED = re.compile(
    r"(?:^|\s)[\w-]*(?:card|panel|accordion|tab|tile|box|block|faq|toggle|collapse|section|item|step|widget|callout)"
    r"[\w-]*[_-](?:title|heading|headline|header|question)(?:$|\s)"
    r"|(?:^|\s)(?:faq-?)?question(?:$|\s)",
    re.IGNORECASE,
)
_TAGS = frozenset({"div", "p", "header", "a", "span", "strong"})
_BLOCKS = ("div", "p", "ul", "ol", "dl", "table", "section", "article", "details", "br", "input", *HEADINGS)
_ENDED = (".", "!", ";", ",")
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:callout|inset|alert|admonition|notice|warning|infobox|info-box|note|tip|highlight)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:^|\s)(?:card|panel|box|tile|tab-pane|toggle|[\w-]*(?:accordion|toggle)[_-]item)(?:$|\s)", re.IGNORECASE
)
_BOXES = frozenset({"div", "section", "article", "blockquote", "li"})


def title_level(element: html.HtmlElement, above: int) -> int:
    """The rank of an element that is a title in all but its tag, below the last heading's; 0 where it is none."""
    if element.get("role") == "heading":
        level = element.get("aria-level", "")
        return min(max(int(level), 1), _LOWEST) if re.fullmatch(r"\d", level) else _below(above)
    name = element.tag if is_own(element) else element.get("class", "") if element.tag in _TAGS else ""
    if element.tag not in {"summary", "legend"} and not _TITLED.search(name):
        return 0
    said = " ".join(element.text_content().split())
    is_title = 0 < len(said.split()) <= TITLE_WORDS and not said.endswith(_ENDED) and not gives_value(said)
    plain = next(element.iterdescendants(*_BLOCKS), None) is None
    return _below(above) if is_title and plain and _heads_something(element) else 0


def is_beside(element: html.HtmlElement) -> bool:
    """Whether an element is a box within a text, which goes on after it under the heading that stood over it before."""
    if element.tag in {"aside", "details"}:
        return True
    return element.tag in _BOXES and bool(_BESIDE.search(element.get("class", "")))


def is_box(element: html.HtmlElement) -> bool:
    """Whether an element's headings stand over nothing that follows it."""
    if is_beside(element) or element.get(PANEL_TITLE):
        return True
    return (element.tag in _BOXES or is_own(element)) and (
        bool(_BOX.search(element.get("class", "")))
        or any(isinstance(one.tag, str) and one.tag not in HEADINGS and title_level(one, 0) for one in element[:2])
    )


def _below(above: int) -> int:
    return min(max(above + 1, _HIGHEST), _LOWEST)


def _heads_something(element: html.HtmlElement) -> bool:
    """Whether it stands by itself, and more elements with text below it in what holds both; of <details> any text."""
    if element.tag == "summary" and (element.tail or "").strip():
        return True
    within = (element.tail or "").strip() or (
        element.getprevious() is None and (element.getparent().text or "").strip()
    )
    after = (one for one in element.itersiblings() if isinstance(one.tag, str))
    return not within and any(one.text_content().strip() for one in after)
