"""PDFs made line by line. Read here and not in a process of their own, so that faults show where they are."""

from __future__ import annotations

import pytest

from acobot.sources.pdf.hyphens import KnownWords as Hyphens
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import Draft
from acobot.sources.wording import wording_of
from tests.documents import PICTURE, Words, lines, make_mapped_pdf, make_pdf
from tests.fakes import ENGLISH

LEFT = [
    "Bins are emptied every week on",
    "the day that the calendar gives,",
    "and never on a Sunday. Boxes of",
    "glass are emptied every second",
    "week, on the day that follows.",
    "Food is taken away with them.",
]
RIGHT = [
    "Bulky waste is taken on a day",
    "that the caller is told. It costs",
    "a fee, which is paid when the day",
    "is agreed. Nobody has to be there",
    "when it is taken, but it must be",
    "outside by seven in the morning.",
]


def read(*pages: list[Words], **how: object) -> Draft:
    return read_bytes(".pdf", make_pdf(*pages, **how))  # type: ignore[arg-type]


def texts(draft: Draft) -> list[str]:
    return [draft.text[block.start : block.end] for block in draft.blocks]


def kinds(draft: Draft) -> list[tuple[str, int]]:
    return [(block.kind.value, block.level) for block in draft.blocks]


def test_the_lines_of_a_paragraph_are_put_together() -> None:
    draft = read(lines(50, 700, *LEFT) + lines(50, 600, *RIGHT))
    assert draft.text == " ".join(LEFT) + "\n\n" + " ".join(RIGHT)


def test_columns_are_read_one_after_the_other_whatever_order_they_are_drawn_in() -> None:
    heading = Words(50, 740, "What the council takes away, and on which day it does so", 16)
    columns = [words for pair in zip(lines(50, 700, *LEFT), lines(250, 700, *RIGHT), strict=True) for words in pair]
    assert texts(read([heading, *columns])) == [heading.text, " ".join(LEFT), " ".join(RIGHT)]


def test_columns_under_a_heading_that_crosses_them_come_after_those_above_it() -> None:
    upper = lines(50, 700, *LEFT) + lines(250, 700, *RIGHT)
    crossing = Words(50, 605, "What else there is to know about waste in the district", 16)
    lower = lines(50, 580, *RIGHT) + lines(250, 580, *LEFT)
    assert texts(read([*lower, crossing, *upper])) == [
        " ".join(LEFT),
        " ".join(RIGHT),
        crossing.text,
        " ".join(RIGHT),
        " ".join(LEFT),
    ]


def test_three_columns_are_read_in_order() -> None:
    page = lines(40, 700, *LEFT) + lines(220, 700, *RIGHT) + lines(400, 700, *LEFT)
    assert texts(read(page)) == [" ".join(LEFT), " ".join(RIGHT), " ".join(LEFT)]


def test_a_sentence_goes_on_from_one_column_to_the_next() -> None:
    page = lines(50, 700, *LEFT[:5], "Food is taken away with") + lines(250, 700, "them. And then:", *RIGHT)
    assert "Food is taken away with them. And then:" in read(page).text


def test_a_table_is_read_row_by_row() -> None:
    cells = [["Item", "Fee", "Day"], ["Sofa", "25 pounds", "Monday"], ["Fridge", "30 pounds", "Friday"]]
    page = lines(50, 700, *LEFT) + [
        Words(50 + 150 * column, 600 - 14 * number, cell)
        for number, row in enumerate(cells)
        for column, cell in enumerate(row)
    ]
    draft = read(page)
    assert texts(draft)[1:] == ["Item | Fee | Day", "Sofa | 25 pounds | Monday", "Fridge | 30 pounds | Friday"]
    assert kinds(draft)[1:] == [("row", 0)] * 3


def rows(*table: str, places: tuple[int, ...] = (50, 200, 350, 450)) -> list[str]:
    """What is read of a table without rules; its cells are parted by bars, and an empty one is not drawn."""
    cells = [(place, number, cell) for number, row in enumerate(table)
             for place, cell in zip(places, row.split("|"), strict=False)]  # fmt: skip
    page = [Words(place, 600 - 14 * number, cell) for place, number, cell in cells if cell]
    return texts(read(lines(50, 700, *LEFT) + page))[1:]


def test_an_empty_cell_keeps_its_place_in_a_table_without_rules() -> None:
    """Else what stands after it is read as what stands under the head before."""
    assert rows("Item|Fee|Days", "Sofa|£20|14", "Desk||21", "Lamp|£5|7")[2] == "Desk |  | 21"
    assert rows("|Monday|Friday", "Day||6-8", "Night|7-9|1-5")[:2] == ["| Monday | Friday", "Day |  | 6-8"]
    assert rows("Item|Fee|Days|Note", "Sofa|£20|14|new", "Desk|||none", "Lamp||7")[2:] == [
        *("Desk |  |  | none", "Lamp |  | 7"),
    ]


def test_no_cell_is_empty_where_the_columns_are_not_plain() -> None:
    assert rows("Fee in pounds a day|Days", "20|a day|14", "5|21", places=(60, 90, 350))[1:] == [
        *("20 | a day | 14", "5 | 21"),
    ]


def test_rows_of_a_table_whose_cells_almost_touch_are_parted_where_other_cells_begin() -> None:
    cells = [["A sofa", "25 pounds"], ["A long table", "30 pounds"], ["A fridge", "35 pounds"]]
    page = [
        Words(x, 600 - 14 * number, cell)
        for number, row in enumerate(cells)
        for x, cell in zip((50, 112), row, strict=True)
    ]
    assert texts(read(page + lines(50, 700, *LEFT)))[1:] == [" | ".join(row) for row in cells]


def test_cells_of_several_lines_are_put_together_where_rows_stand_apart() -> None:
    page = [
        *lines(50, 600, "A report", "of inspec-", "tors", step=11),
        *lines(200, 600, "The council", "of Ashby Vale", step=11),
        *lines(350, 600, "May 2018"), *lines(50, 545, "A survey"), *lines(200, 545, "The county"),
        *lines(350, 545, "June", "2017", step=11), *lines(50, 510, "A plan"), *lines(200, 510, "The parish"),
    ]  # fmt: skip
    assert texts(read(page + lines(50, 700, *LEFT)))[1:] == [
        "A report of inspectors | The council of Ashby Vale | May 2018",
        "A survey | The county | June 2017",
        "A plan | The parish",
    ]


def test_headings_are_larger_or_bolder_and_ranked_by_their_look() -> None:
    page = [
        Words(50, 760, "Waste", 20),
        Words(50, 730, "Bins and what goes", 15),
        Words(50, 713, "into them", 15),
        *lines(50, 690, *LEFT),
        Words(50, 600, "Fees", 10, bold=True),
        *lines(50, 580, *RIGHT),
    ]
    draft = read(page)
    assert [(kind, level, text) for (kind, level), text in zip(kinds(draft), texts(draft), strict=True)] == [
        ("heading", 1, "Waste"),
        ("heading", 2, "Bins and what goes into them"),
        ("paragraph", 0, " ".join(LEFT)),
        ("heading", 3, "Fees"),
        ("paragraph", 0, " ".join(RIGHT)),
    ]


def test_list_items_lose_their_marks_and_keep_their_lines() -> None:
    glass = [Words(60, 600, "•"), *lines(75, 600, "Glass goes into the green box,", "without its lid.")]
    page = [
        *lines(50, 700, *LEFT),
        *glass,
        Words(60, 576, "•"),
        Words(75, 576, "Paper goes into the blue bin."),
    ]
    draft = read(page)
    assert texts(draft)[1:] == ["Glass goes into the green box, without its lid.", "Paper goes into the blue bin."]
    assert kinds(draft)[1:] == [("item", 0)] * 2
    assert draft.text.endswith("lid.\n- Paper goes into the blue bin.")


def test_items_of_a_list_in_a_list_have_its_level() -> None:
    said = ["• Glass and tins, if they are:", "– rinsed and dry", "– without lids", "• Paper"]
    places = [(60, 600), (80, 588), (80, 576), (60, 564)]
    draft = read([*lines(50, 700, *LEFT), *(Words(*place, text) for place, text in zip(places, said, strict=True))])
    assert kinds(draft)[1:] == [("item", 0), ("item", 1), ("item", 1), ("item", 0)]


def test_a_bullet_may_be_drawn_as_a_shape() -> None:
    dots = b"60 602 3 3 re f 60 590 3 3 re f"
    page = lines(50, 700, *LEFT) + lines(75, 600, "Glass goes into the green box", "Paper goes into the blue one")
    assert kinds(read(page, draw=dots))[1:] == [("item", 0)] * 2


@pytest.mark.parametrize("marks", [("(a)", "(b)", "(c)"), ("i.", "ii.", "iii."), ("9)", "10)", "11)")])
def test_items_that_a_joining_word_parts_are_items_of_their_own(marks: tuple[str, ...]) -> None:
    said = ["one rod, if under twelve;", "two rods, if twelve or", "over; or", "three rods, on the lake only."]
    places = [
        (70, f"{marks[0]} {said[0]}"),
        (70, f"{marks[1]} {said[1]}"),
        (90, said[2]),
        (70, f"{marks[2]} {said[3]}"),
    ]
    draft = read([Words(x, 700 - 12 * at, text) for at, (x, text) in enumerate(places)])
    assert texts(draft) == [said[0], f"{said[1]} {said[2]}", said[3]]


def test_a_reference_at_the_beginning_of_a_line_is_no_item() -> None:
    page = lines(50, 700, "(a) what is said in section 4 and in section", "(c) of the deed, and in no other place.")
    assert len(texts(read(page))) == 1


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        (["Bins are now emptied on Fridays, and boxes", "are lent free to all who ask for one."], "paragraph"),
        (["No bins on bank holidays. We ring you the day after."], "paragraph"),
        (["Your bins. Your say."], "heading"),
        (["What goes into the bins, the boxes and the bags that we", "lend to all"], "heading"),
    ],
    ids=["a long sentence", "two sentences", "a motto", "no sentence"],
)
def test_sentences_in_larger_letters_over_a_text_are_its_lead_and_no_heading(lead: list[str], kind: str) -> None:
    draft = read([Words(50, 760, "Waste", 20), *lines(50, 730, *lead, size=13, step=16), *lines(50, 670, *LEFT)])
    assert (draft.blocks[1].kind.value, texts(draft)[1]) == (kind, " ".join(lead))


def test_bold_words_right_below_a_line_that_had_room_for_more_are_a_heading() -> None:
    page = lines(50, 700, *RIGHT, "From Ola Adeyemi")
    page += [Words(50, 616, "Lift works", bold=True), *lines(50, 604, *LEFT)]
    assert texts(read(page)) == [" ".join([*RIGHT, "From Ola Adeyemi"]), "Lift works", " ".join(LEFT)]


def test_bold_words_at_the_beginning_of_a_full_line_are_no_heading() -> None:
    page = [*lines(50, 700, *LEFT[:2]), Words(50, 676, "Sunday and of a", bold=True), *lines(50, 664, *RIGHT)]
    assert "gives, Sunday and of a Bulky" in read(page).text


def test_labels_below_each_other_are_lines_of_their_own() -> None:
    said = ["Block: Beacon Court, 1 to 24", "Date of notice: 2 May", "Manager: Ola Adeyemi"]
    assert texts(read([*lines(50, 700, *said), *lines(50, 600, *LEFT)])) == [*said, " ".join(LEFT)]


def test_numbered_points_are_items() -> None:
    page = lines(50, 700, "1. Rinse the glass and the tins.", "2. Put them out by seven.", "3. Take the box in again.")
    assert texts(read(page)) == ["Rinse the glass and the tins.", "Put them out by seven.", "Take the box in again."]


def test_a_paragraph_without_a_gap_before_it_is_told_by_its_indent_or_by_the_room_left() -> None:
    indented = lines(50, 700, *LEFT[:-1], "Food too.") + lines(65, 628, "Bulky waste is taken on a day")
    assert len(texts(read(indented + lines(50, 616, *RIGHT[1:])))) == 2
    short = lines(50, 700, *LEFT[:-1], "Food too.", *RIGHT)
    assert len(texts(read(short))) == 2


# ---------------------------------------------------------------------- pages


BODIES = [LEFT, RIGHT, [f"And {line}" for line in LEFT], [f"But {line}" for line in RIGHT]]


def paged(number: int, head: str = "Waste in the district", foot: str = "Page {} of 4") -> list[Words]:
    return [
        Words(50, 800, head, 9),
        *lines(50, 700, *BODIES[number - 1]),
        Words(280, 30, foot.format(number), 9),
    ]


@pytest.mark.parametrize("foot", ["Page {} of 4", "{}", "- {} -", "{} | Ashby Vale", "p. {}", "{}/4"])
def test_running_heads_and_page_numbers_are_taken_out(foot: str) -> None:
    draft = read(*(paged(number, foot=foot) for number in (1, 2, 3, 4)))
    assert texts(draft) == [" ".join(body) for body in BODIES]


@pytest.mark.parametrize("foot", ["To get a new bin, ring 01632 960 777.", "Do you need a bin? Ring us on 4411!"])
def test_a_sentence_at_the_foot_of_each_page_is_read_once(foot: str) -> None:
    bodies = [" ".join(body) for body in BODIES]
    assert texts(read(*(paged(number, foot=foot) for number in (1, 2, 3, 4)))) == [bodies[0], foot, *bodies[1:]]


def test_a_sentence_of_two_lines_at_the_foot_does_not_part_one_of_the_text() -> None:
    help_line = ["To get a new bin, ring 01632 960 777 or come to", "the office on Mill Lane before four."]
    first = [*lines(50, 130, *LEFT[:-1], "Food is taken away with"), *lines(50, 42, *help_line, size=9)]
    second = [*lines(50, 780, "them, in a caddy.", *RIGHT), *lines(50, 42, *help_line, size=9)]
    said = texts(read(first, second, [*lines(50, 700, *LEFT), *lines(50, 42, *help_line, size=9)]))
    assert said.count(" ".join(help_line)) == 1
    assert "Food is taken away with them, in a caddy." in said[0]


def test_a_heading_that_is_like_the_running_head_but_larger_stays() -> None:
    first = [Words(50, 760, "Waste in the district", 20), *lines(50, 700, *LEFT), Words(290, 30, "1", 9)]
    assert texts(read(first, paged(2), paged(3), paged(4)))[0] == "Waste in the district"


def test_what_a_lone_page_says_at_its_edge_stays() -> None:
    assert texts(read([*lines(50, 700, *LEFT), Words(50, 40, "Ring 01632 960 000.", 9)]))[-1] == "Ring 01632 960 000."


def test_a_sentence_goes_on_from_one_page_to_the_next() -> None:
    first = lines(50, 100, *LEFT[:-1], "Food is taken away with")
    draft = read(first, lines(50, 780, "them, in a caddy.", *RIGHT))
    assert "Food is taken away with them, in a caddy." in draft.text
    assert draft.pages == (0, draft.text.index("them, in a caddy."))


def test_bold_headings_whose_numbers_follow_the_pages_stay() -> None:
    titles = ["1 Bins", "2 Glass", "3 Food"]
    body = BODIES[0]
    pages = [[Words(50, 800, title, 11, bold=True), *lines(50, 780, *body)] for title in titles]
    assert [text for text in texts(read(*pages)) if text in titles] == titles
    heads = [[Words(50, 800, f"{number} Our bins", 10, bold=True), *lines(50, 700, *body)] for number in (1, 2, 3)]
    assert "Our bins" not in read(*heads).text


def test_a_running_head_that_changes_is_told_by_the_page_number_in_it() -> None:
    pages = [
        [Words(50, 800, f"Chapter {'ABCD'[number]} {number + 7}", 9), *lines(50, 700, *body)]
        for number, body in enumerate(BODIES)
    ]
    assert texts(read(*pages)) == [" ".join(body) for body in BODIES]


def test_the_entries_of_a_contents_list_are_furniture() -> None:
    page = lines(50, 700, "1 Bins . . . . . . . . . . 3", "2 Boxes........... 12", size=10) + lines(50, 600, *LEFT)
    assert [block.furniture for block in read(page).blocks] == [True, True, False]


def test_bold_words_within_a_paragraph_are_no_heading() -> None:
    page = [
        *lines(50, 700, "The council has said that"),
        Words(50, 688, "nothing is taken", bold=True),
        *lines(50, 676, "on a Sunday."),
    ]
    assert (
        texts(read([*page, *lines(50, 600, *LEFT, *RIGHT)]))[0]
        == "The council has said that nothing is taken on a Sunday."
    )


def test_each_page_begins_where_its_words_do() -> None:
    draft = read(lines(50, 700, *LEFT), [], lines(50, 700, *RIGHT))
    assert draft.pages == (0, draft.text.index("Bulky"), draft.text.index("Bulky"))


def test_ligatures_become_letters() -> None:
    raw = make_mapped_pdf(b"o#ce hours, and the %rst $oor", "3 beginbfchar <23><fb03> <24><fb02> <25><fb01> endbfchar")
    assert read_bytes(".pdf", raw).text == "office hours, and the first floor"


def test_turned_letters_are_left_out() -> None:
    stamp = b"BT /F1 20 Tf 0 1 -1 0 30 300 Tm (Draft of June) Tj ET"
    assert texts(read(lines(50, 700, *LEFT), draw=stamp)) == [" ".join(LEFT)]


def test_footnotes_are_set_aside_and_their_numbers_left_out() -> None:
    number = [
        Words(125, 103, "12", 6),
        Words(134, 100, "then bulky waste, of 2 km"),
        Words(245, 103, "2", 6),
    ]
    first = [*lines(50, 160, *LEFT[:-1]), Words(50, 100, "Food is emptied,"), *number]
    note = lines(50, 60, "12 The council's calendar,", "which is given out in March.", size=7, step=8)
    draft = read([*first, *note], lines(50, 780, "and glass as well.", *RIGHT))
    assert "Food is emptied, then bulky waste, of 2 km2 and glass as well." in draft.text
    assert [text for text, block in zip(texts(draft), draft.blocks, strict=True) if block.furniture] == [
        "12 The council's calendar,",
        "which is given out in March.",
    ]


def test_a_small_list_right_under_a_heading_is_no_footnote() -> None:
    notes = lines(50, 560, "1. The bins were bought in May.", "2. They cost six pounds each.", size=8, step=10)
    page = [*lines(50, 760, *LEFT), Words(50, 580, "Notes to editors", 14), *notes]
    draft = read(page)
    assert not [text for text, block in zip(texts(draft), draft.blocks, strict=True) if block.furniture]
    assert "The bins were bought in May." in draft.text


def test_small_lines_far_below_a_heading_and_its_picture_are_footnotes() -> None:
    notes = lines(50, 60, "1 Without boxes.", "2 In the year of the count.", size=7, step=9)
    draft = read([*lines(50, 760, *LEFT), Words(50, 600, "What we spent on bins", 14), *notes])
    said = [text for text, block in zip(texts(draft), draft.blocks, strict=True) if block.furniture]
    assert said == ["1 Without boxes.", "2 In the year of the count."]


# ---------------------------------------------------------------- particulars


def test_properties_are_the_particulars() -> None:
    info = {
        "Title": "A guide to bins",
        "Author": "Waste Team",
        "CreationDate": "D:20180416093000+01'00'",
        "ModDate": "D:20190102",
    }
    assert read(lines(50, 700, *LEFT), info=info).said == {
        "title": "A guide to bins",
        "author": "Waste Team",
        "published": "2018-04-16",
        "updated": "2019-01-02",
    }


@pytest.mark.parametrize(
    "info",
    [
        {},
        {"Title": "Microsoft Word - bins.doc"},
        {"Title": "bins_final.indd"},
        {"Title": "untitled"},
        {"Author": "Administrator"},
        {"CreationDate": "D:20181399"},
        {"CreationDate": "yesterday"},
    ],
)
def test_what_is_no_particular_is_not_taken_for_one(info: dict[str, str]) -> None:
    assert read(lines(50, 700, *LEFT), info=info).said == {}


def test_a_page_without_anything_on_it_does_no_harm_and_a_picture_beside_text_neither() -> None:
    assert read([], lines(50, 700, *LEFT)).text == " ".join(LEFT)
    assert read(lines(50, 700, *LEFT), under=PICTURE).text == " ".join(LEFT)


# --------------------------------------------------------------------- hyphens


def joined(before: str, after: str, *elsewhere: str) -> str:
    kept, gap = Hyphens([before, after, *elsewhere], wording_of(ENGLISH)).join(before, after)
    return kept + gap + after


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "whole"),
    [
        ("all organi-", "sations are", [], "all organisations are"),
        ("all organi\u00ad", "sations are", [], "all organisations are"),
        ("all organi‐", "sations are", [], "all organisations are"),
        ("a long-", "term plan", ["a long-term plan"], "a long-term plan"),
        ("a well-", "known firm", [], "a well-known firm"),
        ("to re-", "elect them", [], "to re-elect them"),
        ("a co-", "operative", [], "a co-operative"),
        ("a co-", "operative", ["the cooperative"], "a cooperative"),
        ("they re-", "ceive it", [], "they receive it"),
        ("our well-", "ness day", [], "our wellness day"),
        ("a one-", "off fee", [], "a one-off fee"),
        ("no one-", "self is", [], "no oneself is"),
        ("a three-", "bedroom flat", [], "a three-bedroom flat"),
        ("all four-", "teen of them", [], "all fourteen of them"),
        ("the ten-", "ants are", [], "the tenants are"),
        ("at half-", "term only", [], "at half-term only"),
        ("a drop-", "in session", [], "a drop-in session"),
        ("as drop-", "ins.", [], "as drop-ins."),
        ("a check-", "ing account", [], "a checking account"),
        ("a long-", "term plan", ["the term was long"], "a long-term plan"),
        ("a long-", "term plan", ["a short-term plan"], "a long-term plan"),
        ("the pre-", "vention", ["a pre-war house"], "the prevention"),
        ("with-", "out it", ["without it", "out with it"], "without it"),
        ("day-to-", "day work", ["the day"], "day-to-day work"),
        ("the Anglo-", "Saxon one", [], "the Anglo-Saxon one"),
        ("in 2017-", "18 there", [], "in 2017-18 there"),
        ("see www.ashby-", "vale.example", [], "see www.ashby-vale.example"),
        ("so -", "and then", [], "so - and then"),
        ("no hyphen", "here", [], "no hyphen here"),
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, elsewhere: list[str], whole: str) -> None:
    assert joined(before, after, *elsewhere) == whole


def test_a_parted_word_is_whole_in_the_text() -> None:
    page = lines(50, 700, "Many organi-", "sations take part in it, as", "all organisations may do if", "they like to.")
    assert read(page).text == "Many organisations take part in it, as all organisations may do if they like to."
