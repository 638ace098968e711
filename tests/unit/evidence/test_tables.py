"""A table's first row is its head, but where it is a row like the others."""

import pytest

from acobot.evidence import heads_row
from acobot.evidence.tables import asks_empty_cell
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("first", "row"),
    [
        ("Monday | 9am to 5pm", "Sunday | Closed"),
        ("Swim | £5", "Sauna | £7.50"),
        ("HR | ext. 4010", "IT | ext. 4021"),
        ("High Street | 09:05", "Station | 10:15"),
        ("| noon | £3", "| night | £4"),
    ],
)
def test_a_first_row_with_days_or_figures_as_another_row_has_them_does_not_head_it(first: str, row: str) -> None:
    assert not heads_row(first, row, ENGLISH)


@pytest.mark.parametrize(
    ("first", "row"),
    [
        ("Day | Hours", "Sunday | Closed"),
        ("Visitors | 2023 | 2024", "Children | 1,250 | 1950"),
        ("Children | 1 | 2 | 3", "Income | 5 | 7 | 9"),
        ("Hire | Adult (18+) | Child (5 to 17)", "Kayak | £9 | £4"),
        ("Pool | Up to 5 miles", "Bus | £5"),
        ("Monday | Tuesday", "9 to 5 | 10 to 4"),
    ],
)
def test_names_years_and_numbers_of_columns_head_a_row(first: str, row: str) -> None:
    assert heads_row(first, row, ENGLISH)


HEAD = "Room | Mon–Thu | Sat | Sun | Deposit"


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("What is the price of the hall on Sundays?", "Hall | £5 | £7 |  | £50"),
        ("What is the price of the hall on a Tuesday?", "Hall | | £7 | £8 | £50"),
        ("How much is the deposit for the hall?", "Hall | £5 | £7"),
        ("What are the price on Sunday and the deposit for the hall?", "Hall | £5 | £7"),
    ],
)
def test_an_empty_cell_is_asked_for_by_its_row_and_column(question: str, row: str) -> None:
    assert asks_empty_cell(question, row, HEAD, ENGLISH)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("What is the price of the hall on Saturdays?", "Hall | £5 | £7 |  | £50"),
        ("What are the price on Sunday and the deposit for the hall?", "Hall | £5 | £7 | £8"),
        ("What does the hall cost?", "Hall | £5 | £7"),
        ("Which room has no deposit?", "Committee room | £5 | £7"),  # any row would do
        ("Is the kitchen free on Sunday?", "Hall | £5 | £7"),
        ("What is the price of the hall on Sunday?", "Hall | £5"),  # as is written where one cell covers all columns
        ("What is the price of the hall on Sunday?", "Hall | £5 | £6 | £7 | £8 | £9"),  # not in the head's columns
    ],
)
def test_no_empty_cell_is_asked_for_where_another_may_answer(question: str, row: str) -> None:
    assert not asks_empty_cell(question, row, HEAD, ENGLISH)


CLUBS = "Club | Day | Meets at | Cost"
ROOMS = "Room | Phone | Hire per hour | Deposit | Notes"


@pytest.mark.parametrize(
    ("question", "row", "head", "empty"),
    [
        ("Does the drama club meet on Monday?", "Drama club | Monday |  | £2", CLUBS, False),
        ("When does the drama club meet?", "Drama club | Monday |  | £2", CLUBS, False),
        ("Where does the drama club meet?", "Drama club | Monday |  | £2", CLUBS, True),
        ("What does the drama club cost?", "Drama club | Monday | Hall | ", CLUBS, True),
        ("How do I contact the main hall to pay a deposit?", "Main hall | 01234 | £20 |  | Stage", ROOMS, False),
        ("What deposit do I pay for the main hall?", "Main hall | 01234 | £20 |  | Stage", ROOMS, True),
        ("When is the hall open on Sunday?", "Hall | 9:00 to 17:00 | 10:00 to 12:00 |  | £50", HEAD, True),
    ],
)
def test_one_word_of_an_empty_column_among_others_is_not_all_that_is_asked(
    question: str, row: str, head: str, empty: bool
) -> None:
    about = "Opening times"
    assert asks_empty_cell(question, row, head, ENGLISH, about) is empty
