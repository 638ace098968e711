"""What stands around passages: title, headings, and `asks:` lines. Only the nearest of its word pieces counts.

Where there are many of these, as there are of lines, a question's are multiplied with them in whole numbers. Score is a
cosine, between 0 and 1; higher is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from acobot.encoder import Floats
from acobot.index.corpus import Corpus
from acobot.index.token_vectors import TokenRun, TokenVectors, all_cosines, greatest_of
from acobot.index.whole_numbers import Steps, WholeNumbers

MANY = 256  # word pieces: laying out fewer takes longer than it saves
KEPT = 256  # passages, some 500 kB each where a passage has a hundred lines


class Around:
    """The word pieces around each passage of an opened version. Anything amiss raises `DamagedIndexError`."""

    def __init__(self, corpus: Corpus, tokens: TokenVectors) -> None:
        self._corpus = corpus
        self._tokens = tokens
        self._kept = lru_cache(maxsize=KEPT)(self._read)
        self._begun = False

    def nearest(self, passages: Sequence[int], vectors: Floats) -> Floats:
        """The greatest cosine of each of m unit vectors with what stands around each of the passages (m, passages)."""
        if not self._begun and self._corpus.passages <= KEPT:  # by one thread in one go, so that memory has fewer gaps
            self._begun = True
            for number in range(self._corpus.passages):
                self._kept(number)
        kept = [self._kept(number) for number in passages]
        few = [one for one in kept if isinstance(one, TokenRun)]
        found = iter(greatest_of(all_cosines(few, vectors), [len(one.pieces) for one in few]).T)
        asked = Steps.of(vectors)
        columns = [next(found) if isinstance(one, TokenRun) else one.greatest(asked) for one in kept]
        nearest: Floats = np.clip(np.stack(columns, axis=1), 0, 1)
        return nearest

    def _read(self, number: int) -> TokenRun | WholeNumbers:
        stored = self._corpus.passage(number)
        run = self._tokens.run(stored.token_file, stored.context_token, stored.first_token)
        if self._tokens.compact or len(run.pieces) < MANY:
            return run
        return WholeNumbers(np.concatenate(run.levels, axis=1), run.scales)
