"""Of rows of one name the one for the day that is asked about leads, and none of other days answers."""

from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.day_rows import is_of_other_days
from acobot.evidence.scoring import Scored
from tests.fakes import make_assistant

BUSES = (
    "# Buses to town\n\n| Bus | Days | Last bus to town |\n|---|---|---|\n| 17 | Monday to Friday | 22:40 |\n"
    "| 17 | Saturday | 22:10 |\n| 71 | Monday to Saturday | 23:00 |\n| 71 | Sunday | 21:00 |\n"
)
BINS = "# Bins\n\n| Street | Day of collection |\n|---|---|\n| Mill Lane | Monday |\n| Elm Road | Tuesday |\n"


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("When is the last bus 17 to town on a Saturday?", "17 | Saturday | 22:10"),
        ("When is the last bus 17 to town on a Thursday?", "17 | Monday to Friday | 22:40"),
        ("When is the last bus 71 to town on a Sunday?", "71 | Sunday | 21:00"),
    ],
)
def test_the_row_for_the_day_leads(tmp_path: Path, question: str, row: str) -> None:
    assert make_assistant(tmp_path, {"a.md": BUSES}).explain(question).findings.chosen[0].text == row


@pytest.mark.parametrize(
    ("text", "question", "row", "other"),
    [
        (BUSES, "When is the last bus 17 to town on a Sunday?", "17 | Saturday | 22:10", True),
        (BUSES, "When is the last bus 17 to town on a Saturday?", "17 | Saturday | 22:10", False),
        (BUSES, "When is the last bus 17 to town?", "17 | Saturday | 22:10", False),
        (BUSES, "Does bus 17 go to town on a Sunday?", "17 | Saturday | 22:10", False),  # it tells when it does
        (BINS, "It is Friday. When is the collection for Mill Lane?", "Mill Lane | Monday", False),  # what is asked
    ],
)
def test_a_row_may_be_of_other_days(tmp_path: Path, text: str, question: str, row: str, *, other: bool) -> None:
    version = make_assistant(tmp_path, {"a.md": text}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    scored = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    best = next(one for one in scored if one.text == row)
    assert is_of_other_days(question, best, scored, version) is other
