from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from acobot.cli import serving
from acobot.cli.metering import counting_together, open_metrics, telling_metrics
from acobot.errors import PortError
from acobot.settings import Settings


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        client.request("GET", path, headers=headers)
        reply = client.getresponse()
        return reply.status, reply.read().decode()
    finally:
        client.close()


@pytest.fixture
def listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def test_nothing_is_counted_unless_it_is_asked_for(settings: Settings) -> None:
    assert open_metrics(settings) is None
    with serving.listen_for_metrics(settings) as listener:
        assert listener is None


def test_a_port_of_its_own_has_metrics_and_nothing_else(settings: Settings, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    counting = settings.model_copy(update={"metrics_port": port})
    metrics = open_metrics(counting)
    assert metrics is not None
    metrics.rate_limited("question")
    with listener, telling_metrics(counting, listener, metrics):
        status, text = get(port, "/metrics")
        assert (status, 'acobot_rate_limited_total{what="question"} 1.0' in text) == (200, True)
        assert get(port, "/")[0] == 404
    with pytest.raises(OSError, match="refused"):
        get(port, "/metrics")


def test_a_token_counts_there_too(settings: Settings, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    counting = settings.model_copy(update={"metrics_port": port, "metrics_token": "secret"})
    with listener, telling_metrics(counting, listener, open_metrics(counting)):
        assert get(port, "/metrics")[0] == 404
        assert get(port, "/metrics", Authorization="Bearer secret")[0] == 200


def test_a_port_that_is_taken_is_told_with_its_setting(settings: Settings, listener: socket.socket) -> None:
    taken = settings.model_copy(update={"metrics_port": listener.getsockname()[1]})
    with listener, pytest.raises(PortError, match="ACOBOT_METRICS_PORT"):
        serving.listen_for_metrics(taken)


def test_several_processes_count_into_a_folder_that_goes_with_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/elsewhere")
    with counting_together(settings):
        assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == "/elsewhere"
    with counting_together(settings.model_copy(update={"metrics_token": "secret"})):
        folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        assert folder.is_dir()
    assert not folder.exists()


COUNTING = """
import sys
from acobot.api.metrics import Metrics
from acobot.observing import Step

metrics = Metrics()
metrics.answered("answered", 0.75, 0.2)
metrics.step(Step.READING, 0.1)
metrics.opened()
print("counted", flush=True)
sys.stdin.read()
"""


def test_what_processes_count_is_added_up_and_a_dead_one_has_nothing_open(
    settings: Settings, listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    counting = settings.model_copy(update={"metrics_port": port})
    with ExitStack() as opened:
        opened.enter_context(counting_together(counting))
        opened.enter_context(listener)
        opened.enter_context(telling_metrics(counting, listener))
        command = [sys.executable, "-c", COUNTING]
        ours = [
            opened.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
            for _ in range(2)
        ]
        for process in ours:
            assert process.stdout is not None
            assert process.stdout.readline() == b"counted\n"
        both = get(port, "/metrics")[1].splitlines()
        ours[0].kill()
        ours[0].wait()
        one = get(port, "/metrics")[1].splitlines()
        ours[1].kill()
    for line in ('acobot_answers_total{status="answered"} 2.0', 'acobot_step_seconds_count{step="reading"} 2.0'):
        assert line in both
        assert line in one  # what is counted never goes back
    assert {"acobot_workers 2.0", "acobot_connections 2.0"} <= set(both)
    assert {"acobot_workers 1.0", "acobot_connections 1.0"} <= set(one)
    assert "acobot_index_readable 0.0" in both
