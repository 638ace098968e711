"""Dates that stand above the headings of events on a page → below them, where what they are of is named.

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.html.markup import HEADINGS, PAGE, words_before

_DATE_TAGS = frozenset({"time", "p", "div", "span"})
_DATE_NAME = re.compile(r"(?:^|[\s_-])(?<!to[_-])date(?:$|[\s_-])", re.IGNORECASE)
_EVENT_TAGS = frozenset({"article", "li"})
DATE_WORDS = 12

_Kind = tuple[html.HtmlElement | None, str, str]


def put_dates_below(tree: html.HtmlElement) -> None:
    """Puts the date that opens an event or a card below the heading of that: it is not of the text before.

    Only where each is an element of its own and several beside each other begin so: where events share an element,
    nothing tells for sure whether dates begin or end them, or whether the first is the page's own.
    """
    opened: dict[_Kind, list[tuple[html.HtmlElement, html.HtmlElement]]] = {}
    for heading in tree.iter(*HEADINGS[1:]):
        date = _date_above(heading)
        held = date.getparent() if date is not None else None
        if held is None or held[0] is not date or (held.text or "").strip() or len(list(held.iter(*HEADINGS))) > 1:
            continue
        if kind := _kind_of_event(held):
            opened.setdefault(kind, []).append((heading, date))
    for beside in opened.values():
        if len(beside) > 1:
            for heading, date in beside:
                tag = _tag_before(date)
                _put_below(heading, date)
                if tag is not None:
                    _put_below(heading, tag)


def _kind_of_event(held: html.HtmlElement) -> _Kind | None:
    """What is alike of events that begin so, with the element in which they stand; None where it is none.

    Articles with a head of their own are alike wherever on the page they stand.
    """
    article = held.getparent()
    if held.tag == "header" and article is not None and article.tag == "article" and article[0] is held:
        return None, "article", article.get("class", "")
    event = _outermost(held)
    kind = event.tag if event.tag in _EVENT_TAGS else event.get("class", "")
    return (event.getparent(), event.tag, kind) if kind and event.tag not in PAGE else None


def _tag_before(date: html.HtmlElement) -> html.HtmlElement | None:
    """The same date once more, as a calendar's leaf beside the article that the date opens."""
    held, around = date.getparent(), date.getparent().getparent()
    while held.getprevious() is None and around is not None and not (around.text or "").strip():
        held, around = around, around.getparent()
    before = held.getprevious()
    is_leaf = before is not None and before.getprevious() is None and held.tag not in PAGE and _is_date(before)
    return before if is_leaf else None


def _outermost(held: html.HtmlElement) -> html.HtmlElement:
    """The outermost element that holds nothing else: of an article in an item of a list the item."""
    above = held.getparent()
    while above is not None and len(above) == 1 and above.tag not in {*PAGE, "ul", "ol"}:
        if (above.text or "").strip() or (held.tail or "").strip():
            break
        held, above = above, above.getparent()
    return held


def _put_below(heading: html.HtmlElement, date: html.HtmlElement) -> None:
    below = html.Element("p")
    heading.addnext(below)
    below.tail, heading.tail = heading.tail, None
    below.append(date)
    date.tail = None


def _date_above(heading: html.HtmlElement) -> html.HtmlElement | None:
    """The date that stands right above a heading, or beside the block that it opens, in an element of its own."""
    opened = heading
    while opened.getprevious() is None and not words_before(opened).strip() and opened.getparent().tag == "div":
        opened = opened.getparent()
    above = opened.getprevious()
    return above if above is not None and _is_date(above) else None


def _is_date(element: html.HtmlElement) -> bool:
    """Whether an element holds a date alone, and nothing stands behind it."""
    if element.tag not in _DATE_TAGS or (element.tail or "").strip():
        return False
    said = element.text_content().split()
    time = element if element.tag == "time" else element.find(".//time")
    is_time = time is not None and time.text_content().split() == said
    is_named = bool(_DATE_NAME.search(element.get("class", ""))) and any(map(str.isdigit, "".join(said)))
    return 0 < len(said) <= DATE_WORDS and (is_time or is_named)
