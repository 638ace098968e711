"""What a sentence is read as: with what gives it meaning, as it is quoted.

A list's item is read with its lead-in, a row with the whole names of its days. The sentence's own words, or a row's but
for the first cell, stand last.
"""

from __future__ import annotations

import re

from acobot.evidence.bare_lines import leads_in
from acobot.evidence.days import with_whole_days
from acobot.index import StoredPassage, Version
from acobot.languages import Language
from acobot.reader import ReaderInput, make_context
from acobot.sources import Block, BlockKind, Source

LEAD_IN_WORDS = 40  # of a longer one nothing is read twice
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def as_input(version: Version, stored: StoredPassage) -> ReaderInput:
    """A passage as it is read; nothing is left out, and nothing but what stands in its source is added."""
    source = version.corpus.source(stored.passage.source_id)
    text = ""
    spans: list[tuple[int, int]] = []
    lead_ins: dict[int, str] = {}
    for sentence in stored.passage.sentences:
        number, own = source.block_at(sentence.start), source.text[sentence.start : sentence.end]
        over = source.over_list(number)
        if over != number and over not in lead_ins:
            lead_ins[over] = _lead_in(source.text, source.blocks[over], version.language)
        lead_in = lead_ins[over] if over != number else ""
        said = f"{lead_in} {own}" if lead_in else _in_whole_words(version, source, number, own)
        text += f"\n{said}" if text else said
        spans.append((len(text) - len(said), len(text)))
    about = source.particulars
    return ReaderInput(make_context(about.publisher, about.author, stored.passage.prefix), text, tuple(spans))


def _in_whole_words(version: Version, source: Source, number: int, own: str) -> str:
    return with_whole_days(own, version.language) if source.blocks[number].kind is BlockKind.ROW else own


def _lead_in(text: str, block: Block, language: Language) -> str:
    """The sentence of the block over a list that opens the list; empty where it has none, or a long one."""
    said = _SENTENCE_END.split(text[block.start : block.end])[-1]
    opens = block.kind is BlockKind.PARAGRAPH and block.quotable and leads_in(said, language)
    return said if opens and len(said.split()) <= LEAD_IN_WORDS else ""
