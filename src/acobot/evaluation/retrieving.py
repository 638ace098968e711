"""How good the search is: where among the passages found the evidence stands. Pure functions over spans.

A passage holds evidence if it shares a character with it: a sentence stands in one passage, so only evidence of several
sentences can be in two, and either of these counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from acobot.evaluation.cases import Case, Span

FOUND = 20  # passages that are looked at
GAINS_AT = 10  # places that nDCG looks at


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where the search had the evidence; places are counted from 1.

    `parts` are, for each part that is needed, the places of the passages that hold one of its alternatives; for a case
    that has only documents, of the passages of these, as one part. `relevant` are the places that count for nDCG, and
    `expected` how many there could be: those of the passages that hold any evidence; or where the case names documents,
    those of these documents, each counted once, among the documents of the passages found.
    """

    parts: tuple[tuple[int, ...], ...] = ()
    relevant: tuple[int, ...] = ()
    expected: int = 0

    def found_within(self, places: int) -> bool:
        """Whether every part is among the first so many passages."""
        return bool(self.parts) and all(any(place <= places for place in part) for part in self.parts)


def find_ranks(case: Case, found: Sequence[Span], passages: Iterable[Span]) -> Ranks:
    """The places of a case's evidence among the passages found, best first; `passages` are all of its sources'."""
    holding = [[place for place, one in enumerate(found, 1) if _holds(one, part)] for part in case.parts]
    if case.documents:
        by_document = [place for place, (source, _, _) in enumerate(found, 1) if source in case.documents]
        told = dict.fromkeys(source for source, _, _ in found[:GAINS_AT])
        relevant = [place for place, source in enumerate(told, 1) if source in case.documents]
        expected, holding = len(case.documents), holding or [by_document]
    else:
        relevant = sorted({place for part in holding for place in part})
        expected = sum(any(_holds(passage, part) for part in case.parts) for passage in passages)
    return Ranks(tuple(map(tuple, holding)), tuple(relevant), expected)


def ndcg(ranks: Ranks, places: int = GAINS_AT) -> float:
    """Normalised discounted cumulative gain, each relevant place a gain of 1 (Järvelin & Kekäläinen 2002)."""
    gained = sum(_discount(place) for place in ranks.relevant if place <= places)
    possible = sum(_discount(place) for place in range(1, min(ranks.expected, places) + 1))
    return gained / possible if possible else 0.0


def _discount(place: int) -> float:
    return 1 / math.log2(place + 1)


def _holds(passage: Span, part: Sequence[Span]) -> bool:
    return any(source == passage[0] and start < passage[2] and passage[1] < end for source, start, end in part)
