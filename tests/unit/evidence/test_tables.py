"""A table's first row is its head, but where it is a row like the others."""

import pytest

from acobot.evidence import heads_row
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("first", "row"),
    [
        ("Monday | 9am to 5pm", "Sunday | Closed"),
        ("Swim | £5", "Sauna | £7.50"),
        ("HR | ext. 4010", "IT | ext. 4021"),
        ("High Street | 09:05", "Station | 10:15"),
        ("| noon | £3", "| night | £4"),
        ("Main library | Monday to Friday", "Branch | Tuesday and Thursday"),
        ("Courts | There are four of them.", "Guests | £5 a visit"),
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
        ("Name | Tuesday", "Ann | not on Tuesdays"),
        ("Member of the board | Tel. no.", "Ann | 01632 960123"),
    ],
)
def test_names_years_and_numbers_of_columns_head_a_row(first: str, row: str) -> None:
    assert heads_row(first, row, ENGLISH)
