"""Where a page's style sheet parts words that its markup writes without a space between. Elements in, a space out."""

from __future__ import annotations

import re

from lxml import html

_BEGINS_WORD = re.compile(r"[A-Z0-9£€$]")
_NUMBERED_STYLE = re.compile(r"[a-z]{0,2}\d*")  # a word processor's, which may end inside a word
_SPOKEN_ONLY = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text)?)(?:$|[\s_-])", re.IGNORECASE
)
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
    after = child.getnext()
    if after is None or child.tag not in _SET_APART or after.tag not in _SET_APART:
        return ""
    said, then = child.text_content(), after.text_content()
    if min(len(said.strip()), len(then.strip())) < 2 or not _ends_word(said):
        return ""
    names = child.get("class", ""), after.get("class", "")
    apart = names[0] != names[1] and not any(_NUMBERED_STYLE.fullmatch(name) for name in names)
    return " " if _BEGINS_WORD.match(then) or (apart and then[0].isalnum()) else ""


def _ends_word(text: str) -> bool:
    return text[-1:].isalnum()
