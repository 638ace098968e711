import pytest

from acobot.evaluation.metrics import (
    Bin,
    all_covered,
    area_under_roc,
    calibration_curve,
    calibration_error,
    character_overlap,
    harmonic_mean,
    is_covered,
    mean,
    overlap_with_all,
    percentile,
)
from tests.unit.evaluation.made import A, B


def test_a_part_is_covered_by_any_alternative_that_lies_within_the_quotes() -> None:
    assert is_covered([A, B], [("b", 0, 12)])
    assert is_covered([A], [("a", 0, 5), ("a", 5, 10)])
    assert not is_covered([A, B], [("a", 0, 9), ("c", 0, 10)])


def test_all_is_covered_where_every_part_is_and_there_is_one() -> None:
    assert all_covered([[A], [B]], [A, B])
    assert not all_covered([[A], [B]], [A])
    assert not all_covered([], [A])


def test_overlap_counts_characters() -> None:
    assert character_overlap([[A]], [("a", 5, 15)]) == (0.5, 0.5)
    assert character_overlap([[A], [B]], [A]) == (1.0, 0.5)
    assert character_overlap([[A, B]], [A]) == (1.0, 1.0)  # one alternative is enough
    assert character_overlap([[A]], []) == (0.0, 0.0)


def test_overlap_with_all_wants_every_alternative() -> None:
    # 10 characters shown of 20 that are right: precision 1, recall a half.
    assert overlap_with_all([[A, B]], [A]) == pytest.approx(2 / 3)
    assert overlap_with_all([[A], [B]], [A, B]) == 1
    assert overlap_with_all([[A]], []) == 0


def test_f1_is_the_harmonic_mean() -> None:
    assert harmonic_mean(1.0, 0.5) == pytest.approx(2 / 3)
    assert harmonic_mean(0, 0) == 0


def test_the_area_is_the_chance_that_a_positive_scores_higher() -> None:
    assert area_under_roc([0.9, 0.4], [0.4, 0.1]) == (1 + 1 + 0.5 + 1) / 4
    assert area_under_roc([], [0.4]) is None


def test_the_curve_has_each_bins_size_mean_and_share() -> None:
    curve = calibration_curve([(0.0, False), (0.25, True), (0.5, True), (0.75, False), (1.0, True)], bins=2)
    assert curve == (Bin(2, 0.125, 0.5), Bin(3, 0.75, 2 / 3))
    assert calibration_curve([(0.5, True)], bins=3) == (None, Bin(1, 0.5, 1.0), None)


def test_calibration_error_is_the_distance_from_frequencies() -> None:
    assert calibration_error([Bin(4, 0.8, 0.75)]) == pytest.approx(0.05)
    assert calibration_error([Bin(1, 0.2, 0.0), None, Bin(3, 0.9, 1.0)]) == pytest.approx((0.2 + 3 * 0.1) / 4)
    assert calibration_error([None, None]) is None


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(20, 0, -1)]
    assert percentile(values, 0.95) == 19
    assert percentile(values, 0.5) == 10
    assert percentile([7.0], 0.95) == 7
    assert percentile([], 0.95) is None


def test_the_mean_of_nothing_is_not_known() -> None:
    assert mean([1, 0]) == 0.5
    assert mean([]) is None
