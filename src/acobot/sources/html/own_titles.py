"""Titles that elements of a page's own making say in an attribute or a slot: <fee-item heading="Cadets">.

A browser shows them over what the element holds. Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.html.inline import is_own
from acobot.sources.html.markup import has
from acobot.sources.html.panels import PANEL_TITLE

TITLE_WORDS = 12
_NAMES = ("heading", "header", "headline", "title", "summary", "label", "question")
_SLOTS = frozenset(_NAMES) - {"label"}  # that stands beside a value: "Adults" and "£5"
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+|true|false|h?\d")  # for a program: "grid-2-col", "h3"
_BLOCKS = ("p", "div", "ul", "ol", "dl", "table")
_ENDS = (".", "!", "?")
_INLINE = frozenset({"span", "strong", "b"})


def say_own_titles(tree: html.HtmlElement) -> None:
    """Puts the title of each such element over what it holds."""
    for one in tree.iter():
        if not is_own(one) or has(one, "h1", "main", "nav", "form"):
            continue
        said = next((" ".join(one.get(name, "").split()) for name in _NAMES if one.get(name)), "")
        is_said = 0 < len(said.split()) <= TITLE_WORDS and not _NAME.fullmatch(said)
        holds_text = _holds_text(one)
        if is_said and holds_text and one.get(PANEL_TITLE) is None:
            one.set(PANEL_TITLE, said)
        for part in one:
            is_title = part.tag in _INLINE and part.get("slot", "").rpartition("-")[2] in _SLOTS
            if holds_text and is_title and len(part.text_content().split()) <= TITLE_WORDS:
                part.tag = "div"
                part.set("role", "heading")


def _holds_text(one: html.HtmlElement) -> bool:
    """Whether it holds blocks or a sentence, and is no link or button whose label that is."""
    return has(one, *_BLOCKS) or one.text_content().rstrip().endswith(_ENDS)
