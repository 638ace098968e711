"""The losses, with numbers worked out by hand."""

import math

import pytest
import torch
from training.losses import choice_losses, span_losses


def test_a_question_is_answered_by_any_of_its_right_sentences() -> None:
    scores = torch.log(torch.tensor([1.0, 2.0, 4.0]))  # beside "none", which has 1
    losses = choice_losses(scores, torch.tensor([0, 0, 0]), torch.tensor([1.0, 0.0, 1.0]), torch.tensor([False]))
    assert losses.tolist() == pytest.approx([-math.log(5 / 8)])


def test_where_every_right_sentence_is_wanted_each_counts_alike() -> None:
    scores = torch.log(torch.tensor([1.0, 2.0, 4.0]))
    losses = choice_losses(scores, torch.tensor([0, 0, 0]), torch.tensor([1.0, 0.0, 1.0]), torch.tensor([True]))
    assert losses.tolist() == pytest.approx([-(math.log(1 / 8) + math.log(4 / 8)) / 2])


def test_without_a_right_sentence_none_is_right() -> None:
    scores = torch.log(torch.tensor([3.0, 1.0]))
    losses = choice_losses(scores, torch.tensor([0, 1]), torch.tensor([0.0, 0.0]), torch.tensor([False, False]))
    assert losses.tolist() == pytest.approx([-math.log(1 / 4), -math.log(1 / 2)])


def test_great_scores_do_not_overflow() -> None:
    losses = choice_losses(torch.tensor([500.0]), torch.tensor([0]), torch.tensor([1.0]), torch.tensor([False]))
    assert losses.tolist() == pytest.approx([0.0])


def test_a_span_is_judged_among_the_pieces_of_its_sentence() -> None:
    starts, ends = torch.zeros(1, 6), torch.zeros(1, 6)
    starts[0, 0] = 99.0  # outside the sentence, so it does not matter
    losses = span_losses(starts, ends, torch.tensor([[0, 2, 6, 3, 4]]))
    assert losses.tolist() == pytest.approx([math.log(4), math.log(4)])


def test_no_answers_no_losses() -> None:
    assert span_losses(torch.zeros(1, 3), torch.zeros(1, 3), torch.zeros(0, 5, dtype=torch.long)).tolist() == []
