from __future__ import annotations

import logging

from acobot.cli.bounded_log import MOST_ALIKE, WINDOW_SECONDS, Bounded


def record(line: int = 1, level: int = logging.ERROR) -> logging.LogRecord:
    return logging.LogRecord("asyncio", level, "base_events.py", line, "no more %s", ("files",), None)


def test_what_repeats_is_told_a_few_times_and_then_counted() -> None:
    now = [0.0]
    bounded = Bounded(lambda: now[0])
    assert sum(bounded.filter(record()) for _ in range(5000)) == MOST_ALIKE
    now[0] = WINDOW_SECONDS
    later = record()
    assert bounded.filter(later)
    assert later.getMessage() == "no more files (and 4,990 times more in the last minute or since)"


def test_other_places_and_requests_are_told() -> None:
    bounded = Bounded()
    assert all(bounded.filter(record(line)) for line in range(50))
    assert all(bounded.filter(record(level=logging.INFO)) for _ in range(5000))
