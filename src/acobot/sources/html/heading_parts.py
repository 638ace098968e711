"""What a heading holds that is not its title: the price in a badge, the hours in a card's second heading.

A heading is not quoted, so these are put below it as texts. Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.html.markup import HEADINGS

_PRICE = re.compile(r"(?:^|[\s_-])(?:badge|price|cost|fee)(?:$|[\s_-])", re.IGNORECASE)
_IN_WORDS = re.compile(r"(?:^|[\s_-])amount(?:$|\s)", re.IGNORECASE)  # shops mark each so: "Orders over £50"
_AMOUNT = re.compile(r"[£€$]\s?\d[\d.,]{0,9}(?:\s?[/p]\D{0,11})?")  # "£5 per class"; "Save £5" is no price
_SUBTITLE = re.compile(r"(?:^|[\s_-])card[_-]{1,2}sub-?title(?:$|\s)", re.IGNORECASE)

_TITLE = re.compile(r"(?:^|[\s_-])card[_-]{1,2}title(?:$|\s)", re.IGNORECASE)


def part_headings(tree: html.HtmlElement) -> None:
    """Puts the price at the end of a heading below it, and makes a card's subtitle with a figure a text."""
    for heading in list(tree.iter(*HEADINGS)):
        said = heading.text_content()
        if _is_subtitle(heading) and any(map(str.isdigit, said)):
            heading.tag = "p"
        elif len(heading) and _is_price(last := heading[-1]) and last.text_content().strip() != said.strip():
            last.tag = "p"
            last.tail = heading.tail
            heading.tail = None
            heading.addnext(last)


def _is_subtitle(heading: html.HtmlElement) -> bool:
    """Whether a card has this below its title: one without a title has it as that."""
    above = heading.getprevious()
    titled = above is not None and (above.tag in HEADINGS or _TITLE.search(above.get("class", "")))
    return bool(titled and _SUBTITLE.search(heading.get("class", "")))


def _is_price(last: html.HtmlElement) -> bool:
    """Whether what ends a heading is an amount in an element that is named so."""
    named = last.tag == "span" and _PRICE.search(name := last.get("class", "")) and not _IN_WORDS.search(name)
    return bool(named and not (last.tail or "").strip() and _AMOUNT.fullmatch(last.text_content().strip()))
