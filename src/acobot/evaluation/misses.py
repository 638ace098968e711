"""Outcomes → what went wrong, to be read: the question, what was wanted, what was given. Reads sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acobot.answer import Status
from acobot.evaluation.asking import Outcome
from acobot.evaluation.cases import ReadSource, Span
from acobot.evaluation.metrics import is_covered
from acobot.evaluation.reporting import is_right

_WRONG = "Answered without the evidence"
_REFUSED = "Not answered, though the sources do"
_UNWANTED = "Answered, though the sources do not"
_SMALL_TALK = "Not taken for small talk"
KINDS_OF_MISS = (_WRONG, _REFUSED, _UNWANTED, _SMALL_TALK)


def find_misses(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes that went wrong, by what is wrong with them, in the order of `KINDS_OF_MISS`."""
    missed: dict[str, list[Outcome]] = {kind: [] for kind in KINDS_OF_MISS}
    for one in outcomes:
        if not is_right(one):
            missed[_kind_of_miss(one)].append(one)
    return missed


def describe_misses(title: str, outcomes: Sequence[Outcome], read_source: ReadSource) -> str:
    """A text in Markdown with each question that went wrong, under what is wrong with it."""
    lines = [f"# Misses: {title}", ""]
    for kind, missed in find_misses(outcomes).items():
        if missed:
            lines += [f"## {kind} ({len(missed)})", ""]
        for one in missed:
            lines += [*_describe(one, read_source), ""]
    return "\n".join(lines)


def _kind_of_miss(one: Outcome) -> str:
    if one.case.small_talk:
        return _SMALL_TALK
    if not one.case.answerable:
        return _UNWANTED
    return _WRONG if one.answered else _REFUSED


def _describe(one: Outcome, read_source: ReadSource) -> Iterator[str]:
    case, answer = one.case, one.answer
    kind = f" ({case.kind})" if case.kind else ""
    status = "" if answer.status is Status.ANSWERED else f", {answer.status.value}"
    yield f"### {case.id}{kind}: {case.question}"
    yield ""
    if answer.searched_for not in {case.question, ""}:
        yield f"- searched for: {answer.searched_for}"
    yield f"- confidence {answer.confidence:.2f}{status}"
    for number, part in enumerate(case.parts):
        if not is_covered(part, one.quoted):
            places = ", ".join(map(str, one.ranks.parts[number])) or "not found"
            more = f" (or {len(part) - 1} others)" if len(part) > 1 else ""
            yield f"- wanted, passage {places}: “{_words(part[0], read_source)}” {part[0][0]}{more}"
    if case.answerable and not case.parts:
        places = ", ".join(map(str, one.ranks.relevant)) or "not found"
        yield f"- wanted, document {places}: {', '.join(case.documents)}"
    for span in one.quoted:
        yield f"- given: “{_words(span, read_source)}” {span[0]}"


def _words(span: Span, read_source: ReadSource) -> str:
    source, start, end = span
    return " ".join(read_source(source).text[start:end].split())
