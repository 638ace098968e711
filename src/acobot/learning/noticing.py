"""An answer with what led to it → what is counted of it: how it ended, which place of the sources it lies near, words.

Nothing here is made of the message but words that the sources have too, in the form that they stand there; of these
at most one is kept (`learned.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from acobot.answer import Answer, Status
from acobot.answering import Explained
from acobot.index import Version
from acobot.languages import terms
from acobot.learning.places import place_of

UNSURE_BELOW = 0.8  # probability of an answer; it is also what is asked of one beside a sign of need
SHORTEST = 3  # letters of a word that tells something


class Outcome(StrEnum):
    """How an answer ended; all but the first are gaps."""

    ANSWERED = "answered"
    REFUSED = "refused"
    LIMIT = "limit"  # it was told what the sources do not say
    UNSURE = "unsure"  # answered, with little confidence
    SIGNPOSTED = "signposted"  # it was told where to turn, whatever else


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is counted: `words` are the sources' own, the rarest first; `quoted` are digests of passages."""

    outcome: Outcome
    place: str = ""
    words: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


def notice(version: Version, explained: Explained) -> Noticed | None:
    """What is counted of an answer; None for small talk, and where an earlier question is asked again."""
    answer, query = explained.answer, explained.query
    if answer.status is Status.SMALL_TALK or query.turn:
        return None
    outcome, quoted = _outcome(answer), quoted_passages(answer)
    if outcome is Outcome.ANSWERED:
        return Noticed(outcome, quoted=quoted)
    place = place_of(version, explained)
    # Who is in need is counted, but no word of theirs is.
    words = () if outcome is Outcome.SIGNPOSTED else source_words(version, query.unspelled or query.searched_for)
    return Noticed(outcome, place, words, quoted)


def quoted_passages(answer: Answer) -> tuple[str, ...]:
    """The digests of the passages that an answer quotes."""
    return tuple(hashlib.sha256(one.passage.text.encode()).hexdigest() for one in answer.citations)


def source_words(version: Version, text: str) -> tuple[str, ...]:
    """The words of a text that the sources have too, as they stand there, the rarest first."""
    known = _known_words(version)
    found = {known[term] for term in terms(text, version.language) if term in known}
    return tuple(word for _, word in sorted(found))


@lru_cache(maxsize=1)
def _known_words(version: Version) -> dict[str, tuple[int, str]]:
    """By its stem, how often a word stands in the sources, and its form there that is commonest.

    One that stands in every passage on average ("council" in a council's pages) tells nothing of a gap.
    """
    forms: dict[str, list[tuple[int, int, str]]] = {}
    for word, count in version.vocabulary.items():
        for stem in terms(word, version.language) if len(word) >= SHORTEST else ():
            forms.setdefault(stem, []).append((count, -len(word), word))  # of two as common, the shorter one
    counted = {stem: (sum(count for count, *_ in some), max(some)[-1]) for stem, some in forms.items()}
    return {stem: one for stem, one in counted.items() if one[0] <= version.manifest.passages}


def _outcome(answer: Answer) -> Outcome:
    if answer.signposts:
        return Outcome.SIGNPOSTED
    if answer.limit:
        return Outcome.LIMIT
    if answer.status is not Status.ANSWERED:
        return Outcome.REFUSED
    return Outcome.UNSURE if answer.confidence < UNSURE_BELOW else Outcome.ANSWERED
