"""Plain text → citable text and blocks: headings, bullet points, rows and paragraphs seen from its lines alone.

What printing in pages added to the text goes, and tables get bars around their cells; else it is left as it is. Knows
nothing of front matter, furniture or passages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from acobot.sources.answered import without_answered
from acobot.sources.dialects import as_markdown
from acobot.sources.headings import gives_value, with_answers
from acobot.sources.lines import hard_breaks
from acobot.sources.markdown import read_markdown
from acobot.sources.nesting import Marked, item_levels
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Block, BlockKind, Draft
from acobot.sources.text_joins import SOFT_BREAK, joined_words, without_note_figures
from acobot.sources.text_pages import pages_of, without_heads
from acobot.sources.text_stacks import listed_below, without_stacks
from acobot.sources.text_tables import with_rows
from acobot.sources.wording import NO_WORDS, Wording

HEADING_WORDS = 14
LISTING_COMMAS = 3  # so many make a line a list of things
TEXT_WORDS = 8  # so many may be half a sentence before a page break, fewer are a label
END_LENGTH = 500  # characters in which it shows how a text ends

_GROUP = re.compile(r"^[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.MULTILINE)
_MARK = re.compile(r"\s*(?:[•‣◦▪●○∙·❖➢➤►⁃*+–—-]|[o§](?=\t|  )|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+(?=\S)")
_ORDERED = re.compile(r"\s*([A-Z]|\d{1,3})\.\s+")
_ANY_NUMBER = "#"
_STOPPED = re.compile(r"[.!?:;…][\"'’”)\]]*\s*$")
_SENTENCE_WITHIN = re.compile(r"[a-z]{4}[.!?][\"'’”)\]]*\s+[\"'‘“(\[]?[A-Z\d]")
_NUMBER = re.compile(r"(?:(?<![\d(])\d{1,2}|(?<![\w(.])[A-Z])\.\s+$")
_SECOND = re.compile(r"^[ \t]*B\.\s", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_ENDED = re.compile(r"[.!?:;…,。！？：；，、][\"'’”)\]」』）]*$|:[-–—]+$")
_LABELLED = re.compile(r"(?!\S+ (?:\d{1,3}|[A-Z]|[IVX]{1,4}):)[A-Z][\w&/'’-]*(?: [\w&/'’-]+){0,3}:\s+\S")
_SENTENCE_END = re.compile(r"[.!?][\"'’”)\]]*$")
_QUESTION = re.compile(r"[?？][\"'’”)\]」』）]*$")
_PICTURE = re.compile("\\s*[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff]")
_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")  # of scripts without blanks
CHARACTERS_A_WORD = 2
_ROW = re.compile(r"[ \t]*\|[ \t]*(?=\S)(?P<cells>[^\n]*\S)[ \t]*\|[ \t]*$")
_RULE = re.compile(r"[ \t]*\|[\s:|-]+\|[ \t]*$")
# Words that no sentence ends with: a paragraph that does goes on after the page break.
_UNFINISHED = re.compile(
    r"\b(?:an?|the|of|to|and|or|in|on|for|with|by|from|that|which|as|at|its|their)\W*$", re.IGNORECASE
)
_CUT_SHORT = re.compile(r"\b(?:an?|the|and|or|its|their)$")  # no heading ends so; "Annex A" and "What is it for?" do
_LINK_TARGET = re.compile(r"\]\([^)]*\)$")


def read(raw: bytes, _pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a text in UTF-8; of one in a markup of its own as that has it.

    Of an e-mail that was saved as text, what it answers is set aside, as it is of an e-mail.
    """
    body = raw.decode()
    markdown = as_markdown(body)
    read_text = read_markdown(markdown) if markdown else read_plain_text(body, wording)
    return read_text if markdown else replace(read_text, blocks=tuple(without_answered(read_text)))


def read_plain_text(body: str, wording: Wording = NO_WORDS) -> Draft:
    r"""The text itself (newlines already `\\n`) and its blocks; groups of lines are parted by blank lines."""
    body, title = without_heads(body)
    body, pages = pages_of(with_rows(without_note_figures(joined_words(body, wording))))
    lined = body.replace(SOFT_BREAK, "\n")
    blocks = [block for group in _GROUP.finditer(body) for block in _group_blocks(body, group.start(), group.end())]
    blocks = [block for block in blocks if any(map(str.isalnum, lined[block.start : block.end]))]  # no drawn rules
    blocks = _without_numbers(lined, blocks)
    headed = [
        block if _is_below(lined, before, block) or _is_cut(lined, block, after) else _as_heading(lined, block, after)
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
    ]
    kept = _nested(
        lined, with_answers(lined, list(_mended(lined, without_stacks(lined, headed, blocks))), phrases=False)
    )
    headless = title and not any(block.kind is BlockKind.HEADING for block in kept)
    return Draft(lined, kept, said={"title": title} if headless else {}, pages=pages)


def _group_blocks(body: str, start: int, end: int) -> Iterator[Block]:
    """The bullet points and paragraphs of one group of lines."""
    lines = list(_lines(body, start, end))
    hard = hard_breaks([body[begin:stop] for begin, stop in lines])
    breaks = [True, *(is_hard and body[stop] != SOFT_BREAK for is_hard, (_, stop) in zip(hard, lines, strict=False))]
    ordered = Counter(_place(found) for begin, stop in lines if (found := _ORDERED.match(body, begin, stop)))
    open_block: tuple[BlockKind, int, int] | None = None
    below = {lines[number][0] for number in listed_below([body[begin:stop] for begin, stop in lines], hard)}
    last = start  # where the line before begins
    for (begin, stop), breaks_before in zip(lines, breaks, strict=True):
        if _RULE.match(body[begin:stop]):
            continue
        cells = _ROW.match(body[begin:stop])
        pictured = _PICTURE.match(body, begin, stop)
        mark = None if cells or pictured else _MARK.match(body, begin, stop)
        within = open_block is not None and not breaks_before and not _STOPPED.search(body[last:begin])
        last = begin
        mark = None if mark and _is_no_mark(mark[0], ordered, within=within) else mark
        is_row = open_block is not None and open_block[0] is BlockKind.ROW
        listed = begin in below and not (mark or cells or pictured)
        if open_block and not (mark or cells or pictured or is_row or breaks_before):
            open_block = (open_block[0], open_block[1], stop)
            continue
        if open_block:
            yield _trimmed(body, *open_block)
        if cells:
            open_block = (BlockKind.ROW, begin + cells.start("cells"), begin + cells.end("cells"))
        else:
            kind = BlockKind.ITEM if mark or pictured or listed else BlockKind.PARAGRAPH
            open_block = (kind, mark.end() if mark else begin, stop)
    if open_block:
        yield _trimmed(body, *open_block)


def _is_no_mark(mark: str, ordered: Mapping[str, int], *, within: bool) -> bool:
    """Whether a capital letter and its stop are a name's, "P. Nunn", or a number ends the sentence that wraps there.

    So it is where no line beside goes on with the next letter, or begins with any number, as lists may count by tens;
    "A" and numbers only `within` a sentence.
    """
    found = _ORDERED.fullmatch(mark)
    if not found:
        return False
    place = _place(found)
    if place == _ANY_NUMBER:
        return within and ordered[place] == 1
    return (within or place != "A") and not any(chr(ord(place) + step) in ordered for step in (-1, 1))


def _place(found: re.Match[str]) -> str:
    return found[1] if found[1].isalpha() else _ANY_NUMBER


def _lines(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in body[start:end].replace(SOFT_BREAK, "\n").split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _trimmed(body: str, kind: BlockKind, start: int, end: int) -> Block:
    text = body[start:end]
    return Block(kind, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _without_numbers(body: str, blocks: list[Block]) -> list[Block]:
    """Numbered lines that stand alone over a text ("1. Who pays") put back from list items to lines of text.

    So are lines that begin with a picture (an emoji), and sentences that do.
    """
    return [
        replace(block, kind=BlockKind.PARAGRAPH)
        if _is_sentence_with_picture(body, block)
        or (
            _is_numbered(body, block)
            and not any(_is_numbered(body, other) for other in blocks[max(number - 1, 0) : number])
            and any(_is_headed(body, block, other) for other in blocks[number + 1 : number + 2])
        )
        else block
        for number, block in enumerate(blocks)
    ]


def _nested(body: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each item with its level."""
    levels = item_levels(_marked(body, block) if block.kind is BlockKind.ITEM else None for block in blocks)
    return tuple(
        replace(block, level=level) if block.kind is BlockKind.ITEM else block
        for block, level in zip(blocks, levels, strict=True)
    )


def _marked(body: str, item: Block) -> Marked:
    before = body[body.rfind("\n", 0, item.start) + 1 : item.start].expandtabs()
    mark = before.lstrip()
    return Marked(len(before) - len(mark), mark or body[item.start], body[item.start : item.end].endswith(":"))


def _is_headed(body: str, block: Block, after: Block) -> bool:
    """Whether a numbered line may head what comes after it: a text, a table, or, in capitals, whatever comes.

    A few words are a text, too, if they end as one, or stand further in than the line and its number.
    """
    capitals = body[block.start : block.end].isupper() and not _is_numbered(body, after)
    below = bool(_SENTENCE_END.search(_end_of(body, after))) or _inset(body, after) > _inset(body, block)
    says = _is_text(body, after) or (after.kind is BlockKind.PARAGRAPH and below)
    return says or after.kind is BlockKind.ROW or capitals


def _is_below(body: str, before: Block | None, block: Block) -> bool:
    """Whether a block stands further in than a number and its line right above."""
    numbered = before and _NUMBER.search(body, max(before.start - 8, 0), before.start)
    return before is not None and bool(numbered) and _inset(body, block) > _inset(body, before)


def _inset(body: str, block: Block) -> int:
    """How many blanks stand before the line in which a block begins."""
    line = body[body.rfind("\n", 0, block.start) + 1 : block.start + 1].expandtabs()
    return len(line) - len(line.lstrip())


def _is_numbered(body: str, block: Block) -> bool:
    """Whether an item begins with a number, a letter that lines count with, or a picture: "A." alone is an answer's."""
    if block.kind is not BlockKind.ITEM:
        return False
    numbered = _NUMBER.search(body, max(block.start - 8, 0), block.start)
    counts = numbered and (numbered[0][0].isdigit() or _has_second(body))
    return bool(counts or _PICTURE.match(body, block.start))


@lru_cache(maxsize=1)
def _has_second(body: str) -> bool:
    return bool(_SECOND.search(body))


def _is_sentence_with_picture(body: str, block: Block) -> bool:
    said = body[block.start : block.end]
    return bool(_PICTURE.match(said)) and (_word_count(said) >= TEXT_WORDS or said.endswith("."))


def _is_text(body: str, block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and _word_count(body[block.start : block.end]) >= TEXT_WORDS


def _word_count(text: str) -> int:
    return len(text.split()) + len(_CHARACTER.findall(text)) // CHARACTERS_A_WORD


def _as_heading(body: str, block: Block, after: Block | None) -> Block:
    """The block as a heading if it is a few words that begin like a title and hold no end of a sentence.

    A question may end as one. "Chair: Ann Lee" is a title only over a text.
    """
    under = body[after.start : after.end] if after else ""
    text = body[block.start : block.end]
    if block.kind is not BlockKind.PARAGRAPH:
        return block
    if mark := _MARKDOWN_HEADING.match(text):
        return Block(BlockKind.HEADING, block.start + mark.end(), block.end, level=2)
    few = _word_count(text) <= HEADING_WORDS
    ended = _ENDED.search(text) and not _QUESTION.search(text)
    begins = not text.lstrip("\"'‘“([")[:1].islower() and any(char.isalpha() for char in text)
    if after and after.kind is BlockKind.ITEM and under[:1].islower():  # it opens the list: "You pay less if you"
        return block
    prose = _SENTENCE_WITHIN.search(text) or _CUT_SHORT.search(text) or text.count(",") >= LISTING_COMMAS
    if few and begins and not ended and not prose and not _is_labelled(text, under):
        return Block(BlockKind.HEADING, block.start, block.end, level=2)
    return block


def _is_labelled(text: str, under: str) -> bool:
    """Whether a line says something under a label; "Annex A: fees" and what stands over a text do not."""
    return bool(_LABELLED.match(text)) and (gives_value(text) or not _SENTENCE_END.search(under))


def _mended(body: str, blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs that a page break cut in two are put together again, with the blank lines inside."""
    open_block: Block | None = None
    is_text = False  # asked of its first part alone, however many follow
    for block in blocks:
        if open_block and is_text and _goes_on(body, open_block, block):
            open_block = Block(BlockKind.PARAGRAPH, open_block.start, block.end)
            continue
        if open_block:
            yield open_block
        open_block, is_text = block, _is_text(body, block)
    if open_block:
        yield open_block


def _goes_on(body: str, text: Block, after: Block) -> bool:
    if after.kind is not BlockKind.PARAGRAPH or not _breaks_off(body, text):
        return False
    return body[after.start].islower() or bool(_UNFINISHED.search(_LINK_TARGET.sub("", _end_of(body, text))))


def _is_cut(body: str, block: Block, after: Block | None) -> bool:
    """Whether a page break cut a sentence in two: what comes after begins with a small letter."""
    begins = after is not None and after.kind is BlockKind.PARAGRAPH and body[after.start].islower()
    return begins and _is_text(body, block) and _breaks_off(body, block)


def _breaks_off(body: str, text: Block) -> bool:
    """Whether a text ends within a sentence."""
    said = _end_of(body, text)
    return said.endswith(",") or not _ENDED.search(said)


def _end_of(body: str, block: Block) -> str:
    return body[max(block.start, block.end - END_LENGTH) : block.end]
