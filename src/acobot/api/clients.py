"""Who asked how often lately: a moving window a client, bounded in time and memory. Knows addresses and a clock."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock

MOST_CLIENTS = 100_000  # some 20 MB; of more, those that asked longest ago are forgotten
_NETWORK = 64  # bits of an IPv6 address that a provider gives to one customer
_NAME = 64  # characters of what is no address


@dataclass(frozen=True, slots=True)
class Hit:
    """Whether a question was allowed, how many more are, and in how many seconds the next one is free again."""

    allowed: bool
    left: int
    seconds: float


class MovingWindow:
    """Allows each client `most` hits in any `seconds`; safe to use from several threads.

    The clock must not be set back, as time.monotonic is not.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._hits: OrderedDict[str, list[float]] = OrderedDict()  # in order of the last hit that was allowed
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._hits)

    def hit(self, client: str) -> Hit:
        """Counts a hit, unless there were too many; one that is refused does not count."""
        with self._lock:
            now = self._clock()
            self._forget(now - self._seconds)
            hits = self._hits.setdefault(client, [])
            del hits[: bisect_right(hits, now - self._seconds)]
            allowed = len(hits) < self._most
            if allowed:
                hits.append(now)
                self._hits.move_to_end(client)
            return Hit(allowed, self._most - len(hits), hits[0] + self._seconds - now)

    def take_back(self, client: str) -> None:
        """The last hit of a client does not count after all."""
        with self._lock:
            if hits := self._hits.get(client, []):
                hits.pop()
            if not hits:
                self._hits.pop(client, None)

    def _forget(self, before: float) -> None:
        """Drops clients without a hit since then, and the oldest of too many: each costs once, when it goes."""
        while self._hits:
            client, hits = next(iter(self._hits.items()))
            if hits[-1] > before and len(self._hits) < MOST_CLIENTS:
                return
            del self._hits[client]


def client_name(host: str) -> str:
    """What counts as one client: an IPv4 address, or the network of an IPv6 one, whose addresses are one customer's."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:_NAME]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> (128 - _NETWORK) << (128 - _NETWORK)))
