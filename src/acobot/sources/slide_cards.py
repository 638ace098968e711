"""Cards of a slide: boxes under each other and beside others alike, as names over their dates. Shapes in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

SAME_LINE = 200_000  # EMU, some 5 mm: shapes whose tops differ by less stand side by side
MOST_STACKED = 4  # boxes of a card
_SENTENCE_ENDS = (".", "!", "。")
_COMPARES = "twoTxTwoObj"  # a layout of two heads side by side, and a text, table or picture under each
_FEWEST = 2  # of boxes in a card, cards in a column, and columns


def cards_of(shapes: Iterable[Any]) -> list[list[Any]]:
    """The cards of a slide, the boxes of each from the top.

    Cards stand in columns of one width, apart from each other, and their boxes touch. Where no gap parts the boxes of
    a column, or those beside each other differ in kind, they may as well be a table's cells, and are read line by line.
    Heads in one row over sentences in the next are cards, however near they stand.
    """
    columns: dict[tuple[int, int], list[Any]] = {}
    for shape in filter(_is_box, shapes):
        columns.setdefault((_about(shape.left), _about(shape.width)), []).append(shape)
    stacks = [stack for stack in map(list, map(_stacks, columns.values())) if _are_cards(stack)]
    rows: dict[tuple[int, ...], list[list[list[Any]]]] = {}
    for stack in stacks:
        rows.setdefault(tuple(_about(card[0].top) for card in stack), []).append(stack)
    found = [[card for stack in row for card in stack] for row in rows.values() if len(row) >= _FEWEST]
    alike = [card for cards in found if _are_alike(cards) for card in cards]
    return alike or list(_headed([shape for column in columns.values() for shape in column]))


def halves_of(slide: Any, shapes: Sequence[Any]) -> list[tuple[Any, Any]]:
    """What a slide compares, a head and what stands under it each, where its layout has such and it has no more."""
    if slide.slide_layout.element.get("type") != _COMPARES:
        return []
    placed = {shape.placeholder_format.idx: shape for shape in shapes if shape.is_placeholder}
    pairs = [(placed[head], placed[head + 1]) for head in (1, 3) if {head, head + 1} <= placed.keys()]
    stand = all(None not in (head.top, under.top) and head.top < under.top for head, under in pairs)
    return pairs if stand and len(pairs) == _FEWEST and len(shapes) == 2 * _FEWEST else []


def _headed(boxes: Sequence[Any]) -> Iterator[list[Any]]:
    """Boxes of two rows as cards: heads that end no sentence, and below each, as wide, a text that ends one."""
    rows: dict[int, list[Any]] = {}
    for box in sorted(boxes, key=lambda box: box.left):
        rows.setdefault(_about(box.top), []).append(box)
    grids: dict[tuple[tuple[int, int], ...], list[list[Any]]] = {}
    for top in sorted(rows):
        grids.setdefault(tuple((_about(box.left), _about(box.width)) for box in rows[top]), []).append(rows[top])
    for places, (heads, *texts) in grids.items():
        if len(places) >= _FEWEST and len(texts) == 1 and not any(map(_ends, heads)) and all(map(_ends, texts[0])):
            yield from map(list, zip(heads, texts[0], strict=True))


def _ends(box: Any) -> bool:
    said: str = box.text_frame.text
    return said.rstrip().endswith(_SENTENCE_ENDS)


def _are_alike(cards: Sequence[Sequence[Any]]) -> bool:
    """Whether each card has a head of its own over its text, and figures at the same heights as all the others."""
    patterns = {tuple(_has_figures(shape) for shape in card) for card in cards}
    heads = {card[0].text_frame.text.strip() for card in cards}
    if len(patterns) > 1 or len(heads) < len(cards):
        return False
    first, *others = patterns.pop()
    if not first and all(others):
        return True
    looks = {_look(card[0]) for card in cards}
    return len(looks) == 1 and looks.isdisjoint(_look(shape) for card in cards for shape in card[1:])


def _has_figures(shape: Any) -> bool:
    return any(char.isdigit() for char in shape.text_frame.text)


def _look(shape: Any) -> tuple[bool, int, int]:
    """Whether the first letters are bold, their size, and how high the box is."""
    font = next((run.font for one in shape.text_frame.paragraphs for run in one.runs if run.text.strip()), None)
    return (bool(font and font.bold), int((font and font.size) or 0), _about(shape.height))


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
