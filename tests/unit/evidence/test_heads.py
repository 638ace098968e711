"""A table's head comes first in nothing: the best of its rows does."""

from pathlib import Path

import pytest

from acobot.evidence import heads_row
from tests.fakes import ENGLISH, make_assistant

VANS = (
    "# Vans\n\n| Van | Heaviest load (kg) | Day hire (£) |\n|---|---|---|\n| Kestrel | 800 | 60 |\n"
    "| Luton | 1,200 | 90 |\n"
)


def test_where_the_head_is_the_best_sentence_the_best_row_with_a_figure_leads(tmp_path: Path) -> None:
    found = make_assistant(tmp_path, {"a.md": VANS}).explain("What is the heaviest load of a van in kg?").findings
    assert found.chosen[0].text == "Kestrel | 800 | 60"


def test_the_best_row_may_have_no_figure_where_others_have_one(tmp_path: Path) -> None:
    text = "# Bulk\n\n| Item | Charge for one that is very big |\n|---|---|\n| Fridge | free |\n| Sofa | £25 |\n"
    asked = "What is the charge for one very big fridge with magnets?"
    found = make_assistant(tmp_path, {"a.md": text}).explain(asked).findings
    assert found.chosen[0].text == "Fridge | free"


@pytest.mark.parametrize("last", ["Kestrel | for hire", "Luton | for hire"])
def test_a_table_without_figures_is_quoted_as_it_scores(tmp_path: Path, last: str) -> None:
    table = f"# Vans\n\n| Van | Heaviest load of a van |\n|---|---|\n| {last} |\n"
    found = make_assistant(tmp_path, {"a.md": table}).explain("What is the heaviest load of a van?").findings
    assert found.chosen[0].text == "Van | Heaviest load of a van"


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
