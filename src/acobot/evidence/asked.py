"""Questions against questions: which `asks:` lines, and which limits, a message says the same as.

A sentence encoder is at its best here: two questions that mean the same lie close together, whatever words they use.
Likeness is a cosine of unit vectors, mixed with the share of words that both have; it tells whether two questions are
the same. Which of several lines is the right one is told better by late interaction, word piece by word piece. Both lie
between 0 and 1, higher is better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from acobot.encoder import Encoding, Floats
from acobot.index import (
    PieceWeights,
    StoredAsk,
    StoredLimit,
    StoredLimitAsk,
    TokenRun,
    Version,
    all_cosines,
    greatest_of,
)
from acobot.languages import Language, has_words, stems, terms
from acobot.retrieval import question_weights

LOOKED_AT = 60  # rows of the index, nearest first, among which asks are looked for
LIMITS_LOOKED_AT = 20
SAME_QUESTION = 0.9  # likeness from which two questions are one and the same
NAMED_BONUS = 0.15  # of likeness, for a limit that holds the name that no passage has
WORD_FOR_WORD = 0.97  # likeness from which a message is that question, and is not looked at in parts
WORDS_SHARE = 0.1  # of the likeness is the overlap of words
# How much it counts that the line's word pieces are met by the message's, beside the message's by the line's. Of 1,632
# lines asked of 1,847 others, the best met stood before the right paragraph in 0.585 (0.577 with 0; likeness 0.515).
BACK_SHARE = 0.2

Form = tuple[str, Encoding]  # the message in one form, such as with its abbreviations spelled out
Stored = TypeVar("Stored", StoredAsk, StoredLimitAsk)


@dataclass(frozen=True, slots=True)
class AskedAlike:
    """A question from `asks:`, how alike the message is to it, and the sentence that answers it: passage and start.

    `met` is how well each of the two meets the other's word pieces, mostly how it meets the message's.
    """

    text: str
    likeness: float
    met: float
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class LimitAlike:
    """What the sources do not say, the question of it that is most like the message, and how alike they are.

    `met` is how well each of the two meets the other's word pieces, as in `AskedAlike`. `named` says that it holds a
    name of the message that no passage holds.
    """

    limit: StoredLimit
    text: str
    likeness: float
    met: float = 0.0
    named: bool = False


def asks_alike(
    version: Version, forms: Sequence[Form], rarity: float, among: Sequence[range] | None = None
) -> tuple[AskedAlike, ...]:
    """The questions from `asks:` that are nearest to the message in any of its forms, most alike first.

    `rarity` is how much more rare word pieces count; `among` are ranges of the passages that are searched.
    """
    own = version.corpus.passages
    best: dict[int, AskedAlike] = {}
    for form in forms:
        rows = version.dense.rows(form[1].vector, LOOKED_AT, among)
        near = [(row - own, cosine) for row, cosine in rows if row >= own]
        for number, ask, alike, met in _compared(version, form, near, version.read_asks, rarity):
            found = AskedAlike(ask.text, alike, met, ask.passage, ask.start)
            if other := best.get(number):
                found = replace(found, likeness=max(found.likeness, other.likeness), met=max(found.met, other.met))
            best[number] = found
    return tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.passage, one.start)))


def _compared(
    version: Version,
    form: Form,
    near: Sequence[tuple[int, float]],
    read: Callable[[Sequence[int]], tuple[Sequence[Stored], TokenRun]],
    rarity: float,
) -> Iterator[tuple[int, Stored, float, float]]:
    """Of each stored question that is near, given as its number and cosine: likeness, and how well it is met."""
    text, encoding = form
    asked, weights = frozenset(terms(text, version.language)), question_weights(version, text, encoding, rarity)
    asks, run = read([number for number, _ in near])
    sizes = [ask.last_token - ask.first_token for ask in asks]
    mets = how_met(encoding, weights, run, sizes, version.piece_weights, rarity)
    for (number, cosine), ask, met in zip(near, asks, mets, strict=True):
        yield number, ask, likeness(cosine, asked, ask.text, version.language), met


def how_met(
    message: Encoding, weights: Floats, run: TokenRun, sizes: Sequence[int], pieces: PieceWeights, rarity: float
) -> list[float]:
    """For each line the weighted mean of the best cosines of the message's word pieces with its own, and some reverse.

    All lines at once, for they are many and short: `run` has their word pieces, so many each. `weights` are the
    message's and add up to 1.
    """
    filled = np.flatnonzero(sizes)
    if not len(message.pieces) or not len(filled):
        return [0.0] * len(sizes)
    counts = np.array(sizes)[filled]
    cosines = all_cosines([run], message.tokens)
    there = weights @ greatest_of(cosines, counts)
    starts = np.cumsum(counts) - counts
    own = pieces.of(run.pieces) ** rarity
    totals = np.add.reduceat(own, starts)
    own = np.where(np.repeat(totals, counts) > 0, own, 1)  # all alike where none counts
    back = np.add.reduceat(cosines.max(axis=0) * own, starts) / np.add.reduceat(own, starts)
    met = np.zeros(len(sizes))
    met[filled] = (there + BACK_SHARE * back) / (1 + BACK_SHARE)
    return [round(value, 4) for value in met.tolist()]


def limits_alike(
    version: Version, forms: Sequence[Form], names: Sequence[str], rarity: float
) -> tuple[LimitAlike, ...]:
    """The limits whose questions are nearest to the message in any of its forms, most alike first.

    One that holds one of `names`, which no passage holds, comes before others that are as near. `rarity` is how much
    more rare word pieces count.
    """
    folded = {name.casefold() for name in names}
    found = []
    for form in forms:
        near = version.limits.rows(form[1].vector, LIMITS_LOOKED_AT)
        for _, ask, alike, met in _compared(version, form, near, version.read_limit_asks, rarity):
            named = any(has_words(ask.text.casefold(), name) for name in folded)
            found.append(LimitAlike(ask.limit, ask.text, alike, met, named))
    return tuple(sorted(found, key=lambda one: (-one.likeness - NAMED_BONUS * one.named, one.limit.number)))


def met_more(asks: Sequence[AskedAlike], limits: Sequence[LimitAlike]) -> float:
    """How much better the best met `asks:` line is met than the best met limit; 0 where there are none of either."""
    if not asks or not limits:
        return 0.0
    return round(max(one.met for one in asks) - max(one.met for one in limits), 4)


def likeness(cosine: float, asked: frozenset[str], other: str, language: Language) -> float:
    """How alike two questions are, by the cosine of their vectors and the stems of one and the words of the other."""
    others = stems(other, language)
    near = max(cosine, 0.0)
    if not asked | others:  # words of grammar alone: nothing is known but how near they are
        return round(near, 4)
    dice = 2 * len(asked & others) / (len(asked) + len(others))
    return round((1 - WORDS_SHARE) * near + WORDS_SHARE * dice, 4)
