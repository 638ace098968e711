"""`acobot serve` as a process of its own: once over the shipped sources for all tests that ask for `service`.

A test module has it by `pytest_plugins = ["tests.service"]`.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.paths import MODELS, REPOSITORY

WAIT_SECONDS = 240
# Tests may ask for others, as a proxy does, so that each is a client of its own.
USUAL = {"rate_limit": "off", "trusted_proxies": "127.0.0.1"}


class Service:
    """Where it listens, what it answers from, and the lines that it has logged so far."""

    def __init__(self, host: str, port: int, index: Path) -> None:
        self.index = index
        self.host = host
        self.port = port
        self.address = f"http://{host}:{port}"
        self.log: list[str] = []
        self.ended = False
        self._news = threading.Condition()

    def listen(self, lines: Iterable[str]) -> None:
        """Takes the log in until the process ends."""
        for line in lines:
            with self._news:
                self.log.append(line)
                self._news.notify_all()
        with self._news:
            self.ended = True
            self._news.notify_all()

    def wait_for(self, words: str, seconds: float) -> None:
        """Waits until a line of the log holds the words; fails with the log where none comes."""
        with self._news:
            self._news.wait_for(lambda: self.ended or self._has(words), seconds)
            assert self._has(words), "".join(self.log)

    def _has(self, words: str) -> bool:
        return any(words in line for line in self.log)


def free_address() -> tuple[str, int]:
    """A host and a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        host, port = free.getsockname()
        return str(host), int(port)


def serve_command(host: str, port: int) -> list[str]:
    """`acobot serve` on an address."""
    return [sys.executable, "-m", "acobot", "serve", "--host", host, "--port", str(port)]


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's variables with these settings, by their small names, in place of its own; the model is shared."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ACOBOT_")}
    return own | {f"ACOBOT_{name.upper()}": value for name, value in {"models": str(MODELS), **settings}.items()}


@contextmanager
def serving(folder: Path, sources: Path = REPOSITORY / "sources", **settings: str) -> Iterator[Service]:
    """The service with the real model, answering from an index of `sources` that it builds in `folder`.

    Settings are ACOBOT_* variables by their small names; without one there is no limit on the rate.
    """
    host, port = free_address()
    started = subprocess.Popen(
        [*serve_command(host, port), "--sources", str(sources), "--index", str(folder / "index")],
        cwd=folder,
        env=environment({**USUAL, **settings}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    made = Service(host, port, folder / "index")
    with started as process:
        assert process.stderr is not None
        listener = threading.Thread(target=made.listen, args=(process.stderr,))
        listener.start()
        try:
            made.wait_for("acobot answers on", WAIT_SECONDS)
            assert httpx.get(f"{made.address}/readyz", timeout=WAIT_SECONDS).status_code == 200
            yield made
        finally:
            process.terminate()
            listener.join()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over the shipped sources, without a limit on the rate."""
    with serving(tmp_path_factory.mktemp("served")) as made:
        yield made
