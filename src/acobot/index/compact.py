"""Word-piece vectors of a large index: a bit a direction, a tenth of the bytes. Made from their int8 form.

A vector is turned onto fitted directions (see `training.directions`), and of each part only the sign is kept, with one
number for the length (as RaBitQ does, Gao & Long 2024). A question's vectors are not rounded. 35 bytes a word piece
with 256 directions, some 5 kB a passage.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats
from acobot.errors import IndexWriteError
from acobot.index.arrays import UNREADABLE, read_array
from acobot.index.reading import cannot_be_read

FILE = "directions.npy"
SCALE = np.float32(2048)  # steps of a sign's worth, which is 0.05 to 0.1 for unit vectors on 256 directions
LAST_PIECE = np.iinfo(np.uint16).max  # the highest number of a word piece


def compact_type(directions: int) -> np.dtype[np.void]:
    """How a word piece is stored: its id, what a sign is worth, and the signs."""
    return np.dtype([("piece", "<u2"), ("scale", "u1"), ("signs", "u1", (directions // 8,))])


def compact_rows(rows: npt.NDArray[np.void], directions: Floats) -> npt.NDArray[np.void]:
    """Rows (n,) of the int8 form (see `token_vectors.row_type`) in this one. Raises `IndexWriteError`."""
    if int(rows["piece"].max(initial=0)) > LAST_PIECE:
        raise IndexWriteError(
            f"a word piece has a number over {LAST_PIECE}, too high to be stored in two bytes; nothing was changed. "
            "Take the model's directions-….npy away, so that word pieces stay in eight bits"
        )
    parts = (rows["levels"].astype(np.float32) * rows["scale"][:, None]) @ directions.T
    # The worth with which the signs have, along the vector itself, its own length.
    worth = (parts**2).sum(axis=1) / np.maximum(np.abs(parts).sum(axis=1), np.float32(1e-9))
    found = np.zeros(len(rows), dtype=compact_type(len(directions)))
    found["piece"] = rows["piece"]
    found["scale"] = np.clip(np.rint(worth * SCALE), 1, 255)
    found["signs"] = np.packbits(parts > 0, axis=1)
    return found


def read_levels(rows: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int8], Floats]:
    """Of rows (n,) the signs as levels (k, n) of 1 and -1, and what one is worth in each (n,)."""
    signs = np.unpackbits(np.ascontiguousarray(rows["signs"]), axis=1).T.astype(np.int8)
    return np.ascontiguousarray(2 * signs - 1), np.asarray(rows["scale"].astype(np.float32) / SCALE)


def load_directions(folder: Path) -> Floats | None:
    """The directions (k, d) of a version, None where word pieces are stored as int8. Raises as `load_array`."""
    path = folder / FILE
    try:
        return np.asarray(read_array(path), dtype=np.float32)
    except FileNotFoundError:
        return None
    except UNREADABLE as error:
        raise cannot_be_read(path, error) from None
