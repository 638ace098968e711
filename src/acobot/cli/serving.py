"""What serving needs of the machine: the address, taken before anything slow is done, and the log."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

from rich.logging import RichHandler

from acobot.cli.output import err
from acobot.errors import PortError, SettingsError
from acobot.settings import Settings

if TYPE_CHECKING:
    from acobot.assistant import Assistant


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


def require_mcp() -> None:
    """Raises `SettingsError`, with the mend, where the library of the Model Context Protocol is missing."""
    from acobot.api.mcp_server.transports import has_library

    if not has_library():
        raise SettingsError("'acobot mcp' needs mcp, which is not installed; run: pip install 'acobot[mcp]'")


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


def log_to_stderr() -> None:
    """Sends the log to standard error, without what the libraries chat about."""
    handler = RichHandler(console=err, show_path=False, markup=False) if err.is_terminal else logging.StreamHandler()
    logging.basicConfig(
        level=logging.INFO, format="%(message)s" if err.is_terminal else "%(levelname)s %(message)s", handlers=[handler]
    )
    for noisy in ("sentence_transformers", "transformers", "httpx", "faiss"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("mcp").setLevel(logging.CRITICAL)  # its errors repeat what was sent, which may be a question
