"""Tables that stand side by side on a page of a PDF, and tables with a gap that stay one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from acobot.sources.reader_process import read_bytes
from acobot.sources.record import BlockKind
from tests.documents import Words, lines, make_pdf

TEXT = ["Waste is taken away by the council", "in all weathers, and not on Sundays."]
Table = Sequence[Sequence[str]]


def blocks(page: list[Words], frames: bytes = b"") -> list[tuple[BlockKind, str]]:
    draft = read_bytes(".pdf", make_pdf([*lines(50, 760, *TEXT), *page], draw=frames))
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def placed(table: Table, lefts: Sequence[float], top: float = 700) -> list[Words]:
    rows = enumerate(table)
    return [Words(x, top - 20 * at, cell) for at, cells in rows for x, cell in zip(lefts, cells, strict=True) if cell]


def framed(table: Table, lefts: Sequence[float], top: float = 700) -> bytes:
    """A frame around each cell, 80 points wide."""
    boxes = (b"%g %g 80 20 re S" % (x - 4, top - 6 - 20 * at) for at in range(len(table)) for x in lefts)
    return b"\n".join(boxes)


BINS = [("Bin", "Day"), ("Black", "Tuesday"), ("Green", "Friday")]
TIPS = [("Tip", "Opens"), ("Quarry", "8 to 6"), ("Wharf", "9 to 4"), ("Sandpit", "10 to 4")]


def test_ruled_tables_side_by_side_are_read_one_after_the_other() -> None:
    page = [*placed(BINS, (60, 140)), *placed(TIPS, (260, 340))]
    frames = framed(BINS, (60, 140)) + b"\n" + framed(TIPS, (260, 340))
    read = blocks(page, frames)
    assert [text for _, text in read[1:]] == [" | ".join(row) for row in (*BINS, *TIPS)]
    assert {kind for kind, _ in read[1:]} == {BlockKind.ROW}


def test_a_framed_name_over_all_columns_of_a_table_beside_another_is_no_head_of_each_column() -> None:
    tables = [(BINS[1:], "Bins", 60), (TIPS[1:], "Tips", 260)]
    page = [word for rows, name, x in tables for word in (*placed(rows, (x, x + 80)), Words(x, 720, name))]
    frames = [framed(rows, (x, x + 80)) + b"\n%g 714 160 20 re S" % (x - 4) for rows, _, x in tables]
    read = blocks(page, b"\n".join(frames))
    assert [text for _, text in read[1:4]] == ["Bins", "Bins Black | Tuesday", "Bins Green | Friday"]
    assert [text for _, text in read[4:6]] == ["Tips", "Tips Quarry | 8 to 6"]


def test_names_over_ruled_tables_side_by_side_stand_over_each_of_them() -> None:
    page = [Words(60, 722, "Bins", 10, bold=True), Words(260, 722, "Tips", 10, bold=True)]
    page += [*placed(BINS, (60, 140)), *placed(TIPS, (260, 340))]
    read = blocks(page, framed(BINS, (60, 140)) + b"\n" + framed(TIPS, (260, 340)))
    assert [text for kind, text in read if kind is BlockKind.HEADING] == ["Bins", "Tips"]
    assert read.index((BlockKind.HEADING, "Tips")) == read.index((BlockKind.ROW, "Green | Friday")) + 1


@pytest.mark.parametrize(
    "right",
    [
        [("Back", "Fare"), ("17.10", "4.50"), ("18.20", "5.50")],
        [("Open", "Busy"), ("Yes", "No"), ("Yes", "Yes")],
    ],
    ids=["figures", "words that come again"],
)
def test_columns_without_labels_of_their_own_stay_with_the_table_beside_them(right: Table) -> None:
    page = [*placed(BINS, (60, 140)), *placed(right, (260, 340))]
    frames = framed(BINS, (60, 140)) + b"\n" + framed(right, (260, 340))
    assert [text for _, text in blocks(page, frames)[1:]] == [
        " | ".join((*one, *other)) for one, other in zip(BINS, right, strict=True)
    ]


HALL = [("Main hall", "", "Small room", ""), ("Monday", "18", "Monday", "9"), ("Tuesday", "20", "Tuesday", "11")]
HALL = [*HALL, ("Sunday", "26", "Sunday", "14")]
WARDS = [("Ward", "Phone", "Ward", "Phone"), ("Ash", "4411", "Fir", "4488"), ("Elm", "4422", "Oak", "4499")]

FOOD = [("Hot food", "", "Drinks", ""), ("Soup", "4.50", "Tea", "2.20"), ("Pie", "6.20", "Coffee", "2.80")]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (HALL, ["Main hall", "Monday | 18", "Tuesday | 20", "Sunday | 26"]),
        (WARDS, ["Ward | Phone", "Ash | 4411", "Elm | 4422"]),
        (FOOD, ["Hot food", "Soup | 4.50", "Pie | 6.20"]),
    ],
    ids=["the labels come again", "the head comes again", "names stand over two columns alone"],
)
def test_tables_without_rules_are_parted_where_another_begins(table: Table, said: list[str]) -> None:
    read = [text for _, text in blocks(placed(table, (60, 150, 330, 420)))[1:]]
    assert read[: len(said)] == said
    assert len(read) == 2 * len(said)


def test_columns_with_the_same_heads_are_one_table() -> None:
    table = [("Age", "Morning", "Evening", "Morning", "Evening"), ("Two", "30", "27", "28", "25")]
    table = [*table, ("Three", "26", "23", "24", "21"), ("Four", "22", "20", "21", "19")]
    assert len(blocks(placed(table, (60, 150, 240, 330, 420)))[1:]) == len(table)


def test_names_of_groups_over_columns_that_are_as_far_apart_part_no_table() -> None:
    table = [
        ("Club", "", "Leader", ""),
        ("Chess", "Monday", "Ann Shaw", "4411"),
        ("Judo", "Friday", "Tom Hall", "4422"),
    ]
    assert len(blocks(placed(table, (60, 150, 240, 330)))[1:]) == len(table)
