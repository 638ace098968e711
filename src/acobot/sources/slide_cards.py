"""Cards of a slide: text boxes under each other and beside others alike, as a name over its date. Shapes in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

SAME_LINE = 200_000  # EMU, some 5 mm: shapes whose tops differ by less stand side by side
MOST_STACKED = 4  # boxes of a card
_FEWEST = 2  # of boxes in a card, cards in a column, and columns


def cards_of(shapes: Iterable[Any]) -> list[list[Any]]:
    """The cards of a slide, the boxes of each from the top.

    Cards stand in columns of one width, apart from each other, and their boxes touch. Where no gap parts the boxes of
    a column, they may as well be a table's cells, and are read line by line.
    """
    columns: dict[tuple[int, int], list[Any]] = {}
    for shape in filter(_is_box, shapes):
        columns.setdefault((_about(shape.left), _about(shape.width)), []).append(shape)
    stacks = [stack for stack in map(list, map(_stacks, columns.values())) if _are_cards(stack)]
    levels = [tuple(_about(card[0].top) for card in stack) for stack in stacks]
    beside = Counter(levels)
    return [card for stack, level in zip(stacks, levels, strict=True) if beside[level] >= _FEWEST for card in stack]


def _is_box(shape: Any) -> bool:
    placed = all(size is not None for size in (shape.left, shape.top, shape.width, shape.height))
    return placed and not shape.is_placeholder and shape.has_text_frame and bool(shape.text_frame.text.strip())


def _about(length: int) -> int:
    return round(length / SAME_LINE)


def _stacks(column: Sequence[Any]) -> Iterator[list[Any]]:
    """The boxes of a column, parted where a gap is between them."""
    stack: list[Any] = []
    for shape in sorted(column, key=lambda shape: shape.top):
        if stack and shape.top - (stack[-1].top + stack[-1].height) > 0:
            yield stack
            stack = []
        stack.append(shape)
    if stack:
        yield stack


def _are_cards(stacks: Sequence[Sequence[Any]]) -> bool:
    return len(stacks) >= _FEWEST and all(_FEWEST <= len(stack) <= MOST_STACKED for stack in stacks)
