"""How often a client may ask. Knows addresses and the clock, and no question."""

from __future__ import annotations

import math
from collections.abc import Callable

from fastapi import Request
from limits import RateLimitItem, parse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acobot.api.clients import MovingWindow, client_name
from acobot.languages import Catalogue

OFF = "off"
READS = 5  # pages or texts of sources that are read in the time of one question
GUESSES = "10/minute"  # wrong tokens of a client; whoever mistypes one tries again a few times
QUESTION, READING, TOKEN = "question", "reading", "token"  # what was refused
_TOLD = "acobot.rate_limit"  # where a request carries what its reply tells
_NAME = '"questions"'


class RateLimit:
    """Called with a request, raises 429 with `Retry-After` where its client has asked too often; counts in memory."""

    what = QUESTION  # what it counts
    times = 1  # as often as the setting says
    tells = True  # how many more are allowed

    def __init__(self, rate: str, texts: Catalogue, refused: Callable[[str], None] | None = None) -> None:
        self._texts = texts
        self._refused = refused  # is told of each that is
        self._rate = None if rate == OFF else self._parsed(rate)
        self._window = MovingWindow(self._rate.amount, self._rate.get_expiry()) if self._rate else None

    def _parsed(self, rate: str) -> RateLimitItem:
        item = parse(rate)
        return type(item)(item.amount * self.times, item.multiples)

    async def check(self, request: Request) -> None:
        """The same as a check of a route, which costs no thread."""
        self(request)

    def __call__(self, request: Request) -> None:
        if self._rate is None or self._window is None:
            return
        hit = self._window.hit(_client(request))
        seconds = max(1, math.ceil(hit.seconds))
        # As draft-ietf-httpapi-ratelimit-headers has it: how many in how many seconds; how many are left until when.
        if self.tells:
            request.scope.setdefault(_TOLD, {}).update(
                {
                    "RateLimit-Policy": f"{_NAME};q={self._rate.amount};w={self._rate.get_expiry()}",
                    "RateLimit": f"{_NAME};r={hit.left};t={seconds}",
                }
            )
        if hit.allowed:
            return
        if self._refused:
            self._refused(self.what)
        rate = _in_words(self._rate, self._texts)
        detail = self._texts.count("problem.rate-limited.more_than", seconds, rate=rate)
        raise HTTPException(429, detail, {"Retry-After": str(seconds)})


class ReadingLimit(RateLimit):
    """How often a client may read sources: a few times as often as it may ask, for a page costs a part of an answer.

    It tells nothing before it refuses, for what is read is kept by caches.
    """

    what = READING
    times = READS
    tells = False


class GuessLimit(RateLimit):
    """How often a client may send what could be a token: no oftener than it may ask, also where it may ask without end.

    It is asked before the token is looked at, else who may not guess any more would still be told of the right one.
    """

    what = TOKEN
    tells = False

    def __init__(self, rate: str, texts: Catalogue, refused: Callable[[str], None] | None = None) -> None:
        super().__init__(min([GUESSES] if rate == OFF else [GUESSES, rate], key=_a_second), texts, refused)

    def take_back(self, request: Request) -> None:
        """What was no guess does not count."""
        if self._window:
            self._window.take_back(_client(request))


class RateHeaders:
    """Tells on every reply to a question how many more may be asked, before one is refused too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told: dict[str, str] = {}

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self.app({**scope, _TOLD: told}, receive, send_told)


def _a_second(rate: str) -> float:
    item = parse(rate)
    return item.amount / item.get_expiry()


def _client(request: Request) -> str:
    return client_name(request.client.host if request.client else "unknown")


def _in_words(rate: RateLimitItem, texts: Catalogue) -> str:
    """How many questions in how much time."""
    return texts.count(f"rate.{rate.GRANULARITY.name}", rate.multiples, questions=texts.number(rate.amount))
