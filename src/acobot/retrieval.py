"""Query → candidate passages, by meaning, by words, and by late interaction. Keeps what it rejected, with the score.

Two searches propose a pool: the nearest vectors, and BM25. The best of it are read again, word piece by word piece.
One meaning of score: likeness of a passage to the query, between 0 and 1, higher is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from acobot.calibration import RetrievalWeights
from acobot.encoder import Encoding, Floats
from acobot.index import StoredPassage, Version, all_cosines, greatest_of
from acobot.languages import bracketed
from acobot.question import Query

CANDIDATES = 20  # passages whose sentences are looked at
POOL = 100  # passages that either search proposes
READ_AGAIN = 30  # of the pool are ranked by late interaction
EXPANSION_WEIGHT = 0.5  # of a word in brackets: there to spell out an abbreviation, or from an earlier question

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage that was found; each score is higher where it is better.

    `score` fuses `dense`, a cosine, `words`, a BM25 score, and `late`, the late interaction. `cosines` (n, t) are those
    of the question's n word pieces with the t of the passage's text. `meanings` (sentences, d) are the directions of
    its sentences' mean vectors.
    """

    stored: StoredPassage
    score: float
    dense: float
    words: float
    late: float
    meanings: Floats
    cosines: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval found: the chosen passages, best first, and the numbers and scores of those it rejected."""

    chosen: tuple[Candidate, ...]
    rejected: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class _Pool:
    """What the two searches propose: passage numbers in order, with their cosines and BM25 scores."""

    numbers: tuple[int, ...]
    dense: Numbers
    words: Numbers


def retrieve(
    version: Version,
    query: Query,
    encoding: Encoding,
    weights: RetrievalWeights,
    limit: int = CANDIDATES,
    source_ids: Sequence[str] | None = None,
) -> Candidates:
    """The best `limit` passages of the version, or of the named sources. Raises `SourceChoiceError`."""
    pool = _propose(version, query, encoding, max(POOL, limit), source_ids)
    if not pool.numbers:
        return Candidates((), ())
    order = _ranked((_scaled(pool.dense) + _scaled(pool.words)) / 2, pool.numbers)[: max(READ_AGAIN, limit)]
    pieces = question_weights(version, query.worded, encoding, weights.rarity)
    read = [version.read_passage(pool.numbers[place]) for place in order]
    sizes = [len(one.run.pieces) for one in read]
    cosines = all_cosines([one.run for one in read], encoding.tokens)
    late = np.array([_late_interaction(best, pieces) for best in np.ascontiguousarray(greatest_of(cosines, sizes).T)])
    dense, words = pool.dense[order], pool.words[order]
    scores = weights.dense * _scaled(dense) + weights.words * _scaled(words) + weights.late * _scaled(late)
    rounded = [[round(float(value), 4) for value in part] for part in (scores, dense, words, late)]
    found = [
        Candidate(one.stored, score, cosine, bm25, interaction, one.meanings, own)
        for one, own, score, cosine, bm25, interaction in zip(read, _parted(cosines, sizes), *rounded, strict=True)
    ]
    found.sort(key=lambda one: (-one.score, one.stored.number))
    return Candidates(tuple(found[:limit]), tuple((one.stored.number, one.score) for one in found[limit:]))


def question_weights(version: Version, searched_for: str, encoding: Encoding, rarity: float) -> Floats:
    """How much each word piece of the question counts (n,), adding up to 1: the rarer the more; punctuation nothing."""
    weights = version.piece_weights.of(encoding.pieces) ** rarity
    inside = bracketed(searched_for)
    for place, (start, end) in enumerate(encoding.spans.tolist()):
        if not any(char.isalnum() for char in searched_for[start:end]):
            weights[place] = 0
        elif any(first < start < last for first, last in inside):
            weights[place] *= EXPANSION_WEIGHT
    return normalised(weights)


def normalised(weights: Floats) -> Floats:
    """Weights that add up to 1; all alike where none counts."""
    total = float(weights.sum())
    if total <= 0:
        return np.full(len(weights), 1 / max(len(weights), 1), dtype=np.float32)
    return (weights / total).astype(np.float32)


def _propose(version: Version, query: Query, encoding: Encoding, size: int, source_ids: Sequence[str] | None) -> _Pool:
    """The passages that either search finds among the best `size` of all, or of the named sources."""
    among = None if source_ids is None else version.corpus.ranges_of(source_ids)
    words = version.words.scores(query.worded, among)
    dense = version.dense.search(encoding.vector, size, among)
    by_words = _greatest(words, size)
    others = [number for number in by_words if number not in dense]
    dense |= dict(zip(others, version.dense.cosines(encoding.vector, others), strict=True))
    numbers = tuple(sorted(dense))
    return _Pool(numbers, np.array([dense[n] for n in numbers]), words[list(numbers)].astype(np.float64))


def _greatest(scores: Floats, most: int) -> list[int]:
    """The places of the greatest scores over 0, at most so many; ties go to the lower place."""
    least = np.partition(scores, -most)[-most] if most < len(scores) else 0
    held = np.flatnonzero((scores >= least) & (scores > 0))  # far fewer to sort than hold any word of the question
    return [int(place) for place in held[np.argsort(-scores[held], kind="stable")[:most]]]


def _parted(cosines: Floats, sizes: Sequence[int]) -> Iterator[Floats]:
    """The columns of each passage, of which there are so many."""
    last = 0
    for size in sizes:
        first, last = last, last + size
        yield cosines[:, first:last]


def _late_interaction(best: Floats, weights: Floats) -> float:
    """The weighted mean of the question's word pieces' best cosines (n,) with any piece of a passage's text."""
    return float(best @ weights)


def _ranked(scores: Numbers, numbers: Sequence[int]) -> list[int]:
    """Places by score, best first; ties go to the lower passage number."""
    return sorted(range(len(numbers)), key=lambda place: (-round(float(scores[place]), 4), numbers[place]))


def _scaled(values: Numbers) -> Numbers:
    """Values from 0 to 1; all 0 where they are all alike."""
    spread = values.max() - values.min()
    return (values - values.min()) / spread if spread > 0 else np.zeros_like(values)
