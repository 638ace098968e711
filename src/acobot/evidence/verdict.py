"""Answered or not, how sure, and why: decided here and nowhere else.

Logistic regression over signs, each of which can be read. Coefficients come from `tests/evaluation/fit_confidence.py`;
how well they tell is in DECISIONS.md. A probability holds for some share of answerable questions: that of the fit is
FITTED_SHARE, and another is reached by shifting the odds (Saerens, Latinne & Decaestecker 2002).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum

from acobot.evidence.figures import NUMBERS
from acobot.index import STOP_WORDS

FITTED_SHARE = 0.8  # of the questions were answerable, by weight, when the coefficients were fitted
# Of the signs in their order, and the bias after them: with a reader, and without one. What leads a reader's verdict
# astray is little, so the late interaction and the nearest passage add nothing to it.
WITH_READER = (0.9, 0.0, 0.0, 4.5, -25.0, -0.8, -0.6, 1.45)
WITHOUT_READER = (0.0, 4.65, 1.62, 4.0, -6.0, -1.24, -2.55, -2.41)
MOST_UNNAMED = 2
LEAST_ODDS = 1e-5  # probabilities nearer to 0 or 1 count as this near
ANSWER_FROM, ANSWER_UNREAD_FROM = 0.72, 0.4  # the probability below which the sources are said not to answer; unread
ANSWER_IN_NEED_FROM = 0.8  # the same for a message that shows a sign of need; one that asks nothing is never answered
KNOWN_AT_LEAST = 0.9  # where an `asks:` line says word for word what is asked
BEYOND_AT_MOST = 0.1  # where a year is asked about that lies after all sources and that no quote names
LIMIT_FROM = 0.9  # likeness from which what the sources do not say decides, if it is nearer than any `asks:` line
LIMIT_TOLD_FROM = 0.75  # likeness from which a refusal says it

# A capital that only opens a sentence makes no name.
_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][\w'’-]+\b|\b[A-Z][A-Z\d]+s?\b|\b\d[\d,.]*\b")
_VALUES = {word: str(number) for number, word in enumerate(NUMBERS, start=1)}
_WORD = re.compile(r"[\w'’-]+(?:[.,]\d+)*")


class Reason(StrEnum):
    """Why the sources are said not to answer."""

    LIMIT = "limit"  # a maintainer wrote that they do not say this
    UNNAMED = "unnamed"  # a name or number of the question stands in none of the passages
    LACKING = "lacking"  # a date, a length or a number is asked for, and no sentence holds one
    BEYOND = "beyond"  # it is about a year after all sources
    UNLIKELY = "unlikely"  # nothing found answers


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer, or against one.

    `read` is the log-odds that what the reader read answers, `best` the score of the best sentence by late interaction,
    `nearest` the cosine of the nearest passage, `asked` how much the nearest `asks:` line says the same, from 0 to 1,
    `limited` how much more alike than that line a limit is, `unnamed` how many names and numbers of the question no
    passage holds (two at most), `lacking` whether a date, a length or a number is asked for and no quote holds one.
    """

    read: float
    best: float
    nearest: float
    asked: float
    limited: float
    unnamed: int
    lacking: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the sources answer, with what probability, and where they do not, why, the weightiest reason first."""

    answered: bool
    confidence: float
    reasons: tuple[Reason, ...] = ()


def decide(
    signs: Signs,
    share: float = FITTED_SHARE,
    *,
    read: bool,
    beyond: bool = False,
    limit: float = 0.0,
    named: bool = False,
    known: bool = False,
    least: float = ANSWER_FROM,
) -> Verdict:
    """The verdict on one question, where `share` of all questions are answerable and a reader has `read` or not.

    `beyond` says that it is about a year after all sources; `limit` is the likeness of the nearest limit, and `named`
    that its question holds a name of this one which no passage holds; `known` that a source says, word for word, that
    it answers this. What is less likely than `least` is not answered.
    """
    confidence = probability(signs, share, read=read)
    limited = (limit >= LIMIT_FROM and signs.limited > 0) or (named and limit >= LIMIT_TOLD_FROM)
    if known:
        confidence = max(confidence, KNOWN_AT_LEAST)
    elif beyond or limited:
        confidence = min(confidence, BEYOND_AT_MOST)
    if confidence >= least:
        return Verdict(True, confidence)
    told = (
        (Reason.LIMIT, limit >= LIMIT_TOLD_FROM and (signs.limited > 0 or named)),
        (Reason.BEYOND, beyond),
        (Reason.UNNAMED, signs.unnamed > 0),
        (Reason.LACKING, signs.lacking),
    )
    return Verdict(False, confidence, tuple(reason for reason, holds in told if holds) or (Reason.UNLIKELY,))


def probability(signs: Signs, share: float = FITTED_SHARE, *, read: bool) -> float:
    """The probability that the sources answer, rounded to 0.01."""
    *weights, bias = WITH_READER if read else WITHOUT_READER
    logit = sum(weight * value for weight, value in zip(weights, astuple(signs), strict=True)) + bias
    return round(1 / (1 + math.exp(-logit - log_odds(share) + log_odds(FITTED_SHARE))), 2)


def unnamed(question: str, held: Iterable[str]) -> tuple[str, ...]:
    """The names and numbers of the question that stand in none of the texts as whole words, `MOST_UNNAMED` at most."""
    names = dict.fromkeys(name for name in _NAME.findall(question) if name.casefold() not in STOP_WORDS)
    if not names:
        return ()
    words = (part for text in held for word in _WORD.findall(text) for part in (word, *word.split("-")))
    everything = {form for word in words for form in _forms(word)}
    return tuple(name for name in names if not _forms(name) & everything)[:MOST_UNNAMED]


def _forms(word: str) -> set[str]:
    """A word as it is looked for: in small letters, without a possessive or plural ending, a number also in figures."""
    folded = word.casefold().replace("’", "'").rstrip(".,'")
    bare = folded.removesuffix("'s")
    return {folded, bare, bare.removesuffix("s"), bare.replace(",", ""), _VALUES.get(bare, bare)}


def log_odds(probability: float) -> float:
    """The logarithm of the odds, bounded so that certainty stays finite."""
    bounded = min(max(probability, LEAST_ODDS), 1 - LEAST_ODDS)
    return math.log(bounded / (1 - bounded))
