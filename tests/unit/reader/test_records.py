"""Scores to probabilities, and the words that answer, with numbers worked out by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from acobot.reader import Reading, SentencePieces, answer_probability, sentence_probabilities


def reading(*scores: float, pieces: tuple[SentencePieces, ...] = ()) -> Reading:
    return Reading(np.array(scores, dtype=np.float32), 0.0, pieces)


def test_sentences_and_none_share_one_probability() -> None:
    parts = sentence_probabilities([reading(0.0, math.log(2)), reading(0.0)])
    assert [part.tolist() for part in parts] == [pytest.approx([0.2, 0.4]), pytest.approx([0.2])]
    assert answer_probability([reading(0.0, math.log(2)), reading(0.0)]) == pytest.approx(0.8)


def test_nothing_read_is_no_answer() -> None:
    assert answer_probability([]) == 0
    assert answer_probability([reading()]) == 0


def test_great_scores_do_not_overflow() -> None:
    assert answer_probability([reading(900.0, -900.0)]) == pytest.approx(1)


def pieces(starts: Sequence[float], ends: Sequence[float]) -> SentencePieces:
    spans = np.array([(10 * place, 10 * place + 5) for place in range(len(starts))])
    return SentencePieces(spans, np.array(starts, dtype=np.float32), np.array(ends, dtype=np.float32))


def test_the_emphasis_is_the_likeliest_run_of_pieces() -> None:
    one = reading(0.0, pieces=(pieces([0, 9, 0, 0], [0, 0, 9, 0]),))
    assert one.emphasis(0, 0.5) == (10, 25)


def test_no_emphasis_where_two_runs_are_alike() -> None:
    one = reading(0.0, pieces=(pieces([9, 0, 0, 9], [9, 0, 0, 9]),))
    assert one.emphasis(0, 0.5) is None


def test_no_emphasis_of_a_whole_sentence_or_an_unread_one() -> None:
    one = reading(0.0, 0.0, pieces=(pieces([9, 0], [0, 9]), pieces([], [])))
    assert one.emphasis(0, 0.5) is None
    assert one.emphasis(1, 0.5) is None


def test_no_emphasis_ends_before_it_starts_or_is_longer_than_allowed() -> None:
    backwards = reading(0.0, pieces=(pieces([0, 0, 20], [20, 0, 0]),))
    assert backwards.emphasis(0, 0.1) in {(0, 5), (20, 25), None}
    far = reading(0.0, pieces=(pieces([30] + [0] * 13, [0] * 13 + [30]),))
    start_end = far.emphasis(0, 0.01)
    assert start_end is None or start_end[1] - start_end[0] < 120
