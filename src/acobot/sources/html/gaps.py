"""Where a page's style sheet parts words that its markup writes without a space between. Elements in, a space out."""

from __future__ import annotations

import re

from lxml import html

MONTH_LETTERS = 3  # the fewest of a month's name
_BEGINS_WORD = re.compile(r"[A-Z0-9£€$]")
_NUMBERED_STYLE = re.compile(r"[a-z]{0,2}\d*")  # a word processor's, which may end inside a word
_SPOKEN_ONLY = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text)?)(?:$|[\s_-])", re.IGNORECASE
)
_ENDS = re.compile(r"\w[.:;!?)]{0,2}$")  # of words, not of "£" or of the point within "£12.50"
_SET_APART = frozenset({"span", "strong", "b", "time", "label", "small", "data"})


def gap_after(child: html.HtmlElement) -> str:
    """A space after an element that is parted from the next: <span class="day">Monday</span><span …>.

    So is what only screen readers say ("Warning") from what everybody sees.
    """
    if not isinstance(child.tag, str):
        return ""
    if child.tail:
        hidden = _SPOKEN_ONLY.search(child.get("class", ""))
        return " " if hidden and child.tail[0].isalnum() and _ends_word(child.text_content()) else ""
    said = child.text_content()
    if _SPOKEN_ONLY.search(child.get("class", "")) and len(said.strip()) > 1 and _ENDS.search(said):
        return " " if _begins_apart(child) else ""
    after = _next_with_words(child) if child.tag in _SET_APART and _ends_word(said) else None
    if after is None or after.tag not in _SET_APART or not (then := after.text_content()).strip():
        return ""
    names = child.get("class", ""), after.get("class", "")
    apart = names[0] != names[1] and not any(_NUMBERED_STYLE.fullmatch(name) for name in names)
    if min(len(said.strip()), len(then.strip())) < 2 and not (apart and _is_day_and_month(said, then)):
        return ""
    return " " if _BEGINS_WORD.match(then) or (apart and then[0].isalnum()) else ""


def _next_with_words(child: html.HtmlElement) -> html.HtmlElement | None:
    """The element right behind one, but for those without words, which draw a line between a name and its price."""
    after = child.getnext()
    while after is not None and after.tag in _SET_APART and not (after.tail or after.text_content().strip()):
        after = after.getnext()
    return after


def _begins_apart(child: html.HtmlElement) -> bool:
    """Whether what follows what only screen readers say is no mark that ends it: "Read it (opens anew)." has none."""
    after = child.getnext()
    while after is not None:
        if then := after.text_content() + (after.tail or ""):
            return then[0].isalnum() or bool(_BEGINS_WORD.match(then))
        after = after.getnext()
    return False


def _is_day_and_month(said: str, then: str) -> bool:
    """Whether one of two texts is a figure, and the other a word: a large first letter is none of both."""
    figure, word = sorted((said.strip(), then.strip()), key=len)
    return figure.isdecimal() and len(word) >= MONTH_LETTERS and word.isalpha()


def _ends_word(text: str) -> bool:
    return text[-1:].isalnum()
