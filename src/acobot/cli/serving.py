"""What serving needs of the machine: the address, taken before anything slow is done, and the log."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from typing import Literal, TypedDict

from rich.logging import RichHandler

from acobot.cli.bounded_log import Bounded
from acobot.cli.output import err
from acobot.errors import PortError
from acobot.settings import Settings


def listen(settings: Settings) -> socket.socket:
    """A socket on the address to serve on. Raises `PortError`."""
    listener: socket.socket | None = None
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen()
    except (OSError, UnicodeError) as error:  # the latter where the name of a host is no name
        if listener:
            listener.close()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PortError(
            f"cannot serve on {settings.host} port {settings.port}: {reason}; "
            "stop what uses it, or choose another with --host and --port (or make serve PORT=…)"
        ) from None
    return listener


def address(settings: Settings) -> str:
    """The address to open in a browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def wait_for_index(settings: Settings, look_again: float = 0.5) -> None:
    """Waits for the index of a build that is at work elsewhere. Raises `NoIndexError` where that ends without one."""
    from filelock import FileLock, Timeout

    from acobot.index import open_store

    err.print("Another build is at work; waiting for its index.")
    store = open_store(settings)
    while not store.live_id():
        try:
            with FileLock(settings.index / "lock", timeout=0):
                store.current_id()
        except Timeout:
            time.sleep(look_again)


class Limits(TypedDict):
    """Settings of uvicorn's: how it takes connections, and whose word on the client's address it takes."""

    http: type[asyncio.Protocol]
    loop: Literal["asyncio"]
    backlog: int
    proxy_headers: bool
    forwarded_allow_ips: list[str]


def limits(settings: Settings) -> Limits:
    """What bounds connections, whatever else is installed that uvicorn would take to."""
    from acobot.api.connections import BACKLOG, bounded_connections

    proxies = list(settings.trusted_proxies)
    return Limits(
        http=bounded_connections(),
        loop="asyncio",
        backlog=BACKLOG,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
    )


def log_to_stderr() -> None:
    """Sends the log to standard error, without what the libraries chat about."""
    handler = RichHandler(console=err, show_path=False, markup=False) if err.is_terminal else logging.StreamHandler()
    handler.addFilter(Bounded())
    logging.basicConfig(
        level=logging.INFO, format="%(message)s" if err.is_terminal else "%(levelname)s %(message)s", handlers=[handler]
    )
    for noisy in ("sentence_transformers", "transformers", "httpx", "faiss"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
