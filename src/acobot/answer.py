"""Evidence → the answer: status, wording, quotes, citations. Every user-facing message stands here.

The records have the shape of the HTTP reply. Each quote is proved against its source before the answer leaves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote as percent_encode

from acobot.errors import QuoteError
from acobot.evidence import MOST_QUOTES, Evidence, Findings, leans
from acobot.index import StoredPassage, Version
from acobot.question import Query, Sign, SmallTalk
from acobot.retrieval import Candidate
from acobot.sources import Source

# Below this probability the sources are said not to answer.
ANSWER_FROM = 0.38
NEAREST = 3
SUGGESTIONS = 3

NOT_IN_SOURCES = "The sources do not answer this question."
SMALL_TALK = {
    SmallTalk.GREETING: "Hello. Ask me a question, and I will look for sentences in the sources that answer it.",
    SmallTalk.THANKS: "You are welcome. Ask another question whenever you like.",
    SmallTalk.GOODBYE: "Goodbye. Come back whenever you have a question.",
    SmallTalk.ABOUT: (
        "I am a program that answers questions with sentences quoted word for word from named, dated sources, and says "
        "so when they do not answer. I am not a person, the NHS or the government, and I write nothing of my own."
    ),
}
SIGNPOSTS = {
    Sign.EMERGENCY: (
        "If this is an emergency, call 999 now, or go to your nearest A&E. If you are not sure how urgent it is, call "
        "NHS 111 or use 111.nhs.uk. This service only quotes documents: it cannot help with an emergency."
    ),
    Sign.CRISIS: (
        "If you or somebody else is in danger, call 999 now. You can talk to Samaritans at any time, free, on 116 123, "
        "or call NHS 111 and choose the mental health option. This service only quotes documents: it cannot give the "
        "help that people can."
    ),
    Sign.MEDICAL: (
        "This service only quotes documents about policy: it cannot give medical advice. For advice about your health "
        "call NHS 111 or use 111.nhs.uk, or ask a pharmacist or your GP. In an emergency call 999."
    ),
}
REFUSALS = (NOT_IN_SOURCES,)  # how replies begin that answered nothing
NEAREST_FOLLOW = "The passages that come nearest are listed below; they are not an answer."


class Status(StrEnum):
    """What kind of reply it is."""

    ANSWERED = "answered"
    NOT_IN_SOURCES = "not_in_sources"
    SMALL_TALK = "small_talk"
    SIGNPOSTED = "signposted"


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence, word for word: the source's citable text from `start` to `end`, in code points, half-open."""

    text: str
    citation: int
    source_id: str
    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Who published a source and when; `sha256` is of its citable text's UTF-8. None where it is not known."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    updated: str | None
    url: str | None
    licence: str | None
    kind: str
    summary_of: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """The passage around a quote, with its trail of headings and its offsets."""

    heading: tuple[str, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A number in the answer, and the source and passage behind it."""

    number: int
    source: CitedSource
    passage: CitedPassage
    href: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What sources say differently: the citations on each side."""

    about: str
    citations: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class IndexName:
    """Which index answered."""

    id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question; `confidence` is the probability that the sources answer it."""

    status: Status
    question: str
    searched_for: str
    answer: str
    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    differing: tuple[Difference, ...]
    confidence: float
    nearest: tuple[Citation, ...]
    notes: tuple[str, ...]
    suggestions: tuple[str, ...]
    index: IndexName


def compose_answer(version: Version, query: Query, findings: Findings, candidates: Sequence[Candidate]) -> Answer:
    """The answer from what was found, or a refusal with the nearest passages. Raises `QuoteError`, which is a fault."""
    if not findings.chosen or findings.confidence < ANSWER_FROM:
        return _refusal(version, query, findings, candidates)
    evidence = _in_reading_order(_with_antecedents(findings.chosen))
    sources = {e.stored.passage.source_id: version.corpus.source(e.stored.passage.source_id) for e in evidence}
    numbers: dict[int, int] = {}
    for one in evidence:
        numbers.setdefault(one.stored.number, len(numbers) + 1)
    passages = {one.stored.number: one.stored for one in evidence}
    quotes = tuple(
        prove_quote(sources[e.stored.passage.source_id], _quote(e, numbers[e.stored.number], sources)) for e in evidence
    )
    return Answer(
        status=Status.ANSWERED,
        question=query.question,
        searched_for=query.searched_for,
        answer=" ".join(f"{quote.text} [{quote.citation}]" for quote in quotes),
        quotes=quotes,
        citations=tuple(
            cite_passage(passages[place], sources[passages[place].passage.source_id], number)
            for place, number in numbers.items()
        ),
        differing=(),
        confidence=findings.confidence,
        nearest=(),
        notes=_date_notes(list(sources.values())),
        suggestions=(),
        index=IndexName(version.id),
    )


def compose_reply(version: Version, query: Query) -> Answer | None:
    """The answer to a message that nothing is searched for: small talk, or signs that people are needed. Else None."""
    if query.sign:
        return _without_quotes(version, query, Status.SIGNPOSTED, SIGNPOSTS[query.sign])
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


def cite_source(source: Source) -> CitedSource:
    """A source as replies name it."""
    p = source.particulars
    return CitedSource(
        id=source.id,
        title=p.title,
        publisher=p.publisher or None,
        author=p.author or None,
        published=p.published or None,
        updated=p.updated or None,
        url=p.url or None,
        licence=p.licence or None,
        kind=p.kind,
        summary_of=p.summary_of or None,
        sha256=source.sha256,
    )


def cite_passage(stored: StoredPassage, source: Source, number: int) -> Citation:
    """A passage as replies cite it."""
    p = stored.passage
    passage = CitedPassage(p.heading, stored.text, p.start, p.end)
    return Citation(number, cite_source(source), passage, source_href(source, p.start, p.end))


def source_href(source: Source, start: int, end: int) -> str:
    """The address of a span in its source's page."""
    return f"/sources/{percent_encode(source.id)}?start={start}&end={end}&v={source.sha256[:12]}#quote"


def suggest_questions(version: Version) -> tuple[str, ...]:
    """Questions that the sources say they answer: the first of each source."""
    firsts = (next((ask.text for ask in version.corpus.source(one).asks), None) for one in version.corpus.source_ids)
    return tuple(question for question in firsts if question)


def date_in_words(date: str) -> str:
    """An ISO date of any precision as it is read out: "2018-04" is "April 2018"."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    year, *rest = date.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([months[int(rest[0]) - 1]] if rest else []), year])


def _quote(evidence: Evidence, citation: int, sources: dict[str, Source]) -> Quote:
    span, source = evidence.sentence.sentence, sources[evidence.stored.passage.source_id]
    return Quote(evidence.text, citation, source.id, span.start, span.end, source_href(source, span.start, span.end))


def _with_antecedents(chosen: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, and while there is room the sentence before each that leans on it."""
    kept = list(chosen)
    for evidence in chosen:
        place = evidence.stored.sentences.index(evidence.sentence)
        if len(kept) >= MOST_QUOTES or place == 0 or not leans(evidence.text):
            continue
        before = evidence.stored.sentences[place - 1]
        if any(other.sentence == before and other.stored.number == evidence.stored.number for other in kept):
            continue
        shift = evidence.stored.passage.start
        text = evidence.stored.text[before.sentence.start - shift : before.sentence.end - shift]
        kept.append(Evidence(evidence.stored, before, text, evidence.score))
    return kept


def _in_reading_order(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Passages by their best sentence, best first; sentences of one passage as they stand in it."""
    rank: dict[int, int] = {}
    for place, one in enumerate(evidence):
        rank.setdefault(one.stored.number, place)
    return sorted(evidence, key=lambda one: (rank[one.stored.number], one.sentence.sentence.start))


def _refusal(version: Version, query: Query, findings: Findings, candidates: Sequence[Candidate]) -> Answer:
    nearest = tuple(
        cite_passage(c.stored, version.corpus.source(c.stored.passage.source_id), number)
        for number, c in enumerate(candidates[:NEAREST], start=1)
    )
    return _without_quotes(
        version,
        query,
        Status.NOT_IN_SOURCES,
        f"{NOT_IN_SOURCES} {NEAREST_FOLLOW}" if nearest else NOT_IN_SOURCES,
        confidence=findings.confidence,
        nearest=nearest,
        suggestions=suggest_questions(version)[:SUGGESTIONS],
    )


def _without_quotes(
    version: Version,
    query: Query,
    status: Status,
    said: str,
    *,
    confidence: float = 0.0,
    nearest: tuple[Citation, ...] = (),
    suggestions: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        status=status,
        question=query.question,
        searched_for=query.searched_for,
        answer=said,
        quotes=(),
        citations=(),
        differing=(),
        confidence=confidence,
        nearest=nearest,
        notes=(),
        suggestions=suggestions,
        index=IndexName(version.id),
    )


def _date_notes(sources: Sequence[Source]) -> tuple[str, ...]:
    """How old the sources are, in one sentence; dates only, for ages would change with the clock."""
    dates = sorted({source.particulars.published for source in sources if source.particulars.published})
    undated = [source for source in sources if not source.particulars.published]
    if not dates:
        return ()
    said = f"was published in {date_in_words(dates[0])}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", dates[0]):
        said = f"was published on {date_in_words(dates[0])}"
    note = f"The source quoted {said}; things may have changed since."
    if len(dates) > 1:
        first, last = date_in_words(dates[0]), date_in_words(dates[-1])
        note = f"The sources quoted were published between {first} and {last}; things may have changed since."
    elif len(sources) > 1:
        note = note.replace("The source quoted was", "The sources quoted were")
    return (note,) if not undated else (note, "One of the sources quoted has no date of publication.")
