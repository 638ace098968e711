"""What a message shows signs of, by the odds of each way to write it: worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from acobot.encoder import Encoding
from acobot.policies import Sign, SignModel
from acobot.policies.model import TOKEN_SCALE, Network
from acobot.question import Need, find_need
from tests.fakes import UK

DIGEST = "fake"


def reading(crisis: float, emergency: float, medical: float) -> Encoding:
    """An encoding whose vector is the logarithms of a message's odds, which the model below gives back."""
    odds = (crisis, emergency, medical, 1 - crisis - emergency - medical)
    none = np.zeros((1, 2), np.int32)
    return Encoding(np.log(odds).astype(np.float32), np.ones((1, 4), np.float32), none, none[:, 0])


def found(thresholds: tuple[float, float, float], *readings: Encoding) -> Need:
    shapes = [(4, 1), (1,), (4, 1), (1,), (4, 1), (1,), (3, 4), (4, 4), (4,)]
    arrays = {name: np.zeros(shape, np.float32) for name, shape in zip(Network.__slots__, shapes, strict=True)}
    arrays["straight"] = np.eye(4, dtype=np.float32) / TOKEN_SCALE
    assert UK is not None
    model = SignModel(DIGEST, np.array(thresholds, np.float32), (Network(**arrays),))
    return find_need("some words of a message", readings, replace(UK, model=model), DIGEST)


CRISIS_TYPED, EMERGENCY_MEANT = reading(0.6, 0.04, 0.02), reading(0.05, 0.5, 0.02)  # by their mean an emergency


def test_what_was_typed_is_told_by_the_threshold_of_its_own_kind() -> None:
    assert found((0.65, 0.9, 0.9), CRISIS_TYPED, EMERGENCY_MEANT) == Need(Sign.CRISIS, doubtful=True)
    assert found((0.7, 0.65, 0.9), CRISIS_TYPED, EMERGENCY_MEANT) == Need()


def test_the_mean_shows_need_where_what_was_typed_shows_too_little_of_another_kind() -> None:
    assert found((0.7, 0.6, 0.9), CRISIS_TYPED, EMERGENCY_MEANT) == Need(Sign.EMERGENCY, doubtful=True)


def test_of_two_kinds_that_are_shown_it_is_the_one_that_shows_more_need() -> None:
    assert found((0.6, 0.6, 0.9), CRISIS_TYPED, EMERGENCY_MEANT) == Need(Sign.CRISIS, doubtful=True)
    assert found((0.6, 0.6, 0.9), EMERGENCY_MEANT, CRISIS_TYPED) == Need(Sign.EMERGENCY, doubtful=True)


def test_what_one_way_to_write_it_surely_shows_is_not_doubtful() -> None:
    sure, ordinary = reading(0.96, 0.01, 0.01), reading(0.2, 0.01, 0.01)  # by their mean 0.6
    assert found((0.5, 0.5, 0.5), sure, ordinary) == Need(Sign.CRISIS)
    assert found((0.5, 0.5, 0.5), ordinary, sure) == Need(Sign.CRISIS)
    assert found((0.5, 0.5, 0.5), reading(0.9, 0.01, 0.01), ordinary) == Need(Sign.CRISIS, doubtful=True)
