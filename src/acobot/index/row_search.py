"""Which passages are nearest, whatever holds their vectors: a row is a vector, and some passages have several.

Score is a cosine; higher is better. Knows only numbers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats, Ints

Among = Sequence[range] | None  # ranges of passages; None for all
Rows = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float64]


class RowSearch(ABC):
    """Rows and the passage number that each stands for; what holds their vectors is a subclass's."""

    def __init__(self, owners: Ints, dimension: int) -> None:
        self._owners = owners
        self._by_owner = np.argsort(owners, kind="stable")  # the rows in order of their passages
        self._sorted = owners[self._by_owner]
        self._numbers, self._firsts = np.unique(self._sorted, return_index=True)  # each passage, its first row by owner
        self.dimension = dimension

    def __len__(self) -> int:
        return len(self._owners)

    def owner(self, row: int) -> int:
        """The passage that a row stands for."""
        return int(self._owners[row])

    def covers(self, passages: int) -> bool:
        """Whether the first rows stand for passages 0, 1, 2 …, one each, and all others for one of these."""
        own, others = self._owners[:passages], self._owners[passages:]
        return np.array_equal(own, np.arange(passages)) and bool(np.all((others >= 0) & (others < passages)))

    def rows(self, vector: Floats, limit: int, among: Among = None) -> list[tuple[int, float]]:
        """The best `limit` rows, of the passages in the ranges `among`, with their cosines, best first.

        Cosines count to 6 decimals; of rows that tie the lower comes first.
        """
        cosines, rows = self._nearest(vector, limit, among)
        order = np.lexsort((rows, -cosines))[:limit]
        return list(zip(rows[order].tolist(), cosines[order].tolist(), strict=True))

    def search(self, vector: Floats, limit: int, among: Among = None) -> dict[int, float]:
        """The best `limit` passages, of those in the ranges `among`: passage number → its best cosine, best first.

        Cosines count to 6 decimals; ties go to the lower passage number, at the limit too. Fewer where there are fewer.
        """
        size = self._count(among)
        passages = len(self._numbers) if among is None else sum(map(len, among))
        wanted = limit if limit < passages else size
        while True:
            cosines, rows = self._nearest(vector, wanted, among)
            order = np.lexsort((self._owners[rows], -cosines))
            owners, first = np.unique(self._owners[rows[order]], return_index=True)
            if len(owners) >= limit or wanted >= size or len(rows) < wanted:
                best = order[np.sort(first)[:limit]]
                return dict(zip(self._owners[rows[best]].tolist(), cosines[best].tolist(), strict=True))
            wanted *= 4  # several rows of a passage were among them

    def vector(self, row: int) -> Floats:
        """The vector (d,) of a row; the rows up to the number of passages are the passages' own."""
        found: Floats = self.vectors(row, 1)[0]
        return found

    @abstractmethod
    def check_readable(self) -> None:
        """Raises `IndexFault` where no vector can be had now."""

    @abstractmethod
    def vectors(self, first: int, count: int) -> Floats:
        """The vectors (count, d) of rows in a row."""

    @abstractmethod
    def cosines(self, vector: Floats, passages: Sequence[int]) -> list[float]:
        """Of each of these passages the best cosine of its vectors, to 6 decimals."""

    @abstractmethod
    def _choice(self, among: Among) -> Any:
        """What `_ask` needs to know to look at nothing but the passages in these ranges."""

    @abstractmethod
    def _ask(self, vector: Floats, size: int, choice: Any) -> tuple[Floats, Rows]:
        """Cosines and numbers of the best `size` rows, best first; fewer where no more were looked at."""

    def _nearest(self, vector: Floats, limit: int, among: Among) -> tuple[Cosines, Rows]:
        """Cosines and numbers of the best `limit` rows and of all that tie with the last of these, in no order."""
        most, choice = self._count(among), self._choice(among)
        size = min(limit + 1, most)
        while size:
            products, rows = self._ask(vector, size, choice)
            cosines: Cosines = np.asarray(np.round(products.astype(np.float64), 6), dtype=np.float64)
            if size == most or len(rows) < size:
                return cosines, rows
            if cosines[-1] < cosines[limit - 1]:  # the row beyond may tie with others that are not here
                kept = cosines >= cosines[limit - 1]
                return cosines[kept], rows[kept]
            size = min(2 * size, most)
        return np.zeros(0), np.zeros(0, dtype=np.int64)

    def _count(self, among: Among) -> int:
        """How many rows the passages in these ranges have."""
        if among is None:
            return len(self)
        spans = (np.searchsorted(self._sorted, (own.start, own.stop)) for own in among)
        return int(sum(last - first for first, last in spans))
