"""Sources that another one replaces: what holds now is quoted before what it replaced. Ids and scores in, order out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from acobot.evidence.records import Disagreement, Evidence

NEAR = 6.0  # below a replaced sentence's score: what the successor says of the same thing
ALIKE = 0.5  # Jaccard likeness of two sentences' words from which they are about the same thing


def replaces(successors: Mapping[str, str], new: str, old: str) -> bool:
    """Whether a source stands in the place of another, at once or by those between them."""
    seen = {old}
    while (old := successors.get(old, "")) and old not in seen:
        if old == new:
            return True
        seen.add(old)
    return False


def are_in_succession(difference: Disagreement, successors: Mapping[str, str]) -> bool:
    """Whether one side of a difference replaces the other, so that it is none."""
    one, other = (side.stored.passage.source_id for side in (difference.one, difference.other))
    return replaces(successors, one, other) or replaces(successors, other, one)


def successors_first(
    chosen: Sequence[Evidence], rejected: Sequence[Evidence], successors: Mapping[str, str], most: int
) -> tuple[Evidence, ...]:
    """The chosen, each of a replaced source after what its successor says, `most` in all.

    Where nothing of the successor was chosen, its best sentence that is about as good or alike comes before.
    """
    ordered: list[Evidence] = []
    for one in chosen:
        old = one.stored.passage.source_id
        newer = [other for other in (*chosen, *rejected) if replaces(successors, other.stored.passage.source_id, old)]
        if newer and not any(other in chosen for other in newer):
            instead = next((other for other in newer if _says_it_too(other, one)), None)  # the best first
            if instead:
                _insert(ordered, replace(instead, rejected=""), successors)
        _insert(ordered, one, successors)
    return tuple(ordered[:most])


def _says_it_too(new: Evidence, old: Evidence) -> bool:
    """Whether a sentence is about as good, or has much the same words."""
    one, other = (frozenset(re.findall(r"\w+", side.text.casefold())) for side in (new, old))
    return new.score >= old.score - NEAR or len(one & other) >= ALIKE * len(one | other)


def _insert(ordered: list[Evidence], one: Evidence, successors: Mapping[str, str]) -> None:
    """Puts a sentence before the first that is of a source which its own replaces, else last."""
    new = one.stored.passage.source_id
    places = (at for at, other in enumerate(ordered) if replaces(successors, new, other.stored.passage.source_id))
    if one not in ordered:
        ordered.insert(next(places, len(ordered)), one)
