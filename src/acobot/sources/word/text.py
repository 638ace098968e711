"""The words of a Word paragraph as they would be printed: tracked changes accepted, hidden and struck text left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from acobot.sources.formula_signs import power
from acobot.sources.symbols import shown, sign
from acobot.sources.word.equations import EQUATION, linear
from acobot.sources.word.form_fields import chosen
from acobot.sources.word.names import (
    BOX,
    DELETED,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    holds,
    is_left_out,
    value,
)
from acobot.sources.word.styles import Styles

# Beside the text (the readings over East Asian characters, text boxes), or tab stops and the like.
_NOT_HERE = DELETED | {qn("w:rt"), PARAGRAPH_PROPERTIES, RUN_PROPERTIES, BOX}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_LEFT_OUT = ("w:vanish", "w:strike", "w:dstrike")
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_FIELD, _FIELD_END, _SIMPLE_FIELD = qn("w:fldChar"), frozenset({"separate", "end"}), qn("w:fldSimple")
_PAGE_CODE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_CODE, _FORM = " ", "a choice of a form"  # what the code of a field begins with here
_PAGE = "\ue001"  # a private character in place of the page's number
_COLUMNS = re.compile(r"[\t\n]+")
_MOST_IN_SYMBOLS = 3  # characters: more in a symbol font are words to which it was given by mistake

Note = tuple[str, str]  # "footnotes" or "endnotes", and the note's id


class ParagraphText:
    """What a paragraph says: `text`, and the `notes` that it refers to."""

    def __init__(self, paragraph: Any, styles: Styles, style_id: str | None) -> None:
        self.notes: list[Note] = []
        self._styles = styles
        self._style_id = style_id
        self._was_struck = False
        self._fields: list[list[str]] = []  # those that are open: their code so far; [] once their result began
        self._page_fields = 0
        ends = (one.get(qn("w:fldCharType")) for one in paragraph.iter(_FIELD))
        self._field_ends = sum(one in _FIELD_END for one in ends)
        self.text = "".join(self._inside(paragraph)).replace("\u2011", "-")
        if _PAGE in self.text:
            self.text = "\t".join(part for part in _COLUMNS.split(self.text) if _PAGE not in part)
        if self._was_struck and not any(char.isalnum() for char in self.text):
            self.text = ""  # the full stop after a struck sentence

    def _inside(self, element: Any) -> Iterator[str]:
        for child in element:
            if child.tag in _NOT_HERE or is_left_out(child):
                continue
            if child.tag == RUN:
                yield from self._run(child)
            elif child.tag == EQUATION:
                yield linear(child)
            elif child.tag == _SIMPLE_FIELD and _PAGE_CODE.match(child.get(qn("w:instr")) or ""):
                yield _PAGE
            else:
                yield from self._inside(child)

    def _run(self, run: Any) -> Iterator[str]:
        notes = [(_NOTES[one.tag], one.get(qn("w:id"))) for one in run if one.tag in _NOTES]
        hidden = [name for name in _LEFT_OUT if self._styles.has(run, name, self._style_id)]
        if notes and not hidden:
            self.notes += notes  # what else stands in the run is a mark of the author's own
        text = "".join(self._said(run))
        if hidden:
            self._was_struck = self._was_struck or bool(text.strip() and hidden != ["w:vanish"])
        elif not notes:
            yield power(text) if _is_raised(run) else text

    def _said(self, run: Any) -> Iterator[str]:
        for child in run:
            if child.tag == _FIELD:
                yield from self._field(child)
            elif child.tag == qn("w:instrText") and self._fields:
                self._fields[-1].append(child.text or "")
            elif any(self._fields) or self._page_fields:
                continue
            elif child.tag == TEXT:
                yield _in_font(run, child.text or "")
            elif child.tag == qn("w:sym"):
                yield sign(child.get(qn("w:font")) or "", child.get(qn("w:char")) or "")
            elif child.tag in _SIGNS:
                yield " " if child.get(qn("w:type")) in {"page", "column"} else _SIGNS[child.tag]
            elif child.tag not in _NOT_HERE and not is_left_out(child):
                yield from self._inside_run(child)

    def _inside_run(self, child: Any) -> Iterator[str]:
        """What stands in a run beside its words: the base of a reading, a link; a picture has none."""
        return self._said(child) if holds(child, TEXT) else iter(())

    def _field(self, mark: Any) -> Iterator[str]:
        """A field's code is no text, also where other fields stand in it; its result is, but for a page's number.

        What was chosen in a form is said where its field begins, and a result that repeats it is none.
        """
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin" and self._field_ends:
            said = chosen(mark)
            yield "" if any(self._fields) else said
            self._fields.append([_FORM if said else _CODE])
        elif kind in _FIELD_END:
            self._field_ends -= 1
            if kind == "separate" and self._fields and self._fields[-1][:1] != [_FORM]:
                is_page = _PAGE_CODE.match("".join(self._fields[-1]))
                self._fields[-1] = []
                self._page_fields = len(self._fields) if is_page else self._page_fields
            elif kind == "end" and self._fields:
                code = self._fields.pop()
                ended = self._page_fields > len(self._fields)
                if ended or _PAGE_CODE.match("".join(code)):
                    self._page_fields = 0 if ended else self._page_fields
                    yield _PAGE


def _is_raised(run: Any) -> bool:
    return value(run.find(RUN_PROPERTIES), "w:vertAlign") == "superscript"


def _in_font(run: Any, text: str) -> str:
    fonts = run.find(f"{RUN_PROPERTIES}/{qn('w:rFonts')}")
    names = {fonts.get(qn(name)) for name in ("w:ascii", "w:hAnsi")} - {None} if fonts is not None else set()
    given_by_mistake = len(names) != 1 or (len(text.strip()) > _MOST_IN_SYMBOLS and text.isascii())
    return shown(text, "" if given_by_mistake else names.pop())
