"""Where metrics can be read: one page of text, for this process or added up over all that serve."""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from acobot.api.metrics.index import IndexCollector

if TYPE_CHECKING:
    from acobot.api.metrics.counting import Metrics

PATH = "/metrics"
_SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the library's own variable: where processes lay down what they count


@contextmanager
def several_processes() -> Iterator[None]:
    """Meanwhile, processes that are started count into one folder, which goes afterwards."""
    with TemporaryDirectory(prefix="acobot-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[_SHARED] = folder
        try:
            yield
        finally:
            del os.environ[_SHARED]


def endpoint(index: Path, token: str, metrics: Metrics | None = None) -> Route:
    """The page, for those who send the token, if there is one; for others nothing is there.

    `metrics` are those of this process; where several serve, theirs are read from where they lay them down.
    """
    return Route(PATH, _Endpoint(_collecting(index, metrics), token), methods=["GET"])


class _Endpoint:
    def __init__(self, collect: Callable[[], bytes], token: str) -> None:
        self._collect = collect
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scheme, _, given = Request(scope).headers.get("authorization", "").partition(" ")
        known = hmac.compare_digest(given.strip().encode("latin-1"), self._token) and scheme.lower() == "bearer"
        if self._token and not known:
            raise HTTPException(404)
        text = await asyncio.to_thread(self._collect)
        await Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})(scope, receive, send)


def _collecting(index: Path, metrics: Metrics | None) -> Callable[[], bytes]:
    of_index = CollectorRegistry()
    of_index.register(IndexCollector(index))

    def collect() -> bytes:
        shared = os.environ.get(_SHARED)
        if shared:
            _forget_dead(Path(shared))
            counted = CollectorRegistry()
            MultiProcessCollector(counted, shared)  # type: ignore[no-untyped-call]
        else:
            counted = metrics.registry if metrics else CollectorRegistry()
        return generate_latest(counted) + generate_latest(of_index)

    return collect


def _forget_dead(folder: Path) -> None:
    """What processes that died had open or at work is no more; what they had counted stays."""
    for path in folder.glob("gauge_live*.db"):
        pid = int(path.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)  # sends nothing, and fails where nobody is there
        except ProcessLookupError:
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
