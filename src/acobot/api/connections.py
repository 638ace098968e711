"""What one connection may take: time for a header and for reading the reply, and a place among so many.

The body's time and size are `middleware.BodyLimit`'s. uvicorn alone closes a connection only where nothing at all comes
in after a reply: one that never asks, sends a byte now and then, or reads nothing would stay for ever.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import re
import resource
import struct
import termios
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from acobot.index import most_open

log = logging.getLogger(__name__)

HEADER_SECONDS = 10  # until a request's header is there, from the connection or the reply before
HEADER_BYTES = 64 * 1024
WRITE_SECONDS = 30  # in which a client reads something, where it lets us wait
WHOLE_SECONDS = 600  # in which it has read enough for us to write on, or all, however steadily it reads
MOST_UNREAD = 200 * 1024 * 1024  # bytes of replies that wait to be read, on all connections of a process together
BACKLOG = 64  # connections that are taken at once, before any can be closed
MOST_CONNECTIONS = 1000
_WORKING_FILES = 48  # descriptors for what answers: the corpus, in each thread
_SMALL, _MOST_SMALL = 64, 1000  # bytes of a small piece of a body, and how many may come: each costs as a large one
_HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
    b"X-Content-Type-Options: nosniff\r\n\r\n"
)


WATCHER = "connections"  # where the application's lifespan leaves who is told of connections
LATE, UNREAD, IDLE, FULL = "late", "unread", "idle", "full"  # why one was cut


class Watcher(Protocol):
    """Who is told of connections."""

    def opened(self) -> None:
        """One was opened."""

    def closed(self) -> None:
        """One was closed, by whomever."""

    def cut(self, reason: str) -> None:
        """One is closed on purpose."""


class BoundedConnection(H11Protocol):
    """A connection of uvicorn's that is closed where it keeps us waiting, or others need its place more."""

    most = 0  # connections of this process; 0: as many as its limit on open files allows
    header_seconds: float = HEADER_SECONDS
    write_seconds: float = WRITE_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    most_unread = MOST_UNREAD

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn = _StrictParser(h11.SERVER, HEADER_BYTES)
        self._giving_up: asyncio.TimerHandle | None = None
        self._aborting: asyncio.TimerHandle | None = None
        self.most = self.most or _most()
        self.since = self.unread_since = self._last = self.loop.time()
        self._unread = 0
        self._watcher: Watcher | None = self.app_state.get(WATCHER)

    @property
    def is_busy(self) -> bool:
        """Whether a request is at work, whose header came in whole."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def keeps_us_waiting(self) -> bool:
        """Whether it asks nothing, or the body of what it asks is not there yet, or it does not read the reply."""
        return not self.is_busy or self.flow.write_paused or bool(self.cycle and self.cycle.more_body)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes the connection, or turns it away where all others are busy."""
        super().connection_made(transport)
        if self._watcher:
            self._watcher.opened()
        if len(self.connections) > self.most and not self._make_room():
            self._tell_cut(FULL)
            transport.write(_BUSY)
            transport.close()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the timers with the connection."""
        for timer in (self._giving_up, self._aborting, self.timeout_keep_alive_task):
            if timer:
                timer.cancel()
        if self._watcher:
            self._watcher.closed()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Reads what came in; a header that is whole stops the clock, a part of one does not."""
        super().handle_events()
        self._watch()

    def on_response_complete(self) -> None:
        """Starts the clock for the next request."""
        super().on_response_complete()
        self.since = self.loop.time()
        self._watch()

    def pause_writing(self) -> None:
        """The client does not read as fast as we write."""
        super().pause_writing()
        self.unread_since = self.loop.time()
        self._abort_later()
        self._free_memory()

    def resume_writing(self) -> None:
        """The client reads on; where we are closing, it has as long once more, and for the rest."""
        super().resume_writing()
        if self.transport.is_closing():
            self._abort_later()
        elif self._aborting:
            self._aborting.cancel()

    def _watch(self) -> None:
        if self.is_busy:
            if self._giving_up:
                self._giving_up.cancel()
                self._giving_up = None
        elif self._giving_up is None:
            self._giving_up = self.loop.call_later(self.header_seconds, self._give_up)

    def _give_up(self) -> None:
        if self.transport.get_write_buffer_size():  # a reply that is still read, or never
            self._abort_later()
        elif not self.transport.is_closing():
            self._tell_cut(LATE)
        self.transport.close()

    def _abort_later(self) -> None:
        """Starts to wait for what is written to be read."""
        self._last = self.loop.time() + self.whole_seconds
        self._wait()

    def _wait(self) -> None:
        if self._aborting:
            self._aborting.cancel()
        self._unread = self._left()
        seconds = min(self.write_seconds, self._last - self.loop.time())
        self._aborting = self.loop.call_later(seconds, self._go_on_or_abort)

    def _go_on_or_abort(self) -> None:
        if self._left() < self._unread and self.loop.time() < self._last:
            self._wait()
            return
        self._tell_cut(UNREAD)
        self.transport.abort()

    def _left(self) -> int:
        """Bytes that the client has not taken in yet: here, and with the system, which holds megabytes."""
        waiting = self.transport.get_write_buffer_size()
        with suppress(OSError, ValueError):  # not every system tells it, nor of a connection that is closed
            if connected := self.transport.get_extra_info("socket"):
                told = fcntl.ioctl(connected.fileno(), termios.TIOCOUTQ, bytes(struct.calcsize("i")))
                waiting += struct.unpack("i", told)[0]
        return waiting

    def _tell_cut(self, reason: str) -> None:
        if self._watcher:
            self._watcher.cut(reason)

    def _free_memory(self) -> None:
        """Cuts others that read nothing, the one that stopped first before the rest, until what is unread fits in."""
        others = [one for one in self.connections if isinstance(one, BoundedConnection) and one is not self]
        waiting = self.transport.get_write_buffer_size() + sum(one.transport.get_write_buffer_size() for one in others)
        paused = (one for one in others if one.flow.write_paused)
        for one in sorted(paused, key=lambda one: one.unread_since):
            if waiting <= self.most_unread:
                return
            waiting -= one.transport.get_write_buffer_size()
            self._tell_cut(UNREAD)
            one.transport.abort()

    def _make_room(self) -> bool:
        """Closes the connection that has kept us waiting for longest; gives whether there is a place now."""
        others = [one for one in self.connections if isinstance(one, BoundedConnection) and one is not self]
        still_open = [one for one in others if not one.transport.is_closing()]
        if len(still_open) < self.most:
            return True
        log.warning("%d connections are open, so those that keep us waiting are closed", len(still_open))
        idle = min((one for one in still_open if one.keeps_us_waiting), key=lambda one: one.since, default=None)
        if idle:
            self._tell_cut(IDLE)
            idle.transport.abort()
        return idle is not None


@lru_cache(maxsize=1)
def _most() -> int:
    """As many as may be open at once so that files can be opened beside them; counted with the first connection."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    used = sum(1 for _ in Path("/proc/self/fd").iterdir()) if Path("/proc/self/fd").is_dir() else 32
    working = _WORKING_FILES + 2 * most_open()  # those of the version before are let go of a little later
    return max(8, min(MOST_CONNECTIONS, limit - used - BACKLOG - working))


class _StrictParser(h11.Connection):
    """Refuses what could be read in two ways, and bodies in crumbs; uvicorn tells the client that it is no request."""

    _small = 0

    def next_event(self) -> Any:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._small = 0
            _check(event)
        if isinstance(event, h11.Data):
            self._small += len(event.data) < _SMALL
            if self._small > _MOST_SMALL:
                raise h11.RemoteProtocolError("a body in too many small pieces")
        return event


def _check(request: h11.Request) -> None:
    """Raises `h11.RemoteProtocolError` for a length given twice, or a host that is none."""
    headers = dict(request.headers)
    if b"content-length" in headers and b"transfer-encoding" in headers:
        raise h11.RemoteProtocolError("both Content-Length and Transfer-Encoding")
    if b"host" in headers and not _HOST.fullmatch(headers[b"host"]):
        raise h11.RemoteProtocolError("a host that is none")
