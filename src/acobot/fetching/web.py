"""One GET after another, as a polite visitor makes them: robots.txt is heeded, sizes and times are bounded.

A redirect is followed to where the same holds. An address of a private network is refused, unless it is allowed: the
host's number is looked up once and that very number is connected to, so that it cannot be another one by then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from acobot import __version__
from acobot.fetching.network import UnreachableError, public_number
from acobot.fetching.robots import Robots

NAME = "acobot"  # by which a robots.txt calls us
AGENT = f"{NAME}/{__version__}"
STALLED = 15.0  # seconds without a byte
LONGEST = 60.0  # seconds for one address, all its redirects together
MOST_REDIRECTS = 5
MOST_ROBOTS = 500_000  # bytes of a robots.txt that are heeded, as its standard says
LONGEST_DELAY = 10.0  # seconds between two visits to a host: of longer ones so many are kept
_OK, _UNCHANGED, _FAILING = 200, 304, 500
_MOVED_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said of its version of a page when it was fetched last."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: its bytes, its kind as the server says it, and where it has moved for good ("" for not)."""

    raw: bytes
    kind: str
    seen: Seen
    moved: str = ""


class Web:
    """A visitor of one run, who remembers each host's robots.txt and when it was there last."""

    def __init__(self, *, most_bytes: int, private: bool, sleep: Callable[[float], None] = time.sleep) -> None:
        self._most_bytes = most_bytes
        self._private = private
        self._sleep = sleep
        # A proxy looks hosts up itself, so that private ones could not be told.
        self._client = httpx.Client(timeout=STALLED, trust_env=private, headers={"User-Agent": AGENT})
        self._robots: dict[str, Robots] = {}
        self._visited: dict[str, float] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: str, seen: Seen) -> Page | None:
        """What is at an address; None where it is what was seen. Raises `UnreachableError`."""
        ends = time.monotonic() + LONGEST
        here, moved, for_good = httpx.URL(url), "", True
        for _ in range(MOST_REDIRECTS + 1):
            self._ask_robots(here, ends)
            response = self._send(here, _conditions(seen), self._most_bytes, ends)
            if response.status == _UNCHANGED and _conditions(seen):
                return None
            if not response.to:
                return _page(response, moved)
            here = here.join(response.to)
            if here.scheme not in {"http", "https"} or not here.host:
                raise UnreachableError(f"it leads to {str(here)!r}, which is no web page; give another address")
            for_good = for_good and response.status in _MOVED_FOR_GOOD
            moved = str(here) if for_good else moved
        raise UnreachableError(f"it leads on more than {MOST_REDIRECTS} times; give the address that it ends at")

    def _ask_robots(self, url: httpx.URL, ends: float) -> None:
        origin = f"{url.scheme}://{url.netloc.decode()}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(url, ends)
        robots = self._robots[origin]
        if not robots.allows(str(url)):
            reason = "the site's robots.txt asks not to fetch it"
            raise UnreachableError(f"{reason}; ask its owner, or save the page yourself")
        delay = min(robots.delay, LONGEST_DELAY)
        since = time.monotonic() - self._visited.get(origin, -LONGEST_DELAY)
        if since < delay:
            self._sleep(delay - since)
        self._visited[origin] = time.monotonic()

    def _read_robots(self, url: httpx.URL, ends: float) -> Robots:
        """The site's rules; a site that has none allows everything, one that fails to say allows nothing."""
        place = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        for _ in range(MOST_REDIRECTS + 1):
            response = self._send(place, {}, MOST_ROBOTS, ends, cut=True)
            if not response.to:
                break
            place = place.join(response.to)
        if response.status >= _FAILING or response.to:
            reason = f"the site's robots.txt cannot be read (it answers {response.status})"
            raise UnreachableError(f"{reason}; try again later")
        return Robots(response.raw.decode(errors="replace") if response.status == _OK else "", NAME)

    def _send(self, url: httpx.URL, headers: dict[str, str], most: int, ends: float, *, cut: bool = False) -> _Response:
        """One request; its answer's bytes up to `most`, beyond which they are `cut` or refused."""
        request = self._request(url, headers)
        try:
            response = self._client.send(request, stream=True)
            try:
                return _read(response, most, ends, cut=cut)
            finally:
                response.close()
        except httpx.TimeoutException:
            reason = f"{url.host} does not answer within {STALLED:.0f} seconds"
            raise UnreachableError(f"{reason}; try again later") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:  # the last: a redirect to no host
            said = " ".join(str(error).split()) or type(error).__name__
            raise UnreachableError(f"{url.host} cannot be reached ({said}); check the address, or try later") from None

    def _request(self, url: httpx.URL, headers: dict[str, str]) -> httpx.Request:
        if self._private:
            return self._client.build_request("GET", url, headers=headers)
        number = public_number(url.host, url.port or (443 if url.scheme == "https" else 80))
        headers = {**headers, "Host": url.netloc.decode()}
        return self._client.build_request(
            "GET", url.copy_with(host=number), headers=headers, extensions={"sni_hostname": url.host}
        )


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    raw: bytes
    headers: httpx.Headers
    to: str = ""  # where it leads on


def _read(response: httpx.Response, most: int, ends: float, *, cut: bool) -> _Response:
    to = response.headers.get("location", "") if response.has_redirect_location else ""
    parts: list[bytes] = []
    size = 0
    for part in () if to else response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > most and cut:
            break
        if size > most:
            reason = f"it is too big (more than {most:,} bytes)"
            raise UnreachableError(f"{reason}; give a smaller page, or raise ACOBOT_MAX_SOURCE_BYTES")
        if time.monotonic() > ends:
            raise UnreachableError(f"it takes longer than {LONGEST:.0f} seconds; try again later, or save it yourself")
    return _Response(response.status_code, b"".join(parts)[: most if cut else None], response.headers, to)


def _conditions(seen: Seen) -> dict[str, str]:
    """Headers that ask for a page only if it has changed."""
    headers = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in headers.items() if value}


def _page(response: _Response, moved: str) -> Page:
    if response.status != _OK:
        gone = response.status in {404, 410}
        mend = "take the line out, or give its new address" if gone else "open it in a browser, or try again later"
        raise UnreachableError(f"the server answers {response.status}; {mend}")
    if not response.raw.strip():
        raise UnreachableError("there is nothing in it; open it in a browser, or give another address")
    seen = Seen(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
    return Page(response.raw, response.headers.get("content-type", ""), seen, moved)
