"""Raw scores of a micro-batch → one loss a question. Torch; knows no data."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

LEAST = 1e-9


def choice_losses(scores: Tensor, question: Tensor, right: Tensor, every: Tensor) -> Tensor:
    """Of each of n questions, −log of the probability of a right sentence among all its sentences and "none".

    scores (S,) less their passage's null, question (S,) of each sentence, whether it is right (S,); `every` (n,) says
    where each right sentence is wanted: there it is the mean of −log over them. "None" has the score 0.
    """
    count = len(every)
    top = torch.zeros(count).scatter_reduce(0, question, scores.detach(), "amax")
    shifted = torch.exp(scores - top[question])
    total = torch.zeros(count).scatter_add(0, question, shifted) + torch.exp(-top)
    wanted = torch.zeros(count).scatter_add(0, question, shifted * right)
    number = torch.zeros(count).scatter_add(0, question, right)
    some = torch.where(number > 0, wanted, torch.exp(-top))
    any_of = torch.log(total) - torch.log(some + LEAST)
    apart = (torch.log(total) + top)[question] - scores
    each_of = torch.zeros(count).scatter_add(0, question, apart * right) / number.clamp(min=1)
    return torch.where(every, each_of, any_of)


def span_losses(starts: Tensor, ends: Tensor, targets: Tensor) -> Tensor:
    """−log of the probabilities of an answer's first and last piece, each among the pieces of its sentence.

    starts, ends (B, T); targets (A, 5): row, sentence's first place, place behind its last, answer's first and last.
    """
    losses = []
    for row, begin, stop, first, last in targets.tolist():
        for logits, place in ((starts, first), (ends, last)):
            among = logits[row, begin:stop].float()
            losses.append(functional.cross_entropy(among[None], torch.tensor([place - begin])))
    return torch.stack(losses) if losses else torch.zeros(0)
