"""Products of stored levels with a question's vectors in whole numbers, which a processor does four times as fast.

Levels are laid out for it once, by ONNX Runtime, as the weights of a model of one step (`MatMulInteger`). A question's
numbers are rounded to 129 steps each, of which a cosine loses its third decimal. Knows only numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats, load_session

if TYPE_CHECKING:
    from acobot.index.token_vectors import Levels

# A step lies between -64 and 64. More would be too much for processors that add products up in pairs, in 16 bits.
HALF = 64
IR_VERSION, OPSET = 8, 17
UINT8, INT8, INT32 = 2, 3, 6  # ONNX's numbers for its types
STEPS, LEVELS, NOUGHT, PRODUCTS = b"steps", b"levels", b"nought", b"products"


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Vectors (m, d) in whole steps, and what one is worth in each (m,)."""

    steps: npt.NDArray[np.uint8]
    worth: Floats

    @classmethod
    def of(cls, vectors: Floats) -> Steps:
        """The steps that are nearest to the vectors."""
        worth = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.float32(1e-12)) / HALF
        return cls((np.rint(vectors / worth) + HALF).astype(np.uint8), worth[:, 0])


class WholeNumbers:
    """Levels (d, n) of at least one vector, with what one is worth in each (n,)."""

    def __init__(self, levels: Levels, scales: Floats) -> None:
        self._session = load_session(_model(levels), arena=False)
        self._scales = scales

    def greatest(self, asked: Steps) -> Floats:
        """Of each of m vectors the greatest product with any of these (m,)."""
        (products,) = self._session.run(None, {"steps": asked.steps})
        greatest: Floats = (products.astype(np.float32) * self._scales).max(axis=1) * asked.worth
        return greatest


def _model(levels: Levels) -> bytes:
    """The model, in ONNX's format field by field: nothing that serving installs writes one."""
    depth, count = levels.shape
    node = b"".join(_bytes(1, name) for name in (STEPS, LEVELS, NOUGHT)) + _bytes(2, PRODUCTS)
    nought = _number(2, UINT8) + _bytes(8, NOUGHT) + _bytes(9, bytes([HALF]))
    weights = _number(1, depth) + _number(1, count) + _number(2, INT8) + _bytes(8, LEVELS) + _bytes(9, levels.tobytes())
    graph = (
        _bytes(1, node + _bytes(4, b"MatMulInteger")),
        _bytes(2, PRODUCTS),
        _bytes(5, nought),
        _bytes(5, weights),
        _bytes(11, _matrix(STEPS, UINT8, depth)),
        _bytes(12, _matrix(PRODUCTS, INT32, count)),
    )
    return _number(1, IR_VERSION) + _bytes(8, _number(2, OPSET)) + _bytes(7, b"".join(graph))


def _matrix(name: bytes, kind: int, columns: int) -> bytes:
    """The description of a matrix of any number of rows."""
    shape = _bytes(1, _bytes(2, b"rows")) + _bytes(1, _number(1, columns))
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """A number seven bits at a time, the lowest first, all but the last with the eighth bit set."""
    return bytes([value & 127 | 128]) + _varint(value >> 7) if value > 127 else bytes([value])
