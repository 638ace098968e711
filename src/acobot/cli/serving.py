"""What serving needs of the machine: the address, taken before anything slow is done, and the log."""

from __future__ import annotations

import logging
import socket
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from rich.logging import RichHandler

from acobot.cli.output import err, escape
from acobot.errors import PortError
from acobot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


class _Server(TypedDict):
    log_config: None
    access_log: bool
    server_header: bool


WARMING = "Is the index ready?"
# The access log of uvicorn holds query strings, and so questions; ours does not.
_SERVER: _Server = {"log_config": None, "access_log": False, "server_header": False}


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


def run_alone(settings: Settings, listener: socket.socket) -> None:
    """Serves in this process until it is told to stop. Raises `IndexFault`, `ModelError` or `PackError`."""
    import uvicorn

    with err.status("Loading the model…"):
        service = make_service(settings)
    _say_ready(settings)
    uvicorn.Server(uvicorn.Config(service, **_SERVER)).run(sockets=[listener])


def run_workers(settings: Settings, listener: socket.socket) -> None:
    """Serves in processes that share the address, and in memory the files of index and model; a lost one is replaced.

    What they could not serve is said here, once: raises `IndexFault` or `ModelError`.
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from acobot.encoder import ensure_exported, find_model
    from acobot.index import open_store

    model = find_model(settings)
    open_store(settings).open_current().check_model(model.digest)
    ensure_exported(model)
    log_to_stderr()
    _say_ready(settings)
    config = uvicorn.Config(partial(make_service, settings), factory=True, workers=settings.workers, **_SERVER)
    Multiprocess(config, [listener]).run()


def make_service(settings: Settings) -> FastAPI:
    """The application, its model loaded, in a process that logs."""
    from acobot.api import create_app
    from acobot.assistant import open_assistant

    log_to_stderr()
    assistant = open_assistant(settings)
    assistant.ask(WARMING)  # what is only loaded with a first question is loaded before anybody waits for it
    return create_app(assistant, settings)


def _say_ready(settings: Settings) -> None:
    by = f" with {settings.workers} workers" if settings.workers > 1 else ""
    err.print(f"acobot answers on {escape(address(settings))}{by} (stop it with Ctrl-C)")


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
