"""The measures themselves, as pure functions over spans, probabilities and times. Knows no file and no assistant."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from acobot.evaluation.cases import Span

CALIBRATION_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities of like size: how many, their mean, and the share of them that came true."""

    count: int
    mean: float
    share: float


def is_covered(part: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Whether one of the alternatives lies within the quotes, each of its characters."""
    return any(_covered_share(span, quoted) == 1 for span in part)


def all_covered(parts: Sequence[Sequence[Span]], quoted: Sequence[Span]) -> bool:
    """Whether there is evidence, and every part of it lies within the quotes."""
    return bool(parts) and all(is_covered(part, quoted) for part in parts)


def character_overlap(parts: Sequence[Sequence[Span]], quoted: Sequence[Span]) -> tuple[float, float]:
    """Precision and recall by characters: of the quotes within any alternative, of each part's best alternative."""
    right = _characters(span for part in parts for span in part)
    shown = _characters(quoted)
    recalls = [max(_covered_share(span, quoted) for span in part) for part in parts]
    return len(right & shown) / len(shown) if shown else 0.0, sum(recalls) / len(recalls) if recalls else 0.0


def overlap_with_all(parts: Sequence[Sequence[Span]], quoted: Sequence[Span]) -> float:
    """F1 by characters between the quotes and all evidence together, every alternative of every part."""
    right, shown = _characters(span for part in parts for span in part), _characters(quoted)
    return 2 * len(right & shown) / (len(right) + len(shown)) if right or shown else 0.0


def harmonic_mean(precision: float, recall: float) -> float:
    """F1; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def area_under_roc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a positive scores higher than a negative, ties counting half (Mann & Whitney 1947)."""
    if not positives or not negatives:
        return None
    wins = sum((p > n) + (p == n) / 2 for p in positives for n in negatives)
    return wins / (len(positives) * len(negatives))


def calibration_curve(told: Sequence[tuple[float, bool]], bins: int = CALIBRATION_BINS) -> tuple[Bin | None, ...]:
    """Probabilities, with whether each came true, in bins of equal width from 0 to 1; None for an empty one."""
    inside: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for probability, came_true in told:
        inside[min(int(probability * bins), bins - 1)].append((probability, came_true))
    return tuple(
        Bin(len(some), sum(p for p, _ in some) / len(some), sum(true for _, true in some) / len(some)) if some else None
        for some in inside
    )


def calibration_error(curve: Sequence[Bin | None]) -> float | None:
    """How far probabilities are from frequencies, the bins weighted by size (Naeini et al. 2015)."""
    full = [one for one in curve if one]
    total = sum(one.count for one in full)
    return sum(one.count * abs(one.mean - one.share) for one in full) / total if total else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The least of the values that at least such a share of them does not exceed; None where there is nothing."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else None


def mean(values: Sequence[float]) -> float | None:
    """The mean; None where there is nothing."""
    return sum(values) / len(values) if values else None


def _characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(source, place) for source, start, end in spans for place in range(start, end)}


def _covered_share(span: Span, quoted: Sequence[Span]) -> float:
    wanted = _characters([span])
    return len(wanted & _characters(one for one in quoted if one[0] == span[0])) / max(len(wanted), 1)
