"""Terms with what is said of them: definition lists, and rows of blocks that a style sheet puts side by side.

A term and its definition become one list item, so that they are quoted together. Elements in, texts out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import html

from acobot.sources.html.markup import HEADINGS, has, is_unseen

PAIR_WORDS = 60  # of a term and its definition; a longer one is text with a title
ROW_WORDS = 12  # of each part of a row
LEAST_IN_TURNS = 4  # parts
NAMED_PARTS = 4  # of an item that begins with its name
_BLOCKS = ("p", "div", "ul", "ol", "table", "dl", "pre")
_ROW_PARTS = frozenset({"div", "span", "p", "strong", "b", "time", "label"})


def definitions(listed: html.HtmlElement) -> Iterator[tuple[list[html.HtmlElement], list[html.HtmlElement]]]:
    """The terms of a <dl>, each with what is said of it; terms that share a definition come together."""
    terms: list[html.HtmlElement] = []
    meanings: list[html.HtmlElement] = []
    for one in _entries(listed):
        if one.tag == "dt" and meanings:
            yield terms, _worded(meanings)
            terms, meanings = [], []
        (terms if one.tag == "dt" else meanings).append(one)
    if terms or meanings:
        yield terms, _worded(meanings)


def pair_up(tree: html.HtmlElement) -> None:
    """Puts labels and values that stand in turns, each in an element of its own, into rows of two."""
    for holder in list(tree.iter("div", "section", "td", "li")):
        parts = [one for one in holder if isinstance(one.tag, str)]
        if len(parts) >= LEAST_IN_TURNS and len(parts) % 2 == 0 and _are_in_turns(holder, parts):
            for label, value in zip(parts[::2], parts[1::2], strict=True):
                row = html.Element("div")
                label.addprevious(row)
                row.extend([label, value])
                label.tail = value.tail = None


def _are_in_turns(holder: html.HtmlElement, parts: Sequence[html.HtmlElement]) -> bool:
    """Whether parts are labels without figures and values with them, in turns; a value or two may have none."""
    loose = (holder.text or "").strip() or any((one.tail or "").strip() for one in parts)
    if (
        loose
        or len({one.tag for one in parts}) > 1
        or parts[0].tag not in {"div", "p"}
        or not all(map(_is_short, parts))
    ):
        return False
    said = [one.text_content().strip() for one in parts]
    figures = [any(map(str.isdigit, text)) for text in said]
    names = {one.get("class", "") for one in parts[::2]}, {one.get("class", "") for one in parts[1::2]}
    ended = any(text.endswith((".", "!", "?", ":")) for text in said)
    valued = sum(figures[1::2]) * 2 > len(parts) // 2
    return valued and not any(figures[::2]) and not ended and all(len(one) == 1 for one in names)


def is_row(element: html.HtmlElement) -> bool:
    """Whether an element is one of several that each hold a few short parts: "Monday", "8am to noon".

    So is an item that begins with its name in bold letters, over a short text.
    """
    if element.tag == "li" and _is_named(element):
        return True
    if element.tag not in {"div", "li"} or not _is_parted(element):
        return False
    parent = element.getparent()
    if parent is None:
        return False
    beside = [one for one in (element.getprevious(), element.getnext()) if one is not None]
    return any(one.tag == element.tag and _is_alike(one, element) and _is_parted(one) for one in beside)


def _is_named(item: html.HtmlElement) -> bool:
    """Whether an item is a name in bold letters, and a text of a few words in blocks of its own."""
    parts = [part for part in item if isinstance(part.tag, str)]
    if not 1 < len(parts) <= NAMED_PARTS or not all(part.tag in {"p", "div"} for part in parts[1:]):
        return False
    loose = (item.text or "").strip() or any((part.tail or "").strip() for part in parts)
    blocks = any(has(part, *_BLOCKS, *HEADINGS) for part in parts)
    name, words = parts[0], len(item.text_content().split())
    if name.tag in {"p", "div"} and len(name) == 1 and not (name.text or name[0].tail or "").strip():
        name = name[0]
    is_name = name.tag in {"strong", "b"} and len(name.text_content().split()) <= ROW_WORDS
    return is_name and not loose and not blocks and words <= PAIR_WORDS


def _is_alike(one: html.HtmlElement, other: html.HtmlElement) -> bool:
    """Whether two elements share a class, or have none."""
    classes, others = one.get("class", "").split(), other.get("class", "").split()
    return classes == others or not set(classes).isdisjoint(others)


def _is_parted(element: html.HtmlElement) -> bool:
    parts = [part for part in element if isinstance(part.tag, str)]
    if len(parts) not in {2, 3} or (element.text or "").strip() or any((part.tail or "").strip() for part in parts):
        return False
    is_sentence = parts[0].text_content().rstrip().endswith((".", "!", "?"))
    return not is_sentence and all(part.tag in _ROW_PARTS and _is_short(part) for part in parts)


def _is_short(part: html.HtmlElement) -> bool:
    words = part.text_content().split()
    blocks = next(part.iter("p", "ul", "ol", "table", "dl", *HEADINGS), None)
    return 0 < len(words) <= ROW_WORDS and (blocks is None or blocks is part)


def _entries(listed: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The terms and meanings of a list, however deep in blocks; what else stands beside them is a meaning."""
    for one in listed:
        if isinstance(one.tag, str) and not is_unseen(one):
            if one.tag == "div" and has(one, "dt", "dd"):
                yield from _entries(one)
            else:
                yield one


def _worded(meanings: Sequence[html.HtmlElement]) -> list[html.HtmlElement]:
    """Definitions without those that are a button to change the others ("Change")."""
    said = [one for one in meanings if not _is_action(one)]
    return said or list(meanings)


def _is_action(meaning: html.HtmlElement) -> bool:
    links = [one for one in meaning.iter("a", "button") if one.text_content().split()]
    return (
        bool(links)
        and any(one.tag == "button" or one.get("href", "").startswith("#") or len(one) > 0 for one in links)
        and len(meaning.text_content().split()) == sum(len(one.text_content().split()) for one in links)
    )
