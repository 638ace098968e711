"""Plain text → citable text and blocks: headings, bullet points and paragraphs seen from its lines alone.

The text is left as it is. Knows nothing of front matter, furniture or passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from acobot.sources.lines import hard_breaks
from acobot.sources.record import Block, BlockKind, Draft

HEADING_WORDS = 14
TITLE_LENGTH = 200  # characters: a longer block is no part of a title page
STACKED_HEADINGS = 3  # so many in a row, past the title page, are not headings but lines of a list or table

_GROUP = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_MARK = re.compile(r"\s*(?:[•‣◦▪●○∙·*+–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_ENDED = re.compile(r"[.!?:;…,][\"'’”)\]]*$")
_QUESTION = re.compile(r"\?[\"'’”)\]]*$")
# Words that no sentence ends with: a paragraph that does goes on after the page break.
_UNFINISHED = re.compile(
    r"\b(?:an?|the|of|to|and|or|in|on|for|with|by|from|that|which|as|at|its|their)\W*$", re.IGNORECASE
)
_LINK_TARGET = re.compile(r"\]\([^)]*\)$")


def read_plain_text(body: str) -> Draft:
    r"""The text itself (newlines already `\\n`) and its blocks; groups of lines are parted by blank lines."""
    blocks = [block for group in _GROUP.finditer(body) for block in _group_blocks(body, group.start(), group.end())]
    return Draft(body, tuple(_mended(body, _without_stacks([_as_heading(body, block) for block in blocks], blocks))))


def _group_blocks(body: str, start: int, end: int) -> Iterator[Block]:
    """The bullet points and paragraphs of one group of lines."""
    lines = list(_lines(body, start, end))
    breaks = [True, *hard_breaks([body[begin:stop] for begin, stop in lines])]
    open_block: tuple[BlockKind, int, int] | None = None
    for (begin, stop), breaks_before in zip(lines, breaks, strict=True):
        mark = _MARK.match(body, begin, stop)
        if open_block and not mark and not breaks_before:
            open_block = (open_block[0], open_block[1], stop)
            continue
        if open_block:
            yield _trimmed(body, *open_block)
        open_block = (BlockKind.ITEM if mark else BlockKind.PARAGRAPH, mark.end() if mark else begin, stop)
    if open_block:
        yield _trimmed(body, *open_block)


def _lines(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in body[start:end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _trimmed(body: str, kind: BlockKind, start: int, end: int) -> Block:
    text = body[start:end]
    return Block(kind, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _as_heading(body: str, block: Block) -> Block:
    """The block as a heading if it is a few words that begin like a title and do not end like a sentence.

    A question may end as one.
    """
    text = body[block.start : block.end]
    if block.kind is not BlockKind.PARAGRAPH:
        return block
    if mark := _MARKDOWN_HEADING.match(text):
        return Block(BlockKind.HEADING, block.start + mark.end(), block.end, level=2)
    few = len(text.split()) <= HEADING_WORDS
    ended = _ENDED.search(text) and not _QUESTION.search(text)
    begins = not text.lstrip("\"'‘“([")[:1].islower() and any(char.isalpha() for char in text)
    return Block(BlockKind.HEADING, block.start, block.end, level=2) if few and begins and not ended else block


def _without_stacks(headed: list[Block], blocks: list[Block]) -> list[Block]:
    """Headings that stand in a stack are put back as the paragraphs they were, but for the last, which heads a text.

    The title page, all that stands before the first paragraph of some length, may be a stack of headings.
    """
    kept = list(headed)
    body = next((number for number, block in enumerate(headed) if block.end - block.start > TITLE_LENGTH), len(headed))
    start = body
    for number in range(body, len(headed) + 1):
        if number == len(headed) or headed[number].kind is not BlockKind.HEADING:
            if number - start >= STACKED_HEADINGS:
                kept[start : number - 1] = blocks[start : number - 1]
            start = number + 1
    return kept


def _mended(body: str, blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs that a page break cut in two are put together again, with the blank lines inside."""
    open_block: Block | None = None
    for block in blocks:
        if open_block and _goes_on(body, open_block, block):
            open_block = Block(BlockKind.PARAGRAPH, open_block.start, block.end)
            continue
        if open_block:
            yield open_block
        open_block = block
    if open_block:
        yield open_block


def _goes_on(body: str, block: Block, after: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or after.kind is not BlockKind.PARAGRAPH:
        return False
    said = body[block.start : block.end]
    if _ENDED.search(said) or len(said.split()) < 8:
        return False
    return bool(_UNFINISHED.search(_LINK_TARGET.sub("", said))) or body[after.start].islower()
