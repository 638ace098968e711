"""Elements of a page that show something else than their tags say, made what they show.

Tables of blocks, ticks and crosses, formulas, a word processor's lists, links at headings, powers, parts of sentences
whose tags no browser knows or that a style puts into the line.
Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html

from acobot.sources.formula_signs import power
from acobot.sources.html.event_dates import put_dates_below
from acobot.sources.html.formulas import say_formulas
from acobot.sources.html.heading_parts import part_headings
from acobot.sources.html.inline import INLINE
from acobot.sources.html.inner_tables import list_inner_tables
from acobot.sources.html.labelled import name_columns
from acobot.sources.html.markup import HEADINGS, has, words_before
from acobot.sources.html.pairs import pair_up
from acobot.sources.html.preformatted import break_lines
from acobot.sources.html.signs import say_signs
from acobot.sources.html.titles import title_level

_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
_HEAD_ROW = re.compile(r"(?:^|[\s_-])(?:t?head|header|headings?)(?:$|[\s_-])", re.IGNORECASE)
_ROW_TAGS = frozenset({"div", "li", "ul"})
_CELL_TAGS = frozenset({"div", "span", "p", "strong", "b", "li"})
CELL_WORDS = 12
_HEADING_LINK = re.compile(r"(?:^|[\s_-])(?:editsection|headerlink|header-link|permalink|anchorjs-link)(?:$|[\s_-])")
_UNKNOWN = re.compile(r"output|[\w.]+[:-][\w.:-]*")  # a browser shows it in the line unless a style says other
_IN_LINE = re.compile(r"display\s*:\s*inline(?:-block)?\b", re.IGNORECASE)
_IN_SENTENCES = re.compile(rf"{INLINE.pattern}|br|wbr|img|{_UNKNOWN.pattern}")
_ITEMS = re.compile(r"(?:^|[_-])items$", re.IGNORECASE)
_HOLDERS = ("p", "div", "ul", "ol", "dl", "table", "img", *HEADINGS)
_CHOICES = frozenset({"radio", "checkbox"})
_LISTED = "data-list-of-ours"
_LIST_STYLE = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_COMMENT = re.compile(r"mso-element\s*:\s*comment(?:-list)?\s*(?:$|;)", re.IGNORECASE)
_COMMENT_MARK = re.compile(r"(?:^|\s)mso(?:CommentReference|comanchor|comtxt)(?:$|\s)", re.IGNORECASE)
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)


def mend(tree: html.HtmlElement) -> None:
    """Makes elements what they show."""
    break_lines(tree)
    _put_in_line(tree)
    _part_choices(tree)
    _name_tables(tree)
    _make_tables(tree)
    part_headings(tree)
    list_inner_tables(tree)
    name_columns(tree)
    pair_up(tree)
    _name_items(tree)
    say_signs(tree)
    say_formulas(tree)
    _make_items(tree)
    _drop_heading_links(tree)
    _drop_comments(tree)
    put_dates_below(tree)
    _raise_powers(tree)
    for foot in tree.iter("footer"):  # who said it, and not the foot of a page
        if next(foot.iterancestors("blockquote", "figure"), None) is not None:
            foot.tag = "p" if foot.find("p") is None else "div"


def _put_in_line(tree: html.HtmlElement) -> None:
    """Elements within a sentence that their tags do not tell as such: "£<div style='display:inline'>5</div> a day"."""
    for one in tree.iter():
        if isinstance(one.tag, str) and one.getparent() is not None:
            styled = one.tag in {"div", "p"} and _IN_LINE.search(one.get("style", ""))
            may_stand = (styled or _UNKNOWN.fullmatch(one.tag)) and _has_words_beside(one)
            if may_stand and all(map(_may_stand_in_sentence, one.iterdescendants())):
                one.tag = "span"


def _part_choices(tree: html.HtmlElement) -> None:
    """What can be ticked, each by itself: "1 to 3 items: £26" and "4 to 6 items: £41" are no sentence."""
    for label in tree.iter("label"):
        before = label.getprevious()
        beside = [before] if before is not None and before.tag == "input" and not (before.tail or "").strip() else []
        if any(one.get("type", "").lower() in _CHOICES for one in [*beside, *label.iterdescendants("input")]):
            label.tag = "div"


def _has_words_beside(element: html.HtmlElement) -> bool:
    within = element.getparent().tag == "span" or words_before(element).strip() or (element.tail or "").strip()
    return bool(within) and bool(element.text_content().strip())


def _may_stand_in_sentence(element: html.HtmlElement) -> bool:
    return not isinstance(element.tag, str) or bool(_IN_SENTENCES.fullmatch(element.tag))


def _name_items(tree: html.HtmlElement) -> None:
    """Short blocks that their names make the items of what holds them: "field__items" of "field__item"."""
    for held in tree.iter("div"):
        several = {name[:-1] for name in held.get("class", "").split() if _ITEMS.search(name)}
        items = [one for one in held if isinstance(one.tag, str)] if several else []
        short = all(one.tag == "div" and len(one.text_content().split()) <= CELL_WORDS for one in items)
        named = all(several & set(one.get("class", "").split()) for one in items)
        plain = not any(has(one, *_HOLDERS) or _ends_sentence(one) or _is_titled(one) for one in items)
        if len(items) > 1 and short and named and plain:
            for one in items:
                one.tag = "li"


def _is_titled(element: html.HtmlElement) -> bool:
    """Whether it holds a title over its text: a question over its answer."""
    return any(isinstance(one.tag, str) and title_level(one, 0) for one in element.iterdescendants())


def _ends_sentence(element: html.HtmlElement) -> bool:
    """Whether it says a sentence and names no thing."""
    return bool(element.text_content().rstrip().endswith((".", "!", "?")))


def _name_tables(tree: html.HtmlElement) -> None:
    """Tables that are told by roles alone."""
    for table in tree.iter():
        if isinstance(table.tag, str) and table.tag != "table" and _ROLES.get(table.get("role", "")) == "table":
            for one in [table, *table.iterdescendants()]:
                role = _ROLES.get(one.get("role", "")) if isinstance(one.tag, str) else None
                if role:
                    one.tag = role


def _make_tables(tree: html.HtmlElement) -> None:
    """Rows of blocks below one whose name says that it is their head."""
    for head in list(tree.iter(*_ROW_TAGS)):
        held = head.getparent()
        if held is None or head.getprevious() is not None or not _HEAD_ROW.search(head.get("class", "")):
            continue
        rows = [one for one in held if isinstance(one.tag, str)]
        cells = [_cells(one) for one in rows]
        if not _are_alike(rows) or len(cells[0]) < 2 or any(len(row) != len(cells[0]) for row in cells):
            continue
        held.tag = "table"
        for number, (one, row) in enumerate(zip(rows, cells, strict=True)):
            one.tag = "tr"
            for cell in row:
                cell.tag = "td" if number else "th"


def _are_alike(rows: Sequence[html.HtmlElement]) -> bool:
    """Whether those after the first are rows of one table: several of one class, or one that shares a class with it."""
    head, *others = (frozenset(row.get("class", "").split()) for row in rows)
    if len(others) == 1 and rows[0].tag == "ul":  # two lists
        return False
    if len(others) == 1:
        return bool(head & others[0])
    return len({*others}) == 1 if others else False


def _cells(row: html.HtmlElement) -> Sequence[html.HtmlElement]:
    """The parts of a row, if it is made of a few short ones."""
    parts = [one for one in row if isinstance(one.tag, str)]
    loose = (row.text or "").strip() or any((one.tail or "").strip() for one in parts)
    short = all(one.tag in _CELL_TAGS and len(one.text_content().split()) <= CELL_WORDS for one in parts)
    return [] if loose or not short else parts


def _make_items(tree: html.HtmlElement) -> None:
    """Paragraphs that a word processor saved as a list, without their bullets; numbers stay."""
    for item in list(tree.iter("p")):
        if _LIST_STYLE.search(item.get("style", "")):
            item.tag = "li"
            _put_in_list(item)
            for mark in list(item.iter("span")):
                if _LIST_MARK.search(mark.get("style", "")) and not any(map(str.isdigit, mark.text_content())):
                    mark.drop_tree()


def _put_in_list(item: html.HtmlElement) -> None:
    """Puts an item to those before it, or into a list of its own."""
    listed, tail = item.getprevious(), (item.tail or "").strip()
    if listed is None or listed.get(_LISTED) is None or (listed.tail or "").strip():
        listed = html.Element("ul", {_LISTED: ""})
        item.addprevious(listed)
    listed.append(item)  # with what stands behind it
    item.tail, listed.tail = None, tail or None


def _drop_comments(tree: html.HtmlElement) -> None:
    """What somebody noted in a text that Word saved as a page, and the marks that lead to it."""
    for one in list(tree.iter("div", "span", "a")):
        is_comment = _COMMENT.search(one.get("style", "")) or _COMMENT_MARK.search(one.get("class", ""))
        if is_comment and one.getparent() is not None:
            one.drop_tree()


def _drop_heading_links(tree: html.HtmlElement) -> None:
    """Links at a heading to itself or to its editor."""
    for heading in tree.iter(*HEADINGS):
        for one in list(heading.iterdescendants("a", "span")):
            if _HEADING_LINK.search(one.get("class", "")) and one.getparent() is not None:
                one.drop_tree()


def _raise_powers(tree: html.HtmlElement) -> None:
    """Raised figures after a figure: 10³ and not 103."""
    for one in tree.iter("sup"):
        if not len(one) and words_before(one)[-1:].isdigit() and re.fullmatch(r"\s*[-−]?\d{1,3}\s*", one.text or ""):
            one.text = power((one.text or "").strip())
