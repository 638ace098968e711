"""How much a word piece says: its inverse document frequency over sentences. Knows only numbers; higher is rarer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from acobot.encoder import Floats, Ints
from acobot.index.arrays import load_array

FILE = "piece-weights.npy"


def count_pieces(sentences: Sequence[Ints]) -> bytes:
    """From the pieces of some sentences, in how many each stands: rows of (piece, sentences), 32 bits each."""
    held = [np.unique(pieces) for pieces in sentences]  # once a sentence, however often it stands there
    pieces, counts = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *held]), return_counts=True)
    return np.stack([pieces, counts], axis=1).astype("<i4").tobytes()


class PieceWeights:
    """Weights by word-piece id; the last one, which is the highest, is of every piece that no sentence holds."""

    def __init__(self, weights: Floats) -> None:
        self._weights = weights

    @classmethod
    def weigh(cls, counted: Iterable[bytes], sentences: int) -> PieceWeights:
        """From the counts of all sentences, as BM25 weighs a term: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        holding = np.zeros(1, dtype=np.int64)
        for part in counted:
            pieces, counts = np.frombuffer(part, dtype="<i4").reshape(-1, 2).T
            beyond = int(pieces.max(initial=-1)) + 2 - len(holding)
            holding = np.pad(holding, (0, max(0, beyond)))
            holding[pieces] += counts
        return cls(np.log1p((sentences - holding + 0.5) / (holding + 0.5)).astype(np.float32))

    def save(self, folder: Path) -> None:
        np.save(folder / FILE, self._weights)

    @classmethod
    def load(cls, folder: Path) -> PieceWeights:
        """Raises `DamagedIndexError`."""
        return cls(load_array(folder / FILE, np.float32))

    def of(self, pieces: Ints) -> Floats:
        """The weight of each piece (n,)."""
        return self._weights[np.minimum(pieces, len(self._weights) - 1)]
