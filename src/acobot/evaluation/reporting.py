"""Outcomes → a report of all measures. Pure: each field of `Report` says which outcomes it is taken over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from acobot.answer import Status
from acobot.evaluation.asking import Outcome
from acobot.evaluation.cases import FOLLOW_UP
from acobot.evaluation.metrics import (
    Bin,
    all_covered,
    area_under_roc,
    calibration_curve,
    calibration_error,
    character_overlap,
    harmonic_mean,
    is_covered,
    mean,
    overlap_with_all,
    percentile,
)
from acobot.evaluation.retrieving import ndcg
from acobot.evidence import MOST_QUOTES


@dataclass(frozen=True, slots=True)
class Report:
    """All measures, each between 0 and 1 but for counts, words and milliseconds; None where nothing counts.

    Small talk counts only in `small_talk`, the share of it that was taken for it, and in the times. Coverage and
    overlap are taken over the answerable questions whose evidence is known by place: the others, `by_document_only`,
    count in retrieval. `first_quote` and `any_quote` are how often that one, or one of them, is evidence. `precision`,
    `recall` and `f1` hold the quotes against each part's best alternative, over questions that were answered;
    `f1_with_all` against all alternatives together, a refusal counting 0.
    """

    questions: int
    answerable: int
    by_document_only: int
    missing_spans: int
    recall_at_1: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    recall_at_20: float | None
    ndcg_at_10: float | None
    first_quote: float | None
    any_quote: float | None
    coverage: float | None
    coverage_of_answered: float | None
    coverage_of_follow_ups: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    f1_with_all: float | None
    f1_with_all_of_answered: float | None
    words_an_answer: float | None
    answered: float | None
    declined: float | None
    auroc: float | None
    calibration_error: float | None
    small_talk: float | None
    milliseconds_median: float | None
    milliseconds_p95: float | None
    coverage_within: tuple[float | None, ...]  # the first quote, the first two, …
    calibration: tuple[Bin | None, ...]
    coverage_by_kind: dict[str, float]
    first_quote_by_kind: dict[str, float]
    declined_by_kind: dict[str, float]


def report(outcomes: Sequence[Outcome]) -> Report:
    """All measures of these outcomes."""
    asking = [one for one in outcomes if not one.case.small_talk]
    wanted = [one for one in asking if one.case.answerable]
    unwanted = [one for one in asking if not one.case.answerable]
    placed = [one for one in wanted if one.case.parts]
    quoting = [one for one in placed if one.answered]
    overlaps = [character_overlap(one.case.parts, one.quoted) for one in quoting]
    curve = calibration_curve([(one.answer.confidence, one.case.answerable) for one in asking])
    return Report(
        questions=len(outcomes),
        answerable=len(wanted),
        by_document_only=len(wanted) - len(placed),
        missing_spans=sum(one.case.missing_spans for one in outcomes),
        recall_at_1=_recall(wanted, 1),
        recall_at_5=_recall(wanted, 5),
        recall_at_10=_recall(wanted, 10),
        recall_at_20=_recall(wanted, 20),
        ndcg_at_10=mean([ndcg(one.ranks) for one in wanted]),
        first_quote=_evidence_within(placed, 1),
        any_quote=_evidence_within(placed),
        coverage=_coverage(placed),
        coverage_of_answered=_coverage(quoting),
        coverage_of_follow_ups=_coverage([one for one in placed if one.case.kind == FOLLOW_UP]),
        precision=mean([precision for precision, _ in overlaps]),
        recall=mean([recall for _, recall in overlaps]),
        f1=mean([harmonic_mean(precision, recall) for precision, recall in overlaps]),
        f1_with_all=mean([overlap_with_all(one.case.parts, one.quoted) for one in placed]),
        f1_with_all_of_answered=mean([overlap_with_all(one.case.parts, one.quoted) for one in quoting]),
        words_an_answer=mean([one.words for one in outcomes if one.answered]),
        answered=mean([one.answered for one in wanted]),
        declined=mean([not one.answered for one in unwanted]),
        auroc=area_under_roc(_confidences(wanted), _confidences(unwanted)),
        calibration_error=calibration_error(curve),
        small_talk=mean([one.answer.status is Status.SMALL_TALK for one in outcomes if one.case.small_talk]),
        milliseconds_median=percentile([one.milliseconds for one in outcomes], 0.5),
        milliseconds_p95=percentile([one.milliseconds for one in outcomes], 0.95),
        coverage_within=tuple(_coverage(placed, first) for first in range(1, MOST_QUOTES + 1)),
        calibration=curve,
        coverage_by_kind=_by_kind(placed, _coverage),
        first_quote_by_kind=_by_kind(placed, lambda some: _evidence_within(some, 1)),
        declined_by_kind=_by_kind(unwanted, lambda some: mean([not one.answered for one in some])),
    )


def is_right(outcome: Outcome) -> bool:
    """Whether a case got what it should: its evidence (any answer, where its place is not known), or none."""
    if outcome.case.small_talk:
        return outcome.answer.status is Status.SMALL_TALK
    if outcome.case.parts:
        return all_covered(outcome.case.parts, outcome.quoted)
    return outcome.answered == outcome.case.answerable


def _recall(outcomes: Sequence[Outcome], places: int) -> float | None:
    return mean([one.ranks.found_within(places) for one in outcomes])


def _coverage(outcomes: Sequence[Outcome], first: int | None = None) -> float | None:
    return mean([all_covered(one.case.parts, one.quoted[:first]) for one in outcomes])


def _evidence_within(outcomes: Sequence[Outcome], first: int | None = None) -> float | None:
    """How often one of the first quotes is evidence of any part; a refusal has none."""
    return mean([any(is_covered(part, one.quoted[:first]) for part in one.case.parts) for one in outcomes])


def _by_kind(outcomes: Sequence[Outcome], measure: Callable[[Sequence[Outcome]], float | None]) -> dict[str, float]:
    kinds = sorted({one.case.kind for one in outcomes} - {""})
    return {kind: measure([one for one in outcomes if one.case.kind == kind]) or 0.0 for kind in kinds}


def _confidences(outcomes: Sequence[Outcome]) -> list[float]:
    return [one.answer.confidence for one in outcomes]
