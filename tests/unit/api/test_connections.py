from __future__ import annotations

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from acobot.api.connections import BACKLOG, FULL, IDLE, LATE, UNREAD, WATCHER, BoundedConnection, _most
from acobot.index import most_open

ASK = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LONG_ASK = ASK.replace(b"/ ", b"/long ", 1)
LONG = 30_000_000  # more than sockets take in at once
SECONDS = 0.3  # in place of what a connection may take


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body and replies "ok", or at great length, or after a while."""
    while (await receive()).get("more_body"):
        pass
    await asyncio.sleep(1 if scope["path"] == "/slow" else 0)
    body = b"x" * LONG if scope["path"] == "/long" else b"ok"
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]}
    await send(start)
    half = len(body) // 2  # in two pieces, as a stream is sent
    await send({"type": "http.response.body", "body": body[:half], "more_body": True})
    await send({"type": "http.response.body", "body": body[half:]})


class Told:
    """Keeps what it is told of connections."""

    def __init__(self) -> None:
        self.open = self.opened_ever = 0
        self.reasons: list[str] = []

    def opened(self) -> None:
        self.open += 1
        self.opened_ever += 1

    def closed(self) -> None:
        self.open -= 1

    def cut(self, reason: str) -> None:
        self.reasons.append(reason)


@contextmanager
def serving(patience: float, limit: int = 100, told: Told | None = None) -> Iterator[tuple[str, int]]:
    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            scope["state"][WATCHER] = told
            for stage in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{stage}.complete"})
        else:
            await app(scope, receive, send)

    class Connection(BoundedConnection):
        most = limit
        header_seconds = write_seconds = patience

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(watched, http=Connection, loop="asyncio", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def quick() -> Iterator[tuple[str, int]]:
    """A server whose patience is short."""
    with serving(SECONDS) as address:
        yield address


def say(address: tuple[str, int], *parts: bytes) -> bytes:
    """What is replied until the connection is closed, or until nothing comes for a while."""
    with socket.create_connection(address, timeout=2) as client:
        for part in parts:
            client.sendall(part)
        return read(client)


def read(client: socket.socket) -> bytes:
    client.settimeout(2)
    said = b""
    while part := client.recv(65536):
        said += part
    return said


def test_what_asks_is_answered(quick: tuple[str, int]) -> None:
    assert say(quick, ASK).endswith(b"\r\n\r\nok")
    assert say(quick, ASK, ASK).count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize("sent", [b"", b"GET / HT", ASK[:-2], ASK + b"GET"])
def test_what_does_not_ask_is_closed(quick: tuple[str, int], sent: bytes) -> None:
    started = time.monotonic()
    say(quick, sent)  # fails where it is not closed
    assert time.monotonic() - started < 2


def test_a_byte_now_and_then_wins_no_time(quick: tuple[str, int]) -> None:
    started = time.monotonic()
    with socket.create_connection(quick, timeout=2) as client, suppress(OSError):
        while time.monotonic() - started < 2:
            client.sendall(b"G")
            time.sleep(SECONDS / 3)
    assert time.monotonic() - started < 2


def test_the_rest_of_a_body_is_not_waited_for_once_all_is_said(quick: tuple[str, int]) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
    assert say(quick, head).endswith(b"ok")


def test_who_reads_nothing_is_given_up(quick: tuple[str, int]) -> None:
    with socket.create_connection(quick, timeout=2) as client:
        client.sendall(LONG_ASK)
        time.sleep(SECONDS * 4)
        came = 0
        with suppress(ConnectionResetError):
            while part := client.recv(65536):
                came += len(part)
        assert came < LONG


def test_who_reads_slowly_gets_all_of_a_reply(quick: tuple[str, int]) -> None:
    came = 0
    with socket.create_connection(quick, timeout=2) as client:
        client.sendall(LONG_ASK)
        started = time.monotonic()
        with suppress(ConnectionResetError):
            while came < LONG and (part := client.recv(LONG // 200, socket.MSG_WAITALL)):
                came += len(part)
                time.sleep(SECONDS / 40)
    assert came >= LONG
    assert time.monotonic() - started > 3 * SECONDS  # than what it would have if it did not read


class Closing(asyncio.Transport):
    """A connection that is being closed, with bytes that are not read yet."""

    aborted = False

    def is_closing(self) -> bool:
        return True

    def get_write_buffer_size(self) -> int:
        return 1

    def close(self) -> None:
        """It is, already."""

    def abort(self) -> None:
        self.aborted = True


def test_who_never_reads_the_last_bytes_is_given_up_though_it_read_on() -> None:
    class Connection(BoundedConnection):
        write_seconds = SECONDS

    async def left() -> bool:
        config = uvicorn.Config(app, loop="asyncio", log_config=None)
        connection = Connection(config, ServerState(), {}, asyncio.get_running_loop())
        transport = Closing()
        connection.connection_made(transport)
        connection.pause_writing()
        connection.resume_writing()
        await asyncio.sleep(2 * SECONDS)
        return transport.aborted

    with ThreadPoolExecutor(1) as pool:  # a browser's tests leave a running loop in this thread
        assert pool.submit(asyncio.run, left()).result()


class Trickling(Closing):
    """A connection of which a byte is read whenever somebody looks."""

    left = 1_000_000

    def get_write_buffer_size(self) -> int:
        self.left -= 1
        return self.left


def test_who_reads_a_byte_now_and_then_is_given_up_too() -> None:
    class Connection(BoundedConnection):
        write_seconds, whole_seconds = SECONDS / 3, SECONDS

    async def aborted() -> list[bool]:
        config = uvicorn.Config(app, loop="asyncio", log_config=None)
        connection = Connection(config, ServerState(), {}, asyncio.get_running_loop())
        transport = Trickling()
        connection.connection_made(transport)
        connection.pause_writing()
        found = []
        for _ in range(2):
            await asyncio.sleep(SECONDS * 2 / 3)
            found.append(transport.aborted)
        return found

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, aborted()).result() == [False, True]


class Holding(Closing):
    """A connection with so many bytes that are not read yet."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return 0 if self.aborted else self.size


@pytest.mark.parametrize(
    ("sizes", "cut"),
    [((40, 40), ""), ((40, 40, 40), "0"), ((40, 40, 99), "01"), ((10, 40, 60), "0"), ((101,), ""), ((101, 1), "0")],
)
def test_replies_that_nobody_reads_fill_no_memory_and_those_that_paused_first_go(
    sizes: tuple[int, ...], cut: str
) -> None:
    class Connection(BoundedConnection):
        most_unread = 100

    async def left() -> str:
        config, state = uvicorn.Config(app, loop="asyncio", log_config=None), ServerState()
        transports = [Holding(size) for size in sizes]
        for transport in transports:
            connection = Connection(config, state, {}, asyncio.get_running_loop())
            connection.connection_made(transport)
            connection.pause_writing()
            await asyncio.sleep(0.001)
        return "".join(str(place) for place, one in enumerate(transports) if one.aborted)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, left()).result() == cut


@pytest.mark.parametrize(
    "begun", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na", LONG_ASK]
)
def test_those_who_keep_us_waiting_make_room_for_those_who_ask(begun: bytes) -> None:
    with serving(60, limit=5) as address:
        idle = [socket.create_connection(address) for _ in range(20)]
        try:
            for one in idle:
                with suppress(OSError):  # it was closed already
                    one.sendall(begun)
            time.sleep(SECONDS)
            for _ in range(3):
                with socket.create_connection(address, timeout=2) as client:
                    client.sendall(ASK)
                    assert client.recv(12) == b"HTTP/1.1 200"
        finally:
            for one in idle:
                one.close()


POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        CHUNKED + b"Content-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        CHUNKED + b"\r\n" + b"1\r\nx\r\n" * 5000,
        b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: <script>\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(quick: tuple[str, int], request_: bytes) -> None:
    assert say(quick, request_).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("host", [b"example.org", b"127.0.0.1:8000", b"[::1]:8000", b"a_b.local"])
def test_hosts_as_they_are(quick: tuple[str, int], host: bytes) -> None:
    assert say(quick, b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_body_in_pieces_of_a_usual_size_is_read(quick: tuple[str, int]) -> None:
    body = b"".join(b"400\r\n" + b"x" * 1024 + b"\r\n" for _ in range(50))
    assert say(quick, CHUNKED + b"\r\n" + body + b"0\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_who_watches_is_told_of_each_connection_and_why_it_was_cut() -> None:
    told = Told()
    with serving(SECONDS, told=told) as address:
        say(address, b"GET / HT")
        assert told.reasons == [LATE]
        assert say(address, ASK.replace(b"a\r\n", b"a\r\nConnection: close\r\n")).endswith(b"ok")
        assert told.reasons == [LATE]  # the client wanted that one closed
        with socket.create_connection(address, timeout=2) as client:
            client.sendall(ASK.replace(b"/ ", b"/long ", 1))
            time.sleep(SECONDS * 4)
        assert told.reasons == [LATE, UNREAD]
    assert (told.open, told.opened_ever) == (0, 3)


def test_who_watches_is_told_where_places_run_out() -> None:
    told = Told()
    with serving(5, limit=2, told=told) as address, ExitStack() as opened:
        for _ in range(3):
            opened.enter_context(socket.create_connection(address, timeout=2))
        until = time.monotonic() + 2
        while told.reasons != [IDLE] and time.monotonic() < until:
            time.sleep(0.01)
        assert told.reasons == [IDLE]
    told = Told()
    with serving(5, limit=1, told=told) as address, socket.create_connection(address, timeout=2) as busy:
        busy.sendall(ASK.replace(b"/ ", b"/slow ", 1))
        time.sleep(0.2)
        assert say(address).startswith(b"HTTP/1.1 503 ")
        assert told.reasons == [FULL]
        assert busy.recv(9) == b"HTTP/1.1 "


@pytest.mark.parametrize("limit", [256, 1024, 4096])
def test_connections_leave_room_for_the_files_that_answers_are_read_from(limit: int) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, before[1]))
    _most.cache_clear()
    try:
        most, files = _most(), most_open()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        _most.cache_clear()
    assert 8 <= most <= limit - BACKLOG - 2 * files
    assert files in (limit // 8, 128)
