"""Passage vectors in FAISS: exact search by inner product of unit vectors, that is by cosine; higher is better.

A row is a vector; `owners` says which passage it stands for, because a question from `asks:` is a second vector of a
passage. Knows only numbers.
"""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError

FILE = "dense.faiss"
OWNERS_FILE = "dense-owners.npy"


class Dense:
    """Vectors (rows, d) and the passage number (rows,) that each stands for."""

    def __init__(self, index: faiss.Index, owners: Ints) -> None:
        if index.ntotal != len(owners):
            raise DamagedIndexError(f"{FILE} has {index.ntotal} vectors but {OWNERS_FILE} names {len(owners)} owners")
        self._index = index
        self._owners = owners
        self.dimension: int = index.d

    @classmethod
    def build(cls, vectors: Floats, owners: Ints) -> Dense:
        """An index of unit vectors (rows, d)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index, owners)

    def save(self, folder: Path) -> None:
        faiss.write_index(self._index, str(folder / FILE))
        np.save(folder / OWNERS_FILE, self._owners)

    @classmethod
    def load(cls, folder: Path) -> Dense:
        """Raises `DamagedIndexError`."""
        try:
            index = faiss.read_index(str(folder / FILE))
            owners = np.load(folder / OWNERS_FILE, allow_pickle=False)
        except (RuntimeError, OSError, ValueError) as error:
            reason = str(error).strip().split("\n")[-1]
            raise DamagedIndexError(f"{folder / FILE} cannot be read ({reason}); run 'acobot index --full'") from None
        return cls(index, owners)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vector(self, row: int) -> Floats:
        """The vector (d,) of a row; the rows up to the number of passages are the passages' own."""
        return np.asarray(self._index.reconstruct(row), dtype=np.float32)

    def search(self, vector: Floats, limit: int) -> dict[int, float]:
        """The best passages of at most `limit` rows: passage number → its best cosine, best first.

        Ties go to the lower passage number. Fewer where there are fewer.
        """
        faiss.omp_set_num_threads(1)
        scores, rows = self._index.search(vector.reshape(1, -1), min(limit, len(self)))
        best: dict[int, float] = {}
        for score, row in zip(scores[0].tolist(), rows[0].tolist(), strict=True):
            owner = int(self._owners[row])
            best[owner] = max(score, best.get(owner, -1.0))
        return dict(sorted(best.items(), key=lambda item: (-round(item[1], 6), item[0])))
