"""Diagrams of Word and PowerPoint (SmartArt) → their texts as a list, each under the one that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from acobot.sources.drafting import Piece, tidy
from acobot.sources.drawn_text import DRAWING, words_of
from acobot.sources.record import BlockKind

_NAMES = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DIAGRAM = f"{_NAMES}relIds"  # where a diagram stands, and
DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"  # its relation to what it says
_SAYING = frozenset({"doc", "node", "asst"})  # kinds of points; the others are the lines between them
_MOST_DEEP = 6


def pieces_of(data: bytes) -> list[Piece]:
    """The texts of a diagram's data part in their order; none where it cannot be read."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.LxmlError:
        return []
    return list(_pieces(root))


def _pieces(root: Any) -> Iterator[Piece]:
    points = {one.get("modelId"): one for one in root.iter(f"{_NAMES}pt") if one.get("type", "node") in _SAYING}
    below: dict[str | None, list[tuple[int, int, str | None]]] = {}
    for number, line in enumerate(root.iter(f"{_NAMES}cxn")):
        if line.get("type", "parOf") == "parOf":
            place = line.get("srcOrd", "")
            at = int(place) if place.isdecimal() and len(place) < 10 else 0
            below.setdefault(line.get("srcId"), []).append((at, number, line.get("destId")))
    hung = {point for lines in below.values() for *_, point in lines}
    waiting = [(name, 0) for name in reversed(list(points)) if name not in hung]
    while waiting:
        name, level = waiting.pop()
        point = points.pop(name, None)  # each once
        if point is None:
            continue
        text = _said(point)
        if text:
            yield Piece(BlockKind.ITEM, text, min(level, _MOST_DEEP))
        waiting += [(one, level + bool(text)) for *_, one in sorted(below.get(name, []), reverse=True)]


def _said(point: Any) -> str:
    """What a point says; nothing where nobody has written over its prompt ("[Text]")."""
    properties = point.find(f"{_NAMES}prSet")
    if properties is not None and properties.get("phldr") in {"1", "true"}:
        return ""
    return tidy("\n".join(map(words_of, point.iterfind(f"{_NAMES}t/{DRAWING}p"))))
