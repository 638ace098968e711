"""Marks within the lines of reStructuredText → the words that they show, or marks that Markdown knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ROLE = re.compile(r"(?<![\w`:]):[\w:+.-]{1,60}:`([^`\n]{1,400})`|(?<!`)`([^`\n]{1,400})`:[\w+.-]{1,60}:")
_WITH_TARGET = re.compile(r"([^<>]{1,300}?)[ \t]*<[^<>]{1,300}>")
_LINKED = re.compile(r"(?<!`)`([^`\n]{1,400})`__?(?!\w)")
_NAMED_LINK = re.compile(r"(?<=\w)__?(?=[\s.,;:!?)]|$)(?<=[^\W_]_)")
_NOTE_MARK = re.compile(r"[ \t]?\[[#*\w-]{1,40}\]_(?!\w)")
_ANCHORED = re.compile(r"(?<![\w`])_`([^`\n]{1,300})`")
_SUBSTITUTED = re.compile(r"(?<![\w|])\|([^\s|][^|\n]{0,78})\|_{0,2}(?!\w)")
_ESCAPED = re.compile(r"\\ ")
_CODE = re.compile(r"(``[^`\n]{1,400}``)")


def plain(text: str, names: Mapping[str, str]) -> str:
    """A text without the marks that Markdown does not know; code is left alone, `names` stand for other words."""
    parts = _CODE.split(text)
    return "".join(part if number % 2 else _without_marks(part, names) for number, part in enumerate(parts))


def _without_marks(text: str, names: Mapping[str, str]) -> str:
    text = _ANCHORED.sub(r"\1", _NOTE_MARK.sub("", text))
    text = _ROLE.sub(lambda found: _shown(found[1] or found[2]), text)
    text = _LINKED.sub(lambda found: _shown(found[1]), text)
    if names:
        text = _SUBSTITUTED.sub(lambda found: names.get(found[1], found[0]), text)
    return _ESCAPED.sub("", _NAMED_LINK.sub("", text))


def _shown(text: str) -> str:
    """What a link shows: its text, without where it leads."""
    found = _WITH_TARGET.fullmatch(text)
    return (found[1] if found else text).lstrip("~!")
