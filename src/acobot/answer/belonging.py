"""What a sentence has no meaning without, among the lines around it; and which line answers in the place of a label.

A list's item has its lead-in (where both are chosen, all of its list) and the items that it stands under, a table's row
its lead-in and the table's head, and a lead-in, a label or a question over a list or a table the items or rows. An
answer has the lead-in, the question or the label right above it, which itself never answers, or the label that its
paragraph opens with; a bare "No." what follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from acobot.answer.headed import BARE_WORDS
from acobot.answer.lines import LIST_ITEMS, LISTED, Above, Line
from acobot.evidence import ENDS, LABEL_WORDS, heads_row, leads_in, leans
from acobot.evidence.records import Place
from acobot.languages import Language
from acobot.sources import BlockKind, says_something

LABELLED_WORDS = 30  # of a labelled paragraph that is quoted whole, and over which a label reaches

_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.CODE})
_MARK = re.compile(r"[^\s|] ?([*†‡]{1,3})(?=$|[\s|.,;:)])")
_LABEL = re.compile(rf"[^\s:]+(?: [^\s:]+){{0,{LABEL_WORDS - 1}}}: \S")


def answering(lines: Sequence[Line], at: int, language: Language) -> int:
    """The line that answers: the one below, where this is a question's own line or only a label."""
    line, below = lines[at], _below(lines, at)
    if below is None or below.is_question:
        return at
    if below.block == line.block:  # "Q: Who pays?" and "A: The council." as the lines of one paragraph
        return at + 1 if line.is_question else at
    if line.is_question:
        return _first_row(lines, at + 1, language) if below.kind is BlockKind.ROW else at + 1
    names = line.is_label and line.kind is BlockKind.PARAGRAPH and not _leads_in(lines, at, language)
    return at + 1 if names and not (below.is_label and below.kind is not BlockKind.ITEM) else at


def _below(lines: Sequence[Line], at: int) -> Line | None:
    """The next line, where no block stands between."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    return below if below and below.block <= lines[at].block + 1 else None


def _first_row(lines: Sequence[Line], at: int, language: Language) -> int:
    """Of a table that begins here the row that says something first: the one below its head."""
    below = _below(lines, at)
    has_head = below and below.kind is BlockKind.ROW and heads_row(lines[at].text, below.text, language)
    return at + 1 if has_head else at


def needed_by(
    lines: Sequence[Line],
    at: int,
    above: Above,
    language: Language,
    *,
    whole_list: bool = False,
    chosen: Collection[Place] = (),
) -> list[Line]:
    """What belongs to a line, and the notes that these refer to.

    If need be with the items below it, or with its whole list, where the lead-in of that is `chosen`, too.
    """
    items = _items(lines, at) if whole_list else _whole_list(lines, at, above.over, language, chosen)
    belonging = [*_belonging(lines, at, above, language), *items]
    return [*belonging, *_notes(lines, at, belonging)]


def _belonging(lines: Sequence[Line], at: int, above: Above, language: Language) -> Iterator[Line]:
    """What a line has no meaning without: what leads it in or what it leads in, its table's head, its question."""
    line = lines[at]
    if line.kind in LISTED:
        yield from _lead_in(lines, at, above.over, language)
    if line.kind is BlockKind.ROW:
        heads = (one for one in lines if one.block == above.head != line.block)
        yield from (one for one in heads if heads_row(one.text, line.text, language))
    elif line.kind is BlockKind.ITEM:
        yield from ({one.block: one for one in lines if one.block in above.items}).values()
        yield from _items_under(lines, at)
        yield from _asked_by_item(lines, at)
    elif _leads_in(lines, at, language):
        yield from _items(lines, at)
    elif _announces(line, language) and (items := _items_below(lines, at)):
        yield from items
    else:
        yield from _name(lines, at, language)
        yield from _labelled(lines, at)
        yield from _rest(lines, at, language)


def _notes(lines: Sequence[Line], at: int, belonging: Sequence[Line]) -> Iterator[Line]:
    """The notes that a sign in the line, or in what belongs to it, refers to: "* free on Mondays" below "Fee *"."""
    marks = {found[1]: None for line in (lines[at], *belonging) for found in _MARK.finditer(line.text)}
    for mark in marks:
        below = (line for line in lines[at + 1 :] if line.text.startswith(mark))
        yield from islice((line for line in below if line.text[len(mark) :].lstrip()[:1].isalnum()), 1)


def _name(lines: Sequence[Line], at: int, language: Language) -> Iterator[Line]:
    """What leads a paragraph in, right above it, or the question that stands in it before the sentence."""
    above = lines[at - 1] if at else None
    if above is None or above.kind is not BlockKind.PARAGRAPH:
        return
    within, over = above.block == lines[at].block, above.block == lines[at].block - 1
    names = above.is_question or above.is_label or leads_in(above.text, language)
    if (within and above.is_question) or (over and names):
        yield above


def _asked_by_item(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """The item right above that asks what this one of the same list answers."""
    above = lines[at - 1] if at else lines[at]
    is_over = above.block == lines[at].block - 1 and above.level == lines[at].level
    if above.kind is BlockKind.ITEM and is_over and above.is_question and not lines[at].is_question:
        yield above


def _labelled(lines: Sequence[Line], at: int) -> list[Line]:
    """The sentence with the label of a paragraph that opens with one ("Alarm E4: …"), or what it goes on with.

    A label reaches to the sentence right behind it, and over so many words as are quoted with it.
    """
    own = [line for line in lines if line.block == lines[at].block]
    if len(own) == 1 or not _LABEL.match(own[0].text):
        return []
    if own[0] is lines[at]:
        return own[1:] if _words(own) <= LABELLED_WORDS else own[1:2]
    before = [line for line in own if line.place < lines[at].place]
    return own[:1] if len(before) == 1 or _words(before) <= LABELLED_WORDS else []


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _rest(lines: Sequence[Line], at: int, language: Language) -> Iterator[Line]:
    """What a bare "Yes." or "No." goes on with, or the first line of the text that a line leads in."""
    line, below = lines[at], _below(lines, at)
    if below is None:
        return
    is_bare = below.block == line.block and len(line.text.split()) <= BARE_WORDS
    is_led_in = below.block > line.block and below.kind in _TEXT and leads_in(line.text, language)
    if is_bare or is_led_in:
        yield below


def _leads_in(lines: Sequence[Line], at: int, language: Language) -> bool:
    """Whether a line opens the list or the table below it."""
    below = _below(lines, at)
    if below is None or below.kind not in LISTED or lines[at].kind in LISTED:
        return False
    return _opens(lines[at], below, language)


def _opens(line: Line, item: Line, language: Language) -> bool:
    """Whether a line opens the list or the table below it, of which one is an item or a row.

    By how it leads in, or names a table; without a sentence's end, where the items go on with it or it says nothing by
    itself; or by a denial, where an item is so bare that alone it would say the opposite.
    """
    if leads_in(line.text, language):
        return True
    if line.kind is not BlockKind.PARAGRAPH:
        return False
    if item.kind is BlockKind.ROW:
        return line.is_label
    if line.text.endswith(ENDS):
        return item.is_bare and bool(language.cues.negative.search(line.text))
    return item.goes_on or not says_something(line.text)


def _items(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """The lines of the items or the rows right below a line, of so many as are quoted."""
    last, kind = lines[at].block, lines[at].kind
    for line in lines[at + 1 :]:
        kind = kind if kind in LISTED else line.kind
        if line.kind is not kind or line.block > last + 1 or line.block > lines[at].block + LIST_ITEMS:
            return
        last = line.block
        if line.block > lines[at].block:
            yield line


def _items_below(lines: Sequence[Line], at: int) -> list[Line]:
    """The items or rows right below a paragraph of which a line is not the last."""
    last = max(number for number, line in enumerate(lines) if line.block == lines[at].block)
    below = _below(lines, last)
    return [*_items(lines, last)] if last > at and below and below.kind in LISTED else []


def _lead_in(lines: Sequence[Line], at: int, over: int, language: Language) -> Iterator[Line]:
    """Of the block over a list or a table the last line, where it opens that or is the question that it answers.

    Where it does neither, the last line before it that announces the list ("Never bring the following. Ask us first.").
    """
    above = [line for line in lines if line.block == over and line.kind is BlockKind.PARAGRAPH]
    opening = [line for line in above[-1:] if line.is_question or _opens(line, lines[at], language)]
    opening = opening or [line for line in above[-1:] if _denies(line, lines[at], language)]
    yield from opening or [line for line in above[:-1] if _announces(line, language)][-1:]


def _denies(line: Line, item: Line, language: Language) -> bool:
    """Whether a line says no, over an item without a figure that is no sentence, however long that is."""
    names = not item.text.endswith(ENDS) and not any(char.isdigit() for char in item.text)
    return item.kind is BlockKind.ITEM and names and bool(language.cues.negative.search(line.text))


def _announces(line: Line, language: Language) -> bool:
    return ": " not in line.text and leads_in(line.text, language)


def _whole_list(
    lines: Sequence[Line], at: int, over: int, language: Language, chosen: Collection[Place]
) -> Iterator[Line]:
    """The items of the list in which one stands, where what leads the list in is chosen, too."""
    if lines[at].kind is BlockKind.ITEM:
        for lead_in in _lead_in(lines, at, over, language):
            if lead_in.place in chosen:
                yield from (line for line in _items(lines, lines.index(lead_in)) if line.place != lines[at].place)


def _items_under(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """The items of the lists that stand in this one."""
    for line in _items(lines, at):
        if line.level <= lines[at].level:
            return
        yield line


def leaned_on(lines: Sequence[Line], at: int, language: Language) -> Line | None:
    """The sentence before, with no heading between, without which this one cannot be understood; none for a row."""
    if lines[at].kind is BlockKind.ROW:
        return None
    if at and lines[at - 1].block >= lines[at].block - 1 and leans(lines[at].text, language):
        return lines[at - 1]
    return None
