"""Raised letters that lead to notes: "Guest<sup>b</sup>" and not "Guestb". Changes the tree in place.

A raised letter may be anything else ("n<sup>o</sup>", "1<sup>a</sup>"), so it is a note's only where a note begins with
it, or where several stand behind words and are the first of the alphabet.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

from lxml import html

from acobot.sources.html.dropping import drop_all
from acobot.sources.html.inline import is_inline
from acobot.sources.html.markup import words_before

LEAST_LETTERS = 2  # that count up from "a"
_LETTERS = re.compile(r"[(\[]?[a-z](?:\s?,\s?[a-z]){0,3}[)\]]?")
_LETTER = re.compile(r"[a-z]")
_WORD = re.compile(r"[^\W\d_]{3,}[.,:;)]?$")
_JOINED = re.compile(r"[\w%)\]\"'’”.,:;]$")


def drop_note_letters(tree: html.HtmlElement) -> None:
    """Takes out the letters of notes, in the text and before the notes themselves."""
    raised = [one for one in tree.iter("sup") if not len(one) and _LETTERS.fullmatch((one.text or "").strip())]
    opening = [one for one in raised if (one.tail or "").strip() and _begins_line(one)]
    behind = {one: said for one in raised if _JOINED.search(said := _said_before(one).rstrip())}
    counted = {letter for one, said in behind.items() if _WORD.search(said) for letter in _letters(one)}
    known = {letter for one in opening for letter in _letters(one)}
    if len(counted) >= LEAST_LETTERS and counted == {*ascii_lowercase[: len(counted)]}:
        known |= counted
    marks = [one for one in behind if known.issuperset(_letters(one))]
    led_to = {letter for one in marks for letter in _letters(one)}
    leading = {*marks, *(one for one in opening if led_to.issuperset(_letters(one)))}
    drop_all({one: None for one in raised if one in leading})


def _letters(mark: html.HtmlElement) -> list[str]:
    return _LETTER.findall(mark.text or "")


def _begins_line(mark: html.HtmlElement) -> bool:
    """Whether nothing stands before an element in its line."""
    one = mark
    while not words_before(one).strip():
        before, parent = one.getprevious(), one.getparent()
        if before is not None:
            return before.tag == "br" or not isinstance(before.tag, str) or not is_inline(before)
        if parent is None or not is_inline(parent):
            return True
        one = parent
    return False


def _said_before(mark: html.HtmlElement) -> str:
    """The words right before an element, also those that end the element before it."""
    before = mark.getprevious()
    said = words_before(mark)
    return said if said or before is None or not isinstance(before.tag, str) else before.text_content()
