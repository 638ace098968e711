"""A table's head comes first in nothing: the best of its rows does."""

from pathlib import Path

import pytest

from tests.fakes import make_assistant

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
