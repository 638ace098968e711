"""Of rows for ranges of numbers the one that holds the number of the question leads."""

from pathlib import Path

import pytest

from tests.fakes import make_assistant

SCHEME = (
    "# Play scheme\n\nCharges for one day.\n\n| Age | First child | Next child |\n|---|---|---|\n"
    "| 4 to 7 | £14 for the first of two | £10 |\n| 8 to 11 | £12 | £8 |\n| 12 to 15 | £9 | £6 |\n"
)


def _lead(folder: Path, question: str) -> str:
    return make_assistant(folder, {"a.md": SCHEME}).explain(question).findings.chosen[0].text


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("What do you charge for the first of two, who is 9?", "8 to 11 | £12 | £8"),
        ("What do you charge in 2026 for the first of two, who is 9?", "8 to 11 | £12 | £8"),
        ("What do you charge for the first of two, who is 5?", "4 to 7 | £14 for the first of two | £10"),
        ("What do you charge for the first of two, who is 44?", "4 to 7 | £14 for the first of two | £10"),
        ("What do you charge for the first of two, who is 9 or 10?", "4 to 7 | £14 for the first of two | £10"),
        ("Do you charge £10 for the first of two?", "4 to 7 | £14 for the first of two | £10"),
        ("Do you charge £11 for the first of two?", "4 to 7 | £14 for the first of two | £10"),
    ],
)
def test_the_row_that_holds_the_number_leads(tmp_path: Path, question: str, row: str) -> None:
    assert _lead(tmp_path, question) == row
