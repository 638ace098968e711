"""What an encoder gives: a unit vector for a text, and one for each of its word pieces. Pure numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Encoding:
    """One text as the model sees it; n word pieces, without the special tokens, d dimensions.

    `vector` (d,) and each row of `tokens` (n, d) have length 1; `spans` (n, 2) are half-open code-point offsets in the
    text; `pieces` (n,) are the tokenizer's ids.
    """

    vector: Floats
    tokens: Floats
    spans: Ints
    pieces: Ints


class Encoder(Protocol):
    """What turns texts into vectors; `digest` changes whenever the vectors would."""

    name: str
    digest: str
    dimension: int

    def count(self, text: str) -> int:
        """Word pieces of a text, without special tokens."""
        ...

    def encode(self, texts: Sequence[str], *, as_question: bool = False) -> list[Encoding]:
        """One encoding a text, of any length, which depends on nothing but that text.

        Some models read a question with other words before it than a document; those words get no vectors.
        """
        ...
