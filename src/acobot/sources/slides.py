"""PowerPoint presentations (.pptx) → citable text: slides with their titles as headings, texts, lists and tables.

Each slide is a page ("Slide 3"). Hidden slides are left out, which is told. What speakers note for themselves below a
slide is not published with it, so it is not read; nor are charts, pictures, and what stands on every slide.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.table import _Row

from acobot.sources.archive import Maker, refuse_unsafe
from acobot.sources.diagrams import DATA, DIAGRAM, pieces_of
from acobot.sources.drafting import Piece, draft, rows_of, tidy
from acobot.sources.drawn_text import words_of
from acobot.sources.grids import Cell, reaching_down, table_rows
from acobot.sources.headings import gives_value
from acobot.sources.office import said_by_archive
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft, PageName, UnreadableError
from acobot.sources.slide_cards import SAME_LINE, cards_of, halves_of
from acobot.sources.slide_groups import ungrouped
from acobot.sources.slide_numbers import numbers_of
from acobot.sources.strict import as_usual
from acobot.sources.wording import NO_WORDS, Wording

POWERPOINT = Maker("PowerPoint presentation", "PowerPoint")
TITLE_LEVEL, SLIDE_LEVEL = 1, 2  # of the first slide's title, which is that of all, and of the others'
CARD_WORDS = 40  # of a card that is quoted whole
TITLE_WORDS = 14  # of a text that heads a slide without a title
_FURNITURE = frozenset({PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER})
_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
_LISTS = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_BULLETS = (qn("a:buChar"), qn("a:buAutoNum"), qn("a:buBlip"))
_NO_BULLET = qn("a:buNone")
_ENDS = (".", "!", ":", ";", ",", "…")
_FACT = re.compile(r"[$£€¥]|\d\s?[^\W\d_]{2}|\d\D{1,40}\d")  # a sum, a time, or two numbers; not "Year 7", "Over 60s"


def read(raw: bytes, _pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a presentation. Raises `UnreadableError`, and whatever python-pptx raises over a damaged one."""
    refuse_unsafe(raw, POWERPOINT)
    raw = as_usual(raw)
    try:
        slides = list(Presentation(io.BytesIO(raw)).slides)
    except (PackageNotFoundError, KeyError, ValueError):
        reason = "it is damaged: parts of the presentation are missing"
        raise UnreadableError(f"{reason}; {POWERPOINT.repair}") from None
    pieces = [
        replace(piece, page=number) for number, slide in enumerate(slides) for piece in _slide(slide, number, wording)
    ]
    return draft(pieces, said_by_archive(raw), len(slides), PageName.SLIDE)


def _slide(slide: Any, number: int, wording: Wording) -> Iterator[Piece]:
    level = TITLE_LEVEL if number == 0 else SLIDE_LEVEL
    if slide.element.get("show") in {"0", "false"}:
        yield Piece(BlockKind.HEADING, wording.say("reading.hidden_slide", number + 1), level, furniture=True)
        return
    _take_choices(slide.element)
    shapes = [shape for shape in ungrouped(slide.shapes) if _placeholder(shape) not in _FURNITURE]
    title = next((shape for shape in _in_order(shapes) if _placeholder(shape) in _TITLES and _said(shape)), None)
    shapes = [shape for shape in shapes if shape is not title]
    halves = halves_of(slide, shapes)
    pieces = list(chain.from_iterable(_half(*half) for half in halves) if halves else _pieces(shapes))
    if title is not None:
        yield Piece(BlockKind.HEADING, " ".join(_said(title).split()), level)
    elif pieces and _heads(pieces):
        yield Piece(BlockKind.HEADING, " ".join(pieces[0].text.split()), level)
        pieces = pieces[1:]
    else:  # nothing on it belongs under the title of the slide before
        yield Piece(BlockKind.HEADING, wording.say("reading.slide", number + 1), level, furniture=True)
    yield from pieces


def _half(head: Any, under: Any) -> Iterator[Piece]:
    """A head of a slide that compares, and what stands under it; a head that gives a time or a price is a text."""
    said = " ".join(_said(head).split())
    is_name = not said.endswith((".", "!")) and not (gives_value(said) or _FACT.search(said))
    is_head = 0 < len(said.split()) <= TITLE_WORDS and is_name
    above = [Piece(BlockKind.HEADING, said, SLIDE_LEVEL + 1)] if is_head else _shape(head)
    yield from (piece for piece in chain(above, _shape(under)) if piece.text)


def _take_choices(slide: Any) -> None:
    """Of what a slide gives in two forms, as of shapes with equations, the first takes the place of both."""
    for both in list(slide.iter(_ALTERNATIVES)):
        choice = both.find(_CHOICE)
        for shape in [] if choice is None else list(choice):
            both.addprevious(shape)


def _heads(pieces: Sequence[Piece]) -> bool:
    """Whether the first text of a slide without a title is its title in all but name."""
    text = pieces[0].text
    return (
        len(pieces) > 1
        and pieces[0].kind is BlockKind.PARAGRAPH
        and len(text.split()) <= TITLE_WORDS
        and not text.endswith(_ENDS)
    )


def _pieces(shapes: Sequence[Any]) -> Iterator[Piece]:
    """What the shapes of a slide say, in order; the short texts of a card as one item."""
    cards = {id(card[0]): card for card in cards_of(shapes)}  # ids of a copied slide's shapes may be the same
    within = {id(shape) for card in cards.values() for shape in card[1:]}
    for shape in _in_order([shape for shape in shapes if id(shape) not in within]):
        said = [piece for one in cards.get(id(shape), [shape]) for piece in _shape(one) if piece.text]
        if id(shape) in cards and sum(len(piece.text.split()) for piece in said) <= CARD_WORDS:
            yield Piece(BlockKind.ITEM, "\n".join(piece.text for piece in said))
        else:
            yield from said


def _in_order(shapes: Sequence[Any]) -> list[Any]:
    """The shapes of a slide as they are read: from the top, and from the left."""
    placed = [(shape.top or 0, shape.left or 0) for shape in shapes]
    lines: list[int] = []  # the tops of the lines that shapes stand on
    for top in sorted({top for top, _ in placed}):
        if not lines or top - lines[-1] > SAME_LINE:
            lines.append(top)
    keys = [(max((line for line in lines if line <= top), default=top), left) for top, left in placed]
    return [shapes[number] for number in sorted(range(len(shapes)), key=lambda number: (keys[number], number))]


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _said(shape: Any) -> str:
    return tidy("\n".join(map(_words, shape.text_frame.paragraphs))) if shape.has_text_frame else ""


def _shape(shape: Any) -> Iterator[Piece]:
    if getattr(shape, "has_table", False) and shape.has_table:
        yield from _table(shape.table)
    elif shape.has_text_frame:
        listed = _placeholder(shape) in _LISTS
        paragraphs = shape.text_frame.paragraphs
        numbered = [pair for pair in zip(paragraphs, numbers_of(paragraphs), strict=True) if _words(pair[0]).strip()]
        for paragraph, number in numbered:
            if _is_item(paragraph, listed=listed and len(numbered) > 1):
                yield Piece(BlockKind.ITEM, tidy(_words(paragraph)), paragraph.level, number=number)
            else:
                yield Piece(BlockKind.PARAGRAPH, tidy(_words(paragraph)))
    else:
        for diagram in shape.element.iter(DIAGRAM):
            data = shape.part.rels.get(diagram.get(DATA) or "")
            yield from pieces_of(data.target_part.blob) if data is not None and not data.is_external else ()


def _is_item(paragraph: Any, *, listed: bool) -> bool:
    """Whether a paragraph has a bullet or number: its own, or that which the layout gives the texts of a list."""
    properties = paragraph._p.pPr  # noqa: SLF001  python-pptx has no name for bullets
    if properties is not None:
        if properties.find(_NO_BULLET) is not None:
            return False
        if any(properties.find(name) is not None for name in _BULLETS):
            return True
    return listed and not _words(paragraph).rstrip().endswith(":")


def _words(paragraph: Any) -> str:
    return words_of(paragraph._p)  # noqa: SLF001  its fields and breaks have no name either


def _table(table: Any) -> Iterator[Piece]:
    rows = (_Row(row, table.rows) for row in table._tbl.tr_lst)  # noqa: SLF001  by number the library counts them anew
    lines = [[_cell(cell, is_head=number == 0 and table.first_row) for cell in line.cells if _is_own(cell)]
             for number, line in enumerate(rows)]  # fmt: skip
    yield from rows_of(table_rows(reaching_down(lines)))


def _is_own(cell: Any) -> bool:
    """Whether a cell is not covered by one that spans it."""
    return not cell.is_spanned


def _cell(cell: Any, *, is_head: bool) -> Cell:
    text = " ".join(" ".join(map(_words, cell.text_frame.paragraphs)).split())
    across, down = (cell.span_width, cell.span_height) if cell.is_merge_origin else (1, 1)
    return Cell(text, across, down, is_head)
