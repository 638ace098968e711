"""The questions that a source asks itself and answers right below, as pages of questions and answers do.

They find their answers as `asks:` lines do. Citable text and blocks in, `Ask`s out. Knows no format and no language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from acobot.sources.drafting import CELL_GAP
from acobot.sources.record import Ask, Block, BlockKind

MOST = 500  # of one source: each is encoded
FEWEST_WORDS, MOST_WORDS = 2, 40  # "Why?" says nothing, and what is longer is prose that ends with a question
QUESTION_ENDS = ("?", "？")
_MARK = re.compile(r"(?:[^\W\d_]{1,2} ?)?[\d.]*[.:)]\s+")  # "Q:", "Q3.", "4.2)" before the question's words
_SENTENCE_ENDS = re.compile(r"[.!?。！？]\s")
_LINE = re.compile(r"[^\n]+")


def questions_of(text: str, blocks: Sequence[Block], asked: Sequence[Ask] = ()) -> tuple[Ask, ...]:
    """The questions with an answer below them, in order, `MOST` at most; none that is `asked` already.

    Such is a heading, or a line of its own, that asks and stands right above words that do not; and the first cell of
    a row.
    """
    known = {ask.text.casefold() for ask in asked}
    found = (ask for ask in _found(text, blocks) if ask.text.casefold() not in known)
    return tuple(islice(found, MOST))


def _found(text: str, blocks: Sequence[Block]) -> Iterator[Ask]:
    for number, block in enumerate(blocks):
        if block.furniture:
            continue
        if block.kind is BlockKind.ROW:
            first, _, rest = text[block.start : block.end].partition(CELL_GAP)
            if rest and (question := _question(first)):
                yield Ask(question, block.start)
            continue
        if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
            continue
        lines = [line.span() for line in _LINE.finditer(text, block.start, block.end)]
        below = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind is BlockKind.HEADING:
            lines = [(block.start, block.end)]
        if below and below.quotable:
            lines.append((below.start, below.end))
        for (start, end), (next_start, next_end) in pairwise(lines):
            question = _question(text[start:end])
            if question and not text[next_start:next_end].rstrip().endswith(QUESTION_ENDS):
                yield Ask(question, next_start)


def _question(line: str) -> str:
    """The words of a line that is one question, without its number; else nothing."""
    words = " ".join(line.split())
    said = words[mark.end() :] if (mark := _MARK.match(words)) else words
    asks = said.endswith(QUESTION_ENDS) and FEWEST_WORDS <= len(said.split()) <= MOST_WORDS
    return said if asks and not _SENTENCE_ENDS.search(said) else ""
