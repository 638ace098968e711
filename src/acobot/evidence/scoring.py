"""How well a sentence answers a question: late interaction, without training.

ColBERT's MaxSim (Khattab & Zaharia 2020) with the vectors of a sentence encoder: for each word piece of the question
its best cosine with any piece of the sentence, whose vectors come from the encoding of the whole passage. Pieces are
weighted by how rare they are. A sentence also answers for what stands around it, at a discount: its passage's title,
headings and `asks:`, and the sentence before it. Scores lie between 0 and 1 but for small bonuses; higher is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from acobot.calibration import SentenceWeights
from acobot.encoder import Encoding, Floats
from acobot.index import StoredPassage, StoredSentence, Version, greatest_of
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


def score_sentences(
    version: Version, encoding: Encoding, pieces: Floats, candidates: Sequence[Candidate], weights: SentenceWeights
) -> list[Scored]:
    """Every sentence of the candidates, in their order, with its matches.

    `pieces` (n,) are the weights of the question's word pieces: for one without, what stands around is not looked at.
    """
    if not candidates:
        return []
    texts = np.concatenate([one.cosines for one in candidates], axis=1)
    sizes = [one.cosines.shape[1] for one in candidates]
    context = np.zeros((len(pieces), len(candidates)), dtype=np.float32)
    asked, numbers = np.flatnonzero(pieces), [one.stored.number for one in candidates]
    context[asked] = weights.context * version.around.nearest(numbers, encoding.tokens[asked])
    passage = weights.passage * greatest_of(texts, sizes)
    counts = np.array([len(one.stored.sentences) for one in candidates])
    of = np.repeat(np.arange(len(candidates)), counts)  # the candidate of each sentence
    own = _best(texts, _ranges(candidates, sizes))
    before = np.zeros_like(own)
    before[:, 1:] = own[:, :-1]
    before[:, (np.cumsum(counts) - counts)[counts > 0]] = 0  # of another passage
    met = np.maximum(np.maximum(own, context[:, of]), weights.context * before)
    matches = np.ascontiguousarray(((1 - weights.passage) * met + passage[:, of]).T)
    sentences = [(one.stored, sentence) for one in candidates for sentence in one.stored.sentences]
    bonuses = [bonus for one in candidates for bonus in _bonuses(encoding, one, weights)]
    return [
        Scored(stored, sentence, stored.text_of(sentence), matched, bonus)
        for (stored, sentence), matched, bonus in zip(sentences, matches, bonuses, strict=True)
    ]


def _bonuses(encoding: Encoding, candidate: Candidate, weights: SentenceWeights) -> list[float]:
    """What counts beside the matches of each of a candidate's sentences."""
    alike = (candidate.meanings @ encoding.vector).astype(np.float64)
    bonuses: list[float] = (weights.candidate * candidate.score + weights.meaning * alike).tolist()
    return bonuses


def _ranges(candidates: Sequence[Candidate], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the word pieces of each sentence stand among those of all candidates' texts, of so many pieces."""
    begin = 0
    for one, size in zip(candidates, sizes, strict=True):
        shift = begin - one.stored.first_token
        yield from ((own.first_token + shift, own.last_token + shift) for own in one.stored.sentences)
        begin += size


def _best(cosines: Floats, ranges: Iterable[tuple[int, int]]) -> Floats:
    """Each question piece's best cosine with any of those in each range (n, ranges); 0 where a range is empty."""
    bounds = np.array(list(ranges), dtype=np.intp).reshape(-1, 2)
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
