"""The sources of a version → a table of them, with what a maintainer should look at. Reads a source at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from acobot.index import Version
from acobot.passages import Sentence
from acobot.sources import Source

LEAST_WORDS = 8  # of a sentence that counts as copied: shorter ones may be said twice by chance
COPIED_SHARE = 0.1  # of a source's such sentences, from which on it is told
FURNITURE_SHARE = 0.3  # of a source's characters set aside, from which on it is told


@dataclass(frozen=True, slots=True)
class SourceSurvey:
    """One source: `set_aside` is the share of its characters that is furniture, from 0 to 1."""

    id: str
    title: str
    kind: str
    published: str
    updated: str
    passages: int
    set_aside: float
    warnings: tuple[str, ...]


def survey_sources(version: Version, today: date, most_years: int) -> tuple[SourceSurvey, ...]:
    """All sources in order of id; those of which the last date lies more than `most_years` back are said to be old."""
    sentences: dict[str, set[int]] = {}
    set_aside: dict[str, float] = {}
    for source_id in version.corpus.source_ids:
        source = version.corpus.source(source_id)
        sentences[source_id] = _sentences(source, version.corpus.sentences_of(source_id))
        set_aside[source_id] = _set_aside(source)
    holders: dict[int, list[str]] = {}
    for source_id, said in sentences.items():
        for sentence in said:
            holders.setdefault(sentence, []).append(source_id)
    found = []
    for card in version.corpus.cards():
        about, share = card.particulars, set_aside[card.id]
        copied = Counter(other for one in sentences[card.id] for other in holders[one] if other != card.id)
        warnings = [
            *(["no date"] if not (about.published or about.updated) else []),
            *(["no publisher"] if not about.publisher else []),
            *_old(max(about.published, about.updated), today, most_years),
            *_copied(copied, len(sentences[card.id])),
            *([f"{share:.0%} set aside as page furniture"] if share >= FURNITURE_SHARE else []),
        ]
        found.append(
            SourceSurvey(
                id=card.id,
                title=about.title,
                kind=about.kind,
                published=about.published,
                updated=about.updated,
                passages=card.passages,
                set_aside=round(share, 3),
                warnings=tuple(warnings),
            )
        )
    return tuple(found)


def _old(last: str, today: date, most_years: int) -> list[str]:
    """Of a date of less than full precision, such as "2018-04", the last day is meant."""
    limit = f"{today.year - most_years:04}{today.isoformat()[4:]}"
    return [f"older than {most_years} years"] if last and last < limit[: len(last)] else []


def _copied(copied: Counter[str], sentences: int) -> list[str]:
    """The source that most is shared with, where that is much."""
    other, count = next(iter(copied.most_common(1)), ("", 0))
    return [f"{count / sentences:.0%} also in {other}"] if sentences and count / sentences >= COPIED_SHARE else []


def _sentences(source: Source, spans: Iterable[Sentence]) -> set[int]:
    """Hashes of the longer sentences, which take less room than their words."""
    said = (source.text[one.start : one.end].casefold().split() for one in spans)
    return {hash(" ".join(words)) for words in said if len(words) >= LEAST_WORDS}


def _set_aside(source: Source) -> float:
    lengths = [(block.end - block.start, block.furniture) for block in source.blocks]
    return sum(length for length, furniture in lengths if furniture) / max(1, sum(length for length, _ in lengths))
