"""Metrics and traces as `acobot serve` has them: where the settings ask for them, the former on a port of their own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from acobot.settings import Settings

if TYPE_CHECKING:
    from acobot.api.metrics import Metrics
    from acobot.api.tracing import Traces

MOST_SCRAPERS = 16  # connections; nobody but a Prometheus or two has business there
STOP_SECONDS = 5


def open_metrics(settings: Settings) -> Metrics | None:
    """What this process counts into, where anything is to be counted."""
    if not settings.counts:
        return None
    from acobot.api.metrics import Metrics

    return Metrics()


def open_traces(settings: Settings) -> Traces | None:
    """What this process sends traces by, where there are to be any. Raises `MissingLibraryError`."""
    if not settings.traces:
        return None
    from acobot.api.tracing import Traces, send_to

    return Traces(send_to(settings.traces))


def counting_together(settings: Settings) -> AbstractContextManager[None]:
    """Meanwhile, processes that are started count together. Before this, nothing may have been counted."""
    if not settings.counts:
        return nullcontext()
    from acobot.api.metrics import several_processes

    return several_processes()


@contextmanager
def telling_metrics(
    settings: Settings, listener: socket.socket | None, metrics: Metrics | None = None
) -> Iterator[None]:
    """Meanwhile, /metrics can be read on the listener, if there is one, from a thread that does nothing else."""
    if listener is None:
        yield
        return
    import uvicorn
    from starlette.applications import Starlette

    from acobot.api.connections import BoundedConnection
    from acobot.api.metrics import endpoint

    class Scraping(BoundedConnection):
        """A connection of a few."""

        most = MOST_SCRAPERS

    app = Starlette(routes=[endpoint(settings.index, settings.metrics_token, metrics)])
    config = uvicorn.Config(
        app,
        http=Scraping,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(STOP_SECONDS)
