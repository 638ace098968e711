"""Headings that are themselves what a text says: a price list in headings, clauses set as headings. Pure text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from acobot.sources.record import Block, BlockKind

MOST_LENGTH = 500  # characters: longer ones are no headings
PHRASE_WORDS = 6  # a heading of so many words with a number in it says something
SENTENCE_WORDS = 4  # "1. Introduction." is no sentence

_SENTENCE = re.compile(r"\w\W+\w.*[.!。！][\"'’”)\]]*$", re.DOTALL)
_VALUE = re.compile(r"\S.*(?:[:=]|\s[–—])\s\D{0,3}\d[^:]{0,30}$")  # "Child single: £1", "Opening hours – 9 to 5"


def gives_value(said: str) -> bool:
    """Whether the words of a heading give a value: "Child single: £1"."""
    return len(said) <= MOST_LENGTH and bool(_VALUE.search(said))


def says_something(said: str) -> bool:
    """Whether a heading over a text says something by itself, too: a value, or a sentence of some words."""
    return _says(said, phrases=False) and (gives_value(said) or len(said.split()) >= SENTENCE_WORDS)


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


def _is_empty(block: Block, after: Sequence[Block]) -> bool:
    """Whether the next heading, of the same or a higher rank, or the end, stands right below."""
    return all(one.kind is BlockKind.HEADING and one.level <= block.level for one in after)


def _says(said: str, *, phrases: bool) -> bool:
    if said.endswith("?") or len(said) > MOST_LENGTH:
        return False
    phrase = phrases and len(said.split()) >= PHRASE_WORDS and any(char.isdigit() for char in said)
    return bool(_SENTENCE.search(said) or _VALUE.search(said)) or phrase
