"""A server under constant load while version after version goes live: no failed, no mixed and no outdated answer."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from acobot.build import Publish, build_index
from acobot.encoder import Encoder
from acobot.index import Store, Version
from acobot.settings import Settings
from tests.fakes import write_sources
from tests.service import serving

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(600)]

REBUILDS = 20
CLIENTS = 4
PICKED_UP_SECONDS = 2.0
QUESTIONS = ["How much was the mill sold for?", "When does the park close?", "Who may fish in the lake?"]
PARK = "# The park\n\nThe park closes at dusk. Dogs must be kept on a lead.\n"
Texts = dict[str, str]


def texts(number: int) -> dict[str, str]:
    """The sources of a version: a fact that changes each time, and a source that is there every other time only."""
    mill = f"# The mill\n\nThe mill was sold for {1000 + number} pounds in all. It stands by the river.\n"
    lake = f"# The lake\n\nOnly members of club {number} may fish in the lake.\n"
    return {"mill.md": mill, "park.md": PARK} | ({"lake.md": lake} if number % 2 else {})


class Client(threading.Thread):
    """Asks without a pause, and keeps what is wrong with any reply."""

    def __init__(self, address: str, known: dict[str, Texts]) -> None:
        super().__init__()
        self.address, self.known = address, known
        self.stop = threading.Event()
        self.seen: dict[str, float] = {}  # index id → when it was first answered from
        self.wrong: list[str] = []
        self.asked = 0

    def run(self) -> None:
        with httpx.Client(base_url=self.address, timeout=30) as http:
            while not self.stop.is_set():
                for question in QUESTIONS:
                    try:
                        reply = http.post("/api/ask", json={"question": question})
                        self.asked += 1
                        self.look_at(question, reply.status_code, reply.json())
                    except (httpx.HTTPError, KeyError, ValueError) as error:
                        self.wrong.append(f"{question}: {error!r}")

    def look_at(self, question: str, status: int, reply: dict[str, Any]) -> None:
        if status != 200:
            self.wrong.append(f"{question}: {status} {reply}")
            return
        index_id = reply["index"]["id"]
        self.seen.setdefault(index_id, time.monotonic())
        sources = self.known[index_id]
        for quote in reply["quotes"]:
            text = sources.get(quote["source_id"], "")
            if not quote["text"] or text[quote["start"] : quote["end"]] != quote["text"]:
                self.wrong.append(f"{index_id} does not say {quote}")
        if question == QUESTIONS[0] and "pounds" not in reply["answer"]:
            self.wrong.append(f"{index_id}: {reply['answer']}")


def test_versions_change_under_load_and_nobody_notices(tmp_path: Path, encoder: Encoder) -> None:
    settings = Settings(sources=tmp_path / "sources", index=tmp_path / "index")
    store, known = Store(settings.index), dict[str, Texts]()

    def make(number: int) -> str:
        """Builds a version, notes what it says, and only then publishes it."""
        for path in settings.sources.glob("*.md"):
            path.unlink()
        write_sources(settings.sources, texts(number))
        index_id = build_index(settings, publish=Publish.NEVER, load=lambda _: encoder).index_id
        corpus = Version(store.path(index_id)).corpus
        known[index_id] = {one: corpus.source(one).text for one in corpus.source_ids}
        store.publish(index_id)
        return index_id

    make(0)
    with serving(tmp_path, settings.sources) as service:
        clients = [Client(service.address, known) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        late = []
        try:
            for number in range(1, REBUILDS + 1):
                index_id = make(number)
                published = time.monotonic()
                while not any(index_id in client.seen for client in clients):
                    assert time.monotonic() < published + 30, f"{index_id} is never answered from"
                    time.sleep(0.02)
                if time.monotonic() - published > PICKED_UP_SECONDS:
                    late.append(time.monotonic() - published)
                if number % 2 == 0:  # the lake was there a version ago, and is gone
                    assert httpx.get(f"{service.address}/sources/lake", timeout=30).status_code == 410
                    found = httpx.post(f"{service.address}/api/search", json={"question": "lake fish"}, timeout=30)
                    assert "lake" not in {result["source"]["id"] for result in found.json()["results"]}
        finally:
            for client in clients:
                client.stop.set()
            for client in clients:
                client.join()
    assert [line for client in clients for line in client.wrong] == []
    assert len({index_id for client in clients for index_id in client.seen}) > REBUILDS
    assert all(client.asked > REBUILDS for client in clients)
    assert late == []
