"""How often a client may ask. Knows addresses and the clock, and no question."""

from __future__ import annotations

import math

from fastapi import Request
from limits import RateLimitItem, parse
from starlette.exceptions import HTTPException

from acobot.api.clients import MovingWindow, client_name
from acobot.languages import Catalogue

OFF = "off"


class RateLimit:
    """Called with a request, raises 429 with `Retry-After` where its client has asked too often; counts in memory."""

    def __init__(self, rate: str, texts: Catalogue) -> None:
        self._texts = texts
        self._rate = None if rate == OFF else parse(rate)
        self._window = MovingWindow(self._rate.amount, self._rate.get_expiry()) if self._rate else None

    def __call__(self, request: Request) -> None:
        if self._rate is None or self._window is None:
            return
        hit = self._window.hit(client_name(request.client.host if request.client else "unknown"))
        if hit.allowed:
            return
        seconds = max(1, math.ceil(hit.seconds))
        rate = _in_words(self._rate, self._texts)
        detail = self._texts.count("problem.rate-limited.more_than", seconds, rate=rate)
        raise HTTPException(429, detail, {"Retry-After": str(seconds)})


def _in_words(rate: RateLimitItem, texts: Catalogue) -> str:
    """How many questions in how much time."""
    return texts.count(f"rate.{rate.GRANULARITY.name}", rate.multiples, questions=texts.number(rate.amount))
