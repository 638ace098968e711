"""Short lines of plain text that stand in a stack: which of them head anything, and which are a list."""

from __future__ import annotations

import pytest

from acobot.sources import BlockKind
from acobot.sources.plain_text import read_plain_text

HEADING, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH
TEXT = "The warden keeps the keys and lends them out."


def blocks(body: str) -> list[tuple[BlockKind, str]]:
    """Kind and text of each block of a text."""
    read = read_plain_text(body)
    return [(block.kind, read.text[block.start : block.end]) for block in read.blocks]


@pytest.mark.parametrize(
    "lines",
    [
        ["EAST", "The Old Forge", "4 Pit Lane", "Tel 555 0101"],
        ["Tuesday", "09:15 Toddlers", "11:00 Bowls"],
    ],
)
def test_lines_with_figures_stand_under_their_name(lines: list[str]) -> None:
    said = blocks(f"Our places\n\n{chr(10).join(lines)}\n\n{TEXT}")
    assert said[1:-1] == [(HEADING, lines[0]), *((PARAGRAPH, line) for line in lines[1:])]


@pytest.mark.parametrize("inset", ["", "  "])
def test_each_name_over_a_line_of_its_own_stays_a_heading(inset: str) -> None:
    assert blocks(f"Who\n\nChair\n{inset}Bel, 555 0101\nTreasurer\n{inset}Omar, 555 0102\n\n{TEXT}")[1:5] == [
        (HEADING, "Chair"),
        (PARAGRAPH, "Bel, 555 0101"),
        (HEADING, "Treasurer"),
        (PARAGRAPH, "Omar, 555 0102"),
    ]


def test_a_timetable_may_open_a_text_and_a_title_page_too() -> None:
    assert blocks(f"TUESDAY\n09:15 Toddlers\n11:00 Bowls\n\n{TEXT}")[:3] == [
        (HEADING, "TUESDAY"),
        (PARAGRAPH, "09:15 Toddlers"),
        (PARAGRAPH, "11:00 Bowls"),
    ]
    kinds = [kind for kind, _ in blocks(f"Harbour Authority\nOur plan 2031\nDraft 2\n\n{TEXT}")]
    assert kinds == [HEADING, HEADING, HEADING, PARAGRAPH]


def test_names_over_another_heading_are_no_headings() -> None:
    assert blocks(f"Surgery\n\nDoctors\nDr Pym\nDr Lall\n\nNurses\n\n{TEXT}")[1:5] == [
        (HEADING, "Doctors"),
        (PARAGRAPH, "Dr Pym"),
        (PARAGRAPH, "Dr Lall"),
        (HEADING, "Nurses"),
    ]


def test_headings_right_below_each_other_over_a_text_stay() -> None:
    kinds = [kind for kind, _ in blocks(f"Report\n\nPART 2\nFees and charges\nWho pays\n\n{TEXT}")]
    assert kinds == [HEADING] * 4 + [PARAGRAPH]


def test_the_last_line_of_a_list_heads_nothing() -> None:
    listed = "Sat 4 May, 7pm - Quiz night, a pound a head\nSun 5 May, 2pm - Plants, free\nFri 10 May - A film"
    assert (PARAGRAPH, "Fri 10 May - A film") in blocks(f"What's on\n\n{listed}\n\n{TEXT}")
    assert (HEADING, "Parking") in blocks(f"What's on\n\n{TEXT}\nParking\n\n{TEXT}")


def test_who_signs_a_letter_heads_nothing() -> None:
    assert blocks(f"Keys\n\n{TEXT}\n\nYours\n\nJo Peel\nWarden")[2:] == [
        (PARAGRAPH, "Yours"),
        (PARAGRAPH, "Jo Peel"),
        (PARAGRAPH, "Warden"),
    ]
    assert blocks(f"Keys\n\n{TEXT}\n\nMore of it")[2:] == [(HEADING, "More of it")]


@pytest.mark.parametrize("end", [":", ":-"])
@pytest.mark.parametrize("inset", ["", "   "])
def test_lines_below_a_colon_are_items(inset: str, end: str) -> None:
    assert blocks(f"Soup\n\nYou will need{end}\n{inset}3 kg leeks\n{inset}2 g salt\n\n{TEXT}")[1:4] == [
        (PARAGRAPH, f"You will need{end}"),
        (ITEM, "3 kg leeks"),
        (ITEM, "2 g salt"),
    ]


@pytest.mark.parametrize(
    "below",
    [
        "   to take the offer of the forge, which was\n   the lowest of three, and to\n   begin in May.",
        f"{TEXT}\nIt is lent to one of us for a week.",
        "Warden: Jo Peel\nKeys: at the forge",
    ],
)
def test_a_text_and_labels_below_a_colon_are_none(below: str) -> None:
    assert ITEM not in [kind for kind, _ in blocks(f"Soup\n\nThey agreed:\n{below}\n\n{TEXT}")]


def test_a_name_right_below_a_line_of_facts_heads_the_text_below_it() -> None:
    read = blocks(f"Club\n\n{TEXT}\n\nMonday to Friday: 9am to 9pm\nGuests\n\n{TEXT}")
    assert read[-2:] == [(HEADING, "Guests"), (PARAGRAPH, TEXT)]


def test_questions_above_a_text_that_answers_them_are_not_quoted() -> None:
    asked = ["How do I join?", "How much is it for under 16s?", "Where do we meet in 2031?"]
    said = blocks("Bowls\n\n{0}\n{1}\n{2}\n\n{0}\n\n{3}\n\n{1}\n\n{3}".format(*asked, TEXT))
    assert [kind for kind, text in said if text in asked] == [HEADING] * 5


def test_a_name_over_lines_that_give_values_at_the_end_of_a_text_heads_them() -> None:
    assert blocks(f"Club\n\n{TEXT}\n\nFees\n\nAdults – £5\nBabies – £3")[2:] == [
        (HEADING, "Fees"),
        (PARAGRAPH, "Adults – £5"),
        (PARAGRAPH, "Babies – £3"),
    ]


@pytest.mark.parametrize("name", ["Contents", "In this guide:"])
def test_the_entries_of_a_list_of_contents_are_not_quoted(name: str) -> None:
    texts = f"Fees\n\n{TEXT}\n\nParking\n\n{TEXT}"
    said = blocks(f"Hall\nFor hirers\n\n{name}\n\nFees 3\nParking ... 4\nSmoke 5\n\n{texts}")
    assert [kind for kind, text in said if text.startswith(("Fees", "Parking"))] == [HEADING] * 4
    said = blocks(f"Hall\n\n{name}\nFees\nParking\n\n{texts}")
    assert [kind for kind, text in said if text.startswith(("Fees", "Parking"))] == [HEADING] * 4
