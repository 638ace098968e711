"""What a reply consists of: frozen records that have the shape of the HTTP API's JSON. Knows no wording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote as percent_encode

from acobot.index import SourceCard, StoredPassage
from acobot.policies import Sign
from acobot.sources import Source


class Status(StrEnum):
    """What kind of reply it is."""

    ANSWERED = "answered"
    NOT_IN_SOURCES = "not_in_sources"
    SMALL_TALK = "small_talk"
    SIGNPOSTED = "signposted"


class Role(StrEnum):
    """What a quote is there for: the first answers, others add to it, or say what a quote needs to be understood."""

    LEAD = "lead"
    ALSO = "also"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence, word for word: the source's citable text from `start` to `end`, in code points, half-open.

    Quotes of one `group` (counted from 1) belong together. `emphasis` are the words in it that answer, as spans of the
    same text as `start` and `end`; none where that is not sure.
    """

    text: str
    role: Role
    group: int
    citation: int
    source_id: str
    start: int
    end: int
    href: str
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where to turn, for a message that shows a sign of need; it stands beside the answer, whatever that is."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class LimitSaid:
    """What a maintainer wrote of what the sources do not say, and where to read on: an address, or a source's page."""

    say: str
    see: str | None


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Who published a source and when; `sha256` is of its citable text's UTF-8. None where it is not known.

    `superseded_by` is the id of the source that holds in its place, `retrieved` the day on which it was fetched.
    """

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
    valid_until: str | None
    superseded_by: str | None
    retrieved: str | None


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
    """The reply to a question; `confidence` is the probability that the sources answer it.

    `cautions` are the first of the `notes`: nobody must read the quotes before them.
    """

    status: Status
    signposts: tuple[Signpost, ...]
    limit: LimitSaid | None
    question: str
    searched_for: str
    answer: str
    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    differing: tuple[Difference, ...]
    confidence: float
    nearest: tuple[Citation, ...]
    notes: tuple[str, ...]
    cautions: tuple[str, ...]
    suggestions: tuple[str, ...]
    index: IndexName


def cite_source(source: Source | SourceCard) -> CitedSource:
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
        valid_until=p.valid_until or None,
        superseded_by=p.superseded_by or None,
        retrieved=p.retrieved or None,
    )


def cite_passage(stored: StoredPassage, source: Source, number: int) -> Citation:
    """A passage as replies cite it."""
    p = stored.passage
    passage = CitedPassage(p.heading, stored.text, p.start, p.end)
    return Citation(number, cite_source(source), passage, source_href(source, p.start, p.end))


def source_href(source: Source, start: int, end: int) -> str:
    """The address of a span in its source's page."""
    return f"/sources/{percent_encode(source.id)}?start={start}&end={end}&v={source.sha256[:12]}#quote"
