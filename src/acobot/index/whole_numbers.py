"""Products of stored levels with a question's vectors in whole numbers, which a processor does four times as fast.

Levels are laid out for it once, by ONNX Runtime, as the weights of a model of one step (`MatMulInteger`). A question's
numbers are two digits each: what is rounded away is a cosine's sixth decimal. Knows only numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from acobot.encoder import Floats, load_session

if TYPE_CHECKING:
    from acobot.index.token_vectors import Levels

# A digit lies between -64 and 64. More would be too much for processors that add products up in pairs, in 16 bits.
HALF = 64
BASE = 2 * HALF
IR_VERSION, OPSET = 8, 17
UINT8, INT8, INT32 = 2, 3, 6  # ONNX's numbers for its types
DIGITS, LEVELS, NOUGHT, PRODUCTS = b"digits", b"levels", b"nought", b"products"


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Vectors (m, d) as two digits a number (2m, d), the first of all before the second, and a unit's worth (m,)."""

    digits: npt.NDArray[np.uint8]
    worth: Floats

    @classmethod
    def of(cls, vectors: Floats) -> Digits:
        """The digits that are nearest to the vectors."""
        worth = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.float32(1e-12)) / HALF
        first = np.rint(vectors / worth)
        second = np.rint((vectors / worth - first) * BASE)
        return cls((np.concatenate([first, second]) + HALF).astype(np.uint8), worth[:, 0] / BASE)


class WholeNumbers:
    """Levels (d, n) of at least one vector, with what one is worth in each (n,)."""

    def __init__(self, levels: Levels, scales: Floats) -> None:
        self._session = load_session(_model(levels), arena=False)
        self._scales = scales

    def greatest(self, asked: Digits) -> Floats:
        """Of each of m vectors the greatest product with any of these (m,)."""
        (products,) = self._session.run(None, {"digits": asked.digits})
        many = len(asked.worth)
        found = products[:many] * BASE
        found += products[many:]
        greatest: Floats = (found.astype(np.float32) * self._scales).max(axis=1) * asked.worth
        return greatest


def _model(levels: Levels) -> bytes:
    """The model, in ONNX's format field by field: nothing that serving installs writes one."""
    depth, count = levels.shape
    node = b"".join(_bytes(1, name) for name in (DIGITS, LEVELS, NOUGHT)) + _bytes(2, PRODUCTS)
    nought = _number(2, UINT8) + _bytes(8, NOUGHT) + _bytes(9, bytes([HALF]))
    weights = _number(1, depth) + _number(1, count) + _number(2, INT8) + _bytes(8, LEVELS) + _bytes(9, levels.tobytes())
    graph = (
        _bytes(1, node + _bytes(4, b"MatMulInteger")),
        _bytes(2, PRODUCTS),
        _bytes(5, nought),
        _bytes(5, weights),
        _bytes(11, _matrix(DIGITS, UINT8, depth)),
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
