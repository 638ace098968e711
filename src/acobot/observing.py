"""Who watches how questions are answered: how long each step took, and how it ended. Never told a word of either.

And what the log may know of a request: its name while it is at work, and where in the code it failed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from enum import StrEnum
from types import TracebackType
from typing import Protocol

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")  # "" outside of requests


class Wordless(Exception):
    """Stands in the log for an error that nobody foresaw, whose own message may hold words of a question."""


def without_words(error: Exception) -> tuple[type[Exception], Exception, TracebackType | None]:
    """An error as the log may be told of it (`exc_info`): of which kind it is, and where in the code it arose."""
    return Wordless, Wordless(type(error).__name__), error.__traceback__


class Step(StrEnum):
    """The steps of an answer, in order."""

    UNDERSTANDING = "understanding"  # abbreviations, spelling, follow-ups
    ENCODING = "encoding"  # and signs of need
    SEARCHING = "searching"
    READING = "reading"  # and the verdict
    COMPOSING = "composing"


class Observer(Protocol):
    """What is told of answers; called from several threads."""

    def step(self, step: Step, seconds: float) -> None:
        """A step of an answer ended."""

    def answered(self, status: str, confidence: float, seconds: float) -> None:
        """A question was answered, with this `Answer.status`."""


class Unobserved:
    """An observer that nobody asks."""

    def step(self, step: Step, seconds: float) -> None:
        """Passes over it."""

    def answered(self, status: str, confidence: float, seconds: float) -> None:
        """Passes over it."""


class Several:
    """Observers that are told the same."""

    def __init__(self, observers: Sequence[Observer]) -> None:
        self._observers = observers

    def step(self, step: Step, seconds: float) -> None:
        """Tells them all."""
        for one in self._observers:
            one.step(step, seconds)

    def answered(self, status: str, confidence: float, seconds: float) -> None:
        """Tells them all."""
        for one in self._observers:
            one.answered(status, confidence, seconds)


class Stopwatch:
    """The time of one answer: called at the end of each step, tells the observer how long that took."""

    def __init__(self, observer: Observer, clock: Callable[[], float] = time.perf_counter) -> None:
        self._observer = observer
        self._clock = clock
        self._started = self._before = clock()

    def __call__(self, step: Step) -> None:
        now = self._clock()
        self._observer.step(step, now - self._before)
        self._before = now

    def stop(self, status: str, confidence: float) -> None:
        """Tells the observer how the answer ended."""
        self._observer.answered(status, confidence, self._clock() - self._started)
