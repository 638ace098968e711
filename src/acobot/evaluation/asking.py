"""Cases → outcomes: each question is asked, timed and searched for; turns of a conversation in order. No metrics."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from acobot.answer import Answer, Status
from acobot.assistant import Assistant
from acobot.evaluation.cases import Case, ReadSource, Span
from acobot.evaluation.retrieving import FOUND, Ranks, find_ranks
from acobot.passages import Passage
from acobot.question import Message


class Ask(Protocol):
    """Answers a question in its conversation."""

    def __call__(self, question: str, history: Sequence[Message] = ...) -> Answer: ...


class Search(Protocol):
    """Finds the passages nearest to a question in its conversation, best first."""

    def __call__(self, question: str, history: Sequence[Message] = ...) -> Sequence[Span]: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What is evaluated: how it answers and searches, its sources, and all passages of a source."""

    ask: Ask
    search: Search
    read_source: ReadSource
    read_passages: Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case got: the answer, where the search had the evidence, and how long the answer took, in milliseconds."""

    case: Case
    answer: Answer
    ranks: Ranks
    milliseconds: float

    @property
    def answered(self) -> bool:
        """Whether quotes were given."""
        return self.answer.status is Status.ANSWERED

    @property
    def quoted(self) -> tuple[Span, ...]:
        """The spans of the quotes, in order."""
        return tuple((quote.source_id, quote.start, quote.end) for quote in self.answer.quotes)

    @property
    def words(self) -> int:
        """How many words the quotes have."""
        return sum(len(quote.text.split()) for quote in self.answer.quotes)


def make_subject(assistant: Assistant) -> Subject:
    """An assistant over the version that is live now, as something to be evaluated."""
    corpus = assistant.version().corpus

    def search(question: str, history: Sequence[Message] = ()) -> list[Span]:
        found = assistant.search(question, history, FOUND).candidates.chosen
        return [_span(candidate.stored.passage) for candidate in found]

    def read_passages(source_id: str) -> list[Span]:
        return [_span(corpus.passage(number).passage) for number in corpus.range_of(source_id)]

    return Subject(assistant.ask, search, cache(corpus.source), cache(read_passages))


def run_cases(cases: Iterable[Case], subject: Subject) -> Iterator[Outcome]:
    """Asks each case; a turn with the turns before it and the replies that these really got."""
    said: dict[str, list[Message]] = {}
    for case in cases:
        before = said.setdefault(case.conversation, []) if case.conversation else case.history
        outcome = _run_case(case, tuple(before), subject)
        if case.conversation:
            said[case.conversation] += [
                Message("user", case.question),
                Message("assistant", outcome.answer.answer),
            ]
        yield outcome


def _run_case(case: Case, history: Sequence[Message], subject: Subject) -> Outcome:
    """Only the answer is timed, from the question to the whole reply; the search is asked where there is evidence."""
    started = time.perf_counter()
    answer = subject.ask(case.question, history)
    milliseconds = (time.perf_counter() - started) * 1000
    if not case.answerable:
        return Outcome(case, answer, Ranks(), milliseconds)
    passages = [passage for source in sorted(case.sources) for passage in subject.read_passages(source)]
    return Outcome(case, answer, find_ranks(case, subject.search(case.question, history), passages), milliseconds)


def _span(passage: Passage) -> Span:
    return passage.source_id, passage.start, passage.end
