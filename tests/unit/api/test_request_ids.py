from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from acobot.observing import REQUEST_ID

Make = Callable[..., TestClient]
GIVEN = "5f2b9c0e7a1d4c3b8e6f001122334455"


@pytest.fixture(scope="module")
def behind(client_with: Make) -> TestClient:
    """A service whose every request comes from a proxy that is trusted."""
    return client_with("10.1.2.3", trusted_proxies=("10.0.0.0/8",))


def named(client: TestClient, *ids: str) -> str:
    return str(client.get("/healthz", headers=[("X-Request-ID", one) for one in ids]).headers["x-request-id"])


def test_each_reply_has_an_id_of_its_own(client: TestClient) -> None:
    ids = {client.get(path).headers["x-request-id"] for path in ("/", "/no-such", "/api/ask", "/healthz")}
    assert len(ids) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)


@pytest.mark.parametrize("given", [GIVEN, "0188d2c4-7f7a-7cc2-b7ab-3f4c2f6a1e55", "ABCDEF0123456789"])
def test_the_id_of_a_trusted_proxy_stays(behind: TestClient, given: str) -> None:
    assert named(behind, given) == given


@pytest.mark.parametrize("given", ["", "a" * 15, "a" * 65, "what is a kitten", "kitten-kitten-kitten", "é" * 20])
def test_one_that_could_hold_words_is_made_anew(behind: TestClient, given: str) -> None:
    reply = behind.get("/healthz", headers={b"X-Request-ID": given.encode()})
    assert re.fullmatch("[0-9a-f]{32}", reply.headers["x-request-id"])


def test_of_two_neither_is_believed(behind: TestClient) -> None:
    assert named(behind, GIVEN, GIVEN) != GIVEN


def test_nobody_else_is_believed(client: TestClient, client_with: Make) -> None:
    elsewhere = client_with("192.0.2.1", trusted_proxies=("10.0.0.0/8",))
    # Not even one who says that it asks for a proxy.
    headers = {"X-Request-ID": GIVEN, "X-Forwarded-For": "10.1.2.3"}
    for one in (client, elsewhere):
        assert one.get("/healthz", headers=headers).headers["x-request-id"] != GIVEN


def test_every_record_of_a_request_knows_its_id(
    behind: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    caplog.handler.addFilter(lambda record: seen.append(REQUEST_ID.get()) or True)  # type: ignore[func-returns-value]
    caplog.set_level(logging.INFO, logger="acobot.requests")
    behind.post("/api/ask", json={"question": "kitten"}, headers={"X-Request-ID": GIVEN})
    assert GIVEN in seen
    assert REQUEST_ID.get() == ""


def test_whom_and_how_a_trusted_proxy_asks_for_is_believed(client_with: Make) -> None:
    body = {"model": "acobot", "messages": [{"role": "user", "content": "What is a kitten, a young cat with paws?"}]}
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", "Host": "ask.example"}
    for address, scheme in (("10.1.2.3", "https"), ("192.0.2.1", "http")):
        asked = client_with(address, trusted_proxies=("10.0.0.0/8",)).post(
            "/v1/chat/completions", json=body, headers=forwarded
        )
        (first, *_) = asked.json()["choices"][0]["message"]["annotations"]
        assert first["url_citation"]["url"].startswith(f"{scheme}://ask.example/sources/cats?")
