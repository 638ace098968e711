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
from acobot.index.arrays import let_go, load_array
from acobot.index.compact import compact_rows, compact_type, load_directions, read_levels

FOLDER = "tokens"
NAME = 32  # characters of the digest that a file is named by
MOST_OPEN = 128  # files of a version that are mapped
_LEVELS = 127
BLOCK = 96  # pieces that are multiplied at a time: OpenBLAS takes half the time where a product is as small as this
_TOGETHER = 4096  # rows that are made compact at a time: always as many, so that their sums come out alike

Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class TokenRun:
    """Consecutive word pieces: ids (n,), and unit vectors as levels with what one is worth in each (n,).

    Levels are kept as they are, a quarter of the vectors' size, and column by column, in blocks (d, `BLOCK`) of which
    the last is shorter: so a product with a question's vectors takes less time than with the vectors themselves. Where
    there are `directions` (k, d), levels are along these.
    """

    pieces: Ints
    levels: tuple[Levels, ...]
    scales: Floats
    directions: Floats | None = None

    @property
    def vectors(self) -> Floats:
        """The unit vectors (n, d)."""
        vectors = self._along
        return vectors if self.directions is None else vectors @ self.directions

    @property
    def _along(self) -> Floats:
        """The vectors as they are stored: along the directions, where there are any."""
        return np.asarray(np.concatenate(self.levels, axis=1).T * self.scales[:, None], dtype=np.float32)

    def mean_directions(self, ranges: Sequence[tuple[int, int]]) -> Floats:
        """Of each range of the pieces the direction of the mean (ranges, d), of length 1, or 0 where it is empty."""
        vectors = self._along
        sums = np.array([vectors[first:last].sum(axis=0) for first, last in ranges], dtype=np.float32)
        if self.directions is not None:
            sums = sums.reshape(len(ranges), -1) @ self.directions
        norms = np.linalg.norm(sums.reshape(len(ranges), -1), axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(norms, np.float32(1e-9)), dtype=np.float32)


def in_blocks(levels: Levels) -> tuple[Levels, ...]:
    """Levels (d, n) in blocks, each of them a piece of memory of its own; at least one."""
    starts = range(0, max(levels.shape[1], 1), BLOCK)
    return tuple(np.ascontiguousarray(levels[:, first : first + BLOCK]) for first in starts)


def all_cosines(runs: Sequence[TokenRun], tokens: Floats) -> Floats:
    """Those of m unit vectors with the pieces of all runs, one run after another (m, n), none below 0."""
    scales = np.concatenate([np.zeros(0, dtype=np.float32), *(one.scales for one in runs)])
    found = np.empty((len(tokens), len(scales)), dtype=np.float32)
    directions = runs[0].directions if runs else None
    turned = tokens if directions is None else tokens @ directions.T
    depth = turned.shape[1]
    room, last = np.empty(depth * BLOCK, dtype=np.float32), 0
    for levels in (block for one in runs for block in one.levels):
        first, last = last, last + levels.shape[1]
        vectors = room[: levels.size].reshape(levels.shape)
        np.copyto(vectors, levels)
        np.matmul(turned, vectors, out=found[:, first:last])
    found *= scales
    np.maximum(found, 0, out=found)
    return np.minimum(found, 1, out=found)


def greatest_of(cosines: Floats, sizes: Sequence[int] | npt.NDArray[np.intp]) -> Floats:
    """The greatest of each of the runs of so many columns, one after another (m, runs); 0 where a run is empty."""
    counts = np.array(sizes, dtype=np.intp)
    filled = np.flatnonzero(counts)
    found = np.zeros((len(cosines), len(counts)), dtype=np.float32)
    if len(filled):
        found[:, filled] = np.maximum.reduceat(cosines, np.cumsum(counts)[filled] - counts[filled], axis=1)
    return found


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


def most_open() -> int:
    """How many files of a version stay mapped: each keeps a descriptor, of which a process may have few."""
    try:
        import resource
    except ImportError:  # not a Unix
        return MOST_OPEN
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_OPEN if limit == resource.RLIM_INFINITY else min(MOST_OPEN, limit // 8)


class TokenVectors:
    """The word-piece vectors (of `dimension` numbers) of an opened version, by source.

    Where they are `checked`, a file that is not what its name says is refused when it is first read.
    """

    def __init__(self, folder: Path, dimension: int, *, checked: bool = False) -> None:
        self._folder = folder / FOLDER
        self.directions = load_directions(folder)
        self._row_type = row_type(dimension) if self.directions is None else compact_type(len(self.directions))
        self._checked = checked
        self._open = lru_cache(maxsize=most_open())(self._load)

    @property
    def compact(self) -> bool:
        """Whether a word piece is a bit a direction."""
        return self.directions is not None

    def run(self, name: str, first: int, last: int) -> TokenRun:
        """The word pieces [first, last) of the file `name`. Raises `DamagedIndexError`."""
        return self.joined([(name, first, last)])

    def joined(self, spans: Sequence[tuple[str, int, int]]) -> TokenRun:
        """The word pieces [first, last) of each of some files, one after another. Raises `DamagedIndexError`."""
        files = {name: self._open(name) for name, _, _ in spans}
        for name, _, last in spans:
            if last > len(files[name]):
                raise DamagedIndexError(
                    f"{self._folder / name} has {len(files[name])} word pieces, but {last} are counted on"
                )
        whole = {name: np.asarray(rows).view((np.void, self._row_type.itemsize)) for name, rows in files.items()}
        parts = [whole[name][first:last] for name, first, last in spans]  # as bytes, which are copied in one go
        rows = (np.concatenate(parts) if parts else np.zeros(0, dtype=self._row_type)).view(self._row_type)
        for mapped in files.values():
            let_go(mapped)  # what was copied need not be held twice
        if self.directions is not None:
            levels, scales = read_levels(rows)
            return TokenRun(rows["piece"].astype(np.int32), in_blocks(levels), scales, self.directions)
        return TokenRun(np.array(rows["piece"]), in_blocks(rows["levels"].T), np.array(rows["scale"]))

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
