"""What a heading holds that is not its title: the price in a badge, the hours in a card's second heading.

A heading is not quoted, so these are put below it as texts. Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.html.markup import HEADINGS

_PRICE = re.compile(r"(?:^|[\s_-])(?:badge|price|cost|fee|amount)(?:$|[\s_-])", re.IGNORECASE)
_AMOUNT = re.compile(r"\D{0,8}[£€$]\s?\d[\d.,]{0,9}\D{0,12}")
_SUBTITLE = re.compile(r"(?:^|[\s_-])card[_-]{1,2}sub-?title(?:$|\s)", re.IGNORECASE)


def part_headings(tree: html.HtmlElement) -> None:
    """Puts the price at the end of a heading below it, and makes a card's subtitle with a figure a text."""
    for heading in list(tree.iter(*HEADINGS)):
        said = heading.text_content()
        if _SUBTITLE.search(heading.get("class", "")) and any(map(str.isdigit, said)):
            heading.tag = "p"
        elif len(heading) and _is_price(last := heading[-1]) and last.text_content().strip() != said.strip():
            last.tag = "p"
            last.tail = heading.tail
            heading.tail = None
            heading.addnext(last)


def _is_price(last: html.HtmlElement) -> bool:
    """Whether what ends a heading is an amount in an element that is named so."""
    named = last.tag == "span" and _PRICE.search(last.get("class", ""))
    return bool(named and not (last.tail or "").strip() and _AMOUNT.fullmatch(last.text_content().strip()))
