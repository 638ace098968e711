from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from acobot.api import create_app, middleware
from acobot.api.middleware import MOST_BAD_ESCAPES
from acobot.assistant import Assistant
from tests.unit.api.conftest import ABOUT_KITTENS, settings_with

Make = Callable[..., TestClient]
FRIEND, OTHER = "https://friend.example", "https://other.example"
QUESTION = {"question": ABOUT_KITTENS}
# What a browser asks before the official client of OpenAI's API sends a question; others send other headers.
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,x-stainless-lang,x-stainless-retry-count",
}
# Of a question as a server hands it on.
SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/api/ask",
    "query_string": b"",
    "headers": [(b"host", b"testserver")],
    "client": ("127.0.0.1", 1),
    "server": ("testserver", 80),
    "scheme": "http",
    "http_version": "1.1",
    "root_path": "",
}
# Each with the status of its reply.
EVERYWHERE = [
    ("GET", "/", 200),
    ("GET", "/?q=kitten", 200),
    ("GET", "/sources/cats", 200),
    ("GET", "/sources/no-such", 404),
    ("GET", "/about", 200),
    ("GET", "/embed", 200),
    ("GET", "/embed?q=kitten", 200),
    ("GET", "/docs", 200),
    ("GET", "/static/no-such.css", 404),
    ("GET", "/no-such", 404),
    ("GET", "/api/sources", 200),
    ("GET", "/api/sources/no-such", 404),
    ("GET", "/api/ask", 405),
    ("POST", "/api/ask", 415),
    ("GET", "/healthz", 200),
]


@pytest.fixture(scope="module")
def friendly(client_with: Make) -> TestClient:
    """A service that pages of one other origin may call, two questions a minute."""
    return client_with(cors_origins=(FRIEND,))


@pytest.mark.parametrize(("method", "path", "status"), EVERYWHERE)
def test_every_reply_is_safe(client: TestClient, method: str, path: str, status: int) -> None:
    reply = client.request(method, path)
    assert reply.status_code == status
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert ("'unsafe-inline'" in policy) == (path == "/docs")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cross-origin-opener-policy"] == "same-origin"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    # A page may be come back to; what a program is told is not kept anywhere, unless it has a tag to ask by.
    is_page, tagged = reply.headers["content-type"].startswith("text/html"), "etag" in reply.headers
    kept = "private, no-cache" if is_page else "no-cache" if tagged else "private, no-store"
    assert reply.headers["cache-control"] == kept
    assert "set-cookie" not in reply.headers


def test_only_the_embedded_chat_may_be_framed_and_only_by_named_origins(client_with: Make) -> None:
    client = client_with(embed_origins=(FRIEND, "https://b.example"))
    framed = client.get("/embed").headers["content-security-policy"]
    assert framed.endswith(f"; frame-ancestors {FRIEND} https://b.example")
    for path in ("/", "/?q=kitten", "/sources", "/about", "/docs", "/embedded", "/api/sources"):
        assert client.get(path).headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_the_widget_is_a_script_that_pages_of_other_sites_may_load(client: TestClient) -> None:
    reply = client.get("/widget.js")
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["cache-control"] == "public, max-age=3600"
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_reply_to_an_oversize_body_is_safe(client: TestClient) -> None:
    reply = client.post("/api/ask", content=b" " * (512 * 1024 + 1))
    assert reply.status_code == 413
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_static_files_are_kept_for_ever_under_names_that_carry_a_digest(client: TestClient) -> None:
    page = client.get("/").text
    addresses = [part for part in page.split('"') if part.startswith("/static/")]
    assert len(addresses) == 3
    for address in addresses:
        reply = client.get(address)
        assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert reply.headers["x-content-type-options"] == "nosniff"
        _, digest, _ = address.rsplit("/", 1)[1].split(".")
        assert len(digest) == 12
        assert client.get(address.replace(digest, "0" * 12)).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"),
    [("style.", "text/css; charset=utf-8"), ("chat.", "text/javascript; charset=utf-8"), ("icon.", "image/svg+xml")],
)
def test_static_files_have_their_media_types(client: TestClient, name: str, kind: str) -> None:
    address = next(part for part in client.get("/").text.split('"') if part.startswith(f"/static/{name}"))
    assert client.get(address).headers["content-type"] == kind


def test_long_replies_are_compressed_for_those_who_can_read_it(client: TestClient) -> None:
    zipped = client.get("/sources/cats", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/sources/cats", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"])
    assert zipped.text == plain.text
    assert "Accept-Encoding" in zipped.headers["vary"]


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip;q=0", None), ("*, GZIP ; q=0.0", None), ("gzip;q=0.1, br", "gzip")]
)
def test_compression_can_be_refused(client: TestClient, accepted: str, coding: str | None) -> None:
    reply = client.get("/sources/cats", headers={"Accept-Encoding": accepted})
    assert reply.headers.get("content-encoding") == coding
    assert "Accept-Encoding" in reply.headers["vary"]


def test_pages_of_named_origins_may_ask(friendly: TestClient) -> None:
    reply = friendly.post("/api/ask", json=QUESTION, headers={"Origin": FRIEND})
    assert reply.headers["access-control-allow-origin"] == FRIEND
    exposed = reply.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"} <= set(exposed)
    assert "Origin" in reply.headers["vary"]
    assert "access-control-allow-credentials" not in reply.headers


def test_a_preflight_of_a_named_origin(friendly: TestClient) -> None:
    reply = friendly.options("/api/ask", headers={"Origin": FRIEND, **PREFLIGHT})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == FRIEND
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert reply.headers["access-control-allow-headers"] == PREFLIGHT["Access-Control-Request-Headers"]
    assert "access-control-allow-credentials" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/api/ask", 415), ("GET", "/api/ask", 405), ("GET", "/api/sources/no-such", 404), ("GET", "/api/x", 404)],
)
def test_named_origins_can_read_errors(friendly: TestClient, method: str, path: str, status: int) -> None:
    reply = friendly.request(method, path, headers={"Origin": FRIEND})
    assert reply.status_code == status
    assert reply.headers["access-control-allow-origin"] == FRIEND


def test_named_origins_can_read_that_they_ask_too_often(client_with: Make) -> None:
    client = client_with(cors_origins=(FRIEND,), rate_limit="1/minute")
    replies = [client.post("/api/ask", json=QUESTION, headers={"Origin": FRIEND}) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 429]
    assert replies[1].headers["access-control-allow-origin"] == FRIEND


@pytest.mark.parametrize("origin", [OTHER, "https://friend.example.evil.example", "http://friend.example", "null"])
def test_other_origins_may_not(friendly: TestClient, origin: str) -> None:
    asked = friendly.post("/api/ask", json=QUESTION, headers={"Origin": origin})
    preflight = friendly.options("/api/ask", headers={"Origin": origin, **PREFLIGHT})
    assert (preflight.status_code, preflight.headers["allow"]) == (204, "POST, OPTIONS")
    for reply in (asked, preflight):
        assert not [name for name in reply.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/", "/sources", "/healthz", "/openapi.json"])
def test_only_the_api_may_be_called_from_elsewhere(friendly: TestClient, path: str) -> None:
    reply = friendly.get(path, headers={"Origin": FRIEND})
    assert "access-control-allow-origin" not in reply.headers


def test_no_origin_may_call_by_default(client: TestClient) -> None:
    reply = client.post("/api/ask", json=QUESTION, headers={"Origin": FRIEND})
    assert "access-control-allow-origin" not in reply.headers


def test_the_log_has_a_line_a_request(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="acobot.requests")
    client.get("/sources?a=b")
    client.get("/no%0Asuch\u00fc")
    lines = [record.getMessage() for record in caplog.records if record.name == "acobot.requests"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == ["GET /sources 200", "GET (unknown) 404"]
    assert all(line.endswith(" ms") for line in lines)


def test_the_log_holds_no_method_and_no_refused_path_as_typed(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="acobot.requests")
    client.request("XYLOPHONE", "/")
    client.post("/sources/xylophone")
    client.post("/xylophone", content=b" " * (512 * 1024 + 1))
    client.post("/api/ask", content=b"x")
    lines = [record.getMessage() for record in caplog.records if record.name == "acobot.requests"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "(other) / 405",
        "POST (unknown) 405",
        "POST (unknown) 413",
        "POST /api/ask 415",
    ]


@pytest.mark.parametrize("headers", [{}, {"Origin": FRIEND, **PREFLIGHT}])
def test_the_log_holds_no_path_that_only_options_answers(
    friendly: TestClient, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    caplog.set_level(logging.INFO, logger="acobot.requests")
    for path in ("/sources/xylophone", "/api/v1/sources/xylophone", "/v1/models/xylophone", "/api/v1/ask"):
        assert friendly.options(path, headers=headers).status_code in {200, 204}
    lines = [record.getMessage() for record in caplog.records if record.name == "acobot.requests"]
    assert [line.split(" ")[1] for line in lines] == ["(unknown)"] * 3 + ["/api/v1/ask"]


def test_the_log_never_holds_a_question(assistant: Assistant, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = TestClient(create_app(assistant, settings_with(folder)))
    word = "xylophone"
    history = [{"role": "user", "content": word}]
    for path in ("/api/ask", "/api/search"):
        client.post(path, json={"question": f"Has a kitten a {word}?", "history": history})
        client.post(path, json={"question": word * 200})
        client.post(path, json={"question": "kitten", word: word})
        client.post(path, content=f'{{"question": "{word}'.encode(), headers={"Content-Type": "application/json"})
        client.post(path, content=word.encode())
    client.post("/api/ask", json={"question": "kitten", "source_ids": [word]})
    client.get("/", params={"q": f"Has a kitten a {word}?"})
    client.get("/", params={"q": word * 200})
    client.post("/", data={"q": word, "history": word})
    client.post("/", data={"q": word, "history": word}, headers={"X-Acobot-Fragment": "1"})
    client.get("/sources/cats", params={"start": word, "v": word})
    logged = [record for record in caplog.records if not record.name.startswith("httpx")]  # the client's own
    assert len(logged) >= 16
    assert not [record for record in logged if word in record.getMessage()]


def test_a_body_that_breaks_off_is_no_fault_of_ours(
    assistant: Assistant, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="acobot.requests")
    messages: list[dict[str, object]] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    coming = iter(messages)

    async def receive() -> dict[str, object]:
        return next(coming)

    async def send(_: object) -> None: ...

    with start_blocking_portal() as portal:  # a thread of its own: browser tests keep a loop running in this one
        portal.call(create_app(assistant, settings_with(folder)), SCOPE, receive, send)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "acobot.requests"]
    assert line.startswith("POST /api/ask 408 ")


def test_a_body_that_does_not_come_is_not_waited_for(
    assistant: Assistant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.2)
    given: list[bytes] = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0.05 if len(given) < 2 else 60)  # a byte now and then wins no time
        given.append(b"{")
        return {"type": "http.request", "body": b"{", "more_body": True}

    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    started = time.monotonic()
    with start_blocking_portal() as portal:
        portal.call(create_app(assistant, settings_with(folder)), SCOPE, receive, send)
    assert time.monotonic() - started < 5
    assert sent[0]["status"] == 408
    assert b"urn:acobot:problem:body-too-slow" in sent[1]["body"]


@pytest.mark.parametrize("path", ["/api/sources/cats%0A", "/sources/cats%0A", "/about%0A", "/sources/ca%00ts", "/%7F"])
def test_a_path_with_a_control_character_is_none_of_ours(client: TestClient, path: str) -> None:
    assert client.get(path.partition("%")[0]).status_code in {200, 404}
    assert client.get(path).status_code == 404


def test_a_form_that_would_be_read_for_long_is_refused_and_a_lone_sign_of_percent_is_not(client: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Accept": "text/html"}
    assert client.post("/", content="q=Is 100 % of it a kitten%", headers=form).status_code == 200
    assert client.post("/", content="q=" + "%" * (MOST_BAD_ESCAPES + 1), headers=form).status_code == 400
    assert client.post("/", content="q=" + "%C3%A9" * 500, headers=form).status_code == 200
    json_with_many = {"question": ABOUT_KITTENS, "history": [{"role": "user", "content": "%" * 2000}]}
    assert client.post("/api/ask", json=json_with_many).status_code == 200
