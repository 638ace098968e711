"""Findings → the answer: its quotes and citations, or a refusal that helps, with where to turn beside either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from acobot.answer.grouping import group_evidence, items_left_out
from acobot.answer.messages import (
    about_in_words,
    asks_about_now,
    beyond_note,
    date_notes,
    list_notes,
    only_this,
    out_of_force_notes,
    refusal,
    small_talk,
    unanswered_notes,
)
from acobot.answer.quoting import in_words, make_quotes
from acobot.answer.records import (
    Answer,
    Citation,
    Difference,
    IndexName,
    LimitSaid,
    Signpost,
    Status,
    cite_passage,
    source_href,
)
from acobot.evidence import MOST_QUOTES, SAME_QUESTION, AskedAlike, Findings, Reason
from acobot.index import StoredLimit, Version
from acobot.languages import stems, terms
from acobot.policies import Policy, Sign
from acobot.question import Query, is_foreign_to
from acobot.retrieval import Candidate
from acobot.sources import Source

NEAREST = 3
SUGGESTIONS = 3
SURELY = 0.75  # probability from which the sources are taken to answer a question, as for one beside an urgent sign
SHORT_QUESTION = 3  # words: shorter ones help to find, but read badly when they are offered


def compose_answer(
    version: Version,
    query: Query,
    findings: Findings,
    candidates: Sequence[Candidate],
    policy: Policy | None = None,
    most: int = MOST_QUOTES,
    today: date = date.min,
) -> Answer:
    """The answer from what was found, or a refusal with the nearest passages. Raises `QuoteError`, which is a fault.

    It is said of a source that expired before `today`; nothing else depends on the day.

    What shows a sign of need and is not answered is told where to turn, in the policy's words, and nothing else.
    """
    signposts = _signposts(query, findings, policy)
    if findings.chosen and findings.verdict.answered:
        return _answer(version, query, findings, signposts, most, today)
    if signposts and not _says_its_limit(query, findings):
        return _without_quotes(version, query, Status.SIGNPOSTED, signposts[0].text, signposts=signposts)
    return _refusal(version, query, findings, candidates, signposts)


def _says_its_limit(query: Query, findings: Findings) -> bool:
    """Whether a message that shows a sign is told what the sources do not say, with where to turn beside it.

    A medical one is; a more urgent one only where it is, word for word, what the limit was written for.
    """
    if findings.limit is None or Reason.LIMIT not in findings.verdict.reasons:
        return False
    return query.sign is Sign.MEDICAL or _words(findings.limit.text) == _words(query.question)


def compose_reply(version: Version, query: Query) -> Answer | None:
    """The answer to a message that nothing is searched for: small talk, or one in another language. Else None."""
    if query.foreign and not query.sign and is_foreign_to(query.question, version.vocabulary):
        return _without_quotes(version, query, Status.NOT_IN_SOURCES, only_this(version.language, query.foreign))
    if query.small_talk and not query.sign:
        suggestions = suggest_questions(version)[:SUGGESTIONS]
        said = small_talk(version.language, query.small_talk, version.manifest.site.independent_of)
        return _without_quotes(version, query, Status.SMALL_TALK, said, suggestions=suggestions)
    return None


def suggest_questions(version: Version) -> tuple[str, ...]:
    """Questions that the sources say they answer: the first of each source."""
    return version.corpus.first_asks()


def _answer(
    version: Version,
    query: Query,
    findings: Findings,
    signposts: tuple[Signpost, ...],
    most: int,
    today: date,
) -> Answer:
    differing = (findings.difference.one, findings.difference.other) if findings.difference else ()
    grouped = group_evidence(findings.chosen, most, version, [one.place for one in differing])
    evidence = [one for _, _, one in grouped]
    sources = {e.stored.passage.source_id: version.corpus.source(e.stored.passage.source_id) for e in evidence}
    numbers: dict[int, int] = {}
    for one in evidence:
        numbers.setdefault(one.stored.number, len(numbers) + 1)
    passages = {one.stored.number: one.stored for one in evidence}
    quotes = make_quotes(grouped, findings, sources, numbers)
    cautions = _cautions(version, query, list(sources.values()), today)
    return Answer(
        status=Status.ANSWERED,
        signposts=signposts,
        limit=None,
        question=query.question,
        searched_for=query.searched_for,
        answer=in_words(quotes),
        quotes=quotes,
        citations=tuple(
            cite_passage(passages[place], sources[passages[place].passage.source_id], number)
            for place, number in numbers.items()
        ),
        differing=_differing(version, findings, numbers),
        confidence=findings.verdict.confidence,
        nearest=(),
        notes=(
            *cautions,
            *list_notes(version.language, items_left_out(grouped, sources)),
            *_notes(version, findings, list(sources.values())),
        ),
        cautions=cautions,
        suggestions=_also_asked(findings),
        index=IndexName(version.id),
    )


def _signposts(query: Query, findings: Findings, policy: Policy | None) -> tuple[Signpost, ...]:
    """Where to turn; nowhere for a question that a source says, word for word, that it answers.

    Nor for one that the sources surely answer, where the sign is doubtful.
    """
    known = bool(findings.asks) and _words(findings.asks[0].text) == _words(query.question)
    known = known or (query.doubtful and findings.verdict.answered and findings.verdict.confidence >= SURELY)
    if policy is None or query.sign is None or known:
        return ()
    return (Signpost(query.sign, policy.texts.signs[query.sign]),)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _cautions(version: Version, query: Query, sources: Sequence[Source], today: date) -> tuple[str, ...]:
    """Which of the sources quoted hold no longer; if asked about now, up to when all go."""
    titles = {by: version.corpus.title(by) or by for one in sources if (by := one.particulars.superseded_by)}
    beyond = _up_to_when(version, asked=asks_about_now(query.question, version.language))
    return (*out_of_force_notes(version.language, sources, titles, today), *beyond)


def _notes(version: Version, findings: Findings, sources: Sequence[Source]) -> tuple[str, ...]:
    """How old the sources quoted are, and what they do not answer."""
    language = version.language
    unmet = unanswered_notes(language, findings.unanswered, findings.left_over)
    return (*date_notes(language, sources), *unmet)


def _up_to_when(version: Version, *, asked: bool) -> tuple[str, ...]:
    last_date = version.corpus.last_date
    return (beyond_note(version.language, last_date),) if last_date and asked else ()


def _differing(version: Version, findings: Findings, numbers: dict[int, int]) -> tuple[Difference, ...]:
    if findings.difference is None:
        return ()
    sides = (findings.difference.one, findings.difference.other)
    about = about_in_words(version.language, findings.difference.about)
    return (Difference(about, tuple((numbers[side.stored.number],) for side in sides)),)


def _also_asked(findings: Findings) -> tuple[str, ...]:
    """What people also ask: the questions nearest to this one that other paragraphs answer, one a paragraph."""
    said = {one.place for one in findings.chosen}
    others: dict[tuple[int, int], str] = {}
    for ask in findings.asks:
        whole = ask.text.endswith("?") and len(ask.text.split()) > SHORT_QUESTION
        if whole and (ask.passage, ask.start) not in said and ask.likeness < SAME_QUESTION:
            others.setdefault((ask.passage, ask.start), ask.text)
    return tuple(dict.fromkeys(others.values()))[:SUGGESTIONS]


def _refusal(
    version: Version,
    query: Query,
    findings: Findings,
    candidates: Sequence[Candidate],
    signposts: tuple[Signpost, ...],
) -> Answer:
    nearest = tuple(
        cite_passage(c.stored, version.corpus.source(c.stored.passage.source_id), number)
        for number, c in enumerate(candidates[:NEAREST], start=1)
    )
    reasons, names = findings.verdict.reasons, findings.unnamed
    limit = None
    if findings.limit and Reason.LIMIT in reasons:
        limit = LimitSaid(findings.limit.limit.say, _see(version, findings.limit.limit))
    dated = bool(limit) or Reason.BEYOND in reasons or asks_about_now(query.question, version.language)
    return _without_quotes(
        version,
        query,
        Status.NOT_IN_SOURCES,
        limit.say
        if limit
        else refusal(version.language, query.searched_for, reasons, names, nearest_follow=bool(nearest)),
        limit=limit,
        signposts=signposts,
        confidence=findings.verdict.confidence,
        nearest=nearest,
        notes=_up_to_when(version, asked=dated),
        suggestions=_related_questions(version, query, findings.asks, candidates),
    )


def _see(version: Version, limit: StoredLimit) -> str | None:
    """Where to read on: an address as it was written, or a place in a source's page."""
    if limit.source_id:
        return source_href(version.corpus.source(limit.source_id), limit.start, limit.end)
    return limit.address or None


def _related_questions(
    version: Version, query: Query, asks: Sequence[AskedAlike], candidates: Sequence[Candidate]
) -> tuple[str, ...]:
    """Questions that the sources answer: the nearest, one a paragraph, then those that share most words."""
    nearest: dict[tuple[int, int], str] = {}
    for ask in asks:
        nearest.setdefault((ask.passage, ask.start), ask.text)
    if len(nearest) < SUGGESTIONS:
        ids = dict.fromkeys(candidate.stored.passage.source_id for candidate in candidates)
        others = [ask.text for source_id in ids for ask in version.corpus.source(source_id).asks]
        asked = set(terms(query.question, version.language))
        shared = {one: len(asked & stems(one, version.language)) for one in others}
        related = sorted((one for one in shared if shared[one]), key=lambda one: -shared[one])
        return tuple(dict.fromkeys([*nearest.values(), *related, *suggest_questions(version)]))[:SUGGESTIONS]
    return tuple(dict.fromkeys(nearest.values()))[:SUGGESTIONS]


def _without_quotes(
    version: Version,
    query: Query,
    status: Status,
    said: str,
    *,
    limit: LimitSaid | None = None,
    confidence: float = 0.0,
    nearest: tuple[Citation, ...] = (),
    notes: tuple[str, ...] = (),
    suggestions: tuple[str, ...] = (),
    signposts: tuple[Signpost, ...] = (),
) -> Answer:
    return Answer(
        status=status,
        signposts=signposts,
        limit=limit,
        question=query.question,
        searched_for=query.searched_for,
        answer=said,
        quotes=(),
        citations=(),
        differing=(),
        confidence=confidence,
        nearest=nearest,
        notes=notes,
        cautions=notes,
        suggestions=suggestions,
        index=IndexName(version.id),
    )
