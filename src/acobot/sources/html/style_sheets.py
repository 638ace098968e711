"""What a page's own style sheets say of its elements: which they cross out, which they hide. Changes no tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from lxml import html

from acobot.sources.html.markup import PAGE, has
from acobot.sources.html.picked import matches
from acobot.sources.record import UnreadableError
from acobot.sources.struck import crosses_out
from acobot.sources.unseen import hides

MOST_RULES = 50  # of a page's style sheets that cross something out, or hide it
_PLAIN_SELECTOR = re.compile(r"[\w\s.#>,*=\"'\[\]-]{1,200}")
_OF_NAMES = re.compile(r"[\w-]{0,60}(?:[.#][\w-]{1,60}){1,4}")
_NAMED = re.compile(r"[.#]([\w-]+)")
_MEDIA = re.compile(r"@media([^{}@]{0,200})\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_SHOWS = re.compile(r"(?:display|visibility)\s*:", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_ANY_MEDIA = frozenset({"", "all", "screen"})
# What a script, or the sheet itself, may make open something.
_CONTROL = """boolean(descendant-or-self::*[
    self::button or self::label or self::summary or @onclick or @role = 'button' or @aria-expanded
    or (self::a and (not(@href) or starts-with(@href, '#') or starts-with(@href, 'javascript:')))
    or (self::input and (@type = 'button' or @type = 'checkbox' or @type = 'radio'))])"""
_SAID_OF = ("onclick", "href", "aria-controls", "data-target", "data-bs-target", "for")

_Rule = tuple[str, str]  # its selectors, and what it says


def struck_by_sheet(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What the page's own style sheets cross out, not the page itself.

    Only selectors of names, classes, ids and attributes, one in another, are looked for: any other takes long, or is
    of a moment (":hover").
    """
    struck = (selectors for selectors, said in _rules(tree, on_all=False) if crosses_out(said))
    for selector in islice((one for one in struck if _PLAIN_SELECTOR.fullmatch(one)), MOST_RULES):
        with suppress(UnreadableError):
            yield from (one for one in matches(tree, selector) if one.tag not in PAGE)


def hidden_by_sheet(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What the page's own style sheets hide on every screen by its class or id, and nothing on the page shows again.

    That may be another rule, a script that says the name, a control beside it, or a link to it.
    """
    hiding = [_selectors(said) for said, style in _rules(tree, on_all=True) if hides(style)]
    plain = [one for several in hiding for one in several if _OF_NAMES.fullmatch(one)]
    if not plain:
        return
    showing = [(said, style) for said, style in _rules(tree, on_all=False) if _SHOWS.search(style) and not hides(style)]
    shown = [_last_names(one) for said, _ in showing for one in _selectors(said)]
    named = _said_by_scripts(tree)
    for selector in plain[:MOST_RULES]:
        names = _last_names(selector)
        others = [other for other in shown if other and not other < names]  # a weaker rule shows nothing again
        if names & named or any(names & other for other in others):
            continue
        with suppress(UnreadableError):
            yield from (one for one in matches(tree, selector) if _stays_hidden(one, named, others))


def _stays_hidden(element: html.HtmlElement, named: set[str], others: Sequence[set[str]]) -> bool:
    own = {element.get("id", ""), *element.get("class", "").split()}
    if element.tag in PAGE or element.get("id") in named or has(element, "h1", "main", "article"):
        return False
    if any(other <= own for other in others):
        return False
    around = [element.getprevious(), element.getnext()]
    if element.getnext() is None:
        around.append(element.getparent().getnext())
    return not any(one.xpath(_CONTROL) for one in around if one is not None and isinstance(one.tag, str))


def _said_by_scripts(tree: html.HtmlElement) -> set[str]:
    """The words of the page's scripts, and of what its elements say that they open or lead to."""
    texts = [script.text or "" for script in tree.iter("script")]
    texts += [said for name in _SAID_OF for said in tree.xpath(f"//@{name}")]
    return {word for text in texts for word in _WORD.findall(text)}


def _selectors(said: str) -> list[str]:
    return [one.strip() for one in said.split(",")]


def _last_names(selector: str) -> set[str]:
    """The classes and ids of the elements that a selector names, not of what holds them."""
    return set(_NAMED.findall(re.split(r"[\s>+~]", selector)[-1]))


def _rules(tree: html.HtmlElement, *, on_all: bool) -> Iterator[_Rule]:
    """The rules of the page's style sheets that hold on screens; `on_all` those that hold on every screen."""
    for sheet in tree.iter("style"):
        media = sheet.get("media", "").strip().lower()
        if "print" in media or (on_all and media not in _ANY_MEDIA) or sheet.getparent().tag == "noscript":
            continue
        text = _without_comments(sheet.text or "")
        for rule in _MEDIA.sub("" if on_all else _on_screens, text).split("}"):
            selectors, _, said = rule.rpartition("{")
            yield re.split(r"[{;]", selectors)[-1].strip(), said


def _on_screens(media: re.Match[str]) -> str:
    return "" if "print" in media[1] else media[2]


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
