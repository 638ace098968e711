from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Takes SLOW seconds to be loaded in a worker, which cannot say that it lives before.
APP = """
import os, time

time.sleep(float(os.environ.get("SLOW", 0)))

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
"""
SERVER = """
import os, socket, sys, app, uvicorn
from acobot.cli.serving import log_to_stderr
from acobot.cli.workers import Workers
log_to_stderr()
os.environ["SLOW"] = sys.argv[1]
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
Workers(uvicorn.Config(app.app, workers=2, lifespan="off", log_config=None, access_log=False), [listener]).run()
"""


@contextmanager
def serving(folder: Path, slow: float) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Two workers, and the port that they answer on."""
    (folder / "app.py").write_text(APP)
    path = os.pathsep.join([str(folder), *sys.path])
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(slow)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout is not None
            yield server, int(server.stdout.readline())
        finally:
            server.terminate()


def ask(port: int) -> int:
    """The worker that answered."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        client.request("GET", "/")
        return int(client.getresponse().read())
    finally:
        client.close()


def answering(port: int, *, but: int = 0) -> set[int]:
    """Both workers, once they answer; fails where they do not in a minute."""
    deadline, seen = time.monotonic() + 60, set[int]()
    while len(seen) < 2:
        assert time.monotonic() < deadline
        seen |= {ask(port)} - {but}
        time.sleep(0.02)
    return seen


def log_of(server: subprocess.Popen[str]) -> str:
    server.terminate()
    assert server.stderr is not None
    return server.stderr.read()


def test_a_worker_that_loads_for_long_is_waited_for(tmp_path: Path) -> None:
    with serving(tmp_path, slow=7) as (server, port):  # uvicorn would wait for five seconds
        assert len(answering(port)) == 2
        log = log_of(server)
    assert "is replaced" not in log
    assert "died" not in log


@pytest.mark.parametrize("stopped", [False, True], ids=["at work", "that says nothing"])
def test_a_worker_that_dies_is_replaced_and_the_other_answers(tmp_path: Path, stopped: bool) -> None:
    with serving(tmp_path, slow=0) as (server, port):
        dying = min(answering(port))
        if stopped:
            os.kill(dying, signal.SIGSTOP)
            time.sleep(1.5)  # so that it has been asked whether it lives
        os.kill(dying, signal.SIGKILL)
        assert dying not in answering(port, but=dying)
        assert f"worker {dying} has ended (-9), and is replaced" in log_of(server)


def test_one_that_cannot_serve_is_not_started_over_and_over(tmp_path: Path) -> None:
    with serving(tmp_path, slow=-1) as (server, _):  # time.sleep refuses that
        time.sleep(8)
        log = log_of(server)
    assert 2 <= log.count("is replaced") <= 4  # twice a second without a pause


def test_it_ends_at_once_while_workers_load(tmp_path: Path) -> None:
    with serving(tmp_path, slow=100) as (server, _):
        time.sleep(1.5)
        server.terminate()
        assert server.wait(30) == 0
