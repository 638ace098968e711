"""Query → candidate passages, by meaning and by words. Keeps what it rejected, with the score.

One meaning of score: likeness of a passage to the query, between 0 and 1, higher is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from acobot.encoder import Encoding
from acobot.index import StoredPassage, Version
from acobot.question import Query

CANDIDATES = 20  # passages whose sentences are looked at
POOL = 100  # passages that either search proposes
DENSE_SHARE = 0.7  # of the fused score; the rest is BM25's


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found: `score` fuses `dense`, a cosine, and `words`, a BM25 score; each higher is better."""

    stored: StoredPassage
    score: float
    dense: float
    words: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval found: the chosen passages, best first, and the numbers and scores of those it rejected."""

    chosen: tuple[Candidate, ...]
    rejected: tuple[tuple[int, float], ...]


def retrieve(
    version: Version,
    query: Query,
    encoding: Encoding,
    limit: int = CANDIDATES,
    source_ids: Sequence[str] | None = None,
) -> Candidates:
    """The best passages of the version, or of the named sources. Raises `SourceChoiceError`.

    Both scores are put on a scale from 0 to 1 over the pool (min-max) and added up, 0.7 to 0.3.
    """
    allowed = version.corpus.passage_numbers(source_ids) if source_ids is not None else None
    pool_size = max(POOL, limit)
    words = version.words.scores(query.searched_for)
    dense = version.dense.search(encoding.vector, pool_size if allowed is None else len(version.dense))
    by_words = np.argsort(-words, kind="stable")[: pool_size if allowed is None else len(words)]
    pool = sorted({*dense, *(int(number) for number in by_words if words[number] > 0)})
    pool = [number for number in pool if allowed is None or number in allowed]
    if not pool:
        return Candidates((), ())
    cosines = np.array(
        [dense[n] if n in dense else float(version.dense.vector(n) @ encoding.vector) for n in pool], dtype=np.float64
    )
    scores = DENSE_SHARE * _scaled(cosines) + (1 - DENSE_SHARE) * _scaled(words[pool].astype(np.float64))
    order = sorted(range(len(pool)), key=lambda place: (-round(float(scores[place]), 4), pool[place]))
    chosen = tuple(
        Candidate(
            version.corpus.passage(pool[place]),
            round(float(scores[place]), 4),
            round(float(cosines[place]), 4),
            round(float(words[pool[place]]), 4),
        )
        for place in order[:limit]
    )
    return Candidates(chosen, tuple((pool[place], round(float(scores[place]), 4)) for place in order[limit:]))


def _scaled(values: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    """Values from 0 to 1; all 0 where they are all alike."""
    spread = values.max() - values.min()
    return (values - values.min()) / spread if spread > 0 else np.zeros_like(values)
