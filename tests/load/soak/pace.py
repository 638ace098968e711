"""How fast a soak asks: a share of what the server can do now, for a machine that others use too is not always as fast.

What one answer costs of the processor is looked at over and over. While capacity was measured the processors were full;
where an answer costs twice as much as then, half as many of them are all that can be done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

EVERY_SECONDS = 5.0
NEWEST = 0.3  # of the cost of an answer: the last look's part in it, the looks before have the rest
FEWEST = 5  # answers between two looks, that their cost may be told


class Pace:
    """From how much was asked and answered so far: the answers a second that are a `share` of capacity."""

    def __init__(self, share: float, capacity: float, cost: float) -> None:
        self._full, self._cost_then, self._cost = share * capacity, cost, cost
        self._taken: dict[int, float] | None = None
        self._answers = 0

    def look(self, taken: Mapping[int, float], answers: int) -> float:
        """With the seconds of the processor of each process so far, and the number of answers so far."""
        before, self._taken = self._taken, dict(taken)
        more, self._answers = answers - self._answers, answers
        if before is not None and more >= FEWEST and (spent := spent_since(before, taken)) > 0:
            self._cost += NEWEST * (spent / more - self._cost)
        return self.rate

    @property
    def rate(self) -> float:
        """Answers a second: no more than the share of what was measured, for kept answers cost next to nothing."""
        return self._full * min(1.0, self._cost_then / self._cost)


def spent_since(before: Mapping[int, float], now: Mapping[int, float]) -> float:
    """Seconds of the processor between two looks at processes; one that is new began with none."""
    return sum(seconds - before.get(process, 0.0) for process, seconds in now.items())


class Pacer(threading.Thread):
    """Looks, and sets the rate, until it is told to stop."""

    def __init__(
        self,
        pace: Pace,
        taken: Callable[[], Mapping[int, float]],
        answers: Callable[[], int],
        ask: Callable[[float], None],
    ) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.rates: list[float] = []
        self._pace, self._taken, self._answers, self._ask = pace, taken, answers, ask

    def run(self) -> None:
        while not self.ended.wait(EVERY_SECONDS):
            self.rates.append(self._pace.look(self._taken(), self._answers()))
            self._ask(self.rates[-1])
