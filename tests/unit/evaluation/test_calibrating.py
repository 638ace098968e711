import numpy as np
import pytest

from acobot.evaluation.calibrating import Known, fit_verdict, known_questions, probabilities
from acobot.evidence import Features


def features(read: float) -> Features:
    return Features(read=read, best=0.5, nearest=0.5, asked=0.0, limited=0.0, unnamed=0, lacking=False)


def known(yes: list[float], no: list[float]) -> Known:
    return known_questions([*((features(value), True) for value in yes), *((features(value), False) for value in no)])


def test_what_is_known_is_told_apart_by_what_tells_it_apart() -> None:
    told = known([2.0, 3.0, 4.0, 2.5], [-2.0, -3.0, -1.0, -2.5])
    fitted = fit_verdict([told], share=0.5)
    assert fitted.weights[0] > 0.5
    answered = probabilities(told, fitted) >= fitted.answer_from
    assert answered.tolist() == told.answerable.tolist()


def test_the_share_that_is_answerable_moves_the_odds() -> None:
    told = known([1.0, 2.0, -1.0, 3.0], [-1.0, -2.0, 1.0, -3.0])
    seldom, often = (probabilities(told, fit_verdict([told], share)) for share in (0.2, 0.8))
    assert np.all(often > seldom)


def test_half_of_alike_questions_are_half_likely() -> None:
    told = known([1.0] * 4, [1.0] * 4)
    assert probabilities(told, fit_verdict([told], share=0.5)) == pytest.approx([0.5] * 8, abs=0.01)


def test_one_kind_of_question_is_not_enough() -> None:
    with pytest.raises(ValueError, match="there must be questions that the sources answer, and such that they do not"):
        fit_verdict([known([1.0, 2.0], [])], share=0.8)
