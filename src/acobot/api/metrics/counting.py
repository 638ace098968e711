"""What this process counts. Of several, each counts for itself, and `exposing` adds them up."""

from __future__ import annotations

import resource
from pathlib import Path

import anyio.to_thread
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

from acobot.answer import Status
from acobot.api.connections import FULL, IDLE, LATE, UNREAD
from acobot.api.rate_limit import QUESTION, READING, TOKEN
from acobot.observing import Step

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_TENTHS = tuple(tenth / 10 for tenth in range(1, 10))
_STATM = Path("/proc/self/statm")


class Metrics:
    """An observer of answers, requests and connections; safe to use from several threads."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # they double the page, and nobody asks when a counter began
        registry = self.registry = CollectorRegistry()
        self._answers = Counter(
            "acobot_answers", "Questions that were answered, by how they ended", ["status"], registry=registry
        )
        self._confidence = Histogram(
            "acobot_answer_confidence",
            "Confidence that the sources answer a question, by how it ended",
            ["status"],
            buckets=_TENTHS,
            registry=registry,
        )
        self._answer_seconds = Histogram(
            "acobot_answer_seconds", "Time that an answer took", buckets=_SECONDS, registry=registry
        )
        self._step_seconds = Histogram(
            "acobot_step_seconds",
            "Time that a step of an answer took",
            ["step"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._requests = Counter(
            "acobot_requests", "Requests, by what was asked for and the status", ["face", "status"], registry=registry
        )
        self._request_seconds = Histogram(
            "acobot_request_seconds",
            "Time until a request's reply was sent",
            ["face"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._in_flight = _sum("acobot_requests_in_progress", "Requests at work, or waiting", registry)
        self._waiting = _sum(
            "acobot_requests_waiting", "Requests waiting for a thread; looked at each second", registry
        )
        self._rate_limited = Counter(
            "acobot_rate_limited",
            "Requests, and questions of a batch, that were refused because their client had sent too many",
            ["what"],
            registry=registry,
        )
        self._connections = _sum("acobot_connections", "Open connections", registry)
        self._cut = Counter(
            "acobot_connections_cut",
            "Connections that were closed on purpose: late (no whole header), unread (the reply was not read), "
            "idle (others needed the place), or full (all others were busy)",
            ["reason"],
            registry=registry,
        )
        self._workers = _sum("acobot_workers", "Processes that serve", registry)
        self._memory = _sum("acobot_resident_memory_bytes", "Memory of the processes that serve", registry)
        self._in_use = Gauge(
            "acobot_live_index_in_use",
            "1 where every process answers from the live index; looked at each second",
            registry=registry,
            multiprocess_mode="livemin",
        )
        self._switches = Gauge(
            "acobot_index_switches",
            "How often another index went live since the start, as a process saw it",
            registry=registry,
            multiprocess_mode="livemax",
        )
        self._workers.set(1)
        self._begin()
        self._index = ""

    def _begin(self) -> None:
        """Makes every label that is known: one that first comes with its count would show no increase."""
        for step in Step:
            self._step_seconds.labels(step.value)
        for status in Status:
            self._answers.labels(status.value)
        for reason in (LATE, UNREAD, IDLE, FULL):
            self._cut.labels(reason)
        for what in (QUESTION, READING, TOKEN):
            self._rate_limited.labels(what)

    def step(self, step: Step, seconds: float) -> None:
        """A step of an answer ended."""
        self._step_seconds.labels(step.value).observe(seconds)

    def answered(self, status: str, confidence: float, seconds: float) -> None:
        """A question was answered."""
        self._answers.labels(status).inc()
        self._confidence.labels(status).observe(confidence)
        self._answer_seconds.observe(seconds)

    def began(self) -> None:
        """A request came in."""
        self._in_flight.inc()

    def ended(self, face: str, status: int, seconds: float) -> None:
        """The request was replied to, or its client went away."""
        self._in_flight.dec()
        self._requests.labels(face, str(status)).inc()
        self._request_seconds.labels(face).observe(seconds)

    def rate_limited(self, what: str) -> None:
        """Something was refused because its client had sent too many."""
        self._rate_limited.labels(what).inc()

    def opened(self) -> None:
        """A connection was opened."""
        self._connections.inc()

    def closed(self) -> None:
        """A connection was closed, by whomever."""
        self._connections.dec()

    def cut(self, reason: str) -> None:
        """A connection is closed on purpose."""
        self._cut.labels(reason).inc()

    def look(self, live: str, used: str) -> None:
        """How this process does now; it answers from the index `used`, "" for none. Called in the event loop."""
        self._in_use.set(int(bool(live) and live == used))
        if self._index and used and used != self._index:
            self._switches.inc()
        self._index = used or self._index
        self._waiting.set(anyio.to_thread.current_default_thread_limiter().statistics().tasks_waiting)
        if _STATM.is_file():
            self._memory.set(int(_STATM.read_text().split()[1]) * resource.getpagesize())


def _sum(name: str, meaning: str, registry: CollectorRegistry) -> Gauge:
    """A gauge that is the sum over the processes that live."""
    return Gauge(name, meaning, registry=registry, multiprocess_mode="livesum")
