"""Elements that bring what they show in a template of their own (`shadowrootmode`), made what a browser shows.

The template stands for the element's own words, which stand in its slots; what has no slot is not shown. Changes the
tree in place. Knows no blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import html

from acobot.sources.html.inline import is_inline

_NOT_SHOWN = frozenset({"template", "slot", "style", "script", "link"})
_MODES = ("shadowrootmode", "shadowroot")  # the second is how pages that were saved years ago have it


def show_shadow_trees(tree: html.HtmlElement) -> None:
    """Puts what each element shows in its place; of several templates of one it shows the first."""
    shown: set[html.HtmlElement] = set()
    for template in list(tree.iter("template")):
        host = template.getparent()
        if host is not None and host not in shown and any(template.get(name) for name in _MODES):
            shown.add(host)
            _show(host, template)


def _show(host: html.HtmlElement, template: html.HtmlElement) -> None:
    own = _taken_out(host, template)
    template.tag = "div" if any(isinstance(one.tag, str) and not is_inline(one) for one in _below(host)) else "span"
    for slot in list(template.iter("slot")):
        is_shown = slot.getparent() is not None  # and no part of what another slot says where it has no words
        if is_shown and not any(above.tag == "template" for above in slot.iterancestors()):
            _fill(slot, own.pop(slot.get("name", ""), []))


def _below(host: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """All that an element and its template show: not these two, nor slots, styles and scripts."""
    return (one for one in islice(host.iter(), 1, None) if one.tag not in _NOT_SHOWN)


def _taken_out(host: html.HtmlElement, template: html.HtmlElement) -> dict[str, list[html.HtmlElement]]:
    """An element's own words by the names of their slots, in order; they are taken out of it."""
    own: dict[str, list[html.HtmlElement]] = {}
    _keep_words(host.text, own)
    for one in list(host):
        tail, one.tail = one.tail, None
        if one is not template:
            host.remove(one)
            if isinstance(one.tag, str):
                own.setdefault(one.get("slot", ""), []).append(one)
        _keep_words(tail, own)
    host.text = None
    return own


def _keep_words(said: str | None, own: dict[str, list[html.HtmlElement]]) -> None:
    if (said or "").strip():
        words = html.Element("span")
        words.text = said
        own.setdefault("", []).append(words)


def _fill(slot: html.HtmlElement, words: list[html.HtmlElement]) -> None:
    """Puts words into their slot, instead of what it says where there are none."""
    if words:
        slot.text = None
        slot[:] = words
    slot.drop_tag()
