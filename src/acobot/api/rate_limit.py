"""How often a client may ask. Knows addresses and the clock, and no question."""

from __future__ import annotations

import math
import time

from fastapi import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException

OFF = "off"


class RateLimit:
    """Called with a request, raises 429 with `Retry-After` where its client has asked too often; counts in memory."""

    def __init__(self, rate: str) -> None:
        self._rate = None if rate == OFF else parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def __call__(self, request: Request) -> None:
        client = request.client.host if request.client else "unknown"
        if self._rate is None or self._limiter.hit(self._rate, client):
            return
        reset = self._limiter.get_window_stats(self._rate, client).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        unit = "second" if seconds == 1 else "seconds"
        detail = f"more than {self._rate} from one client; ask again in {seconds} {unit}"
        raise HTTPException(429, detail, {"Retry-After": str(seconds)})
