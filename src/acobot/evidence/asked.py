"""Questions against questions: which `asks:` lines, and which limits, a message says the same as.

A sentence encoder is at its best here: two questions that mean the same lie close together, whatever words they use.
Likeness is a cosine of unit vectors, mixed with the share of words that both have; between 0 and 1, higher is better.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from acobot.encoder import Encoding
from acobot.index import StoredLimit, Version, terms
from acobot.question import Query

LOOKED_AT = 60  # rows of the index, nearest first, among which asks are looked for
LIMITS_LOOKED_AT = 8
WORDS_SHARE = 0.25  # of the likeness is the overlap of words


@dataclass(frozen=True, slots=True)
class AskedAlike:
    """A question from `asks:`, how alike the message is to it, and the sentence that answers it: passage and start."""

    text: str
    likeness: float
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class LimitAlike:
    """What the sources do not say, the question of it that is most like the message, and how alike they are."""

    limit: StoredLimit
    text: str
    likeness: float


def asks_alike(version: Version, query: Query, encoding: Encoding) -> tuple[AskedAlike, ...]:
    """The questions from `asks:` that are nearest to the message, most alike first."""
    own = version.corpus.passages
    rows = [(row - own, cosine) for row, cosine in version.dense.rows(encoding.vector, LOOKED_AT) if row >= own]
    asked = frozenset(terms(query.searched_for))
    found = []
    for number, cosine in rows:
        ask = version.corpus.ask(number)
        found.append(AskedAlike(ask.text, likeness(cosine, asked, ask.text), ask.passage, ask.start))
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.passage, one.start)))


def nearest_limit(version: Version, query: Query, encoding: Encoding) -> LimitAlike | None:
    """The limit whose question is most like the message, or None where there are none."""
    asked = frozenset(terms(query.searched_for))
    found = []
    for row, cosine in version.limits.rows(encoding.vector, LIMITS_LOOKED_AT):
        limit, text = version.corpus.limit_ask(row)
        found.append(LimitAlike(limit, text, likeness(cosine, asked, text)))
    return max(found, key=lambda one: (one.likeness, -one.limit.number), default=None)


def likeness(cosine: float, asked: frozenset[str], other: str) -> float:
    """How alike two questions are, by the cosine of their vectors and the stems of one and the words of the other."""
    return round((1 - WORDS_SHARE) * max(cosine, 0.0) + WORDS_SHARE * _overlap(asked, terms(other)), 4)


def _overlap(asked: frozenset[str], other: Iterable[str]) -> float:
    """The Dice coefficient of two sets of stems; 0 where both are empty."""
    others = frozenset(other)
    return 2 * len(asked & others) / max(len(asked) + len(others), 1)
