"""Ticks, crosses and pictures that say "Yes", in cells and before items, dashes and counts, written as text.

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.html.markup import words_before

CELL_WORDS = 12  # of what a picture says
# What fonts of pictures call them: "fa fa-check", "bi bi-x-lg", "glyphicon-ok", and pages after them: "tick".
_SIGN_TAGS = frozenset({"i", "span", "svg"})
_SIGNS = tuple(
    (
        re.compile(
            rf"(?:^|\s)(?:{alone}|[\w-]+-(?:{alone}|{named}))(?:-(?:circle|square|lg|alt|mark|fill|o))*(?:$|\s)"
        ),
        sign,
    )
    for alone, named, sign in (("check|tick", "checkmark|ok|yes", "✓"), ("cross", "times|xmark|x|remove|no", "✗"))
)

_COUNTS = ("data-to-value", "data-count", "data-counter", "data-count-to", "data-countto")
_FIGURE = re.compile(r"\d{1,3}(?:,?\d{3}){0,4}(?:\.\d+)?")
_JOINING = re.compile(r"[-–—−/×+&:]")
_PICTURE_FONT = re.compile(r"(?:^|\s)material-(?:icons|symbols)(?:-[a-z]+)*(?:$|\s)")
_PICTURES = (
    (frozenset({"check", "check_circle", "check_circle_outline", "check_box", "check_small"}), "tick"),
    (frozenset({"done", "done_all", "done_outline", "task_alt"}), "tick"),
    (frozenset({"close", "cancel", "clear", "highlight_off", "close_small", "disabled_by_default"}), "cross"),
    (frozenset({"block", "do_not_disturb", "do_not_disturb_alt", "not_interested"}), "cross"),
)
_DRAWN = frozenset().union(*(names for names, _ in _PICTURES))
_PICTURE_NAME = re.compile(r"[a-z0-9_]+")


def say_signs(tree: html.HtmlElement) -> None:
    """Writes what signs show: without it a list of what is not taken would be read as one of what is."""
    _say_counts(tree)
    _say_named_pictures(tree)
    _show_joining_signs(tree)
    _say_in_cells(tree)
    _say_in_items(tree)


def _say_counts(tree: html.HtmlElement) -> None:
    """The figure up to which a script counts from 0: nobody sees the 0 for long."""
    for one in tree.iter("span", "div", "p", "h2", "h3", "h4", "strong", "b"):
        if (one.text or "").strip() == "0" and not len(one):
            figures = [said for name in _COUNTS if _FIGURE.fullmatch(said := one.get(name, "").strip())]
            if figures and figures[0] not in (one.tail or ""):  # "0 of 500" letters counts what somebody writes
                one.text = figures[0]


def _say_named_pictures(tree: html.HtmlElement) -> None:
    """Takes out the names for which fonts draw pictures, "schedule"; what is drawn as a tick or a cross is named so."""
    for one in list(tree.iter("i", "span")):
        name = (one.text or "").strip()
        if _PICTURE_FONT.search(one.get("class", "")) and not len(one) and _PICTURE_NAME.fullmatch(name):
            if name not in _DRAWN and _is_cell(one):
                continue
            one.set("class", next((sign for names, sign in _PICTURES if name in names), ""))
            one.text = None


def _is_cell(picture: html.HtmlElement) -> bool:
    """Whether a cell is a picture alone: a column without its name, or a row without its value, would say less."""
    cell = next(picture.iterancestors("td", "th"), None)
    return cell is not None and cell.text_content().split() == picture.text_content().split()


def _show_joining_signs(tree: html.HtmlElement) -> None:
    """Shows dashes and the like between two words that only screen readers pass over: "9am–5pm"."""
    for one in tree.iter("span", "b", "i"):
        if one.get("aria-hidden") == "true" and not len(one) and _JOINING.fullmatch((one.text or "").strip()):
            amid = words_before(one).rstrip()[-1:].isalnum() and (one.tail or "").lstrip()[:1].isalnum()
            if amid:
                del one.attrib["aria-hidden"]


def _say_in_cells(tree: html.HtmlElement) -> None:
    """What pictures and signs say that stand alone in a cell: "Yes", "No", "✓"."""
    for cell in tree.iter("td", "th"):
        if not _written_in(cell) and (said := " ".join(filter(None, map(_said_by, cell.iterdescendants())))):
            cell.text = said


def _written_in(cell: html.HtmlElement) -> str:
    """The words of a cell, without those that only name its pictures."""
    return "".join(cell.xpath(".//text()[not(ancestor::svg)]")).strip()


def _said_by(one: html.HtmlElement) -> str:
    if not isinstance(one.tag, str) or next(one.iterancestors("svg"), None) is not None:
        return ""
    said = one.get("alt" if one.tag == "img" else "aria-label") or one.get("title") or ""
    if one.tag == "svg":
        said = said or "".join(title.text or "" for title in one.iterchildren("title"))
    return " ".join(said.split()) if said and len(said.split()) <= CELL_WORDS else _sign_of(one)


def _say_in_items(tree: html.HtmlElement) -> None:
    """The boxes before items that are ticked or not; crosses before items, with the ticks of the same list.

    Ticks before all items are but bullets.
    """
    for listed in list(tree.iter("ul", "ol")):
        marked = [(item, mark) for item in listed.iterchildren("li") if (mark := _mark_of(item)) is not None]
        signs = [_box_of(mark) or _sign_of(mark) for _, mark in marked]
        if "✗" in signs or any(mark.tag == "input" for _, mark in marked):
            for (item, mark), sign in zip(marked, signs, strict=True):
                mark.drop_tree()
                item.text = f"{sign} {(item.text or '').lstrip()}"


def _mark_of(item: html.HtmlElement) -> html.HtmlElement | None:
    """The sign or box that an item begins with."""
    first = item
    while not (first.text or "").strip() and len(first):
        first = first[0]
        if _box_of(first) or _sign_of(first):
            return first
    return None


def _box_of(one: html.HtmlElement) -> str:
    """A box that nobody can tick here, as it is shown."""
    if one.tag != "input" or one.get("type") != "checkbox" or one.get("disabled") is None:
        return ""
    return "☐" if one.get("checked") is None else "☑"


def _sign_of(one: html.HtmlElement) -> str:
    """The tick or cross that an element without words is by its class; within a link or a button it does something."""
    if one.tag not in _SIGN_TAGS or one.text_content().strip():
        return ""
    if next(one.iterancestors("a", "button"), None) is not None:
        return ""
    return next((sign for names, sign in _SIGNS if names.search(one.get("class", ""))), "")
