"""A long source in parts, one a page: a reader's browser and the server have to hold no more. Knows no HTML."""

from __future__ import annotations

from acobot.sources import Source

PART_CHARACTERS = 150_000  # some eighty printed pages


def part_of(source: Source, wanted: int, start: int) -> tuple[range, int, int]:
    """The numbers of the blocks of one part, that part's number from 1, and how many there are.

    It is the wanted one if there is one of that number, else the one that holds the offset `start`.
    """
    firsts = _first_blocks(source)
    here = sum(1 for first in firsts if source.blocks[first].start <= start)
    number = wanted if 1 <= wanted <= len(firsts) else max(here, 1)
    if len(firsts) < 2:
        return range(len(source.blocks)), 1, 1
    stop = firsts[number] if number < len(firsts) else len(source.blocks)
    return range(firsts[number - 1], stop), number, len(firsts)


def _first_blocks(source: Source) -> list[int]:
    """The number of each part's first block."""
    firsts: list[int] = []
    room = 0
    for number, block in enumerate(source.blocks):
        if block.end > room:
            firsts.append(number)
            room = block.start + PART_CHARACTERS
    return firsts
