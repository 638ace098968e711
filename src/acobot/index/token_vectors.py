"""Word-piece vectors on disk: one file a source, int8 with a scale a vector, memory-mapped.

A piece takes 392 bytes (384 + scale + id), so a passage of 120 words some 60 kB; int8 costs nothing measurable. In a
large index it takes 35 (see `compact`). A file's name is the digest of its rows. Knows only numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from numpy.lib.format import dtype_to_descr, write_array_header_1_0

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError
from acobot.index.arrays import load_array
from acobot.index.compact import compact_rows, compact_type, load_directions, read_levels

FOLDER = "tokens"
NAME = 32  # characters of the digest that a file is named by
_LEVELS = 127
_TOGETHER = 4096  # rows that are made compact at a time: always as many, so that their sums come out alike


@dataclass(frozen=True, slots=True, eq=False)
class TokenRun:
    """Consecutive word pieces: ids (n,), and unit vectors as levels (d, n) with what one is worth in each (n,).

    Levels are kept as they are, a quarter of the vectors' size, and column by column: so a product with a question's
    vectors takes less time than with the vectors themselves. Where there are `directions` (k, d), levels (k, n) are
    along these.
    """

    pieces: Ints
    levels: npt.NDArray[np.int8]
    scales: Floats
    directions: Floats | None = None

    @property
    def vectors(self) -> Floats:
        """The unit vectors (n, d)."""
        vectors = np.asarray(self.levels.T * self.scales[:, None], dtype=np.float32)
        return vectors if self.directions is None else vectors @ self.directions

    def cosines(self, tokens: Floats) -> Floats:
        """Those of m unit vectors with each of the pieces (m, n), none below 0."""
        turned = tokens if self.directions is None else tokens @ self.directions.T
        return np.asarray(np.clip((turned @ self.levels.astype(np.float32)) * self.scales, 0, 1), dtype=np.float32)

    def mean_directions(self, ranges: Sequence[tuple[int, int]]) -> Floats:
        """Of each range of the pieces the direction of the mean (ranges, d), of length 1, or 0 where it is empty."""
        vectors = np.asarray(self.levels.T * self.scales[:, None], dtype=np.float32)
        sums = np.array([vectors[first:last].sum(axis=0) for first, last in ranges], dtype=np.float32)
        if self.directions is not None:
            sums = sums.reshape(len(ranges), -1) @ self.directions
        norms = np.linalg.norm(sums.reshape(len(ranges), -1), axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(norms, np.float32(1e-9)), dtype=np.float32)


def join_runs(runs: Sequence[TokenRun]) -> TokenRun:
    """Several runs one after another as one; there is at least one."""
    return TokenRun(
        np.concatenate([one.pieces for one in runs]),
        np.concatenate([one.levels for one in runs], axis=1),
        np.concatenate([one.scales for one in runs]),
        runs[0].directions,
    )


def row_type(dimension: int) -> np.dtype[np.void]:
    """How a word piece is stored: its id, its levels, and what one level is worth so that the vector has length 1."""
    return np.dtype([("piece", "<i4"), ("scale", "<f4"), ("levels", "i1", (dimension,))])


def pack(pieces: Ints, vectors: Floats) -> npt.NDArray[np.void]:
    """Rows (n,) for unit vectors (n, d), the largest component of each at level 127."""
    rows = np.zeros(len(pieces), dtype=row_type(vectors.shape[1]))
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0.0), np.float32(1e-12))
    levels = np.rint(vectors / largest * _LEVELS)
    rows["piece"] = pieces
    rows["scale"] = 1 / np.maximum(np.linalg.norm(levels, axis=1), 1)
    rows["levels"] = levels
    return rows


class TokenFile:
    """The word pieces of one source in the making, written some rows at a time; its name says what it holds."""

    def __init__(self, folder: Path, dimension: int, row: np.dtype[np.void] | None = None) -> None:
        self._path = folder / FOLDER / "unfinished"
        self._type = row or row_type(dimension)
        self._rows = 0
        self._digest = hashlib.sha256()
        self._file = self._path.open("wb")
        self._write_header()

    def write(self, rows: bytes) -> None:
        """More rows, as their bytes."""
        self._file.write(rows)
        self._digest.update(rows)
        self._rows += len(rows) // self._type.itemsize

    def finish(self) -> str:
        """Closes the file and gives it its name."""
        self._file.seek(0)
        self._write_header()  # of the same length: numpy leaves room for any number of rows
        self._file.close()
        name = f"{self._digest.hexdigest()[:NAME]}.npy"
        self._path.replace(self._path.with_name(name))
        return name

    def close(self) -> None:
        """Lets go of the file, finished or not."""
        self._file.close()

    def _write_header(self) -> None:
        form = {"descr": dtype_to_descr(self._type), "fortran_order": False, "shape": (self._rows,)}
        write_array_header_1_0(self._file, form)


def make_compact(folder: Path, name: str, directions: Floats) -> str:
    """Puts the compact form of an int8 file in a version's folder beside it; gives its name. Raises `OSError`."""
    rows = load_array(folder / FOLDER / name, row_type(directions.shape[1]), mapped=True)
    file = TokenFile(folder, directions.shape[1], compact_type(len(directions)))
    try:
        for first in range(0, len(rows), _TOGETHER):
            file.write(compact_rows(rows[first : first + _TOGETHER], directions).tobytes())
        return file.finish()
    finally:
        file.close()


class TokenVectors:
    """The word-piece vectors (of `dimension` numbers) of an opened version, by source.

    Where they are `checked`, a file that is not what its name says is refused when it is first read.
    """

    def __init__(self, folder: Path, dimension: int, *, checked: bool = False) -> None:
        self._folder = folder / FOLDER
        self._directions = load_directions(folder)
        self._row_type = row_type(dimension) if self._directions is None else compact_type(len(self._directions))
        self._checked = checked
        self._open = lru_cache(maxsize=512)(self._load)

    @property
    def compact(self) -> bool:
        """Whether a word piece is a bit a direction."""
        return self._directions is not None

    def run(self, name: str, first: int, last: int) -> TokenRun:
        """The word pieces [first, last) of the file `name`. Raises `DamagedIndexError`."""
        rows = self._open(name)
        if last > len(rows):
            raise DamagedIndexError(f"{self._folder / name} has {len(rows)} word pieces, but {last} are counted on")
        part = rows[first:last]
        if self._directions is not None:
            return TokenRun(part["piece"].astype(np.int32), *read_levels(part), self._directions)
        levels = np.ascontiguousarray(part["levels"].T)
        return TokenRun(np.array(part["piece"]), levels, np.array(part["scale"]))

    def check(self, name: str) -> None:
        """Raises `DamagedIndexError` unless the file is what its name says."""
        rows = load_array(self._folder / name, self._row_type, mapped=True)
        if not name.startswith(hashlib.sha256(rows.tobytes()).hexdigest()[:NAME]):
            raise DamagedIndexError(
                f"{self._folder / name} is damaged (its SHA-256 differs); run 'acobot index --full'"
            )

    def _load(self, name: str) -> npt.NDArray[np.void]:
        if self._checked:
            self.check(name)
        return load_array(self._folder / name, self._row_type, mapped=True)
