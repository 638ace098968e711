"""Which elements of a page stand in a line, and which are of its own making: <fee-table>. Knows no blocks."""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.html.markup import HEADINGS, has, words_before

# Elements that stand in a line and not apart from it.
INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|button|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|rt|ruby|s|samp"
    r"|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|tbody|thead|tfoot"
)
_BLOCKS = ("p", "div", "ul", "ol", "dl", "table", "section", "article", *HEADINGS)


def is_own(element: html.HtmlElement) -> bool:
    """Whether an element is one that only this page has, for which no browser has a style."""
    return isinstance(element.tag, str) and "-" in element.tag


def is_inline(element: html.HtmlElement) -> bool:
    """Whether an element stands in a line: by its tag, or as one of the page's own amid words."""
    if INLINE.fullmatch(element.tag):
        return True
    amid = words_before(element).strip() or (element.tail or "").strip()
    return is_own(element) and bool(amid) and not has(element, *_BLOCKS)
