"""How fast a soak asks, worked out by hand."""

import pytest

from tests.load.soak.pace import NEWEST, Pace


def test_a_soak_asks_half_as_fast_where_an_answer_costs_twice_as_much() -> None:
    pace = Pace(share=0.8, capacity=10.0, cost=0.2)
    assert pace.rate == pytest.approx(8)
    pace.look({1: 5.0, 2: 5.0}, answers=50)
    for look in range(1, 40):
        pace.look({1: 5.0 + 2 * look, 2: 5.0 + 2 * look}, answers=50 + 10 * look)  # 0.4 s an answer
    assert pace.rate == pytest.approx(4, rel=1e-4)


def test_kept_answers_do_not_make_a_soak_ask_faster_than_was_measured() -> None:
    pace = Pace(share=0.8, capacity=10.0, cost=0.2)
    pace.look({1: 0.0}, answers=0)
    assert pace.look({1: 1.0}, answers=100) == pytest.approx(8)


def test_one_look_counts_for_its_part() -> None:
    pace = Pace(share=0.5, capacity=10.0, cost=0.2)
    pace.look({1: 0.0}, answers=0)
    assert pace.look({1: 4.0}, answers=10) == pytest.approx(5 * 0.2 / (0.2 + NEWEST * 0.2))


def test_what_is_started_anew_begins_at_nothing_and_a_few_answers_tell_nothing() -> None:
    pace = Pace(share=1.0, capacity=10.0, cost=0.2)
    pace.look({1: 100.0, 2: 100.0}, answers=10)
    pace.look({1: 101.0, 3: 1.0}, answers=20)  # 2 s for 10 answers
    assert pace.rate == pytest.approx(10)
    pace.look({1: 190.0, 3: 1.0}, answers=22)
    assert pace.rate == pytest.approx(10)
