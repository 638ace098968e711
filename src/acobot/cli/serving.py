"""What serving needs of the machine: the address, taken before anything slow is done, and the log."""

from __future__ import annotations

import logging
import socket

from rich.logging import RichHandler

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


def find_preview(settings: Settings, named: str) -> str:
    """The id of the version to preview. Raises `UnknownVersionError`."""
    from acobot.index import Store

    store = Store(settings.index)
    return store.next_id() if named == "next" else store.find(named)


def address(settings: Settings) -> str:
    """The address to open in a browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def log_to_stderr() -> None:
    """Sends the log to standard error, without what the libraries chat about."""
    handler = RichHandler(console=err, show_path=False, markup=False) if err.is_terminal else logging.StreamHandler()
    logging.basicConfig(
        level=logging.INFO, format="%(message)s" if err.is_terminal else "%(levelname)s %(message)s", handlers=[handler]
    )
    for noisy in ("sentence_transformers", "transformers", "httpx", "faiss"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
