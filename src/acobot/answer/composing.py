"""Findings → the answer: its quotes and citations, or a refusal that helps, with where to turn beside either."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from acobot.answer.grouping import Grouped, group_evidence, items_left_out
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
from acobot.answer.suggesting import SUGGESTIONS, also_asked, related_questions
from acobot.evidence import MOST_QUOTES, Findings, Reason
from acobot.index import StoredLimit, Version
from acobot.policies import Policy, Sign
from acobot.question import Query, is_foreign_to
from acobot.retrieval import Candidate
from acobot.sources import Particulars, Source

NEAREST = 3
SURELY = 0.75  # probability from which the sources are taken to answer a question, as for one beside an urgent sign


def compose_answer(
    version: Version,
    query: Query,
    findings: Findings,
    candidates: Sequence[Candidate],
    policy: Policy | None = None,
    most: int = MOST_QUOTES,
    today: date = date.min,
    source_ids: Sequence[str] | None = None,
) -> Answer:
    """The answer from what was found, or a refusal with the nearest passages. Raises `QuoteError`, which is a fault.

    Questions are suggested that these sources alone answer, or all of them.
    It is said of a source that expired before `today`; nothing else depends on the day.

    What shows a sign of need and is not answered is told where to turn, in the policy's words, and nothing else.
    """
    signposts = _signposts(query, findings, policy)
    if findings.chosen and findings.verdict.answered:
        return _answer(version, query, findings, signposts, most, today)
    if signposts and not _says_its_limit(query, findings):
        return _without_quotes(version, query, Status.SIGNPOSTED, signposts[0].text, signposts=signposts)
    return _refusal(version, query, findings, candidates, signposts, source_ids)


def _says_its_limit(query: Query, findings: Findings) -> bool:
    """Whether a message that shows a sign is told what the sources do not say, with where to turn beside it.

    A medical one is; a more urgent one only where it is, word for word, what the limit was written for.
    """
    if findings.limit is None or Reason.LIMIT not in findings.verdict.reasons:
        return False
    return query.sign is Sign.MEDICAL or _words(findings.limit.text) == _words(query.question)


def compose_reply(version: Version, query: Query, source_ids: Sequence[str] | None = None) -> Answer | None:
    """The answer to a message that nothing is searched for: small talk, or one in another language. Else None."""
    if query.foreign and not query.sign and is_foreign_to(query.question, version.vocabulary):
        return _without_quotes(version, query, Status.NOT_IN_SOURCES, only_this(version.language, query.foreign))
    if query.small_talk and not query.sign:
        suggestions = version.corpus.first_asks(source_ids)[:SUGGESTIONS]
        said = small_talk(version.language, query.small_talk, version.manifest.site.independent_of)
        return _without_quotes(version, query, Status.SMALL_TALK, said, suggestions=suggestions)
    return None


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
        differing=_differing(version, findings, grouped, numbers),
        confidence=findings.verdict.confidence,
        nearest=(),
        notes=(
            *cautions,
            *list_notes(version.language, items_left_out(grouped, sources, version.language)),
            *_notes(version, findings, list(sources.values())),
        ),
        cautions=cautions,
        suggestions=also_asked(findings),
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


def cautions_about(version: Version, sources: Sequence[Particulars], today: date) -> tuple[str, ...]:
    """Which of the version's sources, by their particulars, hold no longer."""
    titles = {by: version.corpus.title(by) or by for one in sources if (by := one.superseded_by)}
    return out_of_force_notes(version.language, sources, titles, today)


def _cautions(version: Version, query: Query, sources: Sequence[Source], today: date) -> tuple[str, ...]:
    """Which of the sources quoted hold no longer; if asked about now, up to when all go."""
    beyond = _up_to_when(version, asked=asks_about_now(query.question, version.language))
    return (*cautions_about(version, [one.particulars for one in sources], today), *beyond)


def _notes(version: Version, findings: Findings, sources: Sequence[Source]) -> tuple[str, ...]:
    """How old the sources quoted are, and what they do not answer."""
    language = version.language
    unmet = unanswered_notes(language, findings.unanswered, findings.left_over)
    return (*date_notes(language, sources), *unmet)


def _up_to_when(version: Version, *, asked: bool) -> tuple[str, ...]:
    last_date = version.corpus.last_date
    return (beyond_note(version.language, last_date),) if last_date and asked else ()


def _differing(
    version: Version, findings: Findings, grouped: Sequence[Grouped], numbers: Mapping[int, int]
) -> tuple[Difference, ...]:
    """What two sources differ about; on each side the citations of all that its sentence is read with."""
    if findings.difference is None:
        return ()
    groups = {one.place: group for group, _, one in grouped}
    cited = [
        tuple(dict.fromkeys(numbers[one.stored.number] for group, _, one in grouped if group == groups[side.place]))
        for side in (findings.difference.one, findings.difference.other)
    ]
    return (Difference(about_in_words(version.language, findings.difference.about), tuple(cited)),)


def _refusal(
    version: Version,
    query: Query,
    findings: Findings,
    candidates: Sequence[Candidate],
    signposts: tuple[Signpost, ...],
    source_ids: Sequence[str] | None,
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
        suggestions=related_questions(version, query, findings.asks, candidates, source_ids),
    )


def _see(version: Version, limit: StoredLimit) -> str | None:
    """Where to read on: an address as it was written, or a place in a source's page."""
    if limit.source_id:
        return source_href(version.corpus.source(limit.source_id), limit.start, limit.end)
    return limit.address or None


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
