"""Headings that are themselves what a text says, as in a price list in headings; questions that head their answers.

Pure text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from acobot.sources.record import Block, BlockKind

MOST_LENGTH = 500  # characters: longer ones are no headings
PHRASE_WORDS = 6  # a heading of so many words with a number in it says something

QUESTION_WORDS = 20  # a longer one heads no answer
FEWEST_QUESTIONS = 2  # one alone may be a turn of speech
LOWEST = 6  # rank of a heading

_SENTENCE = re.compile(r"\w\W+\w.*[.!。！][\"'’”)\]]*$", re.DOTALL)
_VALUE = re.compile(r"\S.*(?:[:=]|\s[–—])\s\D{0,3}\d[^:]{0,30}$")  # "Child single: £1", "Opening hours – 9 to 5"
_QUESTION = re.compile(r"(?:[^\n.!?]|\.(?=\S))+[?？]")


def gives_value(said: str) -> bool:
    """Whether the words of a heading give a value: "Child single: £1"."""
    return len(said) <= MOST_LENGTH and bool(_VALUE.search(said))


def with_answers(text: str, blocks: Sequence[Block], *, phrases: bool = True) -> tuple[Block, ...]:
    """The same blocks; headings without a text of their own that say something become paragraphs.

    A heading that gives a value goes with those before it at its rank, whatever stands below it. Long `phrases` with a
    number are told apart from titles and dates only where headings are marked as such.
    """
    return tuple(_with_answers(text, blocks, phrases=phrases))


def _with_answers(text: str, blocks: Sequence[Block], *, phrases: bool) -> Iterator[Block]:
    before = 0  # the rank of the heading above it that gives a value and became a paragraph
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            before = 0
            yield block
            continue
        said = " ".join(text[block.start : block.end].split())
        valued = gives_value(said)
        empty = number > 0 and _is_empty(block, blocks[number + 1 : number + 2]) and _says(said, phrases=phrases)
        says = empty or (before == block.level and valued)
        before = block.level if says and valued else 0
        yield replace(block, kind=BlockKind.PARAGRAPH, level=0) if says else block


def with_questions(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks; questions on lines of their own, with an answer right below, become the headings that they are.

    Whether they are bold or not: in pages of questions and answers each format has them as plain paragraphs, too.
    """
    ends = [_end_of_question(text, block, after) for block, after in zip_longest(blocks, blocks[1:])]
    if sum(map(bool, ends)) < FEWEST_QUESTIONS:
        return tuple(blocks)
    kept: list[Block] = []
    rank = 1  # of the heading above
    for block, end in zip(blocks, ends, strict=True):
        if block.kind is BlockKind.HEADING:
            rank = block.level
        if not end:
            kept.append(block)
            continue
        kept.append(replace(block, kind=BlockKind.HEADING, end=end, level=min(max(rank, 1) + 1, LOWEST)))
        if answer := text[end : block.end].strip():
            kept.append(replace(block, kind=BlockKind.PARAGRAPH, level=0, start=text.index(answer, end)))
    return tuple(kept)


def _end_of_question(text: str, block: Block, after: Block | None) -> int:
    """Where the question ends that a paragraph is, or begins with on a line of its own; 0 where there is no answer.

    An item has its answer in itself, as a term has its definition.
    """
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM} or block.furniture:
        return 0
    line, _, rest = text[block.start : block.end].partition("\n")
    if not _asks(line) or (block.kind is BlockKind.ITEM and not rest):
        return 0
    told = rest or (text[after.start : after.end] if after and after.kind is not BlockKind.HEADING else "")
    return 0 if not told or _asks(told) else block.start + len(line.rstrip())


def _asks(said: str) -> bool:
    """Whether a text is one short question."""
    return bool(_QUESTION.fullmatch(said.strip())) and 1 < len(said.split()) <= QUESTION_WORDS


def _is_empty(block: Block, after: Sequence[Block]) -> bool:
    """Whether the next heading, of the same or a higher rank, or the end, stands right below."""
    return all(one.kind is BlockKind.HEADING and one.level <= block.level for one in after)


def _says(said: str, *, phrases: bool) -> bool:
    if said.endswith("?") or len(said) > MOST_LENGTH:
        return False
    phrase = phrases and len(said.split()) >= PHRASE_WORDS and any(char.isdigit() for char in said)
    return bool(_SENTENCE.search(said) or _VALUE.search(said)) or phrase
