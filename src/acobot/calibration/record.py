"""Every number that was fitted to one encoder and one reader, in one record. Knows no file; docs of each are in use.

The scripts that fit them are `tests/evaluation/fit_*.py` and `acobot calibrate`; what was tried is in DECISIONS.md.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

_CONFIG = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_CONFIG)
class RetrievalWeights:
    """What a passage's score is made of, each on a scale from 0 to 1 over the passages compared; they add up to 1.

    `rarity` is the power of a word piece's inverse document frequency: how much more a rare one counts.
    """

    dense: float
    words: float
    late: float
    rarity: float


@dataclass(frozen=True, slots=True, config=_CONFIG)
class SentenceWeights:
    """What a sentence's late interaction is made of.

    `context` is the share of a match in the context or the sentence before, against one in the sentence itself;
    `passage` of a match is the whole passage's; added are `candidate` of the passage's score in retrieval, and
    `meaning` of the cosine of the sentence's mean vector with the question's.
    """

    context: float
    passage: float
    candidate: float
    meaning: float


@dataclass(frozen=True, slots=True, config=_CONFIG)
class ChoiceWeights:
    """What makes a sentence the wanted one. A score is a log-odds: 1 below another is e times less likely.

    `reader` and `late` weigh the two scores, `again` what the reader makes of one of the best sentences by itself;
    where there is no reader, `spread` of the best late interaction makes 1.
    `same` is for being the sentence that an `asks:` line stands for which says the same as the message; `met` for how
    well such a line is met beyond `met_from`, less `behind` for how far it is behind the best met one. `new` weighs
    what a further sentence meets of the question and those before it do not; it is quoted if its likelihood a word is
    at least `worth`, and where the question asks for several things, `worth_several`.
    """

    reader: float
    again: float
    late: float
    spread: float
    same: float
    met_from: float
    met: float
    behind: float
    new: float
    worth: float
    worth_several: float


@dataclass(frozen=True, slots=True, config=_CONFIG)
class ReadingWeights:
    """What makes a passage worth reading before others, fitted by `tests/evaluation/fit_reading.py`.

    Its best sentence by late interaction, the logarithm of its place in what retrieval found, and how well the best
    `asks:` line in it is met.
    """

    best: float
    place: float
    met: float


@dataclass(frozen=True, slots=True, config=_CONFIG)
class VerdictWeights:
    """Logistic regression over the values of `evidence.verdict.Features`: a weight for each, then the bias.

    What is less likely than `answer_from` is not answered.
    """

    weights: Annotated[tuple[float, ...], Field(min_length=10, max_length=10)]
    answer_from: float


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Calibration:
    """All that was fitted to the encoder and the reader with these digests.

    `share` of the questions were answerable, by weight, when the verdict was fitted; `read` is the verdict with a
    reader, `unread` without one.
    """

    encoder: str
    encoder_sha256: str
    reader_sha256: str
    share: float
    retrieval: RetrievalWeights
    sentences: SentenceWeights
    choice: ChoiceWeights
    reading: ReadingWeights
    read: VerdictWeights
    unread: VerdictWeights
