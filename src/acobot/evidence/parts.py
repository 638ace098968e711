"""A message that asks two things → its parts, each with the weights of its word pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from acobot.encoder import Encoding, Floats
from acobot.languages import Language
from acobot.question import leans_on_history
from acobot.retrieval import normalised

PART_SHARE = 0.75  # of the weight that words of the other question lose where a message asks two

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CLAUSE_END = re.compile(r"[.!?,;:]\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One question of a message: its words, and the weight of each of the message's word pieces (n,), in all 1.

    `own` weighs nothing but the question's own words; `weights` leaves some to those of the others; `whole` says that
    the message asks nothing else.
    """

    text: str
    weights: Floats
    own: Floats
    whole: bool = False

    @property
    def as_typed(self) -> str:
        """Its words without what stands in brackets, which spells out or was carried over, if any are left."""
        bare = _IN_BRACKETS.sub("", self.text).strip()
        return bare if any(char.isalnum() for char in bare) else self.text


def split_parts(
    searched_for: str, encoding: Encoding, weights: Floats, language: Language, *, whole: bool = False
) -> list[Part]:
    """The questions that a message asks, each once, one for most; each keeps some weight on the words of the others.

    One that is known to be `whole` is not split.
    """
    parts = [
        Part(searched_for[start:end].strip(" ,;"), PART_SHARE * own + (1 - PART_SHARE) * weights, own)
        for start, end, own in _own_weights(searched_for, encoding, weights, language)
    ]
    distinct = list({part.text.casefold().rstrip("?"): part for part in reversed(parts)}.values())[::-1]
    return distinct if len(distinct) > 1 and not whole else [Part(searched_for, weights, weights, whole=True)]


def _own_weights(
    searched_for: str, encoding: Encoding, weights: Floats, language: Language
) -> Iterator[tuple[int, int, Floats]]:
    pieces = encoding.spans[:, 0]
    for start, stop in _spans(searched_for, language):
        inside = (pieces >= start) & (pieces < stop)
        if float(weights[inside].sum()) > 0:
            yield start, stop, normalised(np.where(inside, weights, 0).astype(np.float32))


def _spans(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where each question stands, with what is told before and after it: what asks nothing is no part of its own."""
    ends = list(language.questions.part_ends.finditer(text))
    start = 0
    for place, end in enumerate(ends):
        stop = end.start() + len(end[0]) - len(end[0].lstrip("?"))
        goes_on = text[end.end() : ends[place + 1].start() + 1 if place + 1 < len(ends) else len(text)]
        if _asks(text[start:stop], language) and _asks(goes_on, language):
            yield start, stop
            start = end.end()
    yield start, len(text)


def _asks(text: str, language: Language) -> bool:
    """Whether a text has the mark of a question, or a sentence or clause that opens as one."""
    return "?" in text or any(language.questions.opens.match(one) for one in _CLAUSE_END.split(text))


def with_others(part: Part, parts: Sequence[Part], language: Language) -> str:
    """A question of the message; one of several that points to the others has them in brackets."""
    if part.whole or not leans_on_history(part.text, language):
        return part.text
    return f"{part.text} ({' '.join(other.text for other in parts if other is not part)})"
