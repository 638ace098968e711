"""How well a sentence answers a question: late interaction, without training.

ColBERT's MaxSim (Khattab & Zaharia 2020) with the vectors of a sentence encoder: for each word piece of the question
its best cosine with any piece of the sentence, whose vectors come from the encoding of the whole passage. Pieces are
weighted by how rare they are. A sentence also answers for what stands around it, at a discount: its passage's title,
headings and `asks:`, and the sentence before it. Scores lie between 0 and 1 but for small bonuses, higher is better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from acobot.encoder import Encoding, Floats
from acobot.evidence.figures import MONTHS, NUMBERS
from acobot.index import StoredPassage, StoredSentence
from acobot.retrieval import Candidate

Key = TypeVar("Key")

CONTEXT_SHARE = 0.75  # of a match in the context or the sentence before, against one in the sentence itself
PASSAGE_MATCH = 0.15  # of a match is the whole passage's
CANDIDATE_SHARE = 0.05  # of the passage's score in retrieval, added
MEANING_SHARE = 0.1  # of the cosine of the sentence's mean vector with the question's, added
KIND_SHARE = 0.03  # added where a sentence holds the kind of thing that is asked for

_NUMBERS = "|".join((*NUMBERS, "dozen", "hundred", "thousand", "million", "billion", "half"))
# What is asked for, by how the question opens, and how a sentence shows that it has it.
_KINDS = (
    (
        r"\bwhen\b|\b(?:what|which) (?:year|month|date|day)\b|\bhow long ago\b",
        rf"\b(?:1[89]|20)\d\d\b|\b(?:{'|'.join(MONTHS)})\b",
    ),
    (r"\bhow (?:many|much|long|often)\b", rf"(?i)\d|\b(?:{_NUMBERS})\b"),
    (
        r"\bwhy\b|\breasons?\b|\bhow come\b",
        r"(?i)\b(?:because|since|due to|in order to|so that|so as to|as a result|reasons?|therefore|owing to|causes?d?|"
        r"concerns?|in response|helps? to|allows?|aims?)\b|, as ",
    ),
    (
        r"^\W*(?:so |and )?(?:what(?:['’]?s| is| are)(?: meant by)?(?: an?| the)?|define|definition of|meaning of) "
        r"(?:[^\s(]+ ?){1,6}(?:\([^()]*\))?\W*$",
        r"(?i)\b(?:is|are|was|were) (?:an?|the|one|in short|a kind|defined|known|called|meant|another|partnerships?|"
        r"organisations?|systems?|groups?)\b|\b(?:means?|refers? to|stands? for|describes?|defined)\b",
    ),
    (r"\bwho(?:m|se)?\b", r"[a-z,] [A-Z][a-z]+(?: [A-Z][a-z]+)+"),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of a candidate passage.

    `matches` (n,) is how well each of the question's word pieces is met, between 0 and 1; `bonus` is what counts beside
    them, whichever pieces are asked about.
    """

    stored: StoredPassage
    sentence: StoredSentence
    text: str
    matches: Floats
    bonus: float


def score_sentences(question: str, encoding: Encoding, candidates: Sequence[Candidate]) -> list[Scored]:
    """Every sentence of the candidates, in their order, with its matches."""
    wanted = next((sign for kind, sign in _KINDS if re.search(kind, question.casefold())), None)
    return [scored for candidate in candidates for scored in _score_passage(wanted, encoding, candidate)]


def _score_passage(wanted: str | None, encoding: Encoding, candidate: Candidate) -> list[Scored]:
    stored = candidate.stored

    def best(first: int, last: int) -> Floats:
        """Each question piece's best cosine with the rows [first, last) of the token file; 0 where there are none."""
        found = candidate.cosines[:, first - stored.context_token : last - stored.context_token]
        return np.asarray(found.max(axis=1, initial=0.0), dtype=np.float32)

    context = CONTEXT_SHARE * best(stored.context_token, stored.first_token)
    passage = PASSAGE_MATCH * best(stored.first_token, stored.last_token)
    before = np.zeros_like(context)
    found: list[Scored] = []
    for sentence in stored.sentences:
        own = best(sentence.first_token, sentence.last_token)
        around = np.maximum(np.maximum(own, context), CONTEXT_SHARE * before)
        text = stored.text_of(sentence)
        rows = candidate.run.vectors[
            sentence.first_token - stored.context_token : sentence.last_token - stored.context_token
        ]
        bonus = CANDIDATE_SHARE * candidate.score + MEANING_SHARE * _cosine(rows.sum(axis=0), encoding.vector)
        bonus += KIND_SHARE * bool(wanted and re.search(wanted, text))
        found.append(Scored(stored, sentence, text, (1 - PASSAGE_MATCH) * around + passage, bonus))
        before = own
    return found


def greatest(told: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """The greatest value told of each key."""
    best: dict[Key, float] = {}
    for key, value in told:
        best[key] = max(value, best.get(key, value))
    return best


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other) / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-9)
