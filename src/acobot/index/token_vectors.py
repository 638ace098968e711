"""Word-piece vectors on disk: one file a source, int8 with a scale a vector, memory-mapped.

A piece takes 392 bytes (384 + scale + id), so a passage of 120 words some 60 kB; int8 costs nothing measurable.
Knows only numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError

FOLDER = "tokens"
_LEVELS = 127


@dataclass(frozen=True, slots=True)
class TokenRun:
    """Consecutive word pieces: ids (n,) and unit vectors (n, d)."""

    pieces: Ints
    vectors: Floats


def row_type(dimension: int) -> np.dtype[np.void]:
    """How a word piece is stored: its id, what one level is worth, and its levels."""
    return np.dtype([("piece", "<i4"), ("scale", "<f4"), ("levels", "i1", (dimension,))])


def pack(pieces: Ints, vectors: Floats) -> npt.NDArray[np.void]:
    """Rows (n,) for unit vectors (n, d), each scaled so that its largest component is 127."""
    rows = np.zeros(len(pieces), dtype=row_type(vectors.shape[1]))
    scale = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), np.float32(1e-12)) / _LEVELS
    rows["piece"] = pieces
    rows["scale"] = scale
    rows["levels"] = np.rint(vectors / scale[:, None]).astype(np.int8)
    return rows


class TokenVectors:
    """The word-piece vectors of an opened version, by source."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._open = lru_cache(maxsize=512)(self._load)

    def run(self, name: str, first: int, last: int) -> TokenRun:
        """The word pieces [first, last) of the file `name`. Raises `DamagedIndexError`."""
        rows = self._open(name)
        if last > len(rows):
            raise DamagedIndexError(f"{self._folder / name} has {len(rows)} word pieces, but {last} are counted on")
        part = rows[first:last]
        vectors = part["levels"].astype(np.float32) * part["scale"][:, None]
        return TokenRun(np.asarray(part["piece"]), vectors)

    def pieces(self, name: str) -> Ints:
        """All ids of the file `name`, in order."""
        return np.asarray(self._open(name)["piece"])

    def _load(self, name: str) -> npt.NDArray[np.void]:
        try:
            rows: npt.NDArray[np.void] = np.load(self._folder / name, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise DamagedIndexError(
                f"{self._folder / name} cannot be read ({error}); run 'acobot index --full'"
            ) from None
        return rows
