"""Two minutes of `make soak`: wrong and lost answers, and what breaks down; the ratios are for a quiet machine."""

from pathlib import Path

import pytest

from tests.load.soak.running import Plan, soak
from tests.load.soak.turns import TURNS, killed_server
from tests.paths import REPOSITORY

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(1200)]

SECONDS = 120.0
SUBJECT = REPOSITORY / "tests/evaluation/other-subject"  # small, so that it is built in seconds
TWICE = 1.0  # as much memory again would be a leak on any machine


def test_nothing_is_wrong_or_lost_whatever_goes_wrong(tmp_path: Path) -> None:
    seen = soak(Plan(SECONDS, SUBJECT / "sources", (SUBJECT / "other-subject.jsonl",), most=30), tmp_path)
    assert seen["what_is_wrong"] == []
    assert (seen["wrong"], seen["lost"]) == (0, 0)
    assert {one["turn"] for one in seen["turns"]} == {one.__name__ for one in (*TURNS, killed_server)}
    assert seen["by_turn"]["calm"]["answers"] > 0
    assert seen["memory"].get("growth", 0.0) < TWICE
    assert seen["log"]["errors"] == 0, seen["log"]
