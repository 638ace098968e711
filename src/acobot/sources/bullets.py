"""Bullets and numbers that somebody typed → the items of a list: "• a card", or several lines that begin with a dash.

Text in, spans out. Knows no format.
"""

from __future__ import annotations

import re

from acobot.sources.lines import hard_breaks
from acobot.sources.record import BlockKind

Part = tuple[BlockKind, int, int]  # a paragraph or item, and the span of its words in the text

_BULLET = re.compile(r"[ \t]*(?:[•‣◦▪●○∙·■□▸►➢➔❖\uf0b7\uf0a7]|[o§](?=\t| {2}))[ \t]+(?=\S)")  # "o" and "§" are Word's
_DASH = re.compile(r"[ \t]*[-–—*][ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*\(?(\d{1,2}|[a-z]|[ivx]{1,5})[.)][ \t]+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?][\"'’”)\]]*\s*$")
_COUNTS = (
    [str(number) for number in range(1, 100)],
    list("abcdefghijklmnopqrstuvwxyz"),
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
)


def is_dashed(text: str) -> bool:
    """Whether a text begins with a dash as a bullet."""
    return bool(_DASH.match(text))


def parts_of(text: str, *, dashes: bool = False, wraps: bool = False) -> list[Part]:
    """The items of a text and what stands before and after them; none where it has no typed bullets.

    A dash is a bullet where two lines begin with one, or where `dashes` says that what stands beside the text does;
    numbers or letters make items of lines that have them from the first on, and stay in them. `wraps` says that lines
    may be wrapped by hand: else each newline was meant, as a page's is, but before a small letter.
    """
    lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    marks = _marks(text, [start for start, _ in lines], dashes=dashes)
    meant = hard_breaks([text[start:end] for start, end in lines]) if wraps and marks else [True] * (len(lines) - 1)
    parts: list[Part] = []
    for (start, end), mark, is_meant in zip(lines, marks, [True, *meant], strict=bool(marks)):
        if mark is not None:
            parts.append((BlockKind.ITEM, mark, end))
        elif parts and (
            parts[-1][0] is BlockKind.PARAGRAPH
            or _goes_on(text[parts[-1][1] : start], text[start:end], is_meant=is_meant)
        ):
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        else:
            parts.append((BlockKind.PARAGRAPH, start, end))
    return parts


def _goes_on(item: str, line: str, *, is_meant: bool) -> bool:
    """Whether a line without a mark is the rest of the item above it; `is_meant` says that the newline between was."""
    begins = line.lstrip()[:1]
    return begins.islower() or not (is_meant or begins.isupper() or _SENTENCE_END.search(item))


def _marks(text: str, starts: list[int], *, dashes: bool) -> list[int | None]:
    """Where the words of each line begin that is an item, None for the others; empty where no line is one."""
    for pattern, fewest in ((_BULLET, 1), (_DASH, 1 if dashes else 2)):
        found = [pattern.match(text, start) for start in starts]
        if sum(mark is not None for mark in found) >= fewest:
            return [mark.end() if mark else None for mark in found]
    found = [_NUMBER.match(text, start) for start in starts]
    counted = [mark[1].lstrip("0") for mark in found if mark]
    if len(counted) > 1 and any(counted == count[: len(counted)] for count in _COUNTS):
        return [mark.start() if mark else None for mark in found]
    return []
