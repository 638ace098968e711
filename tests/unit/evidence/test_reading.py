"""Which passages are read first, and how many, with numbers worked out by hand."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from acobot.evidence.asked import AskedAlike
from acobot.evidence.reading import (
    MOST_READ,
    REACH,
    UNSURE_AFTER,
    by_promise,
    passage_features,
    read_candidates,
)
from acobot.reader import ReaderInput, Reading
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


class Scoring:
    """Reads one sentence a passage, each with the next of the scores that it was made with; counts."""

    name, digest, emphasis_from = "scoring", "", 1.0

    def __init__(self, *scores: float) -> None:
        self.left = list(scores)

    def read(self, question: str, passages: Sequence[ReaderInput]) -> list[Reading]:
        return [Reading(np.array([self.left.pop(0)], dtype=np.float32), 0.0, ()) for _ in passages]


def read(*scores: float, before: Sequence[float] = (0.0,) + (-100.0,) * 19) -> int:
    """How many of twenty candidates are read, whose sentences get these scores and had those before."""
    about = SimpleNamespace(particulars=SimpleNamespace(publisher="", author=""))
    version: Any = SimpleNamespace(corpus=SimpleNamespace(source=lambda _: about))
    passage = SimpleNamespace(source_id="a", start=0, prefix="", sentences=())
    found: list[Any] = [
        SimpleNamespace(stored=SimpleNamespace(number=number, text="", passage=passage)) for number in range(20)
    ]
    unread = {number: np.array([score]) for number, score in enumerate(before)}
    return len(read_candidates(version, Scoring(*scores), "Why?", found, unread).by_passage)


@pytest.mark.parametrize(
    ("scores", "number"),
    [
        ([3.0, -9.0], 2),  # 0.95 that something answers
        ([-9.0, -9.0, 3.0, -9.0], 4),
        ([-9.0] * 4, 4),  # 0.0005 that anything does
        ([-9.0, -2.0, -9.0, -9.0, 3.0, -9.0], 6),  # 0.12 after four
        ([0.0] + [-9.0] * 9, UNSURE_AFTER),  # a half
    ],
)
def test_passages_are_read_until_what_was_read_surely_answers_or_surely_nothing_does(
    scores: list[float], number: int
) -> None:
    assert read(*scores) == number


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ([0.0, 0.0, 3.0 - REACH, 3.0 - REACH] + [-100.0] * 16, 2),  # what leads has 3 and cannot be overtaken
        ([0.0, 0.0, 3.1 - REACH] + [-100.0] * 17, 4),
        ([0.0, 0.0, -100.0, -100.0, 3.1 - REACH] + [-100.0] * 15, 6),
        ([0.0] * 20, MOST_READ),
    ],
)
def test_what_could_still_lead_is_read_though_what_was_read_answers(before: list[float], number: int) -> None:
    assert read(3.0, *[-9.0] * 19, before=before) == number
