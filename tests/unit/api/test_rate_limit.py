from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.unit.api.test_problems import refusal

Make = Callable[..., TestClient]
QUESTION = {"question": "What is a kitten?"}
JSON, LENIENT = {"Content-Type": "application/json"}, {"Prefer": "handling=lenient"}

ASKING: dict[str, Callable[[TestClient], Any]] = {
    "ask": lambda client: client.post("/api/ask", json=QUESTION),
    "search": lambda client: client.post("/api/search", json=QUESTION),
    "permalink": lambda client: client.get("/?q=kitten"),
    "escaped permalink": lambda client: client.get("/?%71=kitten"),
    "permalink's headers": lambda client: client.head("/?q=kitten"),
    "form": lambda client: client.post("/", data={"q": "kitten"}),
    "invalid": lambda client: client.post("/api/ask", json={}),
    "no JSON": lambda client: client.post("/api/ask", content=b"{", headers=JSON),
    "no JSON, leniently": lambda client: client.post("/api/search", content=b"{", headers={**JSON, **LENIENT}),
    "no JSON in a chat": lambda client: client.post("/v1/chat/completions", content=b"{", headers=JSON),
}
FREE = ["/", "/?other=q", "/sources", "/sources/cats", "/api/sources", "/api/index", "/healthz", "/readyz", "/docs"]


@pytest.mark.parametrize("name", ASKING)
def test_questions_count(client_with: Make, name: str) -> None:
    client = client_with(rate_limit="2/minute")
    assert [ASKING[name](client).status_code == 429 for _ in range(3)] == [False, False, True]


def test_all_ways_of_asking_count_together(client_with: Make) -> None:
    client = client_with(rate_limit="2/minute")
    client.get("/?q=kitten")
    client.post("/api/search", json=QUESTION)
    assert client.post("/api/ask", json=QUESTION).status_code == 429


def test_what_is_not_a_question_is_free(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    assert client.post("/api/ask", json=QUESTION).status_code == 200
    assert {client.get(path).status_code for path in FREE} == {200}


def test_sources_are_read_five_times_as_often_and_counted_apart(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    paths = ["/sources/cats", "/api/sources/cats", "/sources/sub%20folder/%C3%BCber", "/api/v1/sources", "/sources"]
    assert [client.get(path).status_code for path in paths] == [200] * 5
    for path in paths:
        assert client.get(path).status_code == 429
    detail = client.get("/api/sources/cats").json()["detail"]
    assert detail.startswith("more than 5 per 1 minute from one client; ask again in ")
    assert client.post("/api/ask", json=QUESTION).status_code == 200
    # Whoever looks whether the service lives must never be told that it does not, and it costs nothing.
    assert {client.get(path).status_code for path in ("/readyz", "/healthz") for _ in range(50)} == {200}


def test_reading_the_index_counts_with_reading_sources(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    assert [client.get("/api/v1/index").status_code for _ in range(6)] == [200] * 5 + [429]
    assert client.get("/api/v1/sources").status_code == 429


def test_what_caches_keep_tells_no_rate(client_with: Make) -> None:
    reply = client_with(rate_limit="1/minute").get("/api/sources/cats")
    assert not any(name.startswith("ratelimit") for name in reply.headers)


def test_the_reply_says_when_to_ask_again(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    client.post("/api/ask", json=QUESTION)
    reply = client.post("/api/ask", json=QUESTION)
    problem = refusal(reply, 429, "rate-limited")
    seconds = int(reply.headers["retry-after"])
    assert 1 <= seconds <= 60
    assert problem["detail"] == f"more than 1 per 1 minute from one client; ask again in {seconds} seconds"


def test_clients_are_counted_apart(client_with: Make) -> None:
    first = client_with("192.0.2.1", rate_limit="1/minute")
    second = TestClient(first.app, client=("192.0.2.2", 50000))
    assert [first.get("/?q=kitten").status_code, second.get("/?q=kitten").status_code] == [200, 200]
    assert [first.get("/?q=kitten").status_code, second.get("/?q=kitten").status_code] == [429, 429]


def test_off_is_no_limit(client_with: Make) -> None:
    client = client_with(rate_limit="off")
    assert {client.get("/?q=kitten").status_code for _ in range(70)} == {200}


@pytest.mark.parametrize("send", [lambda c: c.get("/?q=a+kitten%3F"), lambda c: c.post("/", data={"q": "a kitten?"})])
def test_people_are_told_on_the_page_and_keep_their_question(
    client_with: Make, send: Callable[[TestClient], Any]
) -> None:
    client = client_with(rate_limit="1/minute")
    client.get("/?q=kitten")
    page = send(client)
    assert page.status_code == 429
    assert int(page.headers["retry-after"]) >= 1
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert ">\na kitten?</textarea>" in page.text
    assert "Many questions came from here in a short time. Yours is kept: ask again in" in page.text


def test_the_script_is_told_in_a_fragment(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    client.get("/?q=kitten")
    reply = client.post("/", data={"q": "kitten"}, headers={"X-Acobot-Fragment": "1"})
    assert reply.status_code == 429
    assert reply.text.startswith("<p data-problem>Many questions came from here in a short time. Yours")


def test_who_asked_nothing_is_told_of_no_question(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    pages = [client.get("/sources/cats") for _ in range(6)]
    assert [page.status_code for page in pages] == [200] * 5 + [429]
    assert "<h1>Too many requests</h1>" in pages[-1].text
    assert "Many pages were opened from here in a short time. Open this one again in " in pages[-1].text
    assert client.get("/api/v1/sources").json()["title"] == "Too many requests"


def test_addresses_of_one_network_count_together(client_with: Make) -> None:
    first = client_with("2001:db8::1", rate_limit="1/minute")
    same, other = (TestClient(first.app, client=(host, 50000)) for host in ("2001:db8::2:1", "2001:db8:0:1::1"))
    assert [client.get("/?q=kitten").status_code for client in (first, same, other)] == [200, 429, 200]
