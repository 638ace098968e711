"""Heads of several lines over tables without rules, as browsers print them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from acobot.sources.reader_process import read_bytes
from tests.documents import Words, make_pdf

Head = Sequence[tuple[float, float, str]]  # left, height, words

COLUMNS = (50.0, 130.0, 210.0, 290.0, 370.0)
ROWS = (("Elm Court", "11.40", "592.80", "13.70", "712.40"), ("Ash Grove", "9.10", "473.20", "10.90", "566.80"))
TEXT = "Rents are due on the first Monday of each month, and are asked for by letter before they rise."


def read(head: Head, columns: Sequence[float] = COLUMNS, after: Sequence[Words] = ()) -> list[str]:
    """The blocks of a page with these bold heads, two rows under them, and what comes after."""
    words = [Words(50, 760, "Garages", 20, bold=True), Words(50, 730, TEXT)]
    words += [Words(left, y, said, bold=True) for left, y, said in head]
    words += [
        Words(left, 640 - 22 * number, said)
        for number, row in enumerate(ROWS)
        for left, said in zip(columns, row, strict=True)
    ]
    draft = read_bytes(".pdf", make_pdf([*words, *after]))
    return [draft.text[block.start : block.end] for block in draft.blocks if block.kind != "heading"][1:]


def below(y: float, said: Sequence[str], columns: Sequence[float] = COLUMNS[1:]) -> Head:
    return [(left, y, one) for left, one in zip(columns, said, strict=True)]


PERIODS = ("Week", "Year", "Week", "Year")
ONE_HEAD = "Estate | Tenants Week | Tenants Year | Others Week | Others Year"
RENTS = [" | ".join(row) for row in ROWS]


@pytest.mark.parametrize("stub", [684, 673, 662], ids=["top", "middle", "bottom"])
@pytest.mark.parametrize("groups", [(130, 290), (163, 325)], ids=["left", "centred"])
def test_heads_over_several_columns_stand_over_each_of_them(groups: tuple[float, float], stub: float) -> None:
    over = [(groups[0], 684.0, "Tenants"), (groups[1], 684.0, "Others")]
    assert read([*over, (50, stub, "Estate"), *below(662, PERIODS)]) == [ONE_HEAD, *RENTS]


def test_an_empty_corner_keeps_its_place() -> None:
    over = [(130.0, 684.0, "Tenants"), (290.0, 684.0, "Others")]
    assert read([*over, *below(662, PERIODS)])[0] == ONE_HEAD.replace("Estate ", "")


def test_a_head_over_some_columns_leaves_the_others_alone() -> None:
    head = [(210.0, 684.0, "Middle sized garages"), (50.0, 673.0, "Estate"), (130.0, 673.0, "Small")]
    said = read([*head, (370, 673, "Large"), (210, 662, "Week"), (290, 662, "Year")])
    assert said == ["Estate | Small | Middle sized garages Week | Middle sized garages Year | Large", *RENTS]


def test_a_title_over_the_whole_table_is_no_head_of_its_columns() -> None:
    title = (150.0, 684.0, "Rents of all our garages from April on")
    assert read([title, (50, 662, "Estate"), *below(662, PERIODS)])[-3:] == [f"Estate | {' | '.join(PERIODS)}", *RENTS]


def test_what_stands_over_no_column_is_left_as_it_is() -> None:
    said = read([(170, 684, "Tenants or others"), (50, 662, "Estate"), *below(662, PERIODS)])
    assert said[-3:] == [f"Estate | {' | '.join(PERIODS)}", *RENTS]


def test_cells_side_by_side_are_never_one_cell_because_fewer_heads_stand_above() -> None:
    said = read([(50, 673, "Estate"), (130, 673, "Small"), (370, 673, "Large"), (210, 662, "Week"), (290, 662, "Year")])
    assert said[-2:] == RENTS


def test_a_text_below_a_table_is_not_parted_where_its_words_happen_to_begin_under_cells() -> None:
    columns = (50.0, 130.5, 212.3, 290.0, 370.0)  # where "a garage" and "another" begin, too
    text = Words(50, 588, "Nobody may let a garage to another person while a rent is owed.")
    assert read([(50.0, 662.0, "Estate"), *below(662, PERIODS, columns[1:])], columns, [text])[-1] == text.text
