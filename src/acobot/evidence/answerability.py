"""How likely it is that the sources answer: logistic regression over four signs, each of which can be read.

Coefficients come from `tests/evaluation/fit_confidence.py`; how well they tell is in DECISIONS.md. A probability holds
for some share of answerable questions: that of the fit is FITTED_SHARE, and another is reached by shifting the odds
(Saerens, Latinne & Decaestecker 2002).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from acobot.index import STOP_WORDS

FITTED_SHARE = 0.8  # of the questions were answerable, by weight, when the coefficients were fitted
WEIGHTS = (4.65, 1.62, -1.24, -2.55)  # of the signs, in their order
BIAS = -2.41
MOST_UNNAMED = 2
ANSWER_FROM = 0.4  # the probability below which the sources are said not to answer

# A capital that only opens a sentence makes no name.
_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][\w'’-]+\b|\b[A-Z][A-Z\d]+s?\b|\b\d[\d,.]*\b")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer, or against one.

    `best` is the score of the best sentence, `nearest` the cosine of the nearest passage, `unnamed` how many names and
    numbers of the question no passage holds (two at most), `lacking` whether a date, a length or a number is asked for
    and no quote holds one.
    """

    best: float
    nearest: float
    unnamed: int
    lacking: bool


def answerability(signs: Signs, share: float = FITTED_SHARE) -> float:
    """The probability that the sources answer, rounded to 0.01, where `share` of all questions are answerable."""
    shift = _log_odds(share) - _log_odds(FITTED_SHARE)
    logit = sum(weight * value for weight, value in zip(WEIGHTS, astuple(signs), strict=True)) + BIAS + shift
    return round(1 / (1 + math.exp(-logit)), 2)


def unnamed(question: str, held: Iterable[str]) -> int:
    """How many names and numbers of the question stand in none of the texts, `MOST_UNNAMED` at most."""
    everything = " ".join(held).casefold()
    names = {name.casefold() for name in _NAME.findall(question)} - STOP_WORDS
    return min(sum(name not in everything for name in names), MOST_UNNAMED)


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))
