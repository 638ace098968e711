"""Places of the sources that messages lie near: a paragraph, a heading's passage or a limit, by a key that stays.

A key is made of the place's own text, never of a message, and is found again in later versions while that text stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from acobot.answer import source_href
from acobot.answering import Explained
from acobot.index import StoredPassage, Version

# Cosine from which a message lies near a line. Of 2,126 questions of limits, three quarters lay at 0.53 or more from a
# line of something else, and one in twenty below 0.41.
NEAR_FROM = 0.4
FAR, FOREIGN = "far", "foreign"
_LIMIT = "limit-"
_DIGEST = 16  # hexadecimal digits


class Near(StrEnum):
    """What kind of place it is."""

    PARAGRAPH = "paragraph"  # that a line of `asks:` stands before
    HEADING = "heading"
    LIMIT = "limit"
    NOTHING = "nothing"  # too far from all that the sources say
    LANGUAGE = "language"  # a message in another one than the service


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is shown: its first line of `asks:`, or else its heading; both are a maintainer's words."""

    near: Near
    line: str = ""
    heading: tuple[str, ...] = ()
    source_id: str = ""
    title: str = ""
    href: str = ""


def place_of(version: Version, explained: Explained) -> str:
    """The key of the place that a message lies nearest to; the limit's own where that is what it was told."""
    asks, limit = explained.findings.asks, explained.findings.limit
    ask = asks[0] if asks else None
    if limit and (explained.answer.limit or limit.likeness >= max(NEAR_FROM, ask.likeness if ask else 0.0)):
        return _limit_key(limit.limit.say)
    if ask and ask.likeness >= NEAR_FROM:
        return _passage_key(version.read_passage(ask.passage).stored, ask.start)
    nearest = max(explained.candidates.chosen, key=lambda one: one.dense, default=None)
    if nearest and nearest.dense >= NEAR_FROM:
        return _passage_key(nearest.stored, nearest.stored.passage.start)
    return FAR if nearest or not explained.query.foreign else FOREIGN


def find_places(version: Version, keys: Collection[str]) -> dict[str, Place]:
    """The places of these keys that are still there."""
    found = {FAR: Place(Near.NOTHING), FOREIGN: Place(Near.LANGUAGE)}
    found |= dict(_limits(version, {key for key in keys if key.startswith(_LIMIT)}))
    found |= dict(_paragraphs(version, {key for key in keys if not key.startswith(_LIMIT)} - {FAR, FOREIGN}))
    return {key: place for key, place in found.items() if key in keys}


def _limits(version: Version, keys: Collection[str]) -> Iterator[tuple[str, Place]]:
    told: set[str] = set()
    for number in range(len(version.limits) if keys else 0):
        ask = version.corpus.limit_ask(number)
        key = _limit_key(ask.limit.say)
        if key in keys and key not in told:
            told.add(key)
            yield key, Place(Near.LIMIT, line=ask.text)


def _paragraphs(version: Version, keys: Collection[str]) -> Iterator[tuple[str, Place]]:
    wanted = {key.partition("+")[0] for key in keys}
    digests = version.corpus.passage_digests() if keys else ()
    for number, (source_id, _, sha256) in enumerate(digests):
        if sha256[:_DIGEST] not in wanted:
            continue
        stored, source = version.corpus.passage(number), version.corpus.source(source_id)
        heading, title, first = stored.passage.heading, source.particulars.title, stored.passage.start
        lines: dict[int, str] = {}
        for ask in version.corpus.asks_of(range(number, number + 1)):
            lines.setdefault(ask.start, ask.text)
        for start in {first, *lines}:
            if (key := _passage_key(stored, start)) in keys:
                line, href = lines.get(start, ""), source_href(source, start, _end(stored, start))
                yield key, Place(Near.PARAGRAPH if line else Near.HEADING, line, heading, source_id, title, href)


def _end(stored: StoredPassage, start: int) -> int:
    """Where the sentence that begins there ends, which a link marks."""
    return next((one.sentence.end for one in stored.sentences if one.sentence.start == start), stored.passage.end)


def _passage_key(stored: StoredPassage, start: int) -> str:
    return f"{stored.passage.sha256[:_DIGEST]}+{start - stored.passage.start}"


def _limit_key(say: str) -> str:
    return _LIMIT + hashlib.sha256(say.encode()).hexdigest()[:_DIGEST]
