"""Made-up text for large indexes: seeded, varied, and each sentence a fact of its own, so that it can be asked about.

Words are as unequal as in real text: a few hundred common ones, and names that are made of syllables and mostly rare,
so that the vocabulary grows with the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

EACH = 10  # passages a source
SENTENCES = 6  # a passage

SYLLABLES = [
    "bar", "bel", "cor", "dan", "dor", "el", "fen", "gar", "hal", "ing", "kel", "lan", "lor", "mar", "mel",
    "nor", "or", "pen", "ral", "ros", "sal", "tan", "tor", "ul", "val", "wen",
]  # fmt: skip
BODIES = [
    "council", "hospital", "school", "library", "clinic", "company", "ministry", "trust", "college", "museum",
    "union", "agency", "court", "bank",
]  # fmt: skip
THINGS = [
    "rooms", "buses", "nurses", "bridges", "permits", "grants", "meals", "trees", "beds", "books", "visits",
    "repairs", "homes", "licences", "wells",
]  # fmt: skip
DEEDS = [
    "closed", "opened", "inspected", "sold", "moved", "planned", "lost", "rebuilt", "counted", "lent", "refused",
    "leased", "promised",
]  # fmt: skip
TIMES = [
    "winter", "summer", "spring", "autumn", "January", "March", "June", "October", "November",
]  # fmt: skip
REASONS = [
    "because money was short",
    "after a long dispute with its staff",
    "although nobody had asked for it",
    "so that families could stay nearer to each other",
    "when the old contract came to an end",
    "to the surprise of the people who live there",
    "as the law had asked for many years",
    "before the new rules came into force",
]
FORMS = [
    "The {body} of {place} {deed} {count} {thing} in the {time} of {year}, {reason}.",
    "In {year} {count} {thing} were {deed} by the {body} of {place} {reason}.",
    "{place} had {count} {thing} in {year}, and its {body} {deed} most of them by {time}.",
    "{person}, who led the {body} of {place} from {year}, {deed} {count} {thing} {reason}.",
    "Of the {count} {thing} that {person} saw in {place}, the {body} {deed} only a few before {time} {year}.",
    "Nobody at the {body} in {place} could say why {count} {thing} were {deed} in {time} {year}.",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one sentence says, and the question that it answers."""

    text: str
    question: str


@dataclass(frozen=True, slots=True)
class MadeSource:
    """A document: its name, its title and its passages, each some sentences."""

    name: str
    title: str
    passages: tuple[tuple[Fact, ...], ...]

    @property
    def paragraphs(self) -> list[str]:
        """The text of each passage."""
        return [" ".join(fact.text for fact in facts) for facts in self.passages]

    @property
    def file(self) -> str:
        """The document as a file."""
        return f'---\ntitle: "{self.title}"\npublished: 2018\n---\n\n' + "\n\n".join(self.paragraphs) + "\n"


def make_sources(count: int, seed: int = 11) -> Iterator[MadeSource]:
    """So many documents of `EACH` passages; the first ones are the same whatever the count."""
    for number in range(count):
        random = np.random.default_rng((seed, number))
        subject = _name(random)
        facts = tuple(tuple(_fact(random) for _ in range(SENTENCES)) for _ in range(EACH))
        yield MadeSource(f"made-{number:06}", f"The chronicle of {subject}", facts)


def _fact(random: np.random.Generator) -> Fact:
    draw: list[int] = random.integers(0, 1 << 30, 8).tolist()

    def one(of: list[str], place: int) -> str:
        return of[draw[place] % len(of)]

    said = {
        "body": one(BODIES, 0),
        "place": _name(random),
        "person": f"{_name(random)} {_name(random)}",
        "deed": one(DEEDS, 1),
        "count": str(2 + draw[2] % 9000),
        "thing": one(THINGS, 3),
        "time": one(TIMES, 4),
        "year": str(1900 + draw[5] % 125),
        "reason": one(REASONS, 6),
    }
    question = "How many {thing} were {deed} by the {body} of {place} in {year}?"
    return Fact(one(FORMS, 7).format(**said), question.format(**said))


def _name(random: np.random.Generator) -> str:
    """A name of two to four syllables: some stand in many documents, most in few."""
    rank = min(int(random.zipf(1.2)), 400_000)
    parts: list[str] = []
    while rank or len(parts) < 2:
        rank, place = divmod(rank, len(SYLLABLES))
        parts.append(SYLLABLES[place])
    return "".join(parts).capitalize()
