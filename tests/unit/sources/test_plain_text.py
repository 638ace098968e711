import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acobot.sources import BlockKind
from acobot.sources.plain_text import read, read_plain_text

HEADING, PARAGRAPH, ITEM, ROW, _ = BlockKind
TEXT = "Bins are collected every week from the edge of each property, unless a bank holiday moves the day by one."

PARTS = (
    "Bins are collected every week from the edge of each property,",
    "unless a bank holiday moves the day.",
    "Nobody pays.",
)


def blocks(body: str) -> list[tuple[BlockKind, str]]:
    draft = read_plain_text(body)
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def kinds(*groups: str) -> list[BlockKind]:
    return [kind for kind, _ in blocks("\n\n".join(groups))]


def test_the_text_is_left_as_it_is() -> None:
    body = "\n  Bins\n\n* *green*, <b>, [a](b) and <!-- c -->\n\n\n"
    assert read_plain_text(body).text == body


HEADS = "From: Jo Bell\nTo: All\nSent: 3 May 2024\nSubject: {subject}\n\n"


@pytest.mark.parametrize(
    ("subject", "own", "kept"),
    [
        ("RE: Keys", "The key is at the shop now.", ["The key is at the shop now."]),
        ("Keys", "The key is at the shop now.", ["The key is at the shop now.", "> Dear all, the key is at the pub."]),
        ("RE: Keys", "", ["> Dear all, the key is at the pub."]),  # what is passed on is all that is said
    ],
)
def test_what_a_saved_mail_answers_is_set_aside(subject: str, own: str, kept: list[str]) -> None:
    below = "> From: Al Ray\n> Sent: 1 May\n>\n> Dear all, the key is at the pub.\n"
    draft = read(f"{HEADS.format(subject=subject)}{own}\n\n{below}".encode())
    said = [draft.text[block.start : block.end] for block in draft.blocks if block.quotable]
    assert [text for text in said if "key" in text] == kept


@pytest.mark.parametrize(
    "below",
    [
        "-----Original Message-----\nFrom: Al Ray\nSent: 1 May\nTo: Jo; Cy\nSubject: Keys\n\nThe key is at the pub.\n",
        "From: Al Ray <al@example.org>\nSent: 1 May\nTo: Jo\nSubject: Keys\n\nThe key is at the pub.\n",
        "On 3 May 2025, Bo and the key's keepers wrote:\n> The key is at the pub.\n",
        "On 3 May 2025, Bo and the key's keepers wrote:\n\n> The key is at the pub.\n",
    ],
)
def test_a_message_below_a_saved_answer_is_set_aside_whole(below: str) -> None:
    draft = read(f"{HEADS.format(subject='RE: Keys')}The key is at the shop now.\n\n{below}".encode())
    said = [draft.text[block.start : block.end] for block in draft.blocks if block.quotable]
    assert [text for text in said if "key" in text] == ["The key is at the shop now."]


@pytest.mark.parametrize("title", ["Title: FAQ: Hall hire", "Hours: Mon: 9–5"])
def test_a_note_below_labels_is_no_answered_message(title: str) -> None:
    note = "> The hall opens at nine on weekdays."
    draft = read(f"{title}\nAuthor: Bo Ek\nDate: 3 May 2025\n\nHall hire is simple.\nWe like it.\n\n{note}\n".encode())
    assert note in [draft.text[block.start : block.end] for block in draft.blocks if block.quotable]


@pytest.mark.parametrize(
    "heading",
    [
        "Bins",
        "What goes in which bin",
        "Who empties the bins?",
        "‘Slow and sour’: the levain",
        "2.1 What we looked at",
        "IN BRIEF",
        "Annex A",
        "What the service is for",
        "Dr. Hale and the whale",
    ],
)
def test_a_few_words_over_a_text_are_a_heading(heading: str) -> None:
    assert blocks(f"{heading}\n\n{TEXT}") == [(HEADING, heading), (PARAGRAPH, TEXT)]


def test_a_heading_written_as_in_markdown_loses_its_mark() -> None:
    assert blocks(f"## Bins\n\n{TEXT}")[0] == (HEADING, "Bins")


@pytest.mark.parametrize(
    "line",
    [
        "They are green.",
        "They are green!",
        "These are green:",
        "and they are green",
        "Bins, tins, lids,",
        "There were three of them…",
        "12.30",
        "The bin that you tried to empty is not empty. 409 Conflict",
        "The bins and the boxes, with what goes into the one or the other of these",
        "Common conditions: asthma, diabetes, gout, heart disease",
        "You qualify for a bin and",
    ],
)
def test_what_reads_like_a_sentence_or_a_listing_is_none(line: str) -> None:
    assert blocks(f"{TEXT}\n\n{line}\n\n{TEXT}")[1] == (PARAGRAPH, line)


@pytest.mark.parametrize("number", ["1.", "2.", "12."])
def test_a_numbered_line_over_a_text_is_a_heading(number: str) -> None:
    assert blocks(f"{TEXT}\n\n{number} What we looked at\n\n{TEXT}")[1] == (HEADING, "What we looked at")


def test_a_line_with_the_first_letter_over_a_text_is_a_heading_as_those_after_it_are() -> None:
    assert blocks("A. WHO MAY JOIN\nAll over 16 may.\n\nB. THE FEE\nIt is a pound a year.") == [
        (HEADING, "WHO MAY JOIN"),
        (PARAGRAPH, "All over 16 may."),
        (HEADING, "B. THE FEE"),
        (PARAGRAPH, "It is a pound a year."),
    ]
    assert kinds("Members", "A. Full\nB. Junior", TEXT) == [HEADING, ITEM, ITEM, PARAGRAPH]


def test_an_answer_that_begins_with_its_letter_is_no_heading_of_the_text_below_it() -> None:
    read = blocks("Q. Is there parking?\n\nA. There is a car park behind the hall\n\nIt is free for two hours a day.")
    assert read[1][1] == "There is a car park behind the hall"
    assert read[1][0] is not HEADING


def test_a_numbered_line_over_a_few_words_that_are_a_text_is_a_heading() -> None:
    minutes = "Minutes\n\n1. Last meeting\n   Agreed.\n\n2. Next meeting\n   12 January 2027, 7 pm\n\nIt ended."
    assert blocks(minutes)[1:5] == [
        (HEADING, "Last meeting"),
        (PARAGRAPH, "Agreed."),
        (HEADING, "Next meeting"),
        (PARAGRAPH, "12 January 2027, 7 pm"),
    ]
    assert blocks("Bring\n\n1. A card\n\nThank you\n\nWe open at ten.")[1] == (ITEM, "A card")


def test_a_numbered_list_is_a_list() -> None:
    assert kinds(TEXT, "1. Put the bin out", "2. Close the lid", TEXT) == [PARAGRAPH, ITEM, ITEM, PARAGRAPH]


@pytest.mark.parametrize("mark", ["*", "-", "–", "—", "•", "▪", "·", "1.", "12)", "(3)", "a)", "iv."])
def test_each_bullet_point_is_an_item_without_its_mark(mark: str) -> None:
    assert blocks(f"These go in:\n\n{mark} glass\n{mark}   tins, rinsed\n\n{TEXT}") == [
        (PARAGRAPH, "These go in:"),
        (ITEM, "glass"),
        (ITEM, "tins, rinsed"),
        (PARAGRAPH, TEXT),
    ]


@pytest.mark.parametrize("gap", ["\t", "  ", "   "])
def test_bullets_as_word_saves_them_are_no_cells(gap: str) -> None:
    lines = [
        f"•{gap}Photo ID",
        f"o{gap}passport",
        f"o{gap}not a student card",
        f"o{gap}bus pass",
        f"§{gap}with a photo",
    ]
    assert blocks("\n".join(["Bring:", *lines]))[1:] == [(ITEM, line.lstrip("•o§ \t")) for line in lines]
    assert kinds("o no, it is shut", "§ 5 says so.") == [PARAGRAPH, PARAGRAPH]


def test_items_of_a_list_in_a_list_have_its_level() -> None:
    body = "You can bring:\n\n* a pet, if it is:\n    - small\n    - quiet,\n      also at night\n\n* a bag\n"
    assert [block.level for block in read_plain_text(body).blocks] == [0, 0, 1, 1, 0]


def test_bullet_points_may_follow_their_introduction_without_a_blank_line() -> None:
    assert blocks("These go in:\n- glass\n- tins\n") == [
        (PARAGRAPH, "These go in:"),
        (ITEM, "glass"),
        (ITEM, "tins"),
    ]


@pytest.mark.parametrize(
    "line", ["-5 degrees are cold.", "3.5 tonnes were burnt.", "*green* is a colour.", "a.b is a name."]
)
def test_a_mark_needs_a_blank_after_it(line: str) -> None:
    assert blocks(line) == [(PARAGRAPH, line)]


def test_a_paragraph_wrapped_by_hand_is_one_block() -> None:
    wrapped = (
        "Bins are collected every week from the edge of each property,\n"
        "unless a bank holiday moves the day by one. They must be out\n"
        "by half past six."
    )
    assert blocks(f"{wrapped}\n\n- a bin with a lid that shuts, and that is\n  not heavier than 40 kilograms\n") == [
        (PARAGRAPH, wrapped),
        (ITEM, "a bin with a lid that shuts, and that is\n  not heavier than 40 kilograms"),
    ]


def test_each_line_of_an_unwrapped_text_is_a_paragraph() -> None:
    long = f"{TEXT} {TEXT}"
    assert blocks(f"Bins\n{long}\n{long}") == [(HEADING, "Bins"), (PARAGRAPH, long), (PARAGRAPH, long)]


def test_a_sentence_that_a_page_break_cut_is_mended() -> None:
    first, second = TEXT[: TEXT.index(", unless")], TEXT[TEXT.index("unless") :]
    assert blocks(f"{first}\n\n\n{second}\n\n{TEXT}") == [(PARAGRAPH, f"{first}\n\n\n{second}"), (PARAGRAPH, TEXT)]


def test_even_one_that_ends_with_a_small_word_before_a_capital() -> None:
    assert kinds(
        "Most of the bins that stand in the streets were bought by the", "Council in 1988 for ten pounds each."
    ) == [PARAGRAPH]


def test_half_a_sentence_that_is_cut_is_no_heading() -> None:
    cut = "Divers looked at each wall between April and August, and measured how"
    assert blocks(f"{TEXT}\n\n{cut}\n\nfar it had moved.")[1] == (PARAGRAPH, f"{cut}\n\nfar it had moved.")


@pytest.mark.parametrize(
    ("first", "second"),
    [(TEXT, "and so on it goes for ever."), ("A few words", "and more of them."), (TEXT.removesuffix("."), TEXT)],
)
def test_what_a_page_break_did_not_cut_stays_apart(first: str, second: str) -> None:
    assert [said for _, said in blocks(f"{first}\n\n{second}")] == [first, second]


def test_a_stack_of_short_lines_in_a_text_is_no_stack_of_headings_but_for_the_last() -> None:
    long = f"{TEXT} {TEXT}"
    assert kinds(long, "Planet", "Venus", "Earth", "Day length", long) == [
        PARAGRAPH,
        PARAGRAPH,
        PARAGRAPH,
        PARAGRAPH,
        HEADING,
        PARAGRAPH,
    ]


def test_two_headings_one_above_the_other_stay_headings() -> None:
    long = f"{TEXT} {TEXT}"
    assert kinds(long, "Part one", "Bins", long) == [PARAGRAPH, HEADING, HEADING, PARAGRAPH]


def test_a_title_page_may_be_a_stack_of_headings() -> None:
    long = f"{TEXT} {TEXT}"
    assert kinds("Harbour Authority", "Our small harbours", "A report", "October 2016", long) == [HEADING] * 4 + [
        PARAGRAPH
    ]


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks("") == blocks(" \n\t\n") == []


def test_values_that_stand_alone_are_no_headings() -> None:
    assert kinds("Fares", "Adult single: £2", "Child single: £1", TEXT) == [HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH]


def test_lines_that_begin_with_a_picture_are_items_with_it_but_sentences_are_paragraphs() -> None:
    assert blocks("Summer\n\n\u2705 Book online\n\u274c No dogs\n\U0001f4c5 It ends on 31 August.") == [
        (HEADING, "Summer"),
        (ITEM, "\u2705 Book online"),
        (ITEM, "\u274c No dogs"),
        (PARAGRAPH, "\U0001f4c5 It ends on 31 August."),
    ]
    assert blocks(f"{TEXT}\n\n\U0001f6b2 Cycling\n\n{TEXT}")[1] == (HEADING, "\U0001f6b2 Cycling")


def test_a_text_without_blanks_is_no_heading_for_its_length() -> None:
    text = "居民的绿色垃圾桶每周收集一次。请在早上六点半之前把垃圾桶放在路边。"
    assert blocks(f"垃圾桶\n\n{text}") == [(HEADING, "垃圾桶"), (PARAGRAPH, text)]
    assert blocks(f"垃圾桶\n\n{text[:-1]}")[1] == (PARAGRAPH, text[:-1])


def test_an_initial_or_number_at_which_a_sentence_wraps_is_no_mark() -> None:
    wrapped = (
        "The review of the whole service was led by Professor\nA. Smith and her team. The fees are set out in section\n"
        "4. The council will publish it each year in April."
    )
    assert blocks(wrapped) == [(PARAGRAPH, wrapped)]
    listed = "The fees for a visit to the pool of the whole town are:\n4. free for children\n5. low for everybody else"
    assert [kind for kind, _ in blocks(listed)] == [PARAGRAPH, ITEM, ITEM]
    begun = (
        "The fees for a visit to the pool of the town are set out below.\n1. Everybody pays the same, and nobody less."
    )
    assert [kind for kind, _ in blocks(begun)] == [PARAGRAPH, ITEM]


@pytest.mark.parametrize("marks", ["01. 02. 03.", "1. 1. 1.", "10. 20. 30.", "7. 9. 11."])
def test_numbers_of_a_list_are_marks_however_it_counts(marks: str) -> None:
    said = (
        "the passport or the identity card of each of the two parents",
        "the letter from the hospital that says when the child was born",
        "the form that you have filled in and signed",
    )
    listed = "\n".join(f"{mark} {one}" for mark, one in zip(marks.split(), said, strict=True))
    text = f"You need these papers when you come to the office to register:\n{listed}"
    assert blocks(text)[1:] == [(ITEM, one) for one in said]


def test_each_row_of_a_table_is_a_block() -> None:
    assert blocks(
        "Room\tSeats\nHall\t120\n\nSwim   £5\nGym    none\n\n| Day | Bin |\n|---|---|\n| Monday | green |\n"
    ) == [
        (ROW, "Room | Seats"),
        (ROW, "Hall | 120"),
        (ROW, "Swim | £5"),
        (ROW, "Gym | none"),
        (ROW, "Day | Bin"),
        (ROW, "Monday | green"),
    ]


def test_pages_are_kept_and_their_heads_dropped() -> None:
    pages = [f"Ashby Council    Bins\n\n{part}\n\n      {number}\n" for number, part in enumerate(PARTS, start=1)]
    draft = read_plain_text("\f".join(pages))
    assert draft.text == "\n\n".join(PARTS)
    assert [draft.text[start:].split()[0] for start in draft.pages] == ["Bins", "unless", "Nobody"]
    assert draft.said == {"title": "Ashby Council Bins"}
    assert [draft.text[block.start : block.end] for block in draft.blocks] == ["\n\n".join(PARTS[:2]), PARTS[2]]


def test_words_parted_at_the_end_of_a_line_are_mended_and_part_no_paragraph() -> None:
    body = "The council emp-\nties all of its bins every week, and so does the one of Ashby; that the coun-\ncil pays."
    assert [said.split("\n") for _, said in blocks(body)] == [
        [
            "The council empties",
            "all of its bins every week, and so does the one of Ashby; that the council",
            "pays.",
        ]
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Bins", "- ", "1. ", "\n", "\n\n", " \n", "the ", TEXT, "? ", ". ", "\t", "\u00a0", "# ", "•", "é", "x "]
        )
    ).map("".join)
)
def test_blocks_lie_in_order_inside_the_text_and_lose_no_word_of_it(body: str) -> None:
    draft = read_plain_text(body)
    end = 0
    for block in draft.blocks:
        said = draft.text[block.start : block.end]
        assert said == said.strip() != ""
        # What is left out between blocks are blanks and marks.
        assert not any(char.isalpha() for char in draft.text[end : block.start])
        end = block.end
    assert not any(char.isalpha() for char in draft.text[end:])


def test_what_stands_after_a_label_is_said_and_heads_nothing() -> None:
    assert blocks("MINUTES\n\nPresent: Ann Lee, Bo Ray\nApologies: J. Wu\n\nAnnex A: fees\n\nThey are low.") == [
        (BlockKind.HEADING, "MINUTES"),
        (BlockKind.PARAGRAPH, "Present: Ann Lee, Bo Ray"),
        (BlockKind.PARAGRAPH, "Apologies: J. Wu"),
        (BlockKind.HEADING, "Annex A: fees"),
        (BlockKind.PARAGRAPH, "They are low."),
    ]


def test_a_numbered_line_over_a_table_or_in_capitals_is_a_heading() -> None:
    assert blocks(
        "1.   CHARGES\n     Service .............. £31.20\n     Garage ...... £12\n\n2. NOTES\n   * Dogs: no."
    ) == [
        (BlockKind.HEADING, "CHARGES"),
        (BlockKind.ROW, "Service | £31.20"),
        (BlockKind.ROW, "Garage | £12"),
        (BlockKind.HEADING, "NOTES"),
        (BlockKind.ITEM, "Dogs: no."),
    ]


def test_a_line_that_goes_on_in_the_items_below_it_is_no_heading() -> None:
    assert blocks("You pay less if you\n\n* live alone\n* study")[0] == (PARAGRAPH, "You pay less if you")
    assert blocks("What to bring\n\n* Boots\n* Coats")[0] == (HEADING, "What to bring")


def test_lines_drawn_below_headings_are_no_blocks() -> None:
    assert blocks(f"Bins\n====\n\nBoxes\n-----\n{TEXT}") == [(HEADING, "Bins"), (HEADING, "Boxes"), (PARAGRAPH, TEXT)]


def test_initials_are_no_marks_of_a_list_and_letters_in_order_are() -> None:
    assert [said for _, said in blocks("Yours,\n\nP. Nunn\nClerk")][1:] == ["P. Nunn", "Clerk"]
    assert blocks("B. Boxes of glass\nC. Caddies for food") == [(ITEM, "Boxes of glass"), (ITEM, "Caddies for food")]
