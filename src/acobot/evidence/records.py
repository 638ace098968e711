"""What is found out about a question: the sentences chosen and rejected, and what speaks for them. Frozen records."""

from __future__ import annotations

from dataclasses import dataclass

from acobot.evidence.asked import AskedAlike, LimitAlike
from acobot.evidence.differing import About
from acobot.evidence.verdict import Features, Verdict
from acobot.index import StoredPassage, StoredSentence

Place = tuple[int, int]  # the number of a passage, and a sentence's start in its source's text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a candidate passage with its score, and why it was rejected, or "" where it was chosen."""

    stored: StoredPassage
    sentence: StoredSentence
    text: str
    score: float
    rejected: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.stored.number, self.sentence.sentence.start


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences of different sources that answer the question differently, and what they differ about."""

    about: About
    one: Evidence
    other: Evidence


@dataclass(frozen=True, slots=True)
class Findings:
    """What was chosen, the sentence that answers best first, what was rejected and why, and whether the sources answer.

    `difference` is two of the chosen, of different sources, that answer differently, if there are two; `unanswered` are
    the questions of the message that the sources do not answer, where it asks several and another one is answered;
    `left_over` are those that there was no room for. `features` are what the verdict comes from. `asks` are the nearest
    questions from `asks:`, most alike first, and `limit` the nearest limit; `unnamed` are names of the question that no
    passage holds; `emphasis` are the words of the best sentence that answer, as spans of its source's text.
    """

    chosen: tuple[Evidence, ...]
    rejected: tuple[Evidence, ...]
    verdict: Verdict
    difference: Disagreement | None = None
    unanswered: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    features: Features | None = None
    asks: tuple[AskedAlike, ...] = ()
    limit: LimitAlike | None = None
    unnamed: tuple[str, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()

    @property
    def names_parts(self) -> bool:
        """Whether what is said beside the quotes repeats parts of the message, as they were typed."""
        return bool(self.unanswered or self.left_over)
