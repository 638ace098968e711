from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.api.metrics import Metrics
from acobot.api.metrics.requests import face_of
from acobot.api.rate_limit import READS
from acobot.assistant import Assistant
from acobot.index import Store
from tests.fakes import build, fake_means, fake_settings, make_assistant, write_sources
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING, settings_with

TOKEN = "a token of nobody's"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WORD = "xylophone"


def read(text: str) -> dict[str, float]:
    """Each sample by its name and labels: `acobot_answers_total{status=answered}`."""
    return {
        sample.name
        + (f"{{{labels}}}" if (labels := ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items()))) else ""): (
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def make(folder: Path, assistant: Assistant, **values: Any) -> TestClient:
    settings = settings_with(folder, metrics_token=TOKEN, **values)
    return TestClient(create_app(assistant, settings, Metrics()))


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Assistant]:
    """A folder with two sources, and who answers from them."""
    folder = tmp_path_factory.mktemp("counted")
    cats = "---\npublished: 2018-04\nvalid_until: 2019\n---\n\n# Cats\n\nA kitten is a cat with paws.\n"
    dogs = "---\npublished: 2017-01-02\nupdated: 2020\n---\n\n# Dogs\n\nDogs bark.\n"
    return folder, make_assistant(folder, {"cats.md": cats, "dogs.md": dogs})


@pytest.fixture
def measured(counted: tuple[Path, Assistant]) -> Iterator[TestClient]:
    """A service that counts from nothing; two questions a minute."""
    with make(*counted, rate_limit="2/minute") as client:
        yield client


def scrape(client: TestClient) -> dict[str, float]:
    reply = client.get("/metrics", headers=BEARER)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/plain; version=")
    return read(reply.text)


def test_nothing_is_there_unless_it_is_asked_for(client: TestClient) -> None:
    assert client.get("/metrics", headers=BEARER).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("said", ["", TOKEN, "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}é"])
def test_nothing_is_there_without_the_token(measured: TestClient, said: str) -> None:
    asked: list[dict[bytes, bytes]] = [{}, {b"Authorization": said.encode()}]
    for headers in asked:
        reply = measured.get("/metrics", headers=headers)
        assert reply.status_code == 404
        assert reply.json()["type"] == "urn:acobot:problem:unknown-path"


def test_it_stands_in_no_description_of_the_api(measured: TestClient) -> None:
    assert "/metrics" not in measured.get("/openapi.json").json()["paths"]


def test_what_never_happened_is_told_as_nothing_so_that_the_first_time_is_an_increase(measured: TestClient) -> None:
    told = scrape(measured)
    for reason in ("late", "unread", "idle", "full"):
        assert told[f"acobot_connections_cut_total{{reason={reason}}}"] == 0
    for status in ("answered", "not_in_sources", "small_talk", "signposted"):
        assert told[f"acobot_answers_total{{status={status}}}"] == 0


def test_answers_are_counted_by_how_they_ended(measured: TestClient) -> None:
    measured.post("/api/ask", json={"question": ABOUT_KITTENS})
    measured.post("/api/ask", json={"question": ABOUT_NOTHING})
    told = scrape(measured)
    assert told["acobot_answers_total{status=answered}"] == 1
    assert told["acobot_answers_total{status=not_in_sources}"] == 1
    assert told["acobot_answer_confidence_count{status=answered}"] == 1
    assert told["acobot_answer_confidence_bucket{le=0.5,status=not_in_sources}"] == 1
    assert told["acobot_answer_seconds_count"] == 2
    for step in ("understanding", "encoding", "searching", "reading", "composing"):
        assert told[f"acobot_step_seconds_count{{step={step}}}"] == 2


def test_requests_are_counted_by_what_they_ask_for_and_by_status(measured: TestClient) -> None:
    for _ in range(3):
        measured.get("/", params={"q": ABOUT_KITTENS})
    measured.get(f"/{WORD}")
    told = scrape(measured)
    assert told["acobot_requests_total{face=page,status=200}"] == 2
    assert told["acobot_requests_total{face=page,status=429}"] == 1
    assert told["acobot_requests_total{face=other,status=404}"] == 1
    assert told["acobot_requests_in_progress"] == 1  # this one
    assert told["acobot_request_seconds_count{face=page}"] == 3
    assert told["acobot_rate_limited_total{what=question}"] == 1


def test_questions_of_a_batch_that_are_refused_are_counted_too(measured: TestClient) -> None:
    questions = [{"question": ABOUT_KITTENS}] * 4
    assert measured.post("/api/ask/batch", json={"questions": questions}).status_code == 200
    told = scrape(measured)
    assert told["acobot_rate_limited_total{what=question}"] == 2
    assert told["acobot_answers_total{status=answered}"] == 2


def test_what_is_refused_is_counted_by_what_it_is(counted: tuple[Path, Assistant]) -> None:
    with make(*counted, rate_limit="1/minute", maintainer_token=TOKEN) as client:
        begun = scrape(client)
        for _ in range(READS + 1):
            client.get("/sources/cats")
        for _ in range(3):
            client.get("/gaps", headers={"Authorization": "Bearer guessed"})
        told = scrape(client)
    refused = {what: f"acobot_rate_limited_total{{what={what}}}" for what in ("question", "reading", "token")}
    assert [begun[name] for name in refused.values()] == [0, 0, 0]
    assert {what: told[name] for what, name in refused.items()} == {"question": 0, "reading": 1, "token": 2}


def test_nothing_that_was_typed_is_told(measured: TestClient) -> None:
    measured.post("/api/ask", json={"question": f"Has a {WORD} paws?"})
    measured.get("/", params={"q": WORD})
    measured.request(WORD.upper(), f"/{WORD}", headers={"X-Request-ID": WORD})
    text = measured.get("/metrics", headers=BEARER).text
    assert WORD not in text.casefold()


def test_the_index_and_its_sources_are_told(measured: TestClient, counted: tuple[Path, Assistant]) -> None:
    told = scrape(measured)
    live = Store(counted[0] / "index").current_id()
    assert told[f"acobot_index_info{{index={live}}}"] == 1
    assert told["acobot_index_readable"] == 1
    assert told["acobot_index_pinned"] == 0
    assert told["acobot_sources"] == 2
    assert told["acobot_index_passages"] == 2
    assert told["acobot_sources_expired"] == 1
    assert told["acobot_sources_unreadable"] == 0
    assert told["acobot_source_oldest_timestamp_seconds"] == 1522540800  # 1 April 2018
    assert told["acobot_source_newest_timestamp_seconds"] == 1577836800  # 1 January 2020
    assert told["acobot_index_built_timestamp_seconds"] > 1577836800
    assert told["acobot_index_published_timestamp_seconds"] >= told["acobot_index_built_timestamp_seconds"]


def test_a_rebuild_a_pin_and_a_file_that_cannot_be_read_are_seen(tmp_path: Path) -> None:
    measured = make(tmp_path, make_assistant(tmp_path, {"dogs.md": "# Dogs\n\nDogs bark.\n"}))
    before = Store(tmp_path / "index").current_id()
    write_sources(tmp_path / "sources", {"dogs.md": "# Dogs\n\nDogs bark at night.\n", "bad.md": "---\ntitle: a\n"})
    build(fake_settings(tmp_path))
    told = scrape(measured)
    assert f"acobot_index_info{{index={before}}}" not in told
    assert told["acobot_sources_unreadable"] == 1
    Store(tmp_path / "index").publish(before, pin=True)
    assert scrape(measured)["acobot_index_pinned"] == 1


def test_an_index_that_cannot_be_read_is_told_of_and_fails_nothing(tmp_path: Path) -> None:
    assistant = Assistant(Store(tmp_path / "index"), fake_means())
    told = scrape(make(tmp_path, assistant))
    assert told["acobot_index_readable"] == 0
    assert "acobot_sources" not in told


def test_how_a_process_does_is_looked_at() -> None:
    metrics = Metrics()

    async def look(live: str, used: str) -> None:
        metrics.look(live, used)

    def looked(live: str, used: str) -> None:
        with ThreadPoolExecutor(1) as pool:  # a thread of its own, for here the browser's tests may have a loop running
            pool.submit(asyncio.run, look(live, used)).result()

    def value(name: str) -> float:
        found = metrics.registry.get_sample_value(name)
        assert found is not None
        return found

    assert value("acobot_live_index_in_use") == 0
    looked("a", "a")
    assert (value("acobot_live_index_in_use"), value("acobot_index_switches")) == (1, 0)
    looked("b", "a")
    assert (value("acobot_live_index_in_use"), value("acobot_index_switches")) == (0, 0)
    looked("b", "b")
    assert (value("acobot_live_index_in_use"), value("acobot_index_switches")) == (1, 1)
    looked("", "")
    assert (value("acobot_live_index_in_use"), value("acobot_index_switches")) == (0, 1)
    assert value("acobot_resident_memory_bytes") > 10_000_000
    assert value("acobot_requests_waiting") == 0


def test_a_service_looks_each_second(measured: TestClient) -> None:
    for _ in range(50):
        if scrape(measured)["acobot_live_index_in_use"]:
            return
        time.sleep(0.1)
    pytest.fail("the live index is never in use")


@pytest.mark.parametrize(
    ("path", "face"),
    [
        ("/api/ask", "ask"),
        ("/api/v1/ask", "ask"),
        ("/api/v1/ask/batch", "batch"),
        ("/api/sources/a/b", "sources"),
        ("/sources/a", "page"),
        ("/v1/chat/completions", "chat"),
        ("/static/a.css", "static"),
        ("/readyz", "health"),
        ("/api/", "other"),
        (f"/{WORD}", "other"),
    ],
)
def test_a_path_is_one_of_a_few_faces(path: str, face: str) -> None:
    assert face_of(path) == face


def test_every_path_of_the_api_has_a_face(client: TestClient) -> None:
    for path in client.get("/openapi.json").json()["paths"]:
        assert face_of(re.sub(r"\{\w+\}", "x", path)) != "other", path
