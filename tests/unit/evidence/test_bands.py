"""Of rows for ranges of numbers the one that holds the number of the question leads."""

from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.bands import is_priced_band
from acobot.evidence.scoring import Scored
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


POOL = "# Pool\n\n| {head} | Swim |\n|---|---|\n{rows}"
AGES = "| under 4, for the first of two | free |\n| 4 to 7 | £3 |\n| 8 to 15 | £5 |\n| 16 and over | £7 |\n"
WARDS = "| Ward 3, for the first of two | £3 |\n| Wards 4 to 6 | £5 |\n| Ward 7 | £7 |\n"


@pytest.mark.parametrize(
    ("rows", "question", "row"),
    [
        (AGES, "What for the first of two, who is 18?", "16 and over | £7"),
        (AGES.replace("16 and over", "16+"), "What for the first of two, who is 18?", "16+ | £7"),
        (AGES.replace("16 and over", "16"), "What for the first of two, who is 18?", "under 4"),
        (AGES, "What for the first of two, who is 5?", "4 to 7 | £3"),
        (AGES, "What for the first of two, who is 2?", "under 4"),
        (WARDS, "What for the first of two in 8?", "Ward 3"),
    ],
)
def test_a_number_beyond_all_ranges_has_its_row(tmp_path: Path, rows: str, question: str, row: str) -> None:
    text = POOL.format(head="Age", rows=rows)
    found = make_assistant(tmp_path, {"a.md": text}).explain(question).findings
    assert found.chosen[0].text.startswith(row)


@pytest.mark.parametrize(
    ("question", "row", "is_so"),
    [
        ("How much is a swim for a 2 year old?", "under 3", True),
        ("How much is a swim at seventeen?", "16 and over", True),
        ("How much is a swim for a 9 year old?", "3 to 15", True),
        ("How much is a swim for a 9 year old?", "under 3", False),
        ("How much is a swim for a child of 3?", "under 3", False),
        ("How much is a swim for 9 hours?", "3 to 15", False),
        ("How much is a swim for 9 people?", "3 to 15", False),
        ("How much is a swim for 9?", "3 to 15", False),
        ("How much is a swim for a family of two?", "under 3", False),
        ("How much is it for 9 swims?", "3 to 15", False),
        ("I am 20. How much is a swim for me?", "16 and over", False),
        ("How much is a locker for a 9 year old?", "3 to 15", False),
        ("How long is a swim for a 9 year old?", "3 to 15", False),
        ("How much is a swim of £9?", "3 to 15", False),
    ],
)
def test_a_price_is_surely_that_of_the_row_for_the_number(
    tmp_path: Path, question: str, row: str, *, is_so: bool
) -> None:
    text = POOL.format(head="Age", rows="| under 3 | free |\n| 3 to 15 | £5 |\n| 16 and over | £7 |\n")
    version = make_assistant(tmp_path, {"a.md": text}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    rows = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    (best,) = (one for one in rows if one.text.startswith(row))
    assert is_priced_band(question, best, version) is is_so


@pytest.mark.parametrize(
    ("rows", "question", "row", "is_so"),
    [
        ("| 1 hour | £1 |\n| 2 hours | £2 |\n", "How much is a stay of 4 hours?", "2 hours", False),
        ("| Bay 1 | £1 |\n| Bay 2 (roofed) | £2 |\n", "How much is a stay in bay 4?", "Bay 2", False),
        ("| 1 to 2 hours | £1 |\n| over 2 hours | £2 |\n", "How much is a stay of 4 hours?", "over 2", True),
    ],
)
def test_only_what_has_words_for_it_has_no_second_end(
    tmp_path: Path, rows: str, question: str, row: str, *, is_so: bool
) -> None:
    version = make_assistant(tmp_path, {"a.md": f"# Parking\n\n| Stay | Charge |\n|---|---|\n{rows}"}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    said = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    (best,) = (one for one in said if one.text.startswith(row))
    assert is_priced_band(question, best, version) is is_so


def test_a_column_of_people_counts_heads(tmp_path: Path) -> None:
    text = POOL.format(head="People", rows="| 1 to 3 | £5 |\n| 4 and more | £7 |\n")
    version = make_assistant(tmp_path, {"a.md": text}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    said = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    assert is_priced_band("How much is a swim for a family of 6?", said[-1], version)
    assert not is_priced_band("How much is a swim for 6 swims?", said[-1], version)
