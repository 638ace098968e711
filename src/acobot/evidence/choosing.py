"""Which of the scored sentences are quoted, and what is found out about them.

The choice is greedy: the best sentence first, then each time the one that promises most for its length, where what
those chosen have not met promises more (facility location, whose greedy choice is near the best, at a cost a word;
Nemhauser, Wolsey & Fisher 1978, Lin & Bilmes 2010). It ends where no sentence is worth its words. A message that asks
two things gets sentences for each in turn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from acobot.encoder import Encoding, Floats
from acobot.evidence.answerability import ANSWER_FROM, FITTED_SHARE, Signs, answerability, unnamed
from acobot.evidence.differing import Told, can_differ, find_difference, lacks_value
from acobot.evidence.figures import MONTHS, NUMBERS
from acobot.evidence.parts import Part, split_parts
from acobot.evidence.scoring import score_sentences
from acobot.index import StoredPassage, StoredSentence, Version
from acobot.question import Query, says_something
from acobot.retrieval import Candidate, question_weights

MOST_QUOTES = 4
NEW_SHARE = 0.6  # of what a further sentence meets and those before it do not, added to its score
SPREAD = 0.045  # of the best score: a sentence that lies so far below another is e times less likely to be wanted
WORTH = 0.012  # the least likelihood, divided by the root of its words, with which a further sentence is quoted
SAME_WORDS = 0.8  # Jaccard likeness of two sentences' words from which they say the same
DIFFERING_NEAR = 0.85  # of the best sentence's score: what may be set against it
DIFFERING_LOOKED_AT = 12

_ASKS_OPINIONS = re.compile(
    r"\bwho\b.{0,20}\b(?:oppos\w+|supports?|criticis\w+|objects?|against|favour|disagrees?|agrees?|thinks?|backs?|worr\w+)\b"
    r"|\b(?:opinions?|views?|thinks?|thought|feel|concern(?:s|ed)?|worr(?:y|ies|ied)|critic\w+|objections?|arguments?)\b",
    re.IGNORECASE,
)
# A sentence that opens so leans on the one before it.
_LEANS = re.compile(
    r"(?:they|it|this|these|those|that|he|she|such|its|their|his|her|both|each|the former|the latter|as a result|"
    r"in return|in response)\b",
    re.IGNORECASE,
)
# Without May, which mostly is a verb.
_FIGURE_MONTHS = "|".join(month.casefold() for month in MONTHS if month != "May")
_FIGURE = re.compile(rf"\d+|{_FIGURE_MONTHS}|\b(?:{'|'.join(NUMBERS)})\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a candidate passage with its score, and why it was rejected, or "" where it was chosen."""

    stored: StoredPassage
    sentence: StoredSentence
    text: str
    score: float
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """Two sentences of different sources that answer the question differently, and what they differ about."""

    about: str
    one: Evidence
    other: Evidence


@dataclass(frozen=True, slots=True)
class Findings:
    """What was chosen, best first, what was rejected and why, and the probability that the sources answer.

    `difference` is two of the chosen, of different sources, that answer differently, if there are two; `unanswered` are
    the questions of the message that nothing was chosen for, where it asks several and another one is answered; `signs`
    are what the confidence comes from.
    """

    chosen: tuple[Evidence, ...]
    rejected: tuple[Evidence, ...]
    confidence: float
    difference: Differing | None = None
    unanswered: tuple[str, ...] = ()
    signs: Signs | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A question of the message, and every sentence's score for it (m,), in its message and alone."""

    part: Part
    scores: Floats
    alone: Floats


def find_evidence(
    version: Version,
    query: Query,
    encoding: Encoding,
    candidates: Sequence[Candidate],
    share: float = FITTED_SHARE,
) -> Findings:
    """The sentences that answer, at most `MOST_QUOTES`, and the probability that they do.

    It is 0 where there are no candidates or the question says nothing ("why?"); `share` of all questions are expected
    to be answerable.
    """
    scored = score_sentences(query.searched_for, encoding, candidates)
    if not scored:
        return Findings((), (), 0.0)
    weights = question_weights(version, query.searched_for, encoding)
    matches = np.stack([one.matches for one in scored])
    bonuses = np.array([one.bonus for one in scored])
    found = [
        Evidence(one.stored, one.sentence, one.text, round(float(score), 4))
        for one, score in zip(scored, matches @ weights + bonuses, strict=True)
    ]
    asked = [
        _Asked(part, matches @ part.weights + bonuses, matches @ part.own + bonuses)
        for part in split_parts(query.searched_for, encoding, weights)
    ]
    signs = [_signs(version, one, candidates, found) for one in asked]
    sure = [answerability(one, share) for one in signs]
    answered = [one for one, probability in zip(asked, sure, strict=True) if probability >= ANSWER_FROM] or asked
    opinions = bool(_ASKS_OPINIONS.search(query.searched_for))
    chosen, rejected = _choose(found, [one.scores for one in answered], matches, weights, opinions=opinions)
    difference = _difference(version, query, chosen, rejected)
    return Findings(
        chosen=_with_both(chosen, difference),
        rejected=rejected,
        confidence=max(sure) if says_something(query.searched_for) else 0.0,
        difference=difference,
        unanswered=tuple(one.part.as_typed for one in asked if one not in answered),
        signs=signs[sure.index(max(sure))],
    )


def _signs(version: Version, asked: _Asked, candidates: Sequence[Candidate], found: Sequence[Evidence]) -> Signs:
    """What speaks for an answer to one question of the message, or against one."""
    best = sorted(range(len(found)), key=lambda place: -asked.alone[place])[:MOST_QUOTES]
    return Signs(
        best=round(float(asked.alone[best[0]]), 4),
        nearest=max(candidate.dense for candidate in candidates),
        unnamed=unnamed(asked.part.text, (f"{one.stored.passage.prefix} {one.stored.text}" for one in candidates)),
        lacking=lacks_value(asked.part.text, lambda: _told(version, [found[place] for place in best])),
    )


def leans(text: str) -> bool:
    """Whether a sentence needs the one before it to be understood, by how it opens."""
    return bool(_LEANS.match(text.lstrip("\"'‘“([")))


def _choose(
    found: Sequence[Evidence], parts: Sequence[Floats], matches: Floats, weights: Floats, *, opinions: bool
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The chosen, in the order of choice, and the rejected, best first, with the reason.

    Where `opinions` are asked for, sources that are not quoted yet come first.
    """
    reasons: dict[int, str] = {}
    chosen: list[int] = []
    met = np.zeros(matches.shape[1], dtype=np.float32)
    roots = np.sqrt([max(len(one.text.split()), 1) for one in found])
    begun: set[int] = set()
    waiting = list(range(len(parts)))
    while waiting and len(chosen) < MOST_QUOTES:
        part = waiting.pop(0)
        gain = np.maximum(matches - met, 0) @ weights if chosen else np.zeros(len(found))
        promises = parts[part] + NEW_SHARE * gain
        worths = _likelihoods(promises, parts[part]) / roots
        order, least = (worths, WORTH) if part in begun else (promises, -math.inf)
        left = [n for n in range(len(found)) if n not in chosen and n not in reasons and worths[n] >= least]
        if not left:
            continue
        if opinions:
            quoted = {found[n].stored.passage.source_id for n in chosen}
            left = [n for n in left if found[n].stored.passage.source_id not in quoted] or left
        best = max(left, key=lambda n: (round(float(order[n]), 4), -found[n].stored.number, -n))
        if any(_say_the_same(found[best].text, found[other].text) for other in chosen):
            reasons[best] = "says the same as a better one"
            waiting.insert(0, part)
            continue
        chosen.append(best)
        begun.add(part)
        waiting.append(part)
        met = np.maximum(met, matches[best])
    why_not = "others are better or add more" if len(chosen) == MOST_QUOTES else "too unlikely for its length"
    rejected = [replace(found[n], rejected=reasons.get(n, why_not)) for n in range(len(found)) if n not in chosen]
    rejected.sort(key=lambda one: (-one.score, one.stored.number, one.sentence.sentence.start))
    return tuple(found[n] for n in chosen), tuple(rejected)


def _likelihoods(promises: Floats, scores: Floats) -> Floats:
    """How likely each sentence is the wanted one: a softmax over all scores, the sharper the lower the best score."""
    best = float(scores.max())
    spread = SPREAD * max(best, 1e-6)
    return np.asarray(np.exp((promises - best) / spread) / np.exp((scores - best) / spread).sum(), dtype=np.float32)


def _difference(
    version: Version, query: Query, chosen: Sequence[Evidence], rejected: Sequence[Evidence]
) -> Differing | None:
    """Two sentences near the best, of different sources, that answer differently; those chosen are looked at first."""
    if not can_differ(query.searched_for):
        return None
    near = [*chosen, *(one for one in rejected if chosen and one.score >= DIFFERING_NEAR * chosen[0].score)]
    near = near[:DIFFERING_LOOKED_AT]
    ids = {one.stored.passage.source_id for one in near}
    if len(ids) < 2:
        return None
    background = [one.text for one in (*chosen, *rejected)]
    found = find_difference(query.searched_for, _told(version, near), background)
    if found is None:
        return None
    about, one, other = found
    return Differing(about, replace(near[one], rejected=""), replace(near[other], rejected=""))


def _told(version: Version, evidence: Sequence[Evidence]) -> list[Told]:
    ids = {one.stored.passage.source_id for one in evidence}
    published = {one: version.corpus.source(one).particulars.published for one in ids}
    return [Told(one.text, one.stored.passage.source_id, published[one.stored.passage.source_id]) for one in evidence]


def _with_both(chosen: tuple[Evidence, ...], difference: Differing | None) -> tuple[Evidence, ...]:
    """The chosen with both sentences that differ, in the place of the last ones where there is no more room."""
    if difference is None:
        return chosen
    pair = (difference.one, difference.other)
    others = [one for one in chosen if one not in pair]
    missing = sum(one not in chosen for one in pair)
    kept = others[: MOST_QUOTES - len(pair)] if missing else others
    return tuple(sorted([*kept, *pair], key=lambda one: chosen.index(one) if one in chosen else len(chosen)))


def _say_the_same(one: str, other: str) -> bool:
    """Whether two sentences have nearly the same words, and all the same figures and months."""
    if _FIGURE.findall(one.casefold()) != _FIGURE.findall(other.casefold()):
        return False
    first, second = _words(one), _words(other)
    return bool(first | second) and len(first & second) >= SAME_WORDS * len(first | second)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
