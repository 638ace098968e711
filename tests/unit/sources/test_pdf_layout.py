"""Texts that stand apart on a page, and in tables: boxes, cells that wrap, columns, margins. PDFs made line by line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from acobot.sources.reader_process import read_bytes
from acobot.sources.record import Draft
from tests.documents import Words, lines, make_pdf, pdf_of

TEXT = [
    "Bins are emptied each week on the day that the calendar gives, and",
    "never on a Sunday. Boxes of glass are emptied every second week,",
    "on the day that follows. Food is taken away with them, in a caddy",
    "that the council gives out. Bulky waste is taken on a day that the",
    "caller is told, and it must be outside by seven in the morning.",
]
BOX = ["Costs", "A bin costs £30 a year, and", "a second one £45 a year.", "A caddy is free."]


def read(*pages: list[Words], **how: object) -> Draft:
    return read_bytes(".pdf", make_pdf(*pages, **how))  # type: ignore[arg-type]


def texts(draft: Draft) -> list[str]:
    return [draft.text[block.start : block.end] for block in draft.blocks]


def frames(*boxes: tuple[float, float, float, float]) -> bytes:
    """Lines around cells, by their left, bottom, right and top."""
    return b"".join(b"%g %g m %g %g l S %g %g m %g %g l S %g %g m %g %g l S %g %g m %g %g l S\n" % (
        left, bottom, right, bottom, left, top, right, top, left, bottom, left, top, right, bottom, right, top
    ) for left, bottom, right, top in boxes)  # fmt: skip


def rectangle(left: float, bottom: float, width: float, height: float, how: str = "S") -> bytes:
    return b"0.9 g %g %g %g %g re %s 0 g\n" % (left, bottom, width, height, how.encode())


# ---------------------------------------------------------------------- boxes


@pytest.mark.parametrize("how", ["f", "S"])
@pytest.mark.parametrize("top", [700, 695], ids=["on the same lines", "on lines of its own"])
def test_a_box_beside_the_text_is_read_after_it(how: str, top: float) -> None:
    page = lines(50, 700, *TEXT, *TEXT) + lines(400, top, *BOX)
    draft = read(page, under=rectangle(390, 640, 160, 80, how))
    assert texts(draft)[0] == " ".join(TEXT + TEXT)
    assert " ".join(texts(draft)[1:]) == " ".join(BOX)


def test_a_box_without_a_frame_is_told_by_lines_of_its_own() -> None:
    page = lines(50, 700, *TEXT) + lines(400, 696, *BOX[1:], size=9, step=11)
    assert texts(read(page)) == [" ".join(TEXT), " ".join(BOX[1:])]


def test_a_sentence_goes_on_over_a_box_to_the_next_page() -> None:
    first = lines(50, 160, *TEXT, *TEXT[:3]) + lines(400, 155, *BOX)
    draft = read(first, lines(50, 780, *TEXT[3:]), under=rectangle(390, 100, 160, 80))
    assert texts(draft)[0] == " ".join([*TEXT, *TEXT])


def test_what_stands_in_a_box_heads_nothing_outside_of_it() -> None:
    box = [Words(400, 695, "Costs", 13), *lines(400, 680, *BOX[1:])]
    draft = read([*lines(50, 700, *TEXT, *TEXT), *box], lines(50, 700, *TEXT), under=rectangle(390, 640, 160, 80))
    assert [block.kind.value for block in draft.blocks] == ["paragraph"] * 4


def test_a_box_within_the_text_stays_in_its_place() -> None:
    page = [*lines(50, 700, *TEXT), *lines(60, 615, *BOX[1:3]), *lines(50, 570, *TEXT)]
    assert texts(read(page, under=rectangle(50, 590, 320, 45, "f"))) == [
        " ".join(TEXT),
        " ".join(BOX[1:3]),
        " ".join(TEXT),
    ]


def test_lines_beside_each_other_are_never_one_sentence() -> None:
    page = lines(50, 700, "The fee is paid") + lines(300, 694, "by the owner.") + lines(50, 688, "at the office.")
    assert "paid by" not in read([*page, *lines(50, 600, *TEXT)]).text


def test_two_columns_of_questions_on_the_same_lines_are_read_one_after_the_other() -> None:
    left = [
        "How much is it?",
        "A permit costs £40 a year for the",
        "first car.",
        "Where can I ask?",
        "At the town hall, on weekdays",
        "until four.",
    ]
    right = [
        "Who can have one?",
        "Anyone who lives in the zone and",
        "pays the tax.",
        "Can I move it?",
        "Yes, to another car, for which a",
        "fee of £5 is due.",
    ]
    draft = read(lines(50, 700, *left) + lines(300, 700, *right))
    assert draft.text.replace("\n\n", " ") == " ".join(left + right)


# --------------------------------------------------------------------- tables

ROWS = [
    [["Risk"], ["What we do"], ["Owner"]],
    [
        ["A storm brings down", "a tree on the path"],
        ["Trees are looked at", "each spring by the", "county"],
        ["Warden"],
    ],
    [["Flood"], ["Gates are shut"], ["Clerk of", "works"]],
]
JOINED = [
    "Risk | What we do | Owner",
    "A storm brings down a tree on the path | Trees are looked at each spring by the county | Warden",
    "Flood | Gates are shut | Clerk of works",
]


def table(*, middle: bool = False) -> list[Words]:
    """The rows, cells beginning on one height or with their middles on one."""
    page: list[Words] = []
    top = 600.0
    for row in ROWS:
        deepest = max(len(cell) for cell in row)
        for x, cell in zip((50, 200, 350), row, strict=True):
            down = (deepest - len(cell)) * 5.5 if middle else 0
            page += lines(x, top - down, *cell, step=11)
        top -= deepest * 11 + 3
    return page


def test_cells_with_rules_around_them_keep_their_rows_and_columns() -> None:
    edges = [611.0, 597.0, 561.0, 536.0]
    flat = b"".join(b"45 %g m 445 %g l S\n" % (y, y) for y in edges)
    upright = b"".join(b"%g 611 m %g 536 l S\n" % (x, x) for x in (45, 195, 345, 445))
    draft = read(lines(50, 700, *TEXT) + table(), draw=flat + upright)
    assert texts(draft) == [" ".join(TEXT), *JOINED]


def test_an_empty_cell_keeps_its_place() -> None:
    rules = b"".join(rectangle(x, y, 100, 20) for x in (45, 145, 245) for y in (580, 600))
    page = [
        Words(50, 606, "Ann"),
        Words(150, 606, "01632"),
        Words(250, 606, "Bath"),
        Words(50, 586, "Bob"),
        Words(250, 586, "Ely"),
    ]
    assert texts(read(page, draw=rules)) == ["Ann | 01632 | Bath", "Bob |  | Ely"]


@pytest.mark.parametrize("middle", [False, True])
def test_cells_that_wrap_keep_their_rows_and_columns_without_rules(*, middle: bool) -> None:
    assert texts(read(lines(50, 700, *TEXT) + table(middle=middle)))[1:] == JOINED


# -------------------------------------------------------------------- margins


@pytest.mark.parametrize("x", [30, 450])
def test_the_numbers_of_all_lines_are_left_out(x: float) -> None:
    numbers = [Words(x, 700 - 12 * number, str(number + 7)) for number in range(5)]
    assert texts(read(numbers + lines(60, 700, *TEXT))) == [" ".join(TEXT)]


def test_the_numbers_of_each_fifth_line_are_left_out() -> None:
    numbers = [Words(35, 652, "5"), Words(30, 592, "10")]
    assert texts(read(numbers + lines(60, 700, *TEXT, *TEXT))) == [" ".join(TEXT + TEXT)]


def test_numbers_of_rows_are_kept() -> None:
    rows = ["Sofa", "Fridge", "Table", "Lamp"]
    page = [Words(30, 700 - 14 * number, str(number + 1)) for number in range(4)] + lines(60, 700, *rows, step=14)
    assert "4 | Lamp" in read(page).text


def test_initials_are_joined_to_their_words() -> None:
    page = [
        Words(50, 676, "Y", 40),
        *lines(82, 696, "ou can ask for a second bin at", "the town hall on any weekday"),
        Words(50, 672, "but one."),
    ]
    assert texts(read(page)) == ["You can ask for a second bin at the town hall on any weekday but one."]


def test_an_initial_may_be_a_word() -> None:
    page = [Words(50, 676, "A", 40), *lines(82, 696, "caddy can be had at the desk", "and each caddy is free.")]
    assert texts(read(page)) == ["A caddy can be had at the desk and each caddy is free."]


# ---------------------------------------------------------------------- edges


def test_headings_that_differ_in_their_numbers_are_not_running() -> None:
    pages = [
        [
            Words(50, 780, f"Chapter {number}", 16),
            *lines(50, 760, f"Depot number {number} keeps {number * number} lamps.", *TEXT),
            Words(290, 30, f"{number} of 7", 9),
        ]
        for number in range(1, 8)
    ]
    found = texts(read(*pages))
    assert "Chapter 5" in found
    assert any(text.startswith("Depot number 5 keeps 25 lamps.") for text in found)
    assert not any(" of 7" in text for text in found)


@pytest.mark.parametrize(
    ("date", "count"), [("11/26/26, 5:32 PM", "1/1"), ("26.11.26, 17:32", "1/1"), ("26/11/2026, 17:32", "1 of 1")]
)
def test_what_a_browser_prints_around_a_lone_page_is_left_out(date: str, count: str) -> None:
    edges = [Words(25, 815, date, 8), Words(270, 815, "Waste", 8), Words(25, 18, "https://ashby.example/bins", 8)]
    assert texts(read([*edges, Words(560, 18, count, 8), *lines(50, 700, *TEXT)])) == [" ".join(TEXT)]


def test_an_address_at_the_foot_of_a_lone_page_stays() -> None:
    page = [*lines(50, 700, *TEXT), Words(50, 40, "https://ashby.example/bins")]
    assert texts(read(page))[-1] == "https://ashby.example/bins"


@pytest.mark.parametrize("apart", [0, 3])
def test_two_rows_of_ruled_heads_become_one(apart: float) -> None:
    """The first cell reaches down both rows, and each group stands over two columns."""
    columns = [(50 + 80 * number, 130 + 80 * number - apart) for number in range(5)]
    boxes: list[tuple[float, float, float, float]] = [(50, 660, columns[0][1], 700)]
    boxes += [(columns[at][0], 680 + apart, columns[at + 1][1], 700) for at in (1, 3)]
    boxes += [(left, 660, right, 680) for left, right in columns[1:]]
    boxes += [(left, top - 20 + apart, right, top) for top in (660 - apart, 640 - apart) for left, right in columns]
    words = [Words(55, 676, "Clinic"), Words(190, 687, "Mornings"), Words(350, 687, "Afternoons")]
    words += [Words(left + 5, 667, said) for (left, _), said in zip(columns[1:], ["Who", "Room"] * 2, strict=True)]
    for y, row in ((646, ["Eyes", "Shah", "4", "Lowe", "6"]), (626, ["Ears", "Cole", "3", "Shah", "4"])):
        words += [Words(left + 5, y - apart, said) for (left, _), said in zip(columns, row, strict=True)]
    assert texts(read(words, draw=frames(*boxes))) == [
        "Clinic | Mornings Who | Mornings Room | Afternoons Who | Afternoons Room",
        "Eyes | Shah | 4 | Lowe | 6",
        "Ears | Cole | 3 | Shah | 4",
    ]


def test_a_menu_beside_a_text_with_a_table_below_is_not_mixed_into_it() -> None:
    menu = [
        Words(50, y, said) for y, said in zip((720, 706, 692, 678), ["Home", "Hours", "Staff", "Books"], strict=True)
    ]
    text = [Words(160, y, said) for y, said in zip((715, 699, 685, 671), TEXT, strict=False)]
    boxes = [(160 + 80 * at, 600 + 20 * row, 240 + 80 * at, 620 + 20 * row) for at in (0, 1) for row in (0, 1)]
    cells = [Words(left + 5, bottom + 6, f"{left:.0f} {bottom:.0f}") for left, bottom, _, _ in boxes]
    assert texts(read(menu + text + cells, draw=frames(*boxes))) == [
        "Home Hours Staff Books", " ".join(TEXT[:4]), "160 620 | 240 620", "160 600 | 240 600",
    ]  # fmt: skip


def test_the_foot_of_a_lone_page_does_not_stand_in_its_columns() -> None:
    columns = [*lines(50, 700, *TEXT, size=7, step=9), *lines(320, 700, *TEXT, size=7, step=9)]
    foot = [Words(50, 30, "Westmere Trust", 8), Words(480, 30, "Page 1 of 3", 8)]
    assert texts(read(columns + foot)) == [" ".join([*TEXT]), " ".join([*TEXT])]


def test_a_ruled_cell_over_several_rows_is_said_in_each_and_a_row_over_all_columns_names_those_below() -> None:
    boxes = [
        *((45.0, 580.0, 145.0, 600.0), (145.0, 580.0, 245.0, 600.0), (245.0, 580.0, 345.0, 600.0)),
        *((45.0, 540.0, 145.0, 580.0), (145.0, 560.0, 245.0, 580.0), (245.0, 560.0, 345.0, 580.0)),
        *((145.0, 540.0, 245.0, 560.0), (245.0, 540.0, 345.0, 560.0)),
        (45.0, 520.0, 345.0, 540.0),
        *((45.0, 500.0, 145.0, 520.0), (145.0, 500.0, 245.0, 520.0), (245.0, 500.0, 345.0, 520.0)),
    ]
    said = ["Season", "Kind", "Fee", "Summer", "Tent", "£18", "Van", "£27", "Out of season", "Winter", "Tent", "£11"]
    words = [Words(box[0] + 5, box[3] - 14, text) for box, text in zip(boxes, said, strict=True)]
    assert texts(read(words, draw=frames(*boxes))) == [
        "Season | Kind | Fee",
        "Summer | Tent | £18",
        "Summer | Van | £27",
        "Out of season",
        "Out of season Winter | Tent | £11",
    ]


@pytest.mark.parametrize("over", [False, True], ids=["rules below the rows", "rules over the rows"])
@pytest.mark.parametrize("apart", [0, 2], ids=["in pieces that touch", "in pieces apart"])
def test_rules_in_pieces_tell_the_columns_between_which_there_are_none(*, over: bool, apart: int) -> None:
    rows = [["Boat", "Crew", "Weight"], ["Heron", "Four", "52 kg"], ["", "Pair", "27 kg"], ["Swift grey", "One", "14"]]
    columns = [(45, 95), (95 + apart, 125), (125 + apart, 175)]
    words, rules = lines(45, 700, *TEXT), b""
    for number, row in enumerate(rows):
        y = 600 - 18 * number
        for (left, right), cell in zip(columns, row, strict=True):
            words += [Words(left + 2, y, cell)] if cell else []
            if cell != ("" if over else "Heron"):  # the cell reaches over two rows
                rules += b"%d %d %d 1 re f " % (left, y + 13 if over else y - 5, right - left)
    words += lines(45, 500, *TEXT)
    assert texts(read(words, draw=rules)) == [
        " ".join(TEXT),
        "Boat | Crew | Weight",
        "Heron | Four | 52 kg",
        "Heron | Pair | 27 kg",
        "Swift grey | One | 14",
        " ".join(TEXT),
    ]


def test_an_empty_cell_keeps_its_place_in_the_last_row_of_a_table_below_a_line_of_its_own() -> None:
    rows = [("Room", "Seats", "Members", "Others"), ("Hall", "120", "£14", "£19"), ("Loft", "18", "£7", "£10")]
    page = [Words(left, 700 - 18 * number, said) for number, row in enumerate(rows)
            for left, said in zip((50, 200, 300, 400), row, strict=True)]  # fmt: skip
    page += [Words(50, 646, "Weddings cost more"), Words(50, 628, "A table"), Words(300, 628, "£1.50")]
    page += lines(50, 580, *TEXT)
    assert texts(read([*page, Words(400, 628, "not lent")]))[3:5] == [
        "Weddings cost more",
        "A table |  | £1.50 | not lent",
    ]


def test_rows_without_rules_between_those_that_are_shaded_have_the_same_columns() -> None:
    rows = [("Day", "Noon", "Late"), ("Monday", "Swim", ""), ("Tuesday", "", "Swim"), ("Friday", "Polo", "Swim"),
            ("Sunday", "", "Closed")]  # fmt: skip
    page = [Words(left, 700 - 14 * number, said) for number, row in enumerate(rows)
            for left, said in zip((50, 180, 300), row, strict=True) if said]  # fmt: skip
    places = [
        (left, bottom, width, 14) for bottom in (697, 683, 655) for left, width in ((48, 128), (178, 120), (298, 100))
    ]
    draft = read([*page, *lines(50, 580, *TEXT)], under=b"".join(rectangle(*place, how="f") for place in places))
    assert texts(draft)[:5] == [
        "Day | Noon | Late", "Monday | Swim", "Tuesday |  | Swim", "Friday | Polo | Swim", "Sunday |  | Closed",
    ]  # fmt: skip


@pytest.mark.parametrize("top", [0, 6], ids=["at the top", "in the middle"])
def test_a_row_of_several_lines_between_two_that_are_shaded_is_one(top: float) -> None:
    """Browsers shade each second row, cell by cell, and set what is short half-way down its row."""
    page = [Words(left, 703, said) for left, said in zip((50, 150, 350), ("Class", "What we do", "When"), strict=True)]
    page += [Words(50, 683 - top, "Yoga"), *lines(150, 683, "We stretch, and breathe", "slowly.")]
    page += [*lines(350, 683, "Mondays, from", "nine")]
    page += [Words(left, 651, said) for left, said in zip((50, 150, 350), ("Chess", "Play", "Fridays"), strict=True)]
    shades = [(left, low, width, 18) for low in (698, 646) for left, width in ((46, 100), (146, 200), (346, 120))]
    draft = read([*page, *lines(50, 580, *TEXT)], under=b"".join(rectangle(*place, how="f") for place in shades))
    row = "Yoga | We stretch, and breathe slowly. | Mondays, from nine"
    assert texts(draft)[:3] == ["Class | What we do | When", row, "Chess | Play | Fridays"]


def test_lines_side_by_side_between_shaded_heads_are_rows() -> None:
    page = [Words(left, high, said) for high in (703, 651) for left, said in ((50, "Who"), (310, "Fee"))]
    page += [*lines(50, 683, "Adults", "Babies"), *lines(310, 683, "5 pounds", "2 pounds")]
    shades = [(left, low, 240, 18) for low in (698, 646) for left in (46, 306)]
    draft = read([*page, *lines(50, 580, *TEXT)], under=b"".join(rectangle(*place, how="f") for place in shades))
    assert texts(draft)[1:3] == ["Adults | 5 pounds", "Babies | 2 pounds"]


@pytest.mark.parametrize("bold", [True, False])
def test_texts_under_heads_in_shaded_boxes_are_no_row(*, bold: bool) -> None:
    said = ["We empty these for all who live here, and", "mend what is broken in ten days. Ring us if you",
            "see something that is not as it should be,", "at any time of the year, by day", "or night."]  # fmt: skip
    page = [Words(left, high, "Bins", bold=bold) for high in (703, 603) for left in (50, 310)]
    page += [word for left in (50, 310) for word in lines(left, 680, *said)]
    shades = [(left, low, 240, 18) for low in (698, 598) for left in (46, 306)]
    draft = read([*page, *lines(50, 560, *TEXT)], under=b"".join(rectangle(*place, how="f") for place in shades))
    assert texts(draft).count(" ".join(said)) == 2


def test_dots_that_lead_to_prices_part_a_name_from_its_price() -> None:
    page = lines(50, 700, "Soup . . . . . . . . £4", "Toast with cheese ........ £5", "No cheques are taken.")
    assert texts(read(page)) == ["Soup | £4", "Toast with cheese | £5", "No cheques are taken."]


def test_a_line_below_a_list_that_stands_no_further_in_than_its_marks_is_no_part_of_it() -> None:
    page = lines(50, 700, *TEXT, step=18)
    page += lines(
        50, 600, "Free if you", "- are over sixty years of age, or under sixteen", "- have a pension", step=18
    )
    page += lines(50, 546, "You pay if you", "- work", step=18)
    assert texts(read(page))[-5:] == [
        "Free if you", "are over sixty years of age, or under sixteen", "have a pension", "You pay if you", "work",
    ]  # fmt: skip


def test_numbered_clauses_begin_anew_also_after_a_full_line() -> None:
    page = lines(
        50, 700, "1.1 No fires.", "1.2 No person drives on the grass but on the day of the fair.", "2.1 A fee."
    )
    assert texts(read(page))[-2:] == ["1.2 No person drives on the grass but on the day of the fair.", "2.1 A fee."]


def test_clauses_whose_numbers_stand_apart_are_no_rows_and_keep_their_further_lines() -> None:
    said = ("No visit is made after dark.", "A first visit is made by two people, one of whom made", "one before.")
    page = [*lines(50, 700, "2.1", "2.2"), *lines(86, 700, *said)]
    assert texts(read(page)) == [f"2.1 {said[0]}", f"2.2 {said[1]} {said[2]}"]


def test_a_clause_begins_anew_below_the_name_of_its_part() -> None:
    page = lines(50, 700, *TEXT, "2 Visits", "2.1 Nobody may:", "2.1.1 visit after dark;", "2.1.2 lend money.")
    assert texts(read(page))[-1] == "2.1 Nobody may: 2.1.1 visit after dark; 2.1.2 lend money."


def test_numbers_with_points_beside_numbers_are_a_table() -> None:
    page = [*lines(50, 700, "Miles", "1.5", "2.5"), *lines(86, 700, "Kilometres", "2.4", "4.0")]
    assert texts(read(page)) == ["Miles | Kilometres", "1.5 | 2.4", "2.5 | 4.0"]


def test_lines_below_underlined_words_part_no_columns() -> None:
    under = b"".join(
        b"%d %d %d 0.6 re f " % (left + 2, y, end - left - 2)
        for y, ends in ((698, (88, 151, 351)), (686, (99, 169, 351)))
        for left, end in pairwise((48, *ends))
    )
    assert texts(read(lines(50, 700, *TEXT), under=under)) == [" ".join(TEXT)]


# ---------------------------------------------------------------------- tables told by tags

TAGGED = [
    [(50, "Exclusive right of burial"), (180, "Residents"), (235, "Others")],
    [(50, "Burial of an adult in a grave"), (200, "£610 and tax"), (266, "£1,220 and tax")],
    [(50, "Ashes"), (180, "£190")],
    [(50, "Right to put up a headstone"), (195, "£145 and tax"), (259, "£290 and tax")],
]


def tagged(rows: Sequence[Sequence[tuple[int, str] | None]], cell: str = "TD", draw: bytes = b"") -> bytes:
    """A PDF of one table without rules, whose tags tell its cells; those that a row lacks are empty.

    Of None there is not even a tag; `draw` is added over it.
    """
    columns, table = len(rows[0]), 8
    drawn = b""
    tags = [f"<</Type/StructElem/S/Table/P 6 0 R/K[{_kids(table + 1, len(rows), columns + 1)}]>>"]
    marked: list[int] = []
    for number, row in enumerate(rows):
        at = table + 1 + number * (columns + 1)
        gone = [column for column, one in enumerate(row) if one is None]
        kids = " ".join(_kids(at + 1 + column, 1) for column in range(columns) if column not in gone)
        tags.append(f"<</Type/StructElem/S/TR/P {table} 0 R/K[{kids}]>>")
        for column in range(columns):
            held = ""
            if column < len(row) and (one := row[column]):
                left, said = one
                place = (len(marked), left, 700 - 14 * number, said.encode("cp1252"))
                drawn += b"/TD <</MCID %d>> BDC BT /F1 10 Tf %d %d Td (%s) Tj ET EMC\n" % place
                held = f"/K {len(marked)}"
                marked.append(at + 1 + column)
            tags.append(f"<</Type/StructElem/S/{cell}/P {at} 0 R/Pg 3 0 R{held}>>")
    drawn += draw
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R"
            b"/StructParents 0>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
            b"<</Type/StructTreeRoot/K 8 0 R/ParentTree 7 0 R/ParentTreeNextKey 1>>",
            f"<</Nums[0[{' '.join(f'{one} 0 R' for one in marked)}]]>>".encode(),
            *(one.encode() for one in tags),
        ],
        b"",
    )


def _kids(first: int, count: int, step: int = 1) -> str:
    return " ".join(f"{first + step * number} 0 R" for number in range(count))


def test_cells_that_almost_touch_are_told_by_the_tags_of_the_file() -> None:
    assert texts(read_bytes(".pdf", tagged(TAGGED))) == [
        "Exclusive right of burial | Residents | Others",
        "Burial of an adult in a grave | £610 and tax | £1,220 and tax",
        "Ashes | £190",
        "Right to put up a headstone | £145 and tax | £290 and tax",
    ]


def test_an_empty_cell_without_a_tag_and_one_that_is_struck_out_keep_their_places() -> None:
    """Browsers put no tag where a cell is empty."""
    rows: list[list[tuple[int, str] | None]] = [
        [(50, "Item"), (180, "Fee"), (300, "Days")],
        [(50, "Desk"), None, (300, "21")],
        [(50, "Lamp"), (180, "£5.40"), (300, "7")],
    ]
    assert texts(read_bytes(".pdf", tagged(rows, draw=b"179 675 40 0.7 re f"))) == [
        *("Item | Fee | Days", "Desk |  | 21", "Lamp |  | 7"),
    ]


def test_tags_tell_all_rows_of_a_table_though_only_some_have_frames() -> None:
    """Browsers shade each second row, cell by cell."""
    rows: list[list[tuple[int, str] | None]] = [
        [(50, "Day"), (180, "Noon"), (300, "Evening")],
        [(50, "Monday"), None, (300, "Swim")],
        [(50, "Tuesday"), (180, "Swim"), (300, "Closed")],
        [(50, "Sunday"), None, (300, "Closed")],
    ]
    places = [(left, bottom, width, 14) for bottom in (697, 669) for left, width in ((48, 128), (178, 120), (298, 100))]
    shades = b"".join(rectangle(*place) for place in places)
    said = ["Day | Noon | Evening", "Monday |  | Swim", "Tuesday | Swim | Closed", "Sunday |  | Closed"]
    assert texts(read_bytes(".pdf", tagged(rows, draw=shades))) == said


def ruled(top: float, *rows: tuple[str, str, str]) -> tuple[list[Words], bytes]:
    """A table with frames from so high down, each line of a cell 12 points below the one before."""
    words, boxes = [], []
    for cells in rows:
        count = max(cell.count("\n") + 1 for cell in cells)
        for left, cell in zip((55, 155, 355), cells, strict=True):
            words += lines(left, top - 12, *cell.split("\n")) if cell else []
            boxes.append(
                (left - 5, top - 12 * count - 6, left + (95 if left == 55 else 195 if left == 155 else 95), top)
            )
        top -= 12 * count + 6
    return words, frames(*boxes)


HEAD = ("Road", "Works", "Dates")


def test_a_row_that_the_end_of_a_page_cuts_is_read_whole() -> None:
    one = ruled(
        300, HEAD, ("Elm Row", "Kerbs", "May"), ("Forge Hill", "A new culvert. The hill is\nclosed to all", "June")
    )
    two = ruled(800, HEAD, ("", "traffic, with no way through.", ""), ("Ivy Court", "Drains", "July"))
    said = texts(read(one[0], two[0], draw=[one[1], two[1]]))
    assert said[2] == "Forge Hill | A new culvert. The hill is closed to all traffic, with no way through. | June"
    assert said[3:] == ["Road | Works | Dates", "Ivy Court | Drains | July"]


@pytest.mark.parametrize(
    "further", [("", "evening class", "June"), ("", "Class for adults", ""), ("Hall", "late class", "")]
)
def test_a_row_of_its_own_at_the_top_of_a_page_stays_so(further: tuple[str, str, str]) -> None:
    one = ruled(300, HEAD, ("Elm Row", "Kerbs", "May"), ("Hall", "class for all who are new", "June"))
    two = ruled(800, HEAD, further, ("Ivy Court", "Drains", "July"))
    assert "Hall | class for all who are new | June" in texts(read(one[0], two[0], draw=[one[1], two[1]]))


def test_a_cell_without_a_rule_on_its_left_keeps_its_column() -> None:
    """Browsers draw a box around shaded cells, and between all others the rules at their right alone."""
    rows = [
        ("Stop", "A", "B"),
        ("Larkbridge", "10:15", "11:45"),
        ("Moss Halt", "10:31", "12:01"),
        ("Dene", "1:00", "2:00"),
    ]
    words, draw = [], b""
    for at, row in enumerate(rows):
        bottom = 700 - 18 * at
        words += [Words(left + 5, bottom + 5, cell) for left, cell in zip((50, 130, 190), row, strict=True)]
        boxes = [(50, 130), (130, 190), (190, 250)]
        draw += b"".join(b"%d %d m %d %d l S\n" % (right, bottom, right, bottom + 18) for _, right in boxes)
        draw += frames(*((left, bottom, right, bottom + 18) for left, right in boxes)) if at % 2 else b""
    assert "Moss Halt | 10:31 | 12:01" in texts(read(words, draw=draw))


def test_tags_that_tell_no_table_change_nothing() -> None:
    page = tagged(TAGGED, cell="P")
    assert not any("Burial of an adult in a grave |" in said for said in texts(read_bytes(".pdf", page)))
