"""Evidence → quotes: in the order in which they answer, each with what it needs to be understood, each proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from acobot.answer.grouping import Grouped
from acobot.answer.records import Quote, Role, source_href
from acobot.errors import QuoteError
from acobot.evidence import Evidence, Findings
from acobot.passages import Sentence
from acobot.sources import CELL_GAP, Source


def make_quotes(
    grouped: Sequence[Grouped],
    findings: Findings,
    sources: Mapping[str, Source],
    numbers: Mapping[int, int],
) -> tuple[Quote, ...]:
    """A proved quote of each sentence; `numbers` are the citations of passages. Raises `QuoteError`."""
    return tuple(
        prove_quote(sources[one.stored.passage.source_id], _quote(group, role, one, findings, sources, numbers))
        for group, role, one in grouped
    )


def prove_quote(source: Source, quote: Quote) -> Quote:
    """The same quote, if it stands word for word where it says. Raises `QuoteError`."""
    if source.id != quote.source_id or source.text[quote.start : quote.end] != quote.text or not quote.text:
        raise QuoteError(
            f"a quote from {quote.source_id!r} at {quote.start}-{quote.end} is not word for word in its source "
            f"({quote.source_id}, SHA-256 {source.sha256[:12]})"
        )
    return quote


def in_words(quotes: Sequence[Quote]) -> str:
    """The quotes as one text, each with the number of its citation; what a quote leans on comes before it."""
    return " ".join(f"{quote.text} [{quote.citation}]" for quote in as_read(quotes))


def as_read(quotes: Iterable[Quote]) -> list[Quote]:
    """Quotes as they are read: groups in the order in which they come, each in the order of its source."""
    groups: dict[int, list[Quote]] = {}
    for quote in quotes:
        groups.setdefault(quote.group, []).append(quote)
    return [quote for group in groups.values() for quote in sorted(group, key=lambda quote: quote.start)]


def _quote(
    group: int,
    role: Role,
    one: Evidence,
    findings: Findings,
    sources: Mapping[str, Source],
    numbers: Mapping[int, int],
) -> Quote:
    span, source = one.sentence.sentence, sources[one.stored.passage.source_id]
    return Quote(
        text=one.text,
        role=role,
        group=group,
        citation=numbers[one.stored.number],
        source_id=source.id,
        start=span.start,
        end=span.end,
        href=source_href(source, span.start, span.end),
        # Which cell of a row answers is told by its table's head, which the reader's words do not weigh.
        emphasis=_within(findings.emphasis, span) if role is Role.LEAD and CELL_GAP not in one.text else (),
    )


def _within(spans: Sequence[tuple[int, int]], sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """The spans that stand in a sentence: what leads may be the line below the one that was chosen."""
    return tuple((start, end) for start, end in spans if sentence.start <= start and end <= sentence.end)
