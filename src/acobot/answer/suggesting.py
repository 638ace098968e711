"""What may be asked next: questions that the sources say they answer, near to what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence import SAME_QUESTION, AskedAlike, Findings
from acobot.index import Version
from acobot.languages import stems, terms
from acobot.question import Query
from acobot.retrieval import Candidate

SUGGESTIONS = 3
SHORT_QUESTION = 3  # words: shorter ones help to find, but read badly when they are offered


def also_asked(findings: Findings) -> tuple[str, ...]:
    """What people also ask: the questions nearest to this one that other paragraphs answer, one a paragraph."""
    said = {one.place for one in findings.chosen}
    others: dict[tuple[int, int], str] = {}
    for ask in findings.asks:
        if _reads_well(ask.text) and (ask.passage, ask.start) not in said and ask.likeness < SAME_QUESTION:
            others.setdefault((ask.passage, ask.start), ask.text)
    return tuple(dict.fromkeys(others.values()))[:SUGGESTIONS]


def related_questions(
    version: Version,
    query: Query,
    asks: Sequence[AskedAlike],
    candidates: Sequence[Candidate],
    source_ids: Sequence[str] | None,
) -> tuple[str, ...]:
    """Questions that these sources answer: the nearest, one a paragraph, then those that share most words."""
    nearest: dict[tuple[int, int], str] = {}
    for ask in asks:
        if _reads_well(ask.text):
            nearest.setdefault((ask.passage, ask.start), ask.text)
    offered = [*nearest.values()]
    if len(offered) < SUGGESTIONS:
        ids = dict.fromkeys(candidate.stored.passage.source_id for candidate in candidates)
        others = (ask.text for source_id in ids for ask in version.corpus.source(source_id).asks)
        asked = set(terms(query.question, version.language))
        shared = {one: len(asked & stems(one, version.language)) for one in others if _reads_well(one)}
        offered += sorted((one for one in shared if shared[one]), key=lambda one: -shared[one])
        offered += version.corpus.first_asks(source_ids)
    return tuple(dict.fromkeys(offered))[:SUGGESTIONS]


def _reads_well(question: str) -> bool:
    """Whether a question may be offered."""
    return question.endswith("?") and len(question.split()) > SHORT_QUESTION
