"""Bold words that say what others are about: lines over paragraphs without heading styles, first cells of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from acobot.sources.word.names import PARAGRAPH, PARAGRAPH_PROPERTIES, RUN, TABLE, TEXT
from acobot.sources.word.styles import Styles

MOST_WORDS = 10
_NO_END = ".!:;,…"


def is_label(paragraphs: list[Any], text: str, styles: Styles) -> bool:
    """Whether a paragraph is a short bold line, no sentence and no figures, with a paragraph under it that is not."""
    if not text or "\n" in text or len(text.split()) > MOST_WORDS or text[-1] in _NO_END:
        return False
    if any(char.isdigit() for char in text) or not all(_is_bold(one, styles) is not False for one in paragraphs):
        return False
    for below in paragraphs[-1].itersiblings(PARAGRAPH, TABLE):
        if below.tag == TABLE:
            return False
        bold = _is_bold(below, styles)
        if bold is not None:
            return not bold
    return False


def is_keyed(rows: Iterable[Sequence[Any]], styles: Styles) -> bool:
    """Whether each row of a table says in bold, in its first cell alone, what it is about: none heads the others."""
    lines = [[_is_bold_throughout(cell, styles) for cell in cells] for cells in rows]
    full = [line for line in lines if sum(bold is not None for bold in line) > 1]
    return len(full) > 1 and all(line[0] and not any(line[1:]) for line in full)


def _is_bold_throughout(cell: Any, styles: Styles) -> bool | None:
    """Whether all the words of a cell are bold; None where it has none."""
    bold = {_is_bold(one, styles) for one in cell.iter(PARAGRAPH)} - {None}
    return all(bold) if bold else None


def _is_bold(paragraph: Any, styles: Styles) -> bool | None:
    """Whether all the words of a paragraph are bold; None where it has none."""
    style_id = styles.of(paragraph.find(PARAGRAPH_PROPERTIES))
    runs = [run for run in paragraph.iter(RUN) if any((one.text or "").strip() for one in run.iter(TEXT))]
    return all(styles.has(run, "w:b", style_id) for run in runs) if runs else None
