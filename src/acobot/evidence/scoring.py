"""How well a sentence answers a question: late interaction, without training.

ColBERT's MaxSim (Khattab & Zaharia 2020) with the vectors of a sentence encoder: for each word piece of the question
its best cosine with any piece of the sentence, whose vectors come from the encoding of the whole passage. Pieces are
weighted by how rare they are. A sentence also answers for what stands around it, at a discount: its passage's title,
headings and `asks:`, and the sentence before it. Scores lie between 0 and 1 but for small bonuses; higher is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from acobot.calibration import SentenceWeights
from acobot.encoder import Encoding, Floats
from acobot.index import StoredPassage, StoredSentence
from acobot.retrieval import Candidate

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of a candidate passage.

    `matches` (n,) is how well each of the question's word pieces is met, between 0 and 1; `bonus` is what counts beside
    them, whichever pieces are asked about.
    """

    stored: StoredPassage
    sentence: StoredSentence
    text: str
    matches: Floats
    bonus: float


def score_sentences(encoding: Encoding, candidates: Sequence[Candidate], weights: SentenceWeights) -> list[Scored]:
    """Every sentence of the candidates, in their order, with its matches."""
    return [scored for candidate in candidates for scored in _score_passage(encoding, candidate, weights)]


def _score_passage(encoding: Encoding, candidate: Candidate, weights: SentenceWeights) -> list[Scored]:
    stored = candidate.stored
    context = weights.context * candidate.context.cosines(encoding.tokens).max(axis=1, initial=0.0)
    passage = weights.passage * candidate.cosines.max(axis=1, initial=0.0)
    first = stored.first_token
    own = _best(candidate.cosines, [(one.first_token - first, one.last_token - first) for one in stored.sentences])
    before = np.zeros_like(own)
    before[:, 1:] = own[:, :-1]
    around = np.maximum(np.maximum(own, context[:, None]), weights.context * before)
    matches = (1 - weights.passage) * around + passage[:, None]
    alike = (candidate.meanings @ encoding.vector).astype(np.float64)
    bonuses = weights.candidate * candidate.score + weights.meaning * alike
    return [
        Scored(stored, sentence, stored.text_of(sentence), matched, bonus)
        for sentence, matched, bonus in zip(stored.sentences, matches.T, bonuses.tolist(), strict=True)
    ]


def _best(cosines: Floats, ranges: Sequence[tuple[int, int]]) -> Floats:
    """Each question piece's best cosine with any of those in each range (n, ranges); 0 where a range is empty."""
    bounds = np.array(ranges, dtype=np.intp).reshape(-1, 2)
    empty = bounds[:, 0] >= bounds[:, 1]
    beyond = np.zeros((len(cosines), 1), dtype=np.float32)  # so that the end of the last range is a place too
    found = np.maximum.reduceat(np.concatenate([cosines, beyond], axis=1), bounds.ravel(), axis=1)[:, ::2]
    found[:, empty] = 0
    return np.asarray(found, dtype=np.float32)


def greatest(told: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """The greatest value told of each key."""
    best: dict[Key, float] = {}
    for key, value in told:
        best[key] = max(value, best.get(key, value))
    return best
