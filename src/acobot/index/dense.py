"""Passage vectors in FAISS: search by inner product of unit vectors, that is by cosine; higher is better.

A row is a vector; `owners` says which passage it stands for, because a question from `asks:` is a second vector of a
passage. In a small index every vector is looked at, once for all that is asked about a question; those of a large one
are stored in 16 bits, in lists of neighbours of which the nearest are looked at, and stay on disk (see `lists`). Knows
only numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import faiss
import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError, IndexWriteError
from acobot.index.arrays import load_array
from acobot.index.lists import PROBED, build_lists, is_in_lists, open_lists
from acobot.index.reading import cannot_be_read
from acobot.index.row_search import Among, Cosines, Rows, RowSearch

Halves = npt.NDArray[np.float16]

FILE = "dense.faiss"
OWNERS_FILE = "dense-owners.npy"
_FLAT = b"IxFI"  # what a file of flat vectors begins with
_HEAD = 64  # bytes, before the vectors and the first of them


class Dense(RowSearch):
    """Vectors (rows, d) and the passage number (rows,) that each stands for."""

    def __init__(self, index: faiss.Index, owners: Ints) -> None:
        if index.ntotal != len(owners):
            raise DamagedIndexError(f"{FILE} has {index.ntotal} vectors but {OWNERS_FILE} names {len(owners)} owners")
        super().__init__(owners, index.d)
        self._index = index
        self._in_lists = is_in_lists(index)
        self._last: tuple[Floats | None, Cosines] = None, np.zeros(0)  # a question's vector, and its cosines

    @classmethod
    def build(cls, vectors: Floats | Halves, owners: Ints, *, large: bool = False) -> Dense:
        """An index of unit vectors (rows, d)."""
        if large:
            return cls(build_lists(vectors), owners)
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
        """Raises `DamagedIndexError` or `UnreadableIndexError`."""
        try:
            index = open_lists(faiss.read_index(str(folder / FILE), _mapped(folder / FILE)))
        except (RuntimeError, OSError) as error:
            raise cannot_be_read(folder / FILE, error, _reason(error)) from None
        return cls(index, load_array(folder / OWNERS_FILE, np.int32))

    def check_readable(self) -> None:
        """The files are open, or in memory."""

    def vectors(self, first: int, count: int) -> Floats:
        if self._in_lists:  # `reconstruct_n` would go through all of them
            return self._vectors_of(np.arange(first, first + count))
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)

    def others_of(self, passages: range, own: int) -> Floats:
        """The further vectors (n, d) of these passages in order of rows, where `own` passages have one each."""
        first, last = np.searchsorted(self._sorted, (passages.start, passages.stop))
        rows = np.sort(self._by_owner[first:last])
        return self._vectors_of(rows[rows >= own])

    def _vectors_of(self, rows: Rows) -> Floats:
        found = self._index.reconstruct_batch(rows) if len(rows) else np.zeros((0, self.dimension))
        return np.asarray(found, dtype=np.float32)

    def search(self, vector: Floats, limit: int, among: Among = None) -> dict[int, float]:
        if self._in_lists:
            return super().search(vector, limit, among)
        numbers, best = self._numbers, self._best(vector)
        if among is not None:
            inside = _inside(among, numbers)
            numbers, best = numbers[inside], best[inside]
        order = np.lexsort((numbers, -best))[:limit]
        return dict(zip(numbers[order].tolist(), best[order].tolist(), strict=True))

    def cosines(self, vector: Floats, passages: Sequence[int]) -> list[float]:
        """Of each of these passages the best cosine of its vectors, to 6 decimals."""
        if not self._in_lists:
            found: list[float] = self._best(vector)[np.searchsorted(self._numbers, passages)].tolist()
            return found
        owned, numbers = self._sorted, np.array(passages, dtype=np.int32)
        spans = zip(np.searchsorted(owned, numbers), np.searchsorted(owned, numbers, side="right"), strict=True)
        rows = [self._by_owner[first:last] for first, last in spans]
        return [round(float((self._index.reconstruct_batch(own) @ vector).max()), 6) for own in rows]

    def _nearest(self, vector: Floats, limit: int, among: Among) -> tuple[Cosines, Rows]:
        if self._in_lists:
            return super()._nearest(vector, limit, among)
        cosines, rows = self._cosines(vector), np.arange(len(self))
        if among is not None:
            rows = np.flatnonzero(_inside(among, self._owners))
            cosines = cosines[rows]
        if limit < len(rows):
            kept = cosines >= np.partition(cosines, -limit)[-limit]
            cosines, rows = cosines[kept], rows[kept]
        return cosines, rows

    def _best(self, vector: Floats) -> Cosines:
        """Of each passage the best cosine of its vectors, in order of their numbers."""
        return np.asarray(np.maximum.reduceat(self._cosines(vector)[self._by_owner], self._firsts), dtype=np.float64)

    def _cosines(self, vector: Floats) -> Cosines:
        """Those of all rows, to 6 decimals; of one vector after another they are worked out once."""
        last, cosines = self._last
        if last is not vector:
            flat, library = cast("Any", self._index), cast("Any", faiss)
            asked, products = np.ascontiguousarray(vector, dtype=np.float32), np.empty(len(self), dtype=np.float32)
            to, of = library.swig_ptr(products), library.swig_ptr(asked)
            library.fvec_inner_products_ny(to, of, flat.get_xb(), self.dimension, len(self))
            cosines = np.asarray(np.round(products.astype(np.float64), 6), dtype=np.float64)
            self._last = vector, cosines
        return cosines

    def _choice(self, among: Among) -> Any:
        """A bit a row, by which FAISS looks at nothing but these, in all lists that there are."""
        faiss.omp_set_num_threads(1)
        library: Any = faiss  # its stubs know the C++ signatures, not those of the Python around them
        if among is None:
            return library.SearchParametersIVF(nprobe=PROBED)
        allowed = np.zeros(len(self), dtype=bool)
        for own in among:
            first, last = np.searchsorted(self._sorted, (own.start, own.stop))
            allowed[self._by_owner[first:last]] = True
        selector = library.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        return library.SearchParametersIVF(sel=selector, nprobe=cast("Any", self._index).nlist)

    def _ask(self, vector: Floats, size: int, choice: Any) -> tuple[Floats, Rows]:
        products, rows = self._index.search(vector.reshape(1, -1), size, params=choice)
        found = rows[0] >= 0
        return products[0][found], rows[0][found]


def _mapped(path: Path) -> int:
    """How FAISS maps a file, so that its vectors are in memory once for all processes. Raises `OSError`."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    flat = head.startswith(_FLAT) and len(head) == _HEAD  # FAISS reads on where less of a file is mapped
    return faiss.IO_FLAG_MMAP_IFC if flat else faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY


def _reason(error: Exception) -> str:
    """What FAISS says went wrong, without where in its code."""
    return str(error).strip().split("failed: ")[-1]


def _inside(among: Sequence[range], owners: Ints) -> npt.NDArray[np.bool_]:
    """Which of these owners lie in any of the ranges."""
    inside = np.zeros(len(owners), dtype=bool)
    for own in among:
        inside |= (owners >= own.start) & (owners < own.stop)
    return inside
