"""Candidates → evidence: which sentences answer, and how sure it is that any does.

A sentence's score is late interaction (ColBERT's MaxSim; Khattab & Zaharia 2020), without training: over the question's
word pieces the mean, weighted by how rare each piece is, of its best cosine with any piece of the sentence. The
sentence's vectors come from the encoding of its whole passage. Between -1 and 1, higher is better.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from acobot.encoder import Encoding, Floats
from acobot.index import PieceWeights, StoredPassage, StoredSentence, TokenRun, Version
from acobot.question import Query
from acobot.retrieval import Candidate

MOST_QUOTES = 4
PASSAGE_SHARE = 0.05  # of a passage's score, added to its sentences'
NEAR_BEST = 0.72  # of the best sentence's score: what falls below is not quoted
SAME_WORDS = 0.8  # Jaccard likeness of two sentences' words from which they say the same
# Logistic regression, fitted on three question sets weighted alike, at four answerable questions in five.
BEST_WEIGHT, DENSE_WEIGHT, BIAS = 4.2, 2.1, -2.0

# A sentence that opens so leans on the one before it.
_LEANS = re.compile(
    r"(?:they|it|this|these|those|that|he|she|such|its|their|his|her|both|each|the former|the latter|as a result|"
    r"in return|for example|however|but|and|so|also|therefore|nevertheless|additionally|in response)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a candidate passage with its score, and why it was rejected, or "" where it was chosen."""

    stored: StoredPassage
    sentence: StoredSentence
    text: str
    score: float
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was chosen, best first, what was rejected and why, and the probability that the sources answer."""

    chosen: tuple[Evidence, ...]
    rejected: tuple[Evidence, ...]
    confidence: float


def find_evidence(version: Version, query: Query, encoding: Encoding, candidates: Sequence[Candidate]) -> Findings:
    """The sentences that answer, at most `MOST_QUOTES`, and `confidence`, 0 where there are no candidates."""
    weights = question_weights(query.searched_for, encoding, version.piece_weights)
    scored: list[Evidence] = []
    matches: list[Floats] = []
    for candidate in candidates:
        stored = candidate.stored
        run = version.token_vectors.run(stored.token_file, stored.first_token, stored.last_token)
        for sentence, match in zip(stored.sentences, sentence_matches(encoding, run, stored), strict=True):
            start = sentence.sentence.start - stored.passage.start
            text = stored.text[start : start + sentence.sentence.end - sentence.sentence.start]
            score = float(match @ weights) + PASSAGE_SHARE * candidate.score
            scored.append(Evidence(stored, sentence, text, round(score, 4)))
            matches.append(match)
    if not scored:
        return Findings((), (), 0.0)
    order = sorted(range(len(scored)), key=lambda n: (-scored[n].score, scored[n].stored.number, n))
    chosen, rejected = _choose([scored[n] for n in order])
    best = float(matches[order[0]] @ weights)
    confidence = _confidence(best, max(candidate.dense for candidate in candidates))
    return Findings(chosen, rejected, confidence)


def question_weights(searched_for: str, encoding: Encoding, piece_weights: PieceWeights) -> Floats:
    """How much each word piece of the question counts (n,), adding up to 1; punctuation counts nothing."""
    weights = piece_weights.of(encoding.pieces)
    for place, (start, end) in enumerate(encoding.spans.tolist()):
        if not any(char.isalnum() for char in searched_for[start:end]):
            weights[place] = 0
    total = float(weights.sum())
    if total <= 0:
        return np.full(len(weights), 1 / max(len(weights), 1), dtype=np.float32)
    return (weights / total).astype(np.float32)


def sentence_matches(encoding: Encoding, run: TokenRun, stored: StoredPassage) -> list[Floats]:
    """For each sentence of a passage, the best cosine (n,) of each of the question's n word pieces with its own."""
    cosines = encoding.tokens @ run.vectors.T
    matches = []
    for sentence in stored.sentences:
        first, last = sentence.first_token - stored.first_token, sentence.last_token - stored.first_token
        matches.append(cosines[:, first:last].max(axis=1, initial=-1.0))
    return matches


def leans(text: str) -> bool:
    """Whether a sentence needs the one before it to be understood, by how it opens."""
    return bool(_LEANS.match(text.lstrip("\"'‘“([")))


def _choose(ranked: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The best sentences that are near the best and do not say the same; the others with the reason."""
    chosen: list[Evidence] = []
    rejected: list[Evidence] = []
    for evidence in ranked:
        reason = ""
        if evidence.score < NEAR_BEST * ranked[0].score:
            reason = "far below the best"
        elif any(_say_the_same(evidence.text, other.text) for other in chosen):
            reason = "says the same as a better one"
        elif len(chosen) == MOST_QUOTES:
            reason = "four are better"
        if reason:
            rejected.append(Evidence(evidence.stored, evidence.sentence, evidence.text, evidence.score, reason))
        else:
            chosen.append(evidence)
    return tuple(chosen), tuple(rejected)


def _say_the_same(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    return bool(first | second) and len(first & second) >= SAME_WORDS * len(first | second)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _confidence(best: float, dense: float) -> float:
    """The probability that the sources answer, by logistic regression on the best sentence and the best passage."""
    return round(1 / (1 + math.exp(-(BEST_WEIGHT * best + DENSE_WEIGHT * dense + BIAS))), 2)
