"""What a maintainer names of a page: what is dropped is taken out of its tree, what is kept is marked.

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from acobot.sources.html.inline import is_inline
from acobot.sources.html.markup import PAGE
from acobot.sources.picking import Pick, folded, is_selector
from acobot.sources.record import Concern, UnreadableError, Warned

KEPT = "data-kept"  # an attribute of ours


def mark_picked(tree: html.HtmlElement, pick: Pick) -> tuple[Warned, ...]:
    """Marks what is kept and takes out what is dropped; warns of what is to be kept and is not there.

    Raises `UnreadableError`.
    """
    warnings = []
    for named in pick.keep:
        found = matches(tree, named) if is_selector(named) else list(_holders(tree, folded(named)))
        for element in found:
            _block_of(element).set(KEPT, "")
        if not found:
            warnings.append(Warned(Concern.KEYS, f"keep: {named!r} is nowhere in it"))
    for element in (one for named in pick.drop if is_selector(named) for one in matches(tree, named)):
        around = (element, *element.iterancestors(), *element.iterdescendants())
        if element.getparent() is not None and not any(one.get(KEPT) is not None for one in around):
            element.drop_tree()
    return tuple(warnings)


def matches(tree: html.HtmlElement, selector: str) -> Sequence[html.HtmlElement]:
    """The elements that a CSS selector matches. Raises `UnreadableError`."""
    try:
        return list(CSSSelector(selector, translator="html")(tree))
    except (SelectorError, etree.XPathError) as error:
        reason = f"the selector {selector!r} is not one ({error})"
        raise UnreadableError(f"{reason}; write a CSS selector such as 'main' or '#content'") from None


def _holders(tree: html.HtmlElement, text: str) -> Iterator[html.HtmlElement]:
    """The innermost elements of a whole page that hold a text; none that is the page itself, or nearly so."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        inner = [one for one in element if isinstance(one.tag, str) and text in folded(one.text_content())]
        waiting += inner
        if not inner and element.tag not in PAGE:
            yield element


def _block_of(element: html.HtmlElement) -> html.HtmlElement:
    """The element itself, or what holds it where it stands in a line."""
    above = next(one for one in (element, *element.iterancestors()) if not is_inline(one))
    return element if above.tag in PAGE else above
