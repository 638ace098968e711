import numpy as np
import pytest

from acobot.encoder import Encoding
from acobot.evidence.parts import PART_SHARE, split_parts
from tests.fakes import ENGLISH

TWO = "When was it opened, and who collects tolls?"


def encoding_of(text: str) -> Encoding:
    """A word piece a word; its vectors do not matter here."""
    places: list[tuple[int, int]] = []
    for word in text.split():
        start = text.index(word, places[-1][1] if places else 0)
        places.append((start, start + len(word)))
    size = len(places)
    return Encoding(np.zeros(2, np.float32), np.zeros((size, 2), np.float32), np.array(places), np.zeros(size, int))


def even(size: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.full(size, 1 / size, dtype=np.float32)


def test_one_question_is_one_part() -> None:
    (part,) = split_parts("Who runs it and pays?", encoding_of("Who runs it and pays?"), even(5), ENGLISH)
    assert part.text == "Who runs it and pays?"
    assert part.weights == pytest.approx(even(5))


def test_each_of_two_questions_weighs_its_own_words_most() -> None:
    first, second = split_parts(TWO, encoding_of(TWO), even(8), ENGLISH)
    assert (first.text, second.text) == ("When was it opened", "who collects tolls?")
    assert first.weights.sum() == pytest.approx(1)
    assert first.weights[0] == pytest.approx(PART_SHARE / 4 + (1 - PART_SHARE) / 8)
    assert first.weights[-1] == pytest.approx((1 - PART_SHARE) / 8)


def test_what_is_asked_twice_is_one_part() -> None:
    text = "Who pays? Who pays? WHO PAYS?"
    (part,) = split_parts(text, encoding_of(text), even(6), ENGLISH)
    assert part.whole


def test_what_was_spelled_out_is_not_told_as_typed() -> None:
    text = "What is an ACO (accountable care organisation)? Who pays?"
    first, second = split_parts(text, encoding_of(text), even(9), ENGLISH)
    assert (first.as_typed, second.as_typed) == ("What is an ACO?", "Who pays?")
