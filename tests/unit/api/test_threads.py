"""How many requests are at work at once, and that one who looks whether the service lives waits for none of them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import pytest
from anyio import to_thread
from starlette.testclient import TestClient

from acobot.answer import Answer
from acobot.api import create_app
from acobot.api.app import THREADS
from acobot.assistant import Assistant
from tests.fakes import make_assistant
from tests.unit.api.conftest import ABOUT_KITTENS, TEXTS, settings_with

SECONDS = 30.0


class Slow(Assistant):
    """Answers only once it may."""

    def __init__(self, made: Assistant) -> None:
        super().__init__(made._store, made.means)
        self.begun, self.go_on = Semaphore(0), Event()

    def ask(self, *asked: Any, **more: Any) -> Answer:
        self.begun.release()
        assert self.go_on.wait(SECONDS)
        return super().ask(*asked, **more)


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_few_requests_are_at_work_and_the_others_wait_without_a_thread(tmp_path: Path, accept: str) -> None:
    slow = Slow(make_assistant(tmp_path, TEXTS))
    app = create_app(slow, settings_with(tmp_path))
    with TestClient(app) as client, ThreadPoolExecutor(THREADS + 2) as clients:

        def ask(_: int) -> int:
            asked = client.post("/api/v1/ask", json={"question": ABOUT_KITTENS}, headers={"Accept": accept})
            return asked.status_code

        replies = clients.map(ask, range(THREADS + 2))
        try:
            assert all(slow.begun.acquire(timeout=SECONDS) for _ in range(THREADS))
            assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
            assert not slow.begun.acquire(timeout=0.2)
        finally:
            slow.go_on.set()
        assert set(replies) == {200}


class Noting(Slow):
    """Notes what it is asked, in order."""

    def __init__(self, made: Assistant) -> None:
        super().__init__(made)
        self.asked: list[str] = []

    def ask(self, question: str, *asked: Any, **more: Any) -> Answer:
        self.asked.append(question)
        return super().ask(question, *asked, **more)


def test_who_asks_one_question_does_not_wait_for_batches_to_end(tmp_path: Path) -> None:
    noting = Noting(make_assistant(tmp_path, TEXTS))
    app = create_app(noting, settings_with(tmp_path))
    with TestClient(app) as client, ThreadPoolExecutor(THREADS + 1) as clients:
        batch = {"questions": [{"question": "Hello!"}] * 50}
        try:
            batches = [clients.submit(client.post, "/api/v1/ask/batch", json=batch) for _ in range(THREADS)]
            assert all(noting.begun.acquire(timeout=SECONDS) for _ in range(THREADS))
            alone = clients.submit(client.post, "/api/v1/ask", json={"question": ABOUT_KITTENS})
            wait_until_one_waits(client)
        finally:
            noting.go_on.set()
        assert {reply.result().status_code for reply in (*batches, alone)} == {200}
    assert noting.asked.index(ABOUT_KITTENS) < 100  # of the 200 in the batches, all of which it would wait for


def wait_until_one_waits(client: TestClient) -> None:
    async def waiting() -> int:
        return to_thread.current_default_thread_limiter().statistics().tasks_waiting

    assert client.portal
    until = time.monotonic() + SECONDS
    while not client.portal.call(waiting):
        assert time.monotonic() < until
        time.sleep(0.01)
