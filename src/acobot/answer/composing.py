"""Evidence → the answer: its quotes and citations, each quote proved against its source, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from acobot.answer.messages import (
    SIGNPOST,
    SMALL_TALK,
    asks_about_now,
    beyond_note,
    date_notes,
    refusal,
    unanswered_notes,
    year_beyond,
)
from acobot.answer.records import (
    Answer,
    Citation,
    Difference,
    IndexName,
    Quote,
    Role,
    Signpost,
    Status,
    cite_passage,
    source_href,
)
from acobot.errors import QuoteError
from acobot.evidence import ANSWER_FROM, MOST_QUOTES, Evidence, Findings, leans
from acobot.index import StoredSentence, Version, terms
from acobot.question import Query
from acobot.retrieval import Candidate
from acobot.sources import Source

_LIST_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-*+•]|\d+[.)])[ \t]+$")  # what stands before an item of a list
BEYOND_AT_MOST = 0.1  # the probability that sources answer what is asked about a year after them that no quote names
NEAREST = 3
SUGGESTIONS = 3


def compose_answer(version: Version, query: Query, findings: Findings, candidates: Sequence[Candidate]) -> Answer:
    """The answer from what was found, or a refusal with the nearest passages. Raises `QuoteError`, which is a fault."""
    last_date = version.corpus.last_date
    if not findings.chosen or findings.confidence < ANSWER_FROM:
        return _refusal(version, query, findings, candidates, notes=_up_to_when(version, query))
    if year_beyond(query.question, last_date, [one.text for one in findings.chosen]):
        unlikely = replace(findings, confidence=min(findings.confidence, BEYOND_AT_MOST))
        return _refusal(version, query, unlikely, candidates, notes=(beyond_note(last_date),))
    evidence = _in_reading_order(_with_antecedents(findings.chosen))
    sources = {e.stored.passage.source_id: version.corpus.source(e.stored.passage.source_id) for e in evidence}
    numbers: dict[int, int] = {}
    for one in evidence:
        numbers.setdefault(one.stored.number, len(numbers) + 1)
    passages = {one.stored.number: one.stored for one in evidence}
    quotes = tuple(
        prove_quote(sources[e.stored.passage.source_id], _quote(e, place, numbers[e.stored.number], sources))
        for place, e in enumerate(evidence)
    )
    return Answer(
        status=Status.ANSWERED,
        signposts=(),
        limit=None,
        question=query.question,
        searched_for=query.searched_for,
        answer=" ".join(f"{quote.text} [{quote.citation}]" for quote in quotes),
        quotes=quotes,
        citations=tuple(
            cite_passage(passages[place], sources[passages[place].passage.source_id], number)
            for place, number in numbers.items()
        ),
        differing=_differing(findings, numbers),
        confidence=findings.confidence,
        nearest=(),
        notes=(*_notes(version, query, list(sources.values())), *unanswered_notes(findings.unanswered)),
        suggestions=(),
        index=IndexName(version.id),
    )


def compose_reply(version: Version, query: Query) -> Answer | None:
    """The answer to a message that nothing is searched for: small talk, or signs that people are needed. Else None."""
    if query.sign:
        signposts = (Signpost(query.sign, SIGNPOST[query.sign]),)
        return _without_quotes(version, query, Status.SIGNPOSTED, SIGNPOST[query.sign], signposts=signposts)
    if query.small_talk:
        suggestions = suggest_questions(version)[:SUGGESTIONS]
        return _without_quotes(version, query, Status.SMALL_TALK, SMALL_TALK[query.small_talk], suggestions=suggestions)
    return None


def prove_quote(source: Source, quote: Quote) -> Quote:
    """The same quote, if it stands word for word where it says. Raises `QuoteError`."""
    if source.id != quote.source_id or source.text[quote.start : quote.end] != quote.text or not quote.text:
        raise QuoteError(
            f"a quote from {quote.source_id!r} at {quote.start}-{quote.end} is not word for word in its source "
            f"({quote.source_id}, SHA-256 {source.sha256[:12]})"
        )
    return quote


def suggest_questions(version: Version) -> tuple[str, ...]:
    """Questions that the sources say they answer: the first of each source."""
    return version.corpus.first_asks()


def _notes(version: Version, query: Query, sources: Sequence[Source]) -> tuple[str, ...]:
    """How old the sources quoted are; up to when all sources go comes first where the question is about now."""
    return (*_up_to_when(version, query), *date_notes(sources))


def _up_to_when(version: Version, query: Query) -> tuple[str, ...]:
    last_date = version.corpus.last_date
    return (beyond_note(last_date),) if last_date and asks_about_now(query.question) else ()


def _differing(findings: Findings, numbers: dict[int, int]) -> tuple[Difference, ...]:
    if findings.difference is None:
        return ()
    sides = (findings.difference.one, findings.difference.other)
    return (Difference(findings.difference.about, tuple((numbers[side.stored.number],) for side in sides)),)


def _quote(evidence: Evidence, place: int, citation: int, sources: dict[str, Source]) -> Quote:
    span, source = evidence.sentence.sentence, sources[evidence.stored.passage.source_id]
    href = source_href(source, span.start, span.end)
    role = Role.ALSO if place else Role.LEAD
    return Quote(evidence.text, role, place + 1, citation, source.id, span.start, span.end, href)


def _with_antecedents(chosen: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, and while there is room the sentence before each that leans on it, or that leads its list in."""
    kept = list(chosen)
    for evidence in chosen:
        before = _antecedent(evidence)
        if before is None or len(kept) >= MOST_QUOTES:
            continue
        if any(other.sentence == before and other.stored.number == evidence.stored.number for other in kept):
            continue
        kept.append(Evidence(evidence.stored, before, evidence.stored.text_of(before), evidence.score))
    return kept


def _antecedent(evidence: Evidence) -> StoredSentence | None:
    """The sentence of its passage without which one cannot be understood, or None."""
    stored = evidence.stored
    earlier = stored.sentences[: stored.sentences.index(evidence.sentence)]
    if earlier and leans(evidence.text):
        return earlier[-1]
    opening = stored.text[: evidence.sentence.sentence.start - stored.passage.start]
    if _LIST_ITEM.search(opening):
        return next((one for one in reversed(earlier) if stored.text_of(one).endswith(":")), None)
    return None


def _in_reading_order(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Passages by their best sentence, best first; sentences of one passage as they stand in it."""
    rank: dict[int, int] = {}
    for place, one in enumerate(evidence):
        rank.setdefault(one.stored.number, place)
    return sorted(evidence, key=lambda one: (rank[one.stored.number], one.sentence.sentence.start))


def _refusal(
    version: Version,
    query: Query,
    findings: Findings,
    candidates: Sequence[Candidate],
    notes: tuple[str, ...] = (),
) -> Answer:
    nearest = tuple(
        cite_passage(c.stored, version.corpus.source(c.stored.passage.source_id), number)
        for number, c in enumerate(candidates[:NEAREST], start=1)
    )
    return _without_quotes(
        version,
        query,
        Status.NOT_IN_SOURCES,
        refusal(query.searched_for, nearest_follow=bool(nearest)),
        confidence=findings.confidence,
        nearest=nearest,
        notes=notes,
        suggestions=_related_questions(version, query, candidates),
    )


def _related_questions(version: Version, query: Query, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Of the questions that the nearest sources say they answer those that share most words with the one asked."""
    nearest = dict.fromkeys(candidate.stored.passage.source_id for candidate in candidates)
    asks = [ask.text for source_id in nearest for ask in version.corpus.source(source_id).asks]
    asked = set(terms(query.question))
    related = sorted((ask for ask in asks if asked & set(terms(ask))), key=lambda ask: -len(asked & set(terms(ask))))
    return tuple(dict.fromkeys([*related, *suggest_questions(version)]))[:SUGGESTIONS]


def _without_quotes(
    version: Version,
    query: Query,
    status: Status,
    said: str,
    *,
    confidence: float = 0.0,
    nearest: tuple[Citation, ...] = (),
    notes: tuple[str, ...] = (),
    suggestions: tuple[str, ...] = (),
    signposts: tuple[Signpost, ...] = (),
) -> Answer:
    return Answer(
        status=status,
        signposts=signposts,
        limit=None,
        question=query.question,
        searched_for=query.searched_for,
        answer=said,
        quotes=(),
        citations=(),
        differing=(),
        confidence=confidence,
        nearest=nearest,
        notes=notes,
        suggestions=suggestions,
        index=IndexName(version.id),
    )
