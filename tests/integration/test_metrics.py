"""Metrics of two workers are added up, also when one dies; the log is objects and holds no question."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fakes import write_sources
from tests.service import Service, serving

pytestmark = [pytest.mark.model, pytest.mark.timeout(600)]  # two processes load the model, one of them twice

WORD = "xylophone"
ASKED = 12
GIVEN = "5f2b9c0e7a1d4c3b8e6f001122334455"
TOKEN = "a token of nobody's"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("workers")
    sources = write_sources(folder / "sources", {"park.md": "# The park\n\nThe park closes at dusk.\n"})
    with serving(folder, sources, workers="2", log_format="json", metrics_port=str(port), metrics_token=TOKEN) as made:
        yield made


def value(port: int, name: str) -> float:
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=BEARER, timeout=30).text
    found = [line.rpartition(" ")[2] for line in text.splitlines() if line.rpartition(" ")[0] == name]
    return float(found[0]) if found else 0.0


def wait_until(port: int, name: str, wanted: float, seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while (seen := value(port, name)) != wanted:
        assert time.monotonic() < until, f"{name} is {seen}, not {wanted}"
        time.sleep(0.2)


def test_what_workers_count_is_added_up_and_a_dead_one_counts_no_more(workers: Service, port: int) -> None:
    wait_until(port, "acobot_workers", 2)
    for number in range(ASKED):  # each over a connection of its own, so that both workers are asked
        httpx.post(
            f"{workers.address}/api/ask", json={"question": f"When does the park close, {WORD} {number}?"}, timeout=60
        )
    answers = sum(
        value(port, f'acobot_answers_total{{status="{status}"}}') for status in ("answered", "not_in_sources")
    )
    assert answers == ASKED
    wait_until(port, "acobot_live_index_in_use", 1)
    assert value(port, "acobot_resident_memory_bytes") > 100_000_000
    (parent,) = pids(workers, "Started parent process")
    ours = pids(workers, "Started server process") - {parent}  # the parent serves what is counted
    os.kill(min(ours), signal.SIGKILL)
    workers.wait_for("has ended", 240)
    wait_until(port, "acobot_workers", 2)
    answers = sum(
        value(port, f'acobot_answers_total{{status="{status}"}}') for status in ("answered", "not_in_sources")
    )
    assert answers == ASKED  # a counter never goes back


def pids(service: Service, told: str) -> set[int]:
    """The processes of which the log tells this."""
    return {int(re.findall(r"\[(\d+)\]", line)[0]) for line in service.log if told in line}


def test_there_are_none_on_the_main_port_beside_one_of_their_own(workers: Service) -> None:
    assert httpx.get(f"{workers.address}/metrics", headers=BEARER).status_code == 404


def test_the_log_is_objects_with_the_proxys_request_id_and_no_question(workers: Service, port: int) -> None:
    headers = {"X-Request-ID": GIVEN}
    reply = httpx.get(workers.address, params={"q": WORD}, headers=headers, timeout=60)
    assert reply.headers["x-request-id"] == GIVEN
    workers.wait_for(GIVEN, 10)
    lines = [line for line in workers.log[workers.log.index(first_object(workers)) :] if line.strip()]
    said = [json.loads(line) for line in lines]
    (one,) = [line for line in said if line.get("request_id") == GIVEN]
    assert (one["method"], one["path"], one["status"], one["logger"]) == ("GET", "/", 200, "acobot.requests")
    assert WORD not in "".join(workers.log)
    assert WORD not in httpx.get(f"http://127.0.0.1:{port}/metrics", headers=BEARER).text


def first_object(service: Service) -> str:
    """The first line after those of the build, which is before the log."""
    return next(line for line in service.log if line.startswith("{"))
