"""A question → its answer, from one version of the index: the list of steps, in `find_answer`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from acobot.answer import Answer, compose_answer, compose_reply
from acobot.calibration import Calibration, packaged_calibration
from acobot.encoder import Encoder, Encoding
from acobot.evidence import MOST_QUOTES, Findings, Verdict, find_evidence, find_openings
from acobot.index import Version
from acobot.languages import Language
from acobot.observing import Step
from acobot.policies import Policy
from acobot.question import (
    Message,
    Query,
    Turn,
    find_need,
    make_query,
    mend_spelling,
    put_formally,
    with_and_without_apostrophes,
)
from acobot.reader import Reader
from acobot.retrieval import CANDIDATES, Candidates, retrieve

LEAD_ALONE = 1  # quote, for who wants it shorter
NO_CANDIDATES = Candidates((), ())
NO_FINDINGS = Findings((), (), Verdict(answered=False, confidence=0.0))
Tell = Callable[[Query], None]


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with everything that led to it."""

    answer: Answer
    query: Query
    candidates: Candidates
    findings: Findings


@dataclass(frozen=True, slots=True)
class Means:
    """What an answer is found with: the encoder, the reader and the policy, or None for each of the last two.

    `calibration` is what was fitted to encoder and reader; `share` of all questions are expected to be answerable, by
    default as many as when it was fitted. `today` gives the day, by which a source may have expired.
    """

    encoder: Encoder
    reader: Reader | None = None
    policy: Policy | None = None
    calibration: Calibration = field(default_factory=packaged_calibration)
    share: float | None = None
    today: Callable[[], date] = lambda: datetime.now(UTC).date()


def find_answer(
    version: Version,
    means: Means,
    question: str,
    history: Sequence[Message] = (),
    source_ids: Sequence[str] | None = None,
    most: int = MOST_QUOTES,
    tell: Tell | None = None,
    ended: Callable[[Step], None] = lambda _: None,
) -> Explained:
    """The answer to a question from one version of the index, with what was found, chosen and rejected.

    At most `most` sentences are quoted. `tell` is given the query as soon as it is known, `ended` each step at its end.
    """
    query = understand(version, means, question, history)
    ended(Step.UNDERSTANDING)
    return find(version, means, query, source_ids, most, tell, ended)


def find(
    version: Version,
    means: Means,
    query: Query,
    source_ids: Sequence[str] | None,
    most: int,
    tell: Tell | None,
    ended: Callable[[Step], None],
) -> Explained:
    """The answer to a query: it depends on nothing else but the day."""
    typed = () if means.policy is None else _ways_to_write(query.question, version.language)
    encoded = _encode(query, typed, means)
    query = _look_for_need(query, typed, encoded, means)
    ended(Step.ENCODING)
    if tell:
        tell(query)
    if reply := compose_reply(version, query, source_ids):
        return Explained(reply, query, NO_CANDIDATES, NO_FINDINGS)
    most = LEAD_ALONE if query.turn is Turn.SHORTER else most
    if query.about_document:
        findings = find_openings(version, source_ids, most)
        answer = compose_answer(version, query, findings, (), means.policy, most, means.today(), source_ids)
        return Explained(answer, query, NO_CANDIDATES, findings)
    forms = [(form, encoded[form]) for form in (query.as_question, *query.other_forms)]
    candidates = retrieve(version, query, forms[0][1], means.calibration.retrieval, CANDIDATES, source_ids)
    ended(Step.SEARCHING)
    findings = find_evidence(
        version, query, forms, candidates.chosen, means.calibration, means.reader, means.share, most, source_ids
    )
    ended(Step.READING)
    answer = compose_answer(version, query, findings, candidates.chosen, means.policy, most, means.today(), source_ids)
    ended(Step.COMPOSING)
    return Explained(answer, query, candidates, findings)


def understand(version: Version, means: Means, question: str, history: Sequence[Message]) -> Query:
    """The query: abbreviations, spelling and terms for everyday words by what this version's sources say."""

    def mend(text: str) -> str:
        return mend_spelling(text, version.vocabulary, lambda word: means.encoder.count(word) == 1, version.language)

    def formal(text: str) -> str:
        return put_formally(text, version.vocabulary, version.language)

    return make_query(question, version.language, means.policy, history, version.abbreviations, mend, formal)


def _ways_to_write(question: str, language: Language) -> tuple[str, ...]:
    """A question as typed, and with and without the apostrophes of its contractions where that is another text."""
    return tuple(dict.fromkeys((question, *with_and_without_apostrophes(question, language))))


def _encode(query: Query, typed: Sequence[str], means: Means) -> dict[str, Encoding]:
    """All forms of a message that are looked at, each encoded once; the message as typed is mostly one of them."""
    if query.small_talk:
        return {}
    texts = list(dict.fromkeys((*typed, query.as_question, *query.other_forms)))
    return dict(zip(texts, means.encoder.encode(texts, as_question=True), strict=True))


def _look_for_need(query: Query, typed: Sequence[str], encoded: Mapping[str, Encoding], means: Means) -> Query:
    """The query with the sign of need that its meaning shows, and without one that only its words seemed to show."""
    if query.small_talk or means.policy is None:
        return query
    readings = [encoded[one] for one in typed]
    need = find_need(query.question, readings, means.policy, means.encoder.digest, query.sign)
    return replace(query, sign=need.sign, doubtful=need.doubtful)
