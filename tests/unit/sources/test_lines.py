import pytest

from acobot.sources.lines import all_meant, hard_breaks, none_meant, unwrapped_breaks

LONG = "A line of a text that nobody wrapped by hand goes on for as long as its paragraph does, "
LONG = LONG + LONG + "to the end."


def breaks(*lines: str) -> list[bool]:
    return hard_breaks(lines)


def test_a_wrapped_line_ends_no_paragraph() -> None:
    assert breaks(
        "Bins are collected every week from the edge of each property,",
        "unless a bank holiday moves the day by one. They must be out by",
        "half past six.",
    ) == [False, False]


def test_a_line_that_had_room_for_the_next_word_ends_one() -> None:
    assert breaks(
        "Bins are collected every week from the edge of each property.",
        "Bring them in again.",
        "They must not stand on the pavement for longer than one night.",
    ) == [False, True]


def test_a_line_may_fall_a_little_short_where_its_sentence_goes_on() -> None:
    widest = "Bins are collected every week from the edge of each property,"
    assert breaks(widest, "unless a bank holiday moves the day of each by one", "or two.") == [False, False]
    assert breaks(widest, "unless a bank holiday moves the day by one", "or two.") == [False, True]


def test_every_line_of_an_unwrapped_text_ends_a_paragraph() -> None:
    assert breaks("A title", LONG, LONG) == [True, True]


def test_but_not_where_its_sentence_plainly_goes_on() -> None:
    assert breaks(LONG.removesuffix("."), "and so on.") == [False]
    assert breaks(LONG, "iPads are small.") == [True]


def test_short_lines_are_a_list_of_lines() -> None:
    assert breaks("Recycling centres", "Order a new bin", "Garden waste") == [True, True]


@pytest.mark.parametrize("first", ["Department of", "Health &", "Bins, paper,", "Food and"])
def test_unless_one_is_unfinished(first: str) -> None:
    assert breaks(first, "Glass") == [False]


def test_lines_with_labels_stand_alone() -> None:
    assert breaks(
        "Publication title: The state of our small harbours, volume one",
        "Published: 2016",
    ) == [True]


def test_in_markdown_a_newline_is_a_space_unless_the_text_is_unwrapped() -> None:
    assert unwrapped_breaks(["Bins are", "green.", "Or blue."]) == [False, False]
    assert unwrapped_breaks(["A title", LONG, LONG]) == [True, True]
    assert unwrapped_breaks(["One line."]) == []


def test_a_short_line_ends_none_with_a_word_that_a_sentence_goes_on_after() -> None:
    assert breaks("The slide opens on 14 June, at", "11 o'clock.", "Fees", "Adults pay.") == [False, True, True]


def test_half_a_sentence_on_a_short_line_without_room_for_the_next_word_goes_on() -> None:
    assert breaks(
        "The clerk will write to the owner of 3 Mill",
        "Lane, whose hedge hangs over the path.",
    ) == [False]
    assert breaks("The Old Court House of Anytown", "Castle Row", "Anytown AN1 1AA") == [True, True]


def test_a_long_address_makes_no_text_an_unwrapped_one() -> None:
    lines = (
        "Bins are collected every week from the edge of each property in",
        f"Ashby. Look for yours at https://ashby.example/{'calendar/' * 12}",
        "Denton has a calendar of its own.",
    )
    assert breaks(*lines) == [False, False]
    assert unwrapped_breaks(lines) == [False, False]


WRAPPED = (
    "Bins are collected every week from the edge of each property,",
    "unless a bank holiday moves the day by one. They must be out by",
    "half past six.",
)


@pytest.mark.parametrize(
    ("lines", "all_are", "none_is"),
    [
        (("Fee", "£5 a year"), True, False),
        (("Oak Hall", "Oak Road", "Leeds"), True, False),
        (("Fee", "You pay five pounds for each year in which you have a boat here."), True, False),
        (("Fee", "", "£5 a year"), True, False),
        ((f"A note. {LONG}", LONG), True, False),
        (WRAPPED, False, True),
        (("They meet in the hall", "every Monday."), False, False),  # too short to be sure
        (("Those who go to the", "hall on Monday have to ring the office before they come along."), False, False),
        ((WRAPPED[0], WRAPPED[2], *WRAPPED[1:]), False, False),
        (("One line, as long as a text that is wrapped somewhere may be.",), False, True),
    ],
)
def test_whether_the_newlines_of_a_block_were_meant(lines: tuple[str, ...], *, all_are: bool, none_is: bool) -> None:
    assert all_meant(lines) is all_are
    assert none_meant(lines) is none_is
