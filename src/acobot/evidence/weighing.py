"""How likely each sentence is to be the wanted one: by the reader, by late interaction, by the `asks:` before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats
from acobot.evidence.asked import SAME_QUESTION, AskedAlike
from acobot.evidence.parts import Part
from acobot.evidence.reading import Readings
from acobot.evidence.scoring import Scored

# A sentence's score is a log-odds: one that lies 1 below another is e times less likely to be the wanted one.
READER_WEIGHT = 1.0  # of the reader's score
READ_LEAST = -12.0  # the score of a sentence that was not read, or that the reader finds hopeless
LATE_WEIGHT = 20.0  # of the late interaction's score, beside the reader's
SPREAD = 0.045  # of the best late interaction's score makes 1 where there is no reader
ASK_WEIGHT = 30.0  # of being the sentence that an `asks:` line stands for which says the same as the message
ASK_FROM = 0.4  # likeness from which an `asks:` line counts
NEAR_SHARE = 0.1  # of its weight is for a likeness short of being the same question


Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """One question of a message, what the reader made of it, and every sentence's score for it (m,).

    `scores` are log-odds, `unasked` the same without what `asks:` lines say; `alone` is the late interaction with the
    question's own words.
    """

    part: Part
    scores: Scores
    unasked: Scores
    alone: Floats
    readings: Readings


def weigh(
    part: Part,
    scored: Sequence[Scored],
    matches: Floats,
    bonuses: Floats,
    readings: Readings,
    asks: Sequence[AskedAlike],
) -> Weighed:
    """Every sentence's score for one question of the message."""
    late = matches @ part.weights + bonuses
    scores = late * (LATE_WEIGHT if readings.by_passage else 1 / (SPREAD * max(float(late.max()), 1e-6)))
    if readings.by_passage:
        scores = scores + READER_WEIGHT * np.maximum(np.array(_in_order(scored, readings)), READ_LEAST)
    unasked = scores.astype(np.float64)
    if part.whole:
        best: dict[tuple[int, int], float] = {}
        for ask in asks:
            best.setdefault((ask.passage, ask.start), ask.likeness)
        alike = np.array([best.get((one.stored.number, one.sentence.sentence.start), 0.0) for one in scored])
        scores = scores + ASK_WEIGHT * pull(alike)
    return Weighed(part, scores.astype(np.float64), unasked, matches @ part.own + bonuses, readings)


def pull(likeness: Scores) -> Scores:
    """How much an `asks:` line counts, by how alike the message is to it: from 0, below `ASK_FROM`, to 1.

    One that is merely near says little: it stands before the right paragraph less than half the time.
    """
    near = np.clip((likeness - ASK_FROM) / (1 - ASK_FROM), 0, 1)
    same = np.clip((likeness - SAME_QUESTION) / (1 - SAME_QUESTION), 0, 1)
    return np.asarray(NEAR_SHARE * near + (1 - NEAR_SHARE) * same)


def _in_order(scored: Sequence[Scored], readings: Readings) -> list[float]:
    """What the reader made of each sentence."""
    by_sentence = {
        (stored.number, sentence.sentence.start): score
        for stored in {one.stored.number: one.stored for one in scored}.values()
        for sentence, score in zip(stored.sentences, readings.scores(stored), strict=True)
    }
    return [by_sentence[one.stored.number, one.sentence.sentence.start] for one in scored]
