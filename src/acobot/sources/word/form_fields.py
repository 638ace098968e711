"""Fields of Word's older forms: boxes to tick, and lists to choose from. What was chosen stands beside the text."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from acobot.sources.word.names import number, switch, value

TICKED, UNTICKED = "☒", "☐"


def chosen(mark: Any) -> str:
    """What a field shows whose beginning this is: a box, or the line chosen from a list; empty for any other field."""
    form = mark.find(qn("w:ffData"))
    box, lines = (form.find(qn(f"w:{name}")) if form is not None else None for name in ("checkBox", "ddList"))
    if box is not None:
        said = (switch(box, name) for name in ("w:checked", "w:default"))
        return TICKED if next((one for one in said if one is not None), False) else UNTICKED
    if lines is None:
        return ""
    entries = [one.get(qn("w:val")) or "" for one in lines.iterfind(qn("w:listEntry"))]
    places = (number(value(lines, name)) for name in ("w:result", "w:default"))
    place = next((one for one in places if one is not None), 0)
    return entries[place] if place < len(entries) else ""
