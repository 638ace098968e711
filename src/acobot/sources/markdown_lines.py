"""The lines of a paragraph or item of Markdown → the items and paragraphs that they were typed as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from acobot.sources.bullets import parts_of
from acobot.sources.lines import unwrapped_breaks
from acobot.sources.record import Block, BlockKind


def parted(text: str, block: Block) -> Iterator[Block]:
    """A paragraph or item as the items that its lines make, or a paragraph as those where it was never wrapped."""
    said = text[block.start : block.end]
    is_item = block.kind is BlockKind.ITEM
    if "\n" not in said or not (is_item or block.kind is BlockKind.PARAGRAPH):
        yield block
    elif parts := parts_of(said, wraps=True):
        for kind, at, to in parts:
            below = is_item and kind is BlockKind.ITEM
            kept = BlockKind.ITEM if is_item else kind
            yield replace(block, kind=kept, start=block.start + at, end=block.start + to, level=block.level + below)
    elif is_item:
        yield block
    else:
        yield from _paragraphs(text, block, said.split("\n"))


def _paragraphs(text: str, block: Block, lines: Sequence[str]) -> Iterator[Block]:
    """A paragraph as those that its lines are where it was never wrapped."""
    ends = [block.start + end - 1 for end in accumulate(len(line) + 1 for line in lines)]
    start = block.start
    for end, is_last in zip(ends, [*unwrapped_breaks(lines), True], strict=True):
        said = text[start:end]
        if is_last and said.strip():
            yield replace(block, start=start + len(said) - len(said.lstrip()), end=start + len(said.rstrip()))
        start = end + 1 if is_last else start
