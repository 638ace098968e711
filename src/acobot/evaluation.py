"""How good the answers are: metrics over a file of questions with their evidence. All but the asking is pure functions.

A questions file has a JSON object a line: `id`, `question`, `answerable`, optionally `kind` and `history`, and
`evidence`, the parts that an answer needs. A part is a list of alternatives, any one of which decides it:
`{"source": id, "text": "exact words"}`, or by place, `{"source": id, "start": n, "end": m}`.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from acobot.answer import Answer, Status
from acobot.errors import SettingsError
from acobot.question import Message
from acobot.sources import Source

Span = tuple[str, int, int]  # source id, start, end, half-open code points
ReadSource = Callable[[str], Source]
CALIBRATION_BINS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its evidence: parts, each a tuple of alternative spans. No parts where it is unanswerable."""

    id: str
    kind: str
    question: str
    history: tuple[Message, ...]
    answerable: bool
    parts: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case got: the spans quoted, in order, and what was measured on the way."""

    case: Case
    status: Status
    confidence: float
    quoted: tuple[Span, ...]
    words: int
    milliseconds: float

    @property
    def answered(self) -> bool:
        """Whether quotes were given."""
        return self.status is Status.ANSWERED

    @property
    def covered(self) -> bool:
        """Whether every part that the question needs lies within the quotes."""
        return bool(self.case.parts) and all(is_covered(part, self.quoted) for part in self.case.parts)


@dataclass(frozen=True, slots=True)
class Report:
    """Metrics over all outcomes, each between 0 and 1 but for words and milliseconds; None where nothing counts."""

    questions: int
    answerable: int
    coverage: float | None
    coverage_of_answered: float | None
    answered: float | None
    declined: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    auroc: float | None
    calibration_error: float | None
    words_an_answer: float | None
    milliseconds_median: float | None
    milliseconds_p95: float | None
    coverage_by_kind: dict[str, float]


def read_cases(path: Path, read_source: ReadSource) -> tuple[Case, ...]:
    """The cases of a questions file. Raises `SettingsError` naming the file's line, and the mend."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the questions {path} cannot be read ({error}); name a file in UTF-8") from None
    cases: list[Case] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_read_case(json.loads(line), read_source))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingsError(f"{path}, line {number}: not a question as described in --help ({error!r})") from None
    if not cases:
        raise SettingsError(f"{path} holds no questions; write a JSON object a line")
    return tuple(cases)


def run_case(case: Case, ask: Callable[[str, Sequence[Message]], Answer]) -> Outcome:
    """Asks the question and takes the time."""
    started = time.perf_counter()
    answer = ask(case.question, case.history)
    milliseconds = (time.perf_counter() - started) * 1000
    quoted = tuple((quote.source_id, quote.start, quote.end) for quote in answer.quotes)
    words = sum(len(quote.text.split()) for quote in answer.quotes)
    return Outcome(case, answer.status, answer.confidence, quoted, words, milliseconds)


def report(outcomes: Sequence[Outcome]) -> Report:
    """All metrics."""
    wanted = [one for one in outcomes if one.case.answerable]
    unwanted = [one for one in outcomes if not one.case.answerable]
    given = [one for one in outcomes if one.answered]
    overlaps = [character_overlap(one.case.parts, one.quoted) for one in wanted if one.answered]
    times = sorted(one.milliseconds for one in outcomes)
    kinds = sorted({one.case.kind for one in wanted})
    return Report(
        questions=len(outcomes),
        answerable=len(wanted),
        coverage=_mean([one.covered for one in wanted]),
        coverage_of_answered=_mean([one.covered for one in wanted if one.answered]),
        answered=_mean([one.answered for one in wanted]),
        declined=_mean([not one.answered for one in unwanted]),
        precision=_mean([precision for precision, _ in overlaps]),
        recall=_mean([recall for _, recall in overlaps]),
        f1=_mean([harmonic_mean(precision, recall) for precision, recall in overlaps]),
        auroc=area_under_roc([one.confidence for one in wanted], [one.confidence for one in unwanted]),
        calibration_error=expected_calibration_error([(one.confidence, one.case.answerable) for one in outcomes]),
        words_an_answer=_mean([one.words for one in given]),
        milliseconds_median=statistics.median(times) if times else None,
        milliseconds_p95=times[min(len(times) - 1, int(0.95 * len(times)))] if times else None,
        coverage_by_kind={kind: _mean([o.covered for o in wanted if o.case.kind == kind]) or 0.0 for kind in kinds},
    )


def is_covered(part: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Whether one of the alternatives lies within the quotes, each of its characters."""
    return any(_covered_share(span, quoted) == 1 for span in part)


def character_overlap(parts: Sequence[Sequence[Span]], quoted: Sequence[Span]) -> tuple[float, float]:
    """Precision and recall by characters: of the quotes within any alternative, of each part's best alternative."""
    right = _characters(span for part in parts for span in part)
    shown = _characters(quoted)
    recalls = [max(_covered_share(span, quoted) for span in part) for part in parts]
    return len(right & shown) / len(shown) if shown else 0.0, sum(recalls) / len(recalls) if recalls else 0.0


def harmonic_mean(precision: float, recall: float) -> float:
    """F1; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def area_under_roc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a positive scores higher than a negative, ties counting half (Mann & Whitney 1947)."""
    if not positives or not negatives:
        return None
    wins = sum((p > n) + (p == n) / 2 for p in positives for n in negatives)
    return wins / (len(positives) * len(negatives))


def expected_calibration_error(told: Sequence[tuple[float, bool]], bins: int = CALIBRATION_BINS) -> float | None:
    """How far probabilities are from frequencies, in equal bins weighted by size (Naeini et al. 2015)."""
    if not told:
        return None
    sorted_into: dict[int, list[tuple[float, bool]]] = {}
    for probability, came_true in told:
        sorted_into.setdefault(min(int(probability * bins), bins - 1), []).append((probability, came_true))
    return sum(
        abs(sum(probability for probability, _ in inside) - sum(came_true for _, came_true in inside))
        for inside in sorted_into.values()
    ) / len(told)


def _read_case(raw: dict[str, object], read_source: ReadSource) -> Case:
    evidence = raw.get("evidence") or []
    history = raw.get("history") or []
    if not isinstance(evidence, list) or not isinstance(history, list):
        raise TypeError("evidence and history are lists")
    return Case(
        id=str(raw["id"]),
        kind=str(raw.get("kind", "")),
        question=str(raw["question"]),
        history=tuple(Message(one["role"], str(one["content"])) for one in history),
        answerable=bool(raw["answerable"]),
        parts=tuple(tuple(_span(one, read_source) for one in part) for part in evidence),
    )


def _span(raw: dict[str, object], read_source: ReadSource) -> Span:
    source = read_source(str(raw["source"]))
    if "text" not in raw:
        return source.id, int(str(raw["start"])), int(str(raw["end"]))
    words = str(raw["text"])
    start = source.text.find(words)
    if start < 0:
        raise ValueError(f"{source.id} does not say {words[:60]!r}")
    return source.id, start, start + len(words)


def _characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(source, place) for source, start, end in spans for place in range(start, end)}


def _covered_share(span: Span, quoted: Sequence[Span]) -> float:
    wanted = _characters([span])
    return len(wanted & _characters(one for one in quoted if one[0] == span[0])) / max(len(wanted), 1)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
