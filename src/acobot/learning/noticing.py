"""An answer with what led to it → what is counted of it: how it ended, which place of the sources it lies near, words.

Nothing here is made of the message but words that the sources have too, in the form that they stand there; of these
at most one is kept (`learned.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest

from acobot.answer import Answer, Status
from acobot.answering import Explained
from acobot.index import Version
from acobot.languages import WORD, terms
from acobot.learning.places import place_of

UNSURE_BELOW = 0.8  # probability of an answer; it is also what is asked of one beside a sign of need
SHORTEST = 3  # letters of a word that tells something
# Words that begin as a stem does; of more the shortest, which its forms are among. Only three letters begin so many.
LOOKED_AT = 200


class Outcome(StrEnum):
    """How an answer ended; all but the first are gaps."""

    ANSWERED = "answered"
    REFUSED = "refused"
    LIMIT = "limit"  # it was told what the sources do not say
    UNSURE = "unsure"  # answered, with little confidence or only in part
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
    outcome, quoted = _outcome(explained), quoted_passages(answer)
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
    stems = {stem: word.casefold() for word in WORD.findall(text) for stem in terms(word, version.language)}
    found = filter(None, (_as_it_stands(version, stem, word) for stem, word in stems.items()))
    return tuple(word for _, word in sorted(found))


def _as_it_stands(version: Version, stem: str, asked: str) -> tuple[int, str] | None:
    """How often words of a stem stand in the sources, and the commonest of them; None where there are none.

    Nor is one told that stands in every passage on average ("council" in a council's pages): it says nothing of a gap.
    """
    # A stem's last letter may be its own ("charity"), and some stems begin otherwise than the word that is asked with.
    begin = {one[: max(SHORTEST, len(stem) - 1)] for one in (stem, asked) if len(one) >= SHORTEST}
    near = {word for one in begin for word in nsmallest(LOOKED_AT, version.vocabulary.beginning(one), key=len)}
    forms = [word for word in near if stem in terms(word, version.language)]
    counts = {word: version.vocabulary[word] for word in forms}
    if not 0 < sum(counts.values()) <= version.manifest.passages:
        return None
    return sum(counts.values()), max(forms, key=lambda word: (counts[word], -len(word), word))


def _outcome(explained: Explained) -> Outcome:
    answer = explained.answer
    if answer.signposts:
        return Outcome.SIGNPOSTED
    if answer.limit:
        return Outcome.LIMIT
    if answer.status is not Status.ANSWERED:
        return Outcome.REFUSED
    # The confidence is that of the best answered question of a message that asks several.
    surely = answer.confidence >= UNSURE_BELOW and not explained.findings.unanswered
    return Outcome.ANSWERED if surely else Outcome.UNSURE
