"""Candidates → what the reader makes of their sentences. The most promising are read first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field

import numpy as np
import numpy.typing as npt

from acobot.calibration import ReadingWeights
from acobot.encoder import Floats
from acobot.evidence.asked import AskedAlike
from acobot.evidence.read_as import as_input
from acobot.evidence.scoring import Scored, greatest
from acobot.index import StoredPassage, Version
from acobot.reader import UNREAD, Reader, Reading, answer_probability
from acobot.retrieval import Candidate

MOST_READ, AT_A_TIME = 12, 2  # passages
SURE = 0.8  # probability that what was read answers, from which on only what could be better is read
REACH = 8.0  # log-odds that a sentence may gain by being read
UNSURE_AFTER = 8  # passages, the best of all, after which no answer is looked for any more
HOPELESS, HOPELESS_AFTER = 0.05, 4  # probability below which none is after so many
READ_LEAST = -12.0  # the score of a sentence that was not read, or that the reader finds hopeless


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read, by the number of the passage; nothing where there is no reader.

    `ends` are the offsets at which its sentences end in what was read, where each stands last in its span.
    """

    by_passage: Mapping[int, Reading] = field(default_factory=dict)
    ends: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def answers(self) -> float:
        """The probability that anything of what was read answers; 0 where nothing was read."""
        return answer_probability(list(self.by_passage.values())) if self.by_passage else 0.0

    def scores(self, stored: StoredPassage) -> list[float]:
        """A score for each sentence of a passage, `UNREAD` where it was not read."""
        reading = self.by_passage.get(stored.number)
        return [float(score) for score in reading.scores] if reading else [UNREAD] * len(stored.sentences)

    def emphasis(self, stored: StoredPassage, place: int, least: float) -> tuple[int, int] | None:
        """The words of a passage's sentence that answer, as a span of its source's text; None where unsure.

        So it is where they are not its own, but what it was read with.
        """
        reading = self.by_passage.get(stored.number)
        span = reading.emphasis(place, least) if reading else None
        own = stored.sentences[place].sentence
        shift = own.end - self.ends[stored.number][place] if span else 0
        return (span[0] + shift, span[1] + shift) if span and span[0] + shift >= own.start else None


NOTHING_READ = Readings()


def by_promise(
    candidates: Sequence[Candidate],
    scored: Sequence[Scored],
    late: Floats,
    asks: Sequence[AskedAlike],
    weights: ReadingWeights,
) -> list[Candidate]:
    """The candidates, those most likely to answer first; `late` (m,) are the scores of the m sentences `scored`."""
    promises = np.round(passage_features(candidates, scored, late, asks) @ np.array(astuple(weights)), 4)
    return [candidates[place] for place in np.argsort(-promises, kind="stable")]


def passage_features(
    candidates: Sequence[Candidate], scored: Sequence[Scored], late: Floats, asks: Sequence[AskedAlike]
) -> npt.NDArray[np.float64]:
    """What makes each of n candidates worth reading (n, 3), in the order of `ReadingWeights`."""
    best = greatest((one.stored.number, score) for one, score in zip(scored, late.tolist(), strict=True))
    met = greatest((ask.passage, ask.met) for ask in asks)
    numbers = [one.stored.number for one in candidates]
    features = [
        (best.get(number, 0.0), math.log1p(place), met.get(number, 0.0)) for place, number in enumerate(numbers)
    ]
    return np.array(features, dtype=np.float64)


def read_candidates(
    version: Version,
    reader: Reader | None,
    question: str,
    candidates: Sequence[Candidate],
    before: Mapping[int, npt.NDArray[np.float64]],
) -> Readings:
    """The first passages read together with the question, no more than can matter; none without a reader.

    `before` are the scores of each passage's sentences before they are read, by its number.
    """
    if reader is None:
        return NOTHING_READ
    read: dict[int, Reading] = {}
    ends: dict[int, list[int]] = {}
    best = candidates[:MOST_READ]
    for begin in range(0, len(best), AT_A_TIME):
        if _enough(read, best[begin:], before):
            break
        together = best[begin : begin + AT_A_TIME]
        inputs = [as_input(version, one.stored) for one in together]
        numbers = [one.stored.number for one in together]
        read.update(zip(numbers, reader.read(question, inputs), strict=True))
        ends.update(zip(numbers, ([end for _, end in one.sentences] for one in inputs), strict=True))
    return Readings(read, ends)


def _enough(
    read: Mapping[int, Reading], left: Sequence[Candidate], before: Mapping[int, npt.NDArray[np.float64]]
) -> bool:
    """Whether reading on would change nothing: what was read answers and what is left cannot lead, or nothing does."""
    answers = answer_probability(list(read.values()))
    if answers < SURE:
        return len(read) >= UNSURE_AFTER or (len(read) >= HOPELESS_AFTER and answers < HOPELESS)
    lead = max(
        float((before[number] + np.maximum(reading.scores, READ_LEAST)).max()) for number, reading in read.items()
    )
    return all(float(before[one.stored.number].max()) + REACH <= lead for one in left)
