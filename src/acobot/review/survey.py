"""The sources of a version → a table of them, with what a maintainer should look at. Reads a source at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from acobot.errors import SourceProblem
from acobot.index import BadFile, Version
from acobot.passages import Sentence
from acobot.sources import Concern, Particulars, Source, Warned

LEAST_WORDS = 8  # of a sentence that counts as copied: shorter ones may be said twice by chance
MOST_HOLDERS = 50  # of a sentence that are all compared: what more have is a footer, of which any tells as much
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
    warnings: tuple[Warned, ...]


def survey_sources(
    version: Version, today: date, most_years: int, bad: Sequence[BadFile] = ()
) -> tuple[SourceSurvey, ...]:
    """All sources in order of id; those of which the last date lies more than `most_years` back are said to be old.

    `bad` are the files that the last build could not read.
    """
    problems = {kept: one.problem for one in bad for kept in one.keeps}
    read: dict[str, tuple[Warned, ...]] = {}
    sentences: dict[str, set[int]] = {}
    set_aside: dict[str, float] = {}
    for source_id in version.corpus.source_ids:
        source = version.corpus.source(source_id)
        sentences[source_id] = _sentences(source, version.corpus.sentences_of(source_id))
        set_aside[source_id] = _set_aside(source)
        read[source_id] = source.warnings
    holders: dict[int, list[str]] = {}
    for source_id, said in sentences.items():
        for sentence in said:
            holders.setdefault(sentence, []).append(source_id)
    found = []
    for card in version.corpus.cards():
        about, share = card.particulars, set_aside[card.id]
        warnings = [
            *_unreadable(problems.get(card.id)),
            *_out_of_force(about, today, version.corpus.source_ids),
            *([Warned(Concern.DATE, "no date")] if not (about.published or about.updated) else []),
            *([Warned(Concern.PUBLISHER, "no publisher")] if not about.publisher else []),
            *_old(max(about.published, about.updated), today, most_years),
            *_copied(card.id, sentences, holders),
            *(
                [Warned(Concern.SET_ASIDE, f"{share:.0%} set aside as page furniture")]
                if share >= FURNITURE_SHARE
                else []
            ),
            *read[card.id],
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


def _unreadable(problem: SourceProblem | None) -> list[Warned]:
    if problem is None:
        return []
    return [Warned(Concern.UNREADABLE, f"the last good version of a file that cannot be read: {problem}")]


def _out_of_force(about: Particulars, today: date, ids: Collection[str]) -> Iterator[Warned]:
    """Of a source that holds no longer: since when, or what holds in its place."""
    if about.valid_until and today.isoformat()[: len(about.valid_until)] > about.valid_until:
        yield Warned(Concern.EXPIRED, f"valid until {about.valid_until}, which is past")
    if about.superseded_by:
        missing = "" if about.superseded_by in ids else ", but there is no such source"
        yield Warned(Concern.SUPERSEDED, f"superseded by {about.superseded_by}{missing}")


def _old(last: str, today: date, most_years: int) -> list[Warned]:
    """Of a date of less than full precision, such as "2018-04", the last day is meant."""
    limit = f"{today.year - most_years:04}{today.isoformat()[4:]}"
    is_old = bool(last) and last < limit[: len(last)]
    return [Warned(Concern.DATE, f"older than {most_years} years")] if is_old else []


def _copied(source_id: str, sentences: Mapping[str, set[int]], holders: Mapping[int, Sequence[str]]) -> list[Warned]:
    """The source that most is shared with, where that is much.

    Of a sentence that many have only so many of them are looked at, or all would be compared with all.
    """
    own = sentences[source_id]
    common = {one for one in own if len(holders[one]) > MOST_HOLDERS}
    shared = Counter(other for one in own - common for other in holders[one])
    others = shared.keys() | {other for one in common for other in holders[one][:MOST_HOLDERS]}

    def count(other: str) -> int:
        return shared[other] + len(common & sentences[other])

    other = max(sorted(others - {source_id}), key=count, default="")
    if not other or count(other) / len(own) < COPIED_SHARE:
        return []
    return [Warned(Concern.COPIED, f"{count(other) / len(own):.0%} also in {other}")]


def _sentences(source: Source, spans: Iterable[Sentence]) -> set[int]:
    """Hashes of the longer sentences, which take less room than their words."""
    said = (source.text[one.start : one.end].casefold().split() for one in spans)
    return {hash(" ".join(words)) for words in said if len(words) >= LEAST_WORDS}


def _set_aside(source: Source) -> float:
    lengths = [(block.end - block.start, block.furniture) for block in source.blocks]
    return sum(length for length, furniture in lengths if furniture) / max(1, sum(length for length, _ in lengths))
