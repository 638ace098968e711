"""How likely each sentence is to be the wanted one: by the reader, by late interaction, by the `asks:` before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from acobot.calibration import ChoiceWeights
from acobot.encoder import Floats
from acobot.evidence.asked import SAME_QUESTION, AskedAlike
from acobot.evidence.clauses import Named
from acobot.evidence.named import WEIGHT
from acobot.evidence.parts import Part
from acobot.evidence.reading import READ_LEAST, Readings
from acobot.evidence.scoring import Scored, greatest

ASK_FROM = 0.4  # likeness from which an `asks:` line counts
NEAR_SHARE = 0.1  # of its weight is for a likeness short of being the same question


Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """One question of a message, what the reader made of it, and every sentence's score for it (m,).

    `scores` are log-odds, with what `asks:` lines say and with what `named` is, if the question names it; `unasked`
    are those without either, `alone` is the late interaction with the question's own words.
    """

    part: Part
    scores: Scores
    unasked: Scores
    alone: Floats
    readings: Readings
    named: Named | None

    def swap(self, one: int, other: int) -> None:
        """Lets two sentences change scores."""
        for of_all in (self.scores, self.unasked):
            of_all[[one, other]] = of_all[[other, one]]

    def put_first(self, first: int, other: int) -> None:
        """Lets two sentences change those scores of which the other has the higher one."""
        for of_all in (self.scores, self.unasked):
            of_all[[first, other]] = max(of_all[first], of_all[other]), min(of_all[first], of_all[other])


@dataclass(frozen=True, slots=True, eq=False)
class Unread:
    """Every sentence's score for one question before it is read (m,): by late interaction, and by `asks:` lines."""

    late: Scores
    asks: Scores

    def by_passage(self, scored: Sequence[Scored]) -> dict[int, Scores]:
        """Both together, for the sentences of each passage in their order."""
        found: dict[int, list[float]] = {}
        for one, score in zip(scored, (self.late + self.asks).tolist(), strict=True):
            found.setdefault(one.stored.number, []).append(score)
        return {number: np.array(scores) for number, scores in found.items()}


def weigh_unread(
    part: Part,
    scored: Sequence[Scored],
    late: Floats,
    asks: Sequence[AskedAlike],
    weights: ChoiceWeights,
    *,
    to_read: bool,
) -> Unread:
    """Every sentence's score for one question of the message; `late` (m,) are the late interaction's scores for it.

    Where nothing is `to_read`, these alone lead.
    """
    scores = (late * (weights.late if to_read else 1 / (weights.spread * max(float(late.max()), 1e-6)))).astype(
        np.float64
    )
    if not part.whole:
        return Unread(scores, np.zeros_like(scores))
    places = [(one.stored.number, one.sentence.sentence.start) for one in scored]
    alike = _at(places, (((ask.passage, ask.start), ask.likeness) for ask in asks))
    met = _at(places, (((ask.passage, ask.start), ask.met) for ask in asks))
    drawn = _drawn(met, max((ask.met for ask in asks), default=0.0), weights)
    return Unread(scores, weights.same * same(alike) + drawn)


def weigh(
    part: Part,
    scored: Sequence[Scored],
    unread: Unread,
    alone: Floats,
    readings: Readings,
    weights: ChoiceWeights,
    named: Named | None,
) -> Weighed:
    """Every sentence's score for one question of the message, with what the reader made of it.

    `alone` (m,) are the late interaction's scores with its own words alone.
    """
    unasked = unread.late.copy()
    if readings.by_passage:
        unasked += weights.reader * np.maximum(np.array(_in_order(scored, readings)), READ_LEAST)
    weighed = unasked + unread.asks
    if named:
        weighed[named.place] += WEIGHT
    return Weighed(part, weighed, unasked, alone, readings, named)


def same(likeness: Scores) -> Scores:
    """How much a question is the same as another, by their likeness: from 0, below `SAME_QUESTION`, to 1."""
    return np.asarray(np.clip((likeness - SAME_QUESTION) / (1 - SAME_QUESTION), 0, 1))


def pull(likeness: Scores) -> Scores:
    """How much an `asks:` line says for an answer, by how alike the message is to it: from 0, below `ASK_FROM`, to 1.

    One that is merely near says little: it stands before the right paragraph about half the time.
    """
    near = np.clip((likeness - ASK_FROM) / (1 - ASK_FROM), 0, 1)
    return np.asarray(NEAR_SHARE * near + (1 - NEAR_SHARE) * same(likeness))


def _drawn(met: Scores, best: float, weights: ChoiceWeights) -> Scores:
    """What the best met `asks:` line of each sentence adds to its score; `best` is the best of all.

    It is never less than nothing: a sentence with other questions before it has no disadvantage against one with none.
    """
    return np.maximum(weights.met * (met - weights.met_from) - weights.behind * (best - met), 0.0)


def _at(places: Sequence[tuple[int, int]], told: Iterable[tuple[tuple[int, int], float]]) -> Scores:
    """The greatest value told of each place (passage and start), 0 where there is none."""
    best = greatest(told)
    return np.array([best.get(place, 0.0) for place in places])


def _in_order(scored: Sequence[Scored], readings: Readings) -> list[float]:
    """What the reader made of each sentence."""
    by_sentence = {
        (stored.number, sentence.sentence.start): score
        for stored in {one.stored.number: one.stored for one in scored}.values()
        for sentence, score in zip(stored.sentences, readings.scores(stored), strict=True)
    }
    return [by_sentence[one.stored.number, one.sentence.sentence.start] for one in scored]
