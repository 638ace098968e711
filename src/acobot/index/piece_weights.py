"""How much a word piece says: its inverse document frequency over sentences. Knows only numbers; higher is rarer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError

FILE = "piece-weights.npy"


class PieceWeights:
    """Weights by word-piece id; a piece that no sentence holds weighs as much as the rarest."""

    def __init__(self, weights: Floats) -> None:
        self._weights = weights
        self.highest = float(weights.max(initial=1.0))

    @classmethod
    def count(cls, sentences: Iterable[Ints]) -> PieceWeights:
        """From the pieces of every sentence, as BM25 weighs a term: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        total = 0
        holding = np.zeros(1, dtype=np.int64)
        for pieces in sentences:
            total += 1
            if pieces.max(initial=0) >= len(holding):
                holding = np.pad(holding, (0, int(pieces.max()) + 1 - len(holding)))
            holding[np.unique(pieces)] += 1
        weights = np.log1p((total - holding + 0.5) / (holding + 0.5)).astype(np.float32)
        return cls(weights)

    def save(self, folder: Path) -> None:
        np.save(folder / FILE, self._weights)

    @classmethod
    def load(cls, folder: Path) -> PieceWeights:
        """Raises `DamagedIndexError`."""
        try:
            return cls(np.load(folder / FILE, allow_pickle=False))
        except (OSError, ValueError) as error:
            raise DamagedIndexError(f"{folder / FILE} cannot be read ({error}); run 'acobot index --full'") from None

    def of(self, pieces: Ints) -> Floats:
        """The weight of each piece (n,)."""
        known = pieces < len(self._weights)
        found = self._weights[np.where(known, pieces, 0)]
        return np.where(known, found, np.float32(self.highest)).astype(np.float32)
