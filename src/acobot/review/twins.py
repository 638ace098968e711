"""Questions that two paragraphs, or a paragraph and a limit, both claim, so that chance would decide which answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from acobot.encoder import Floats
from acobot.evidence import likeness
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources.limits import FILE as LIMITS_FILE

SAME = 0.96  # likeness from which two questions say the same
ROWS = 512  # compared at a time with all others


@dataclass(frozen=True, slots=True)
class Twins:
    """Two questions that say the same, and where each stands: a source and its heading, or the limits."""

    one: str
    one_in: str
    other: str
    other_in: str


def find_twins(version: Version) -> list[Twins]:
    """The questions from `asks:` of different paragraphs, and those of limits, that say the same, in order."""
    return list(_among_asks(version)) + list(_with_limits(version))


def _among_asks(version: Version) -> Iterator[Twins]:
    vectors = _ask_vectors(version)
    for one, other, cosine in _near(vectors, vectors):
        if one < other:
            first, second = version.corpus.ask(one), version.corpus.ask(other)
            if (first.passage, first.start) != (second.passage, second.start) and _same(
                cosine, first.text, second.text, version.language
            ):
                yield Twins(first.text, _place(version, first.passage), second.text, _place(version, second.passage))


def _with_limits(version: Version) -> Iterator[Twins]:
    limits = version.limits.vectors(0, len(version.limits))
    for one, other, cosine in _near(_ask_vectors(version), limits):
        ask, text = version.corpus.ask(one), version.corpus.limit_ask(other).text
        if _same(cosine, ask.text, text, version.language):
            yield Twins(ask.text, _place(version, ask.passage), text, LIMITS_FILE)


def _ask_vectors(version: Version) -> Floats:
    own = version.corpus.passages
    return version.dense.vectors(own, len(version.dense) - own)


def _near(ones: Floats, others: Floats) -> Iterator[tuple[int, int, float]]:
    """Pairs of rows whose cosine alone could make them say the same, in order."""
    for begin in range(0, len(ones), ROWS):
        cosines = ones[begin : begin + ROWS] @ others.T
        for row, column in np.argwhere(cosines >= SAME - 0.1):
            yield begin + int(row), int(column), float(cosines[row, column])


def _same(cosine: float, one: str, other: str, language: Language) -> bool:
    return likeness(cosine, frozenset(terms(one, language)), other, language) >= SAME


def _place(version: Version, passage: int) -> str:
    stored = version.corpus.passage(passage).passage
    return f"{stored.source_id} ({' › '.join(stored.heading)})" if stored.heading else stored.source_id
