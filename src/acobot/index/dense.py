"""Passage vectors in FAISS: exact search by inner product of unit vectors, that is by cosine; higher is better.

A row is a vector; `owners` says which passage it stands for, because a question from `asks:` is a second vector of a
passage. Knows only numbers.
"""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError, IndexWriteError
from acobot.index.arrays import load_array

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
        """Raises `IndexWriteError` or `OSError`."""
        try:
            faiss.write_index(self._index, str(folder / FILE))
        except RuntimeError as error:
            raise IndexWriteError(
                f"{folder / FILE} cannot be written ({_reason(error)}); nothing was changed"
            ) from None
        np.save(folder / OWNERS_FILE, self._owners)

    @classmethod
    def load(cls, folder: Path) -> Dense:
        """Raises `DamagedIndexError`."""
        try:
            index = faiss.read_index(str(folder / FILE))
        except RuntimeError as error:
            raise DamagedIndexError(
                f"{folder / FILE} cannot be read ({_reason(error)}); run 'acobot index --full'"
            ) from None
        return cls(index, load_array(folder / OWNERS_FILE, np.int32))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vector(self, row: int) -> Floats:
        """The vector (d,) of a row; the rows up to the number of passages are the passages' own."""
        return np.asarray(self._index.reconstruct(row), dtype=np.float32)

    def vectors(self, first: int, count: int) -> Floats:
        """The vectors (count, d) of rows in a row."""
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)

    def others_of(self, passages: range, own: int) -> Floats:
        """The further vectors (n, d) of these passages in order of rows, where `own` passages have one each."""
        owners = self._owners[own:]
        rows = np.flatnonzero((owners >= passages.start) & (owners < passages.stop))
        vectors = [self.vector(own + int(row)) for row in rows]
        return np.asarray(vectors, dtype=np.float32).reshape(len(rows), self.dimension)

    def covers(self, passages: int) -> bool:
        """Whether the first rows stand for passages 0, 1, 2 …, one each, and all others for one of these."""
        own, others = self._owners[:passages], self._owners[passages:]
        return np.array_equal(own, np.arange(passages)) and bool(np.all((others >= 0) & (others < passages)))

    def rows(self, vector: Floats, limit: int) -> list[tuple[int, float]]:
        """The best `limit` rows with their cosines, best first; of those that tie the lower."""
        if not len(self):
            return []
        found = sorted(self._nearest(vector, limit), key=lambda one: (-one[0], one[1]))
        return [(row, cosine) for cosine, row in found[:limit]]

    def search(self, vector: Floats, limit: int) -> dict[int, float]:
        """The passages of the best `limit` rows: passage number → its best cosine, best first.

        Cosines count to 6 decimals; ties go to the lower passage number, at the limit too. Fewer where there are fewer.
        """
        nearest = sorted(
            ((cosine, int(self._owners[row])) for cosine, row in self._nearest(vector, limit)),
            key=lambda found: (-found[0], found[1]),
        )
        best: dict[int, float] = {}
        for cosine, owner in nearest[:limit]:
            best.setdefault(owner, cosine)
        return best

    def _nearest(self, vector: Floats, limit: int) -> list[tuple[float, int]]:
        """Cosine and number of the best `limit` rows and of all that tie with the last of these, in no order."""
        faiss.omp_set_num_threads(1)
        size = min(limit + 1, len(self))
        while True:
            products, rows = self._index.search(vector.reshape(1, -1), size)
            cosines = np.round(products[0].astype(np.float64), 6)
            if size == len(self) or cosines[-1] < cosines[limit - 1]:
                return list(zip(cosines.tolist(), rows[0].tolist(), strict=True))
            size = min(2 * size, len(self))


def _reason(error: RuntimeError) -> str:
    """What FAISS says went wrong, without where in its code."""
    return str(error).strip().split("failed: ")[-1]
