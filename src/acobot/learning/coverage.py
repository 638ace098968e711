"""Which passages were never quoted, by the digests of those that were."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from acobot.answer import Answer, source_href
from acobot.index import Version
from acobot.learning.noticing import quoted_passages


@dataclass(frozen=True, slots=True)
class NeverQuoted:
    """A passage that no answer quoted, with its trail of headings and its first sentence."""

    source_id: str
    heading: tuple[str, ...]
    opening: str
    href: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the passages were quoted, and those that were not, in order of source and place."""

    passages: int
    quoted: int
    never: tuple[NeverQuoted, ...]


def find_coverage(version: Version, quoted: Collection[str]) -> Coverage:
    """The passages whose digests are not among `quoted`."""
    digests = [sha256 for _, _, sha256 in version.corpus.passage_digests()]
    never = tuple(_never(version, number) for number, sha256 in enumerate(digests) if sha256 not in quoted)
    return Coverage(len(digests), len(digests) - len(never), never)


def passages_quoted(answers: Iterable[Answer]) -> set[str]:
    """The digests of all passages that these answers quote."""
    return {digest for answer in answers for digest in quoted_passages(answer)}


def _never(version: Version, number: int) -> NeverQuoted:
    stored = version.corpus.passage(number)
    source = version.corpus.source(stored.passage.source_id)
    opening = stored.text_of(stored.sentences[0]) if stored.sentences else stored.text
    href = source_href(source, stored.passage.start, stored.passage.end)
    return NeverQuoted(source.id, stored.passage.heading, " ".join(opening.split()), href)
