"""Questions with known answers → the verdict's weights for one encoder and reader, and from when to answer.

Logistic regression by Newton's method (iteratively reweighted least squares), kept finite by a small ridge. Within each
file of questions answerable ones make up the calibration's share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from acobot.calibration import VerdictWeights
from acobot.evidence import Features

RIDGE = 0.05  # of the weights' squares, against a file's weight of 1 a question
STEPS = 50
SMALLEST = 1e-6  # of a probability's variance, so that the equations can be solved

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The questions of a file that were searched for: their features (n, 8), and which the sources answer (n,)."""

    features: Numbers
    answerable: npt.NDArray[np.bool_]


def known_questions(found: Sequence[tuple[Features, bool]]) -> Known:
    """The features of questions, and whether the sources answer each, as arrays."""
    rows = [list(features.values) for features, _ in found]
    return Known(np.array(rows), np.array([answerable for _, answerable in found]))


def fit_verdict(files: Sequence[Known], share: float) -> VerdictWeights:
    """The weights under which what is known is likeliest, and the threshold that tells best.

    `share` of the questions are to count as answerable. Raises `ValueError` where there is only one of the two kinds.
    """
    features, answerable = np.vstack([one.features for one in files]), np.concatenate([one.answerable for one in files])
    if answerable.all() or not answerable.any():
        raise ValueError("there must be questions that the sources answer, and such that they do not")
    counts = np.concatenate([_weigh(one.answerable, share) for one in files])
    rows = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(rows.shape[1])
    ridge = RIDGE * np.diag([*np.ones(features.shape[1]), 0.0])  # the bias is free
    for _ in range(STEPS):
        told = _logistic(rows @ weights)
        slope = rows.T @ (counts * (answerable - told)) - ridge @ weights
        curve = (rows * (counts * np.maximum(told * (1 - told), SMALLEST))[:, None]).T @ rows + ridge
        weights += np.linalg.solve(curve, slope)
    fitted = VerdictWeights(tuple(float(round(value, 2)) for value in weights), 0.5)
    told = np.concatenate([probabilities(one, fitted) for one in files])
    return replace(fitted, answer_from=_best_threshold(told, answerable, counts, share))


def probabilities(known: Known, fitted: VerdictWeights) -> Numbers:
    """The probability that the sources answer each question (n,)."""
    *weights, bias = fitted.weights
    return _logistic(known.features @ np.array(weights) + bias)


def _weigh(answerable: npt.NDArray[np.bool_], share: float) -> Numbers:
    """What each question of a file counts: as many in all as there are, answerable ones `share` of it."""
    yes, no = max(int(answerable.sum()), 1), max(int((~answerable).sum()), 1)
    return len(answerable) * np.where(answerable, share / yes, (1 - share) / no)


def _best_threshold(told: Numbers, answerable: npt.NDArray[np.bool_], counts: Numbers, share: float) -> float:
    """The probability from which to answer: where the shares answered rightly and declined rightly are highest."""
    own = np.where(answerable, counts / share, counts / (1 - share))  # both kinds alike
    tried = np.round(np.arange(0.05, 1.0, 0.01), 2)
    right = [float(own[(told >= least) == answerable].sum()) for least in tried]
    best = [float(least) for least, value in zip(tried, right, strict=True) if value >= max(right) - 1e-9]
    return round(best[len(best) // 2], 2)


def _logistic(values: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))
