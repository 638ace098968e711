"""Counting what the sources do not answer, from all faces; what is said of it; and the maintainers' page."""

from __future__ import annotations

import base64
import html
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import Store
from acobot.learning import Learned, Outcome
from acobot.learning.noticing import Noticed
from acobot.settings import Settings
from tests.fakes import ENGLISH, fake_means
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING, settings_with
from tests.unit.api.test_german import left_over
from tests.unit.api.test_mcp import ACCEPT
from tests.unit.api.test_problems import refusal

MARKER = "xylophone"
QUESTION = f"Which hedgehog plays the {MARKER}?"  # "hedgehog" is a word of the sources
NEAR_CATS = f"What do {MARKER}s & bells eat?"
TOKEN = "correct horse battery staple"  # noqa: S105
JSON_RPC = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": QUESTION}},
}
WAYS: dict[str, Callable[[TestClient], Any]] = {
    "ask": lambda client: client.post("/api/ask", json={"question": QUESTION}),
    "events": lambda client: client.post(
        "/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
    ),
    "batch": lambda client: client.post("/api/ask/batch", json={"questions": [{"question": QUESTION}]}),
    "permalink": lambda client: client.get("/", params={"q": QUESTION}),
    "form": lambda client: client.post("/", data={"q": QUESTION}),
    "chat": lambda client: client.post(
        "/v1/chat/completions", json={"model": "acobot", "messages": [{"role": "user", "content": QUESTION}]}
    ),
    "mcp": lambda client: client.post("/mcp", json=JSON_RPC, headers=ACCEPT),
}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def learning(assistant: Assistant, folder: Path, state: Path) -> Settings:
    return settings_with(folder, learn="on", learn_file=state / "learned.sqlite", maintainer_token=TOKEN)


def basic(token: str, name: str = "maintainer") -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{token}'.encode()).decode()}"}


def learned(settings: Settings) -> Learned:
    return Learned(settings.learned, settings.learn_days)


def files(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_every_way_of_asking_is_counted_by_its_client_and_no_word_of_ours_is_on_disk_or_in_the_log(
    assistant: Assistant, learning: Settings, state: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app = create_app(assistant, learning)
    for number, (name, send) in enumerate(WAYS.items()):
        with TestClient(app, client=(f"192.0.2.{number}", 50000), base_url="http://127.0.0.1:8000") as client:
            reply = send(client)
            assert reply.status_code == 200, (name, reply.text)
    counts = learned(learning).read()
    assert counts is not None
    assert counts.totals == {Outcome.REFUSED: len(WAYS)}
    (fed,) = counts.fed  # each was a client of its own, else they were too few
    assert [(word.word, word.asked) for word in fed.words] == [("hedgehogs", len(WAYS))]
    assert list(files(state))
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    for written in (*files(state), *files(folder), ours.encode()):
        assert MARKER.encode() not in written.lower()
        assert b"192.0.2." not in written


def test_nothing_is_counted_by_default_and_no_file_is_made(assistant: Assistant, folder: Path) -> None:
    with TestClient(create_app(assistant, settings_with(folder))) as client:
        WAYS["ask"](client)
    assert not settings_with(folder).learned.exists()


def test_what_is_asked_of_a_preview_is_not_counted(assistant: Assistant, learning: Settings) -> None:
    preview = Assistant(Store(learning.index), fake_means(), assistant.version().id)
    with TestClient(create_app(preview, learning)) as client:
        WAYS["ask"](client)
        assert "Nothing that you type is kept." in client.get("/about").text
    assert learned(learning).read() is None


def test_the_page_about_the_service_says_what_is_counted_where_it_is(
    assistant: Assistant, learning: Settings, client: TestClient
) -> None:
    said = TestClient(create_app(assistant, learning.model_copy(update={"learn_days": 45}))).get("/about").text
    texts = ENGLISH.catalogue
    for key in ("about.nothing_kept", "about.no_cookies"):
        assert texts.say(key) in client.get("/about").text
        assert texts.say(key) not in said
    for text in (
        texts.count("about.learns", 45),
        texts.say("about.learns_of_clients"),
        texts.say("about.learns_no_cookies"),
    ):
        assert text in said
        assert text not in client.get("/about").text
    assert "after 45 days" in said
    assert "on five days, or from five network addresses" in said  # as `LEAST` has it


def test_without_a_token_there_is_no_page(client: TestClient) -> None:
    assert client.get("/gaps", headers={"Accept": "text/html"}).status_code == 404
    refusal(client.get("/gaps", headers={**basic(""), "Accept": "application/json"}), 404, "unknown-path")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic(""),
        basic("wrong"),
        basic(TOKEN[:-1]),
        {"Authorization": TOKEN},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic ???"},
        {"Authorization": f"Basic {base64.b64encode(TOKEN.encode()).decode()}"},
        {"Authorization": b"Basic \xff\xfe"},
    ],
)
def test_who_has_not_the_token_is_asked_for_it(
    assistant: Assistant, learning: Settings, headers: dict[str, Any]
) -> None:
    page = TestClient(create_app(assistant, learning)).get("/gaps", headers={"Accept": "text/html", **headers})
    assert page.status_code == 401
    assert page.headers["www-authenticate"].startswith("Basic ")
    assert page.headers["cache-control"] == "no-store"
    assert "A token is needed" in page.text


def test_who_guesses_is_slowed_down_and_who_knows_is_not(assistant: Assistant, learning: Settings) -> None:
    app = create_app(assistant, learning.model_copy(update={"rate_limit": "2/minute"}))
    guessing, knowing = TestClient(app, client=("192.0.2.1", 1)), TestClient(app, client=("192.0.2.2", 1))
    assert [guessing.get("/gaps", headers=basic("guess")).status_code for _ in range(3)] == [401, 401, 429]
    assert {knowing.get("/gaps", headers=basic(TOKEN)).status_code for _ in range(5)} == {200}


@pytest.mark.parametrize(("rate", "guesses"), [("off", 10), ("60/minute", 10), ("20/day", 20), ("3/second", 10)])
def test_who_guessed_too_often_is_not_told_of_the_right_token(
    assistant: Assistant, learning: Settings, rate: str, guesses: int
) -> None:
    client = TestClient(create_app(assistant, learning.model_copy(update={"rate_limit": rate})))
    assert {client.get("/gaps", headers=basic(f"guess {n}")).status_code for n in range(guesses)} == {401}
    assert client.get("/gaps", headers=basic(TOKEN)).status_code == 429


def test_opening_the_page_takes_no_questions_and_is_no_guess(assistant: Assistant, learning: Settings) -> None:
    client = TestClient(create_app(assistant, learning.model_copy(update={"rate_limit": "2/minute"})))
    for _ in range(5):
        opened = client.get("/gaps")
        assert (opened.status_code, "ratelimit" in opened.headers) == (401, False)
        assert client.get("/gaps", headers=basic(TOKEN)).status_code == 200
    assert client.get("/gaps", headers=basic("guess")).status_code == 401
    assert [client.post("/api/ask", json={"question": QUESTION}).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("headers", [basic(TOKEN), basic(TOKEN, ""), {"Authorization": f"bearer {TOKEN}"}])
def test_the_page_lists_the_gaps(assistant: Assistant, learning: Settings, headers: dict[str, str]) -> None:
    app = create_app(assistant, learning)
    for number in range(5):
        with TestClient(app, client=(f"192.0.2.{number}", 1)) as client:
            for question in (QUESTION, ABOUT_NOTHING, NEAR_CATS, *([ABOUT_KITTENS] if number else [])):
                client.post("/api/ask", json={"question": question})
    page = TestClient(app).get("/gaps", headers=headers)
    assert page.status_code == 200
    assert (page.headers["cache-control"], page.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert '<meta name="robots" content="noindex">' in page.text
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", "", page.text)).split())
    assert "What people ask and the sources do not answer" in words
    assert "4 questions were answered surely 10 were refused 5 were answered with little confidence Refused" in words
    assert "Near nothing that the sources say 10 questions on 1 day, the last on " in words
    assert "Commonest words: hedgehogs" in words
    assert "Near “What do kittens & cats eat?” 5 questions on 1 day, the last on " in words
    assert re.search(r'href="/sources/cats\?start=\d+[^"]*">In <bdi>Cats & <b>kittens', html.unescape(page.text))
    assert MARKER not in words
    assert "ACOBOT_LEARN is not on" not in words


def test_the_page_before_anything_was_counted(assistant: Assistant, learning: Settings) -> None:
    page = TestClient(create_app(assistant, learning.model_copy(update={"learn": "off"}))).get(
        "/gaps", headers=basic(TOKEN)
    )
    assert "Nothing has been counted yet." in page.text
    assert "ACOBOT_LEARN is not on" in page.text


def test_counts_that_cannot_be_read_are_told_of_on_the_page_and_named_in_the_log(
    assistant: Assistant, learning: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    learning.learned.parent.mkdir()
    learning.learned.write_bytes(b"something else" * 100)
    page = TestClient(create_app(assistant, learning)).get("/gaps", headers=basic(TOKEN))
    assert page.status_code == 503
    assert page.headers["cache-control"] == "no-store"
    assert ENGLISH.catalogue.say("gaps.unreadable") in page.text
    assert "Nothing has been counted yet." not in page.text
    assert f"{learning.learned} cannot be read (file is not a database)" in caplog.text
    assert "Traceback" not in caplog.text
    german = learning.model_copy(update={"language": "de", "policy": "none"})
    assert left_over(TestClient(create_app(assistant, german)).get("/gaps", headers=basic(TOKEN)).text) == []


def test_no_page_leads_there(assistant: Assistant, learning: Settings) -> None:
    client = TestClient(create_app(assistant, learning))
    for path in ("/", "/sources", "/about", "/docs", "/openapi.json", "/?q=kitten"):
        assert "gaps" not in client.get(path).text, path
    assert "/gaps" not in json.dumps(client.get("/openapi.json").json())


def test_no_english_is_left_in_german(assistant: Assistant, learning: Settings) -> None:
    asked = [
        (Noticed(outcome, "far", ("hedgehogs",)), f"192.0.2.{number}") for number in range(5) for outcome in Outcome
    ]
    learned(learning).add([*asked, (Noticed(Outcome.REFUSED, "foreign"), "192.0.2.1")])
    settings = learning.model_copy(update={"language": "de", "policy": "none"})
    client = TestClient(create_app(assistant, settings))
    page = client.get("/gaps", headers=basic(TOKEN)).text
    assert "Häufigste Wörter: hedgehogs" in page
    assert left_over(page) == []
    assert left_over(client.get("/about").text) == []
    assert left_over(client.get("/gaps", headers={"Accept": "text/html"}).text) == []
