"""Paragraphs of DrawingML, in which slides and diagrams write → their words."""

from __future__ import annotations

from typing import Any

from acobot.sources.formula_signs import power

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RUNS = frozenset({f"{DRAWING}r", f"{DRAWING}fld"})
_STRUCK = frozenset({"sngStrike", "dblStrike"})


def words_of(paragraph: Any) -> str:
    """The text of a paragraph without what is struck out; its line breaks are newlines."""
    words = []
    for part in paragraph:
        properties = part.find(f"{DRAWING}rPr")
        if part.tag == f"{DRAWING}br":
            words.append("\n")
        elif part.tag in _RUNS and (properties is None or properties.get("strike") not in _STRUCK):
            text = part.findtext(f"{DRAWING}t") or ""
            words.append(power(text) if _is_raised(properties) else text)
    return "".join(words)


def _is_raised(properties: Any) -> bool:
    baseline = properties.get("baseline", "") if properties is not None else ""
    return not baseline.startswith("-") and any(digit in baseline for digit in "123456789")
