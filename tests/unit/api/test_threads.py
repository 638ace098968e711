"""How many requests are at work at once, and that one who looks whether the service lives waits for none of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

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


def test_a_few_requests_are_at_work_and_the_others_wait_without_a_thread(tmp_path: Path) -> None:
    slow = Slow(make_assistant(tmp_path, TEXTS))
    app = create_app(slow, settings_with(tmp_path))
    with TestClient(app) as client, ThreadPoolExecutor(THREADS + 2) as clients:

        def ask(_: int) -> int:
            return client.post("/api/v1/ask", json={"question": ABOUT_KITTENS}).status_code

        replies = clients.map(ask, range(THREADS + 2))
        try:
            assert all(slow.begun.acquire(timeout=SECONDS) for _ in range(THREADS))
            assert client.get("/healthz").status_code == 200
            assert not slow.begun.acquire(timeout=0.2)
        finally:
            slow.go_on.set()
        assert set(replies) == {200}
