"""Questions against questions: which `asks:` lines, and which limits, a message says the same as.

A sentence encoder is at its best here: two questions that mean the same lie close together, whatever words they use.
Likeness is a cosine of unit vectors, mixed with the share of words that both have; between 0 and 1, higher is better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from acobot.encoder import Encoding
from acobot.index import StoredLimit, Version, terms

LOOKED_AT = 60  # rows of the index, nearest first, among which asks are looked for
LIMITS_LOOKED_AT = 20
SAME_QUESTION = 0.9  # likeness from which two questions are one and the same
NAMED_BONUS = 0.15  # of likeness, for a limit that holds the name that no passage has
WORD_FOR_WORD = 0.97  # likeness from which a message is that question, and is not looked at in parts
WORDS_SHARE = 0.1  # of the likeness is the overlap of words

Form = tuple[str, Encoding]  # the message in one form, such as with its abbreviations spelled out


@dataclass(frozen=True, slots=True)
class AskedAlike:
    """A question from `asks:`, how alike the message is to it, and the sentence that answers it: passage and start."""

    text: str
    likeness: float
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class LimitAlike:
    """What the sources do not say, the question of it that is most like the message, and how alike they are.

    `named` says that it holds a name of the message that no passage holds.
    """

    limit: StoredLimit
    text: str
    likeness: float
    named: bool = False


def asks_alike(version: Version, forms: Sequence[Form]) -> tuple[AskedAlike, ...]:
    """The questions from `asks:` that are nearest to the message in any of its forms, most alike first."""
    own = version.corpus.passages
    best: dict[int, AskedAlike] = {}
    for text, encoding in forms:
        asked = frozenset(terms(text))
        for row, cosine in version.dense.rows(encoding.vector, LOOKED_AT):
            if row < own:
                continue
            ask = version.corpus.ask(row - own)
            found = AskedAlike(ask.text, likeness(cosine, asked, ask.text), ask.passage, ask.start)
            best[row] = max(found, best.get(row, found), key=lambda one: one.likeness)
    return tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.passage, one.start)))


def nearest_limit(version: Version, forms: Sequence[Form], names: Sequence[str]) -> LimitAlike | None:
    """The limit whose question is most like the message in any of its forms, or None where there are none.

    One that holds one of `names`, which no passage holds, comes before others that are as near.
    """
    folded = {name.casefold() for name in names}
    found = []
    for asked, encoding in forms:
        stems = frozenset(terms(asked))
        for row, cosine in version.limits.rows(encoding.vector, LIMITS_LOOKED_AT):
            limit, text = version.corpus.limit_ask(row)
            named = bool(folded & set(re.findall(r"[\w'-]+", text.casefold())))
            found.append(LimitAlike(limit, text, likeness(cosine, stems, text), named))
    return max(found, key=lambda one: (one.likeness + NAMED_BONUS * one.named, -one.limit.number), default=None)


def likeness(cosine: float, asked: frozenset[str], other: str) -> float:
    """How alike two questions are, by the cosine of their vectors and the stems of one and the words of the other."""
    others = frozenset(terms(other))
    near = max(cosine, 0.0)
    if not asked | others:  # words of grammar alone: nothing is known but how near they are
        return round(near, 4)
    dice = 2 * len(asked & others) / (len(asked) + len(others))
    return round((1 - WORDS_SHARE) * near + WORDS_SHARE * dice, 4)
