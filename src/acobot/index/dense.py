"""Passage vectors in FAISS: exact search by inner product of unit vectors, that is by cosine; higher is better.

A row is a vector; `owners` says which passage it stands for, because a question from `asks:` is a second vector of a
passage. Knows only numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError, IndexWriteError
from acobot.index.arrays import load_array

Among = Sequence[range] | None  # ranges of passages; None for all
Rows = npt.NDArray[np.int64]

FILE = "dense.faiss"
OWNERS_FILE = "dense-owners.npy"


class Dense:
    """Vectors (rows, d) and the passage number (rows,) that each stands for."""

    def __init__(self, index: faiss.Index, owners: Ints) -> None:
        if index.ntotal != len(owners):
            raise DamagedIndexError(f"{FILE} has {index.ntotal} vectors but {OWNERS_FILE} names {len(owners)} owners")
        self._index = index
        self._owners = owners
        self._by_owner = np.argsort(owners, kind="stable")  # the rows in order of their passages
        self._passages = len(np.unique(owners))
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

    def rows(self, vector: Floats, limit: int, among: Among = None) -> list[tuple[int, float]]:
        """The best `limit` rows, of the passages in the ranges `among`, with their cosines, best first.

        Cosines count to 6 decimals; of rows that tie the lower comes first.
        """
        only = None if among is None else self._rows_of(among)
        cosines, rows = self._nearest(vector, limit, only)
        order = np.lexsort((rows, -cosines))[:limit]
        return list(zip(rows[order].tolist(), cosines[order].tolist(), strict=True))

    def search(self, vector: Floats, limit: int, among: Among = None) -> dict[int, float]:
        """The best `limit` passages, of those in the ranges `among`: passage number → its best cosine, best first.

        Cosines count to 6 decimals; ties go to the lower passage number, at the limit too. Fewer where there are fewer.
        """
        only = None if among is None else self._rows_of(among)
        size = len(self) if only is None else len(only)
        passages = self._passages if among is None else sum(map(len, among))
        wanted = limit if limit < passages else size
        while True:
            cosines, rows = self._nearest(vector, wanted, only)
            order = np.lexsort((self._owners[rows], -cosines))
            owners, first = np.unique(self._owners[rows[order]], return_index=True)
            if len(owners) >= limit or wanted >= size:
                best = order[np.sort(first)[:limit]]
                return dict(zip(self._owners[rows[best]].tolist(), cosines[best].tolist(), strict=True))
            wanted *= 4  # several rows of a passage were among them

    def cosines(self, vector: Floats, passages: Sequence[int]) -> list[float]:
        """Of each of these passages the best cosine of its vectors, to 6 decimals."""
        owned, numbers = self._owners[self._by_owner], np.array(passages, dtype=np.int32)
        spans = zip(np.searchsorted(owned, numbers), np.searchsorted(owned, numbers, side="right"), strict=True)
        rows = [self._by_owner[first:last] for first, last in spans]
        return [round(float((self._index.reconstruct_batch(own) @ vector).max()), 6) for own in rows]

    def _nearest(self, vector: Floats, limit: int, only: Rows | None) -> tuple[npt.NDArray[np.float64], Rows]:
        """Cosines and numbers of the best `limit` rows and of all that tie with the last of these, in no order."""
        faiss.omp_set_num_threads(1)
        most = len(self) if only is None else len(only)
        chosen = None if only is None else _looking_at(only, len(self))
        size = min(limit + 1, most)
        while size:
            products, rows = self._index.search(vector.reshape(1, -1), size, params=chosen)
            cosines = np.round(products[0].astype(np.float64), 6)
            if size == most or cosines[-1] < cosines[limit - 1]:
                return cosines, rows[0]
            size = min(2 * size, most)
        return np.zeros(0), np.zeros(0, dtype=np.int64)

    def _rows_of(self, passages: Sequence[range]) -> Rows:
        """The rows of all passages in these ranges."""
        held = np.zeros(int(self._owners.max(initial=-1)) + 1, dtype=bool)
        for own in passages:
            held[own.start : own.stop] = True
        return np.flatnonzero(held[self._owners])


def _looking_at(rows: Rows, size: int) -> Any:
    """What lets FAISS look at nothing but these of `size` rows, a bit each."""
    allowed = np.zeros(size, dtype=bool)
    allowed[rows] = True
    library: Any = faiss  # its stubs know the C++ signatures, not those of the Python around them
    return library.SearchParameters(sel=library.IDSelectorBitmap(np.packbits(allowed, bitorder="little")))


def _reason(error: RuntimeError) -> str:
    """What FAISS says went wrong, without where in its code."""
    return str(error).strip().split("failed: ")[-1]
