"""Clients that ask at a steady rate, each reply compared with what is known, and how long each took.

A question is due at its time, whether or not others are answered yet; its seconds count from then. What breaks off is
asked again, as programs and people do; it is lost where no answer comes in `LOST_SECONDS`.
"""

from __future__ import annotations

import http.client
import json
import math
import threading
import time
from collections import deque
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.load.soak.known import Known, Request

CLIENTS = 24
LOST_SECONDS = 180.0
AGAIN_SECONDS = 0.2
BEHIND_SECONDS = 20.0  # so late, what is due is left out, and counted: the machine cannot keep up
FEW_WAITING = 2  # of the clients, where nothing is left of a queue
CATCH_UP_SECONDS = 60.0
OUTDATED_SECONDS = 30.0  # since another version alone was live


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question: asked during which turn and `ended` in which, in how many seconds since it was due.

    `tries` says how often it was asked.
    """

    turn: str
    ended: str
    at: float
    seconds: float
    tries: int
    wrong: str = ""
    lost: str = ""


class Live:
    """Which versions may be answered from, by what the turns did."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def may(self, index_id: str) -> None:
        """From now on this one may be, too: it is about to go live."""
        self._until[index_id] = math.inf

    def only(self, index_id: str) -> None:
        """From now on no other goes live."""
        now = time.monotonic()
        self._until = {one: min(until, now) for one, until in self._until.items()} | {index_id: math.inf}

    def is_outdated(self, index_id: str, at: float) -> bool:
        """Whether no question asked at this time should be answered from it."""
        return at > self._until.get(index_id, -math.inf) + OUTDATED_SECONDS


class Connection:
    """One client's way to the server; half of the questions begin a new connection."""

    def __init__(self, host: str, port: int, random: Random) -> None:
        self._place = host, port
        self._random = random
        self._open: http.client.HTTPConnection | None = None
        self._used = 0.0

    def ask(self, request: Request) -> tuple[int, bytes]:
        """Status and body. Raises `OSError` or `http.client.HTTPException`, after which the next one is new."""
        if self._open is None or self._random.random() < 0.5 or time.monotonic() - self._used > 2:
            self.close()
            self._open = http.client.HTTPConnection(*self._place, timeout=LOST_SECONDS)
        try:
            self._open.request("POST", request.path, request.content, self._headers())
            reply = self._open.getresponse()
            status, content = reply.status, reply.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self._used = time.monotonic()
        return status, content

    def close(self) -> None:
        if self._open:
            self._open.close()
        self._open = None

    def _headers(self) -> dict[str, str]:
        """As a proxy says whom it asks for: each time another, so that nobody asks too often."""
        number = self._random.getrandbits(24)
        network = f"2001:db8:{number >> 12:x}:{number & 0xFFF:x}::1"
        address = network if number % 4 == 0 else f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        return {"Content-Type": "application/json", "X-Forwarded-For": address}


class Load:
    """Asks from several threads: at a `rate` a second, or each of some requests once and without a pause."""

    def __init__(self, host: str, port: int, known: Known, live: Live, seed: int = 7) -> None:
        self.turn = "none"
        self.asked: list[Asked] = []
        self.left_out = 0
        self._place, self._known, self._live, self._random = (host, port), known, live, Random(seed)
        self._rate, self._due, self._waiting = 0.0, 0.0, 0
        self._once: deque[int] = deque()
        self._places: list[int] = []
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads: list[threading.Thread] = []

    def start(self, rate: float, clients: int) -> None:
        """Begins to ask."""
        self._rate, self._due = rate, time.monotonic()
        self._stop.clear()
        self._threads = [threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(clients)]
        for thread in self._threads:
            thread.start()

    def pace(self, rate: float) -> None:
        """From now on so many a second."""
        self._rate = rate

    def stop(self) -> None:
        """Ends, once what is asked is answered or lost."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def catch_up(self) -> None:
        """Waits until hardly a client waits for an answer: what queued up in an outage is part of it."""
        until = time.monotonic() + CATCH_UP_SECONDS
        while self._waiting > FEW_WAITING and time.monotonic() < until:
            time.sleep(0.05)

    def give_up(self) -> None:
        """Ends without waiting for what is asked."""
        self._stop.set()

    def capacity(self, clients: int) -> float:
        """Answers a second to so many clients without a pause, who ask each request once: no answer is a kept one."""
        self.turn, self._once, began = "capacity", deque(self._shuffled()), time.monotonic()
        self.start(0.0, clients)
        for thread in self._threads:
            thread.join()
        return len(self._known.requests) / (time.monotonic() - began)

    def _run(self, number: int) -> None:
        connection = Connection(*self._place, Random(number))
        while taken := self._take():
            place, due = taken
            if self._stop.wait(max(0.0, due - time.monotonic())):
                break
            self._waits(1)
            self.asked.append(self._ask(connection, place, due))
            self._waits(-1)
        connection.close()

    def _waits(self, more: int) -> None:
        with self._lock:
            self._waiting += more

    def _take(self) -> tuple[int, float] | None:
        """The number of the next request, and when it is due: at random, so many a second on average."""
        with self._lock:
            now = time.monotonic()
            if not self._rate:
                return (self._once.popleft(), now) if self._once else None
            self._due += self._random.expovariate(self._rate)
            while self._due < now - BEHIND_SECONDS:
                self._due += self._random.expovariate(self._rate)
                self.left_out += 1
            return self._next(), self._due

    def _next(self) -> int:
        """Each request once, in any order, before one comes again: as while capacity was measured, few are kept."""
        self._places = self._places or self._shuffled()
        return self._places.pop()

    def _shuffled(self) -> list[int]:
        """The numbers of all requests."""
        places = list(range(len(self._known.requests)))
        self._random.shuffle(places)
        return places

    def _ask(self, connection: Connection, place: int, due: float) -> Asked:
        turn, tries, broke, request = self.turn, 0, "", self._known.requests[place]
        while time.monotonic() < due + LOST_SECONDS + BEHIND_SECONDS:  # though it may have been late when it was sent
            tries += 1
            sent = time.monotonic()
            try:
                status, content = connection.ask(request)
            except (OSError, http.client.HTTPException) as error:
                broke = repr(error)
                time.sleep(AGAIN_SECONDS)
                continue
            seconds = time.monotonic() - due
            return Asked(turn, self.turn, due, seconds, tries, wrong=self._what_is_wrong(place, status, content, sent))
        return Asked(turn, self.turn, due, time.monotonic() - due, tries, lost=f"{request.body}: {broke}")

    def _what_is_wrong(self, place: int, status: int, content: bytes, sent: float) -> str:
        request = self._known.requests[place]
        if status != 200:
            return f"{request.body}: {status} {content[:200]!r}"
        try:
            reply: Any = json.loads(content)
            index_id = reply["index"]["id"]
            expected = self._known.replies[index_id][place]
        except (ValueError, KeyError, TypeError) as error:
            return f"{request.body}: {error!r} in {content[:200]!r}"
        if reply != expected:
            return f"{request.body}: {index_id} does not answer {_difference(reply, expected)}"
        return f"{request.body}: answered from {index_id}" if self._live.is_outdated(index_id, sent) else ""


def _difference(reply: dict[str, Any], expected: dict[str, Any]) -> str:
    return "; ".join(
        f"{key} {str(reply.get(key))[:150]} but {str(expected.get(key))[:150]}"
        for key in sorted({*reply, *expected})
        if reply.get(key) != expected.get(key)
    )
