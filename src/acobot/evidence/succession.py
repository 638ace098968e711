"""Sources that another one replaces: what holds now is quoted before what it replaced. Ids and scores in, order out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from acobot.evidence.records import Disagreement, Evidence, Place

NEAR = 4.0  # log-odds below a replaced sentence's: what the successor says of the same thing
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
    chosen: Sequence[Evidence],
    rejected: Sequence[Evidence],
    scores: Mapping[Place, float],
    successors: Mapping[str, str],
    most: int,
) -> tuple[Evidence, ...]:
    """The chosen, each of a replaced source after what its successor says, `most` in all; the replaced go first.

    Where nothing of the successor was chosen, its best sentence that is about as good or alike comes before. `scores`
    are of all sentences, without what one alone can have, such as an `asks:` line before it.
    """
    ordered: list[Evidence] = []
    for one in chosen:
        newer = [other for other in (*chosen, *rejected) if _replaces(other, one, successors)]
        if newer and not any(other in chosen for other in newer):
            alike = [other for other in newer if _says_it_too(other, one, scores)]
            if alike:
                instead = max(alike, key=lambda other: scores[other.place])
                _insert(ordered, replace(instead, rejected=""), successors)
        _insert(ordered, one, successors)
    replaced = [one for one in ordered if any(_replaces(other, one, successors) for other in ordered)]
    for one in [*reversed(replaced)][: max(0, len(ordered) - most)]:
        ordered.remove(one)
    return tuple(ordered[:most])


def _replaces(new: Evidence, old: Evidence, successors: Mapping[str, str]) -> bool:
    return replaces(successors, new.stored.passage.source_id, old.stored.passage.source_id)


def _says_it_too(new: Evidence, old: Evidence, scores: Mapping[Place, float]) -> bool:
    """Whether a sentence is about as good, or has much the same words."""
    one, other = (frozenset(re.findall(r"\w+", side.text.casefold())) for side in (new, old))
    return scores[new.place] >= scores[old.place] - NEAR or len(one & other) >= ALIKE * len(one | other)


def _insert(ordered: list[Evidence], one: Evidence, successors: Mapping[str, str]) -> None:
    """Puts a sentence before the first that is of a source which its own replaces, else last."""
    places = (at for at, other in enumerate(ordered) if _replaces(one, other, successors))
    if one not in ordered:
        ordered.insert(next(places, len(ordered)), one)
