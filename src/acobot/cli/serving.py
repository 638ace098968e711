"""What serving needs of the machine: the address, taken before anything slow is done, and the log."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Literal, TypedDict

from rich.logging import RichHandler

from acobot.cli.bounded_log import Bounded
from acobot.cli.log_lines import JsonLines, TextLines
from acobot.cli.metering import counting_together, open_metrics, open_traces, telling_metrics
from acobot.cli.output import err, escape
from acobot.errors import AcobotError, IndexFault, MissingLibraryError, PortError
from acobot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from acobot.api.metrics import Metrics
    from acobot.assistant import Assistant

log = logging.getLogger(__name__)


class _Server(TypedDict):
    log_config: None
    access_log: bool
    server_header: bool


# The access log of uvicorn holds query strings, and so questions; ours does not.
_SERVER: _Server = {"log_config": None, "access_log": False, "server_header": False}


def listen(settings: Settings) -> socket.socket:
    """A socket on the address to serve on. Raises `PortError`."""
    return _listen(settings, settings.port, "choose another with --host and --port (or make serve PORT=…)")


def listen_for_metrics(settings: Settings) -> AbstractContextManager[socket.socket | None]:
    """A socket on the port that is only for /metrics, where there is to be one. Raises `PortError`."""
    port = settings.metrics_port
    return _listen(settings, port, "choose another in ACOBOT_METRICS_PORT") if port else nullcontext()


def _listen(settings: Settings, port: int, mend: str) -> socket.socket:
    listener: socket.socket | None = None
    try:
        family = socket.getaddrinfo(settings.host, port, type=socket.SOCK_STREAM)[0][0]
        # Told that it is TCP, asyncio sends at once: else a reply's body waits for a client to say that it has the
        # header, which clients put off for 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, port))
        listener.listen()
    except (OSError, UnicodeError) as error:  # the latter where the name of a host is no name
        if listener:
            listener.close()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PortError(
            f"cannot serve on {settings.host} port {port}: {reason}; stop what uses it, or {mend}"
        ) from None
    return listener


def find_preview(settings: Settings, named: str) -> str:
    """The id of the version to preview. Raises `UnknownVersionError`."""
    from acobot.index import Store

    store = Store(settings.index)
    return store.next_id() if named == "next" else store.find(named)


def run_alone(
    settings: Settings, listener: socket.socket, preview: str = "", scraped: socket.socket | None = None
) -> None:
    """Serves in this process until it is told to stop, the live version or a `preview` of another.

    Metrics are told to who asks on the socket `scraped`.

    Raises `IndexFault`, `ModelError` or `PackError`.
    """
    import uvicorn

    with err.status("Loading the model…"):
        metrics = open_metrics(settings)
        service = make_service(settings, preview, metrics)
    _say_ready(settings, preview)
    with telling_metrics(settings, scraped, metrics):
        uvicorn.Server(uvicorn.Config(service, **_SERVER, **limits())).run(sockets=[listener])


def run_workers(
    settings: Settings, listener: socket.socket, preview: str = "", scraped: socket.socket | None = None
) -> None:
    """Serves in processes that share the address, and in memory the files of index and model; a lost one is replaced.

    Metrics are told, for all of them, to who asks on the socket `scraped`.

    What they could not serve is said here, once: raises `IndexFault` or `ModelError`.
    """
    import uvicorn

    from acobot.cli.workers import Workers
    from acobot.encoder import ensure_exported, find_model
    from acobot.index import LiveVersion, open_store

    model = find_model(settings)
    LiveVersion(open_store(settings), model.digest, preview).get()
    ensure_exported(model)
    log_to_stderr(as_json=settings.log_format == "json")
    _say_ready(settings, preview)
    config = uvicorn.Config(
        partial(make_worker, settings, preview), factory=True, workers=settings.workers, **_SERVER, **limits()
    )
    with counting_together(settings), telling_metrics(settings, scraped):
        Workers(config, [listener]).run()


def make_service(settings: Settings, preview: str = "", metrics: Metrics | None = None) -> FastAPI:
    """The application, its model loaded, in a process that logs; `metrics` are made where there are none."""
    from acobot.api import create_app
    from acobot.assistant import open_assistant

    log_to_stderr(as_json=settings.log_format == "json")
    assistant = open_assistant(settings, preview)
    assistant.warm()
    return create_app(assistant, settings, metrics or open_metrics(settings), open_traces(settings))


def make_worker(settings: Settings, preview: str = "") -> FastAPI:
    """As `make_service`, for one of several processes. Whatever has become of the index, the others need it to live.

    Without a usable version it says so to whoever asks, and answers as soon as there is one.
    """
    from acobot.api import create_app
    from acobot.assistant import wait_for_version

    log_to_stderr(as_json=settings.log_format == "json")
    try:
        assistant = wait_for_version(settings, preview)
    except AcobotError as error:
        log.error("cannot serve: %s", error)  # noqa: TRY400
        raise SystemExit(1) from None
    try:
        assistant.warm()
    except IndexFault as error:
        log.error("cannot answer: %s", error)  # noqa: TRY400  the message is the point
    return create_app(assistant, settings, open_metrics(settings), open_traces(settings))


def _say_ready(settings: Settings, preview: str) -> None:
    by = f" with {settings.workers} workers" if settings.workers > 1 else ""
    what = f"a preview of version {preview}" if preview else "acobot"
    ready = f"{what} answers on {address(settings)}{by}"
    if settings.log_format == "json":
        log.info(ready)
    else:
        err.print(f"{escape(ready)} (stop it with Ctrl-C)")


def address(settings: Settings) -> str:
    """The address to open in a browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def require_mcp() -> None:
    """Raises `MissingLibraryError`, with the mend, where that of the Model Context Protocol is missing."""
    from acobot.api.mcp_server.transports import has_library

    if not has_library():
        raise MissingLibraryError("'acobot mcp'", "mcp")


def require_exporter(settings: Settings) -> None:
    """Raises `MissingLibraryError`, with the mend, where traces are asked for and what sends them is missing."""
    if settings.traces:
        from acobot.api.tracing import find_exporter

        find_exporter()


def serve_mcp(assistant: Assistant, settings: Settings) -> None:
    """Serves one client on standard input and output until it leaves."""
    import anyio

    from acobot.api import refreshing
    from acobot.api.mcp_server.transports import serve_stdio
    from acobot.languages import load_language

    async def serve() -> None:
        async with refreshing(assistant):
            await serve_stdio(assistant, load_language(settings.language), settings.public_url or address(settings))

    anyio.run(serve)


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
    """Settings of uvicorn's: how it takes connections. Whose word on the client is taken, the application knows."""

    http: type[asyncio.Protocol]
    ws: Literal["none"]
    loop: Literal["auto"]
    backlog: int
    proxy_headers: bool


def limits() -> Limits:
    """What bounds connections, whatever else is installed that uvicorn would take to."""
    from acobot.api.connections import BACKLOG, BoundedConnection

    # Nothing here speaks WebSocket; what does would be unbounded, and tells the log addresses with their questions.
    return Limits(http=BoundedConnection, ws="none", loop="auto", backlog=BACKLOG, proxy_headers=False)


def log_to_stderr(*, as_json: bool = False) -> None:
    """Sends the log to standard error, without what the libraries chat about."""
    on_terminal = err.is_terminal and not as_json
    handler = RichHandler(console=err, show_path=False, markup=False) if on_terminal else logging.StreamHandler()
    handler.addFilter(Bounded())
    handler.setFormatter(JsonLines() if as_json else TextLines(with_level=not on_terminal))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in ("sentence_transformers", "transformers", "httpx", "faiss"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("mcp").setLevel(logging.CRITICAL)  # its errors repeat what was sent, which may be a question
