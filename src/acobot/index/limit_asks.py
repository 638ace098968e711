"""The questions of limits on disk: their vectors, and their word pieces, both in the corpus's order.

Limits are few, so both lie there whole, in whatever form the index is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from acobot.encoder import Encoding, Floats
from acobot.index.arrays import load_array
from acobot.index.corpus import Corpus
from acobot.index.dense import Dense
from acobot.index.token_vectors import FOLDER, pack, row_type

LIMIT_PIECES = "limits.npy"


@dataclass(frozen=True, slots=True, eq=False)
class EncodedAsk:
    """A question as it is stored: its vector (d,) and its n word pieces, packed (n,)."""

    vector: Floats
    pieces: npt.NDArray[Any]

    @classmethod
    def of(cls, encoding: Encoding) -> Self:
        """That of an encoded text."""
        return cls(encoding.vector, pack(encoding.pieces, encoding.tokens))


def save_limit_asks(folder: Path, asks: Sequence[EncodedAsk], dimension: int) -> None:
    """Writes the questions, of vectors with `dimension` numbers, into a folder of their own, which is made."""
    (folder / FOLDER).mkdir(parents=True)
    vectors = np.array([one.vector for one in asks], dtype=np.float32).reshape(len(asks), dimension)
    Dense.build(vectors, np.arange(len(asks), dtype=np.int32)).save(folder)
    none = np.zeros(0, dtype=row_type(dimension))
    np.save(folder / FOLDER / LIMIT_PIECES, np.concatenate([none, *(one.pieces for one in asks)]))


def load_limit_asks(folder: Path, corpus: Corpus, dimension: int) -> dict[str, EncodedAsk]:
    """The questions by their text. Raises `IndexFault`."""
    dense = Dense.load(folder)
    rows = load_array(folder / FOLDER / LIMIT_PIECES, row_type(dimension))
    asks = [corpus.limit_ask(number) for number in range(corpus.limit_asks)]
    return {
        one.text: EncodedAsk(dense.vector(number), rows[one.first_token : one.last_token])
        for number, one in enumerate(asks)
    }
