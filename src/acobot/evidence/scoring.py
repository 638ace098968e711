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

    def best(first: int, last: int) -> Floats:
        """Each question piece's best cosine with the rows [first, last) of the token file; 0 where there are none."""
        found = candidate.cosines[:, first - stored.context_token : last - stored.context_token]
        return np.asarray(found.max(axis=1, initial=0.0), dtype=np.float32)

    context = weights.context * best(stored.context_token, stored.first_token)
    passage = weights.passage * best(stored.first_token, stored.last_token)
    before = np.zeros_like(context)
    found: list[Scored] = []
    for sentence, likeness in zip(stored.sentences, (candidate.meanings @ encoding.vector).tolist(), strict=True):
        own = best(sentence.first_token, sentence.last_token)
        around = np.maximum(np.maximum(own, context), weights.context * before)
        text = stored.text_of(sentence)
        bonus = weights.candidate * candidate.score + weights.meaning * likeness
        found.append(Scored(stored, sentence, text, (1 - weights.passage) * around + passage, bonus))
        before = own
    return found


def greatest(told: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """The greatest value told of each key."""
    best: dict[Key, float] = {}
    for key, value in told:
        best[key] = max(value, best.get(key, value))
    return best
