"""A log that cannot be filled: what goes wrong over and over is told a few times a minute, and then counted."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

WINDOW_SECONDS = 60.0
MOST_ALIKE = 10
MOST_PLACES = 1000


class Bounded(logging.Filter):
    """Lets at most so many warnings of one place in the code through in a minute; then says how many there were.

    What is told of requests, a line each, is no warning, and passes.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._places: dict[tuple[str, int], tuple[float, int]] = {}  # since when, and how many since

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        if record.levelno < logging.WARNING:
            return True
        now, place = self._clock(), (record.pathname, record.lineno)
        since, seen = self._places.get(place, (now, 0))
        if now - since >= WINDOW_SECONDS:
            if seen > MOST_ALIKE:
                record.msg = f"{record.getMessage()} (and {seen - MOST_ALIKE:,} times more in the last minute or since)"
                record.args = ()
            since, seen = now, 0
        if len(self._places) >= MOST_PLACES and place not in self._places:
            self._places.clear()
        self._places[place] = since, seen + 1
        return seen < MOST_ALIKE
