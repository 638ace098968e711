"""Which passages are read first, with numbers worked out by hand."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from acobot.evidence.asked import AskedAlike
from acobot.evidence.reading import by_promise, passage_features
from tests.fakes import CALIBRATION

CANDIDATES: list[Any] = [SimpleNamespace(stored=SimpleNamespace(number=number)) for number in (7, 3, 5)]
SCORED: list[Any] = [
    SimpleNamespace(stored=one.stored) for one in (CANDIDATES[0], CANDIDATES[1], CANDIDATES[1], CANDIDATES[2])
]


def late(*scores: float) -> Any:
    return np.array(scores, dtype=np.float32)


def order(late: Any, asks: list[AskedAlike] | None = None) -> list[int]:
    return [
        one.stored.number for one in by_promise(CANDIDATES, cast("Any", SCORED), late, asks or [], CALIBRATION.reading)
    ]


def test_a_passage_s_signs_are_its_best_sentence_its_place_and_its_nearest_ask() -> None:
    asks = [AskedAlike("Why?", 0, 0.9, 3, 0), AskedAlike("How?", 0, 0.5, 3, 20), AskedAlike("Who?", 0, 0.3, 5, 0)]
    features = passage_features(CANDIDATES, SCORED, late(0.5, 0.25, 0.75, 0.5), asks)
    assert features[:, 0].tolist() == [0.5, 0.75, 0.5]
    assert features[:, 1].tolist() == pytest.approx([0, np.log(2), np.log(3)])
    assert features[:, 2].tolist() == [0, 0.9, 0.3]


def test_alike_in_all_else_they_are_read_as_they_were_found() -> None:
    assert order(late(0.5, 0.5, 0.5, 0.5)) == [7, 3, 5]


def test_what_holds_the_likelier_sentence_is_read_first() -> None:
    assert order(late(0.5, 0.5, 0.5, 0.7)) == [5, 7, 3]


def test_what_holds_the_question_that_is_best_met_is_read_first() -> None:
    asks = [AskedAlike("Why?", 0, 0.75, 3, 0), AskedAlike("How?", 0, 0.5, 7, 0), AskedAlike("Who?", 0, 0.5, 5, 0)]
    assert order(late(0.5, 0.5, 0.5, 0.5), asks) == [3, 7, 5]
