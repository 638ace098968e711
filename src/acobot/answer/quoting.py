"""Evidence → quotes: in the order in which they answer, each with what it needs to be understood, each proved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from acobot.answer.records import Quote, Role, source_href
from acobot.errors import QuoteError
from acobot.evidence import Evidence, Findings, leans
from acobot.index import StoredPassage, StoredSentence
from acobot.languages import Language
from acobot.sources import Source

_LIST_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-*+•]|\d+[.)])[ \t]+$")  # what stands before an item of a list
Grouped = tuple[int, Role, Evidence]  # the number of its group, what it is there for, and the sentence


def group_evidence(chosen: Sequence[Evidence], most: int, language: Language) -> list[Grouped]:
    """The evidence, the lead first, each followed by the sentence that it leans on, while there is room.

    What is quoted already is not quoted again: it joins the group of what leans on it.
    """
    grouped: list[Grouped] = []
    said: set[tuple[int, int]] = set()
    room = most - len(chosen)
    for number, evidence in enumerate(chosen, start=1):
        if evidence.place in said:
            continue
        grouped.append((number, Role.LEAD if number == 1 else Role.ALSO, evidence))
        said.add(evidence.place)
        before = _antecedent(evidence, language)
        if before is None or before.place in said:
            continue
        if room > 0 or any(other.place == before.place for other in chosen):
            room -= all(other.place != before.place for other in chosen)
            grouped.append((number, Role.CONTEXT, before))
            said.add(before.place)
    return grouped


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
        emphasis=findings.emphasis if role is Role.LEAD else (),
    )


def _antecedent(evidence: Evidence, language: Language) -> Evidence | None:
    """The sentence of its passage without which one cannot be understood, or None."""
    stored = evidence.stored
    earlier = stored.sentences[: stored.sentences.index(evidence.sentence)]
    if earlier and leans(evidence.text, language):
        return _evidence(stored, earlier[-1])
    opening = stored.text[: evidence.sentence.sentence.start - stored.passage.start]
    if _LIST_ITEM.search(opening):
        leading = next((one for one in reversed(earlier) if stored.text_of(one).endswith(":")), None)
        return _evidence(stored, leading) if leading else None
    return None


def _evidence(stored: StoredPassage, sentence: StoredSentence) -> Evidence:
    return Evidence(stored, sentence, stored.text_of(sentence), 0.0)
