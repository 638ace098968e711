"""How deep typed items stand: by place, by mark, and by the colon before them."""

from __future__ import annotations

import pytest

from acobot.sources.nesting import Marked, item_levels


def levels(*lines: str) -> list[int]:
    """Those of items written as "  - words"; any other line is none."""
    found = []
    for line in lines:
        mark, _, said = line.lstrip().partition(" ")
        item = Marked(len(line) - len(line.lstrip()), mark, said.endswith(":")) if said else None
        found.append(item)
    return list(item_levels(found))


@pytest.mark.parametrize(
    ("lines", "deep"),
    [
        (["- tins", "- paper"], [0, 0]),
        (["- tins", "  - rinsed", "  - flat", "- paper"], [0, 1, 1, 0]),
        (["- a", "  - b", "    - c", "- d"], [0, 1, 2, 0]),
        (["- a", "    - b", "  - c"], [0, 1, 1]),  # between the two: it is beside the inner one, not in it
        ([" 9. nine", "10. ten"], [0, 0]),  # numbers that end below each other
        (["1. Bring:", "- a card", "- a bill", "2. Sign"], [0, 1, 1, 0]),
        (["1. Bring a card", "- or a bill"], [0, 0]),  # no colon: marks that differ, and that is all
        (["(a) Pay:", "(i) now", "(ii) later"], [0, 0, 0]),
        (["- tins", "text", "  - paper"], [0, 0, 0]),
        (["  - tins", "- paper", "  - flat"], [0, 0, 1]),
    ],
)
def test_an_item_further_in_or_below_a_colon_is_in_the_one_above(lines: list[str], deep: list[int]) -> None:
    assert levels(*lines) == deep


def test_no_item_is_deeper_than_can_be_told_apart() -> None:
    assert max(levels(*(f"{' ' * 2 * deep}- item" for deep in range(50)))) == 7
