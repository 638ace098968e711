"""What a reader takes and gives, and how its scores become probabilities. Pure numbers.

One meaning of score: a sentence's own score less its passage's "nothing here answers", so that sentences of different
passages compare; higher is better, and 0 is as likely as none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

UNREAD = -20.0  # the score of a sentence beyond what the model reads: as good as impossible
EMPHASIS_PIECES = 12  # word pieces of the longest emphasis

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """A passage to be read.

    `context` is what is read before it: publisher, author, title, headings. `sentences` are half-open code-point spans
    of `text`, in order.
    """

    context: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class SentencePieces:
    """The k word pieces of a sentence: half-open spans (k, 2) of the passage's text, logits (k,) as start and end."""

    spans: Ints
    starts: Floats
    ends: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read from one passage: a score for each of its n sentences (n,), and the raw score of "none" in it.

    A score has `null` taken off already.
    """

    scores: Floats
    null: float
    pieces: tuple[SentencePieces, ...]

    def emphasis(self, number: int, least: float) -> tuple[int, int] | None:
        """The words within a sentence that answer, as a span of the passage's text; None where unsure.

        It is the likeliest run of at most `EMPHASIS_PIECES` word pieces, if it has the probability `least` among all
        such runs of the sentence, and is not the whole of it.
        """
        pieces = self.pieces[number]
        size = len(pieces.spans)
        if size < 2:
            return None
        logits = pieces.starts[:, None] + pieces.ends[None, :]
        length = np.arange(size)[None, :] - np.arange(size)[:, None]
        logits = np.where((length >= 0) & (length < EMPHASIS_PIECES), logits, -np.inf)
        first, last = divmod(int(logits.argmax()), size)
        probability = 1 / float(np.exp(logits - logits[first, last]).sum())
        if probability < least or last - first == size - 1:
            return None
        return int(pieces.spans[first, 0]), int(pieces.spans[last, 1])


class Reader(Protocol):
    """What reads question and passages together; `digest` changes whenever its scores would."""

    name: str
    digest: str
    emphasis_from: float

    def read(self, question: str, passages: Sequence[ReaderInput]) -> list[Reading]:
        """One reading a passage, in their order; none depends on what else is read."""
        ...


def sentence_probabilities(readings: Sequence[Reading]) -> list[Floats]:
    """For each passage (n,): that of all the sentences read, this one answers; they and "none" add up to 1."""
    scores = [reading.scores.astype(np.float64) for reading in readings]
    most = max([0.0, *(float(one.max()) for one in scores if len(one))])
    total = np.exp(-most) + sum(float(np.exp(one - most).sum()) for one in scores)
    return [(np.exp(one - most) / total).astype(np.float32) for one in scores]


def answer_probability(readings: Sequence[Reading]) -> float:
    """That anything of what was read answers: 1 less the probability of "none"."""
    return float(sum(float(one.sum()) for one in sentence_probabilities(readings)))
