"""Bullets that somebody typed → the items of a list: "• a card", or several lines that begin with a dash.

Text in, spans out. Knows no format.
"""

from __future__ import annotations

import re

from acobot.sources.record import BlockKind

Part = tuple[BlockKind, int, int]  # a paragraph or item, and the span of its words in the text

_BULLET = re.compile(r"[ \t]*[•‣◦▪●○∙·■□▸►➢➔❖\uf0b7\uf0a7][ \t]+(?=\S)")
_DASH = re.compile(r"[ \t]*[-–—*][ \t]+(?=\S)")


def is_dashed(text: str) -> bool:
    """Whether a text begins with a dash as a bullet."""
    return bool(_DASH.match(text))


def parts_of(text: str, *, dashes: bool = False) -> list[Part]:
    """The items of a text and what stands before and after them; none where it has no typed bullets.

    A dash is a bullet where two lines begin with one, or where `dashes` says that what stands beside the text does.
    """
    lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    marks = [_BULLET.match(text, start) for start, _ in lines]
    if not any(marks):
        marks = [_DASH.match(text, start) for start, _ in lines]
        if sum(map(bool, marks)) < (1 if dashes else 2):
            return []
    parts: list[Part] = []
    for (start, end), mark in zip(lines, marks, strict=True):
        begin = mark.end() if mark else start
        if mark:
            parts.append((BlockKind.ITEM, begin, end))
        elif parts and (parts[-1][0] is BlockKind.PARAGRAPH or text[begin:end].lstrip()[:1].islower()):
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        else:
            parts.append((BlockKind.PARAGRAPH, begin, end))
    return parts
