"""Every way in which a request can be refused, and what is said then."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from acobot.answer import Answer
from acobot.answering import Tell
from acobot.api import create_app
from acobot.api.problems import TYPE_PREFIX, problem_types, title_of
from acobot.assistant import Assistant
from acobot.cli.log_lines import JsonLines
from acobot.evidence import MOST_QUOTES
from acobot.index import Store
from acobot.question import MESSAGE_LENGTH, Message
from acobot.sources import Source
from tests.fakes import ENGLISH, fake_means, make_assistant
from tests.unit.api.conftest import ABOUT_KITTENS, KITTEN, TEXTS, settings_with

MOST_BYTES = 512 * 1024
JSON = {"Content-Type": "application/json"}
HTML = {"Accept": "text/html,application/xhtml+xml"}


def post(client: TestClient, body: Any, path: str = "/api/ask") -> Any:
    """Sends JSON with `\\ud800` for a lone surrogate, or bytes as they are."""
    return client.post(path, content=body if isinstance(body, bytes) else json.dumps(body).encode(), headers=JSON)


def refusal(reply: Any, status: int, slug: str) -> dict[str, Any]:
    """The problem in a reply, which must be of this status and type."""
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["type"] == TYPE_PREFIX + slug
    assert problem["status"] == status
    assert (status, problem["title"]) == (problem_types()[slug], title_of(slug, ENGLISH.catalogue))
    assert problem["detail"]
    return problem


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"What is an ACO?",
        b"{'question': 'a kitten'}",
        b'{"question": "a kitten"',
        b'{"question": "\xff"}',
        b'{"question": "a kitten\n"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"question": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "blank", "text", "quotes", "unclosed", "not UTF-8", "bare newline", "deep", "deep objects", "digits"],
)
def test_what_is_not_json(client: TestClient, body: bytes) -> None:
    assert "errors" not in refusal(post(client, body), 400, "not-json")


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        (None, "", "must be a JSON object"),
        ([], "", "must be a JSON object"),
        ("a kitten", "", "must be a JSON object"),
        ({}, "/question", "is missing"),
        ({"question": None}, "/question", "must be a text"),
        ({"question": 5}, "/question", "must be a text"),
        ({"question": ["a kitten"]}, "/question", "must be a text"),
        ({"question": "kitten", "history": None}, "/history", "must be a list"),
        ({"question": "kitten", "history": {}}, "/history", "must be a list"),
        ({"question": "kitten", "history": ["hello"]}, "/history/0", "must be a JSON object"),
        ({"question": "kitten", "history": [{"role": "user"}]}, "/history/0/content", "is missing"),
        ({"question": "kitten", "history": [{"role": "user", "content": 1}]}, "/history/0/content", "must be a text"),
        (
            {"question": "kitten", "history": [{"role": "system", "content": "x"}]},
            "/history/0/role",
            "must be 'user' or 'assistant'",
        ),
        (
            {"question": "kitten", "history": [{"role": "user", "content": "\ud800"}]},
            "/history/0/content",
            "holds half of a surrogate pair, which is not a character; send valid Unicode",
        ),
        ({"question": "kitten", "source_ids": "cats"}, "/source_ids", "must be a list"),
        ({"question": "kitten", "source_ids": [1]}, "/source_ids/0", "must be a text"),
        (
            {"question": "kitten", "source_ids": []},
            "/source_ids",
            "must not be an empty list; leave it out to ask all sources",
        ),
        ({"question": "x", "source_ids": ["x"] * 1001}, "/source_ids", "must not be a list of more than 1,000"),
        (
            {"question": "kitten", "history": [{"role": "user", "content": "x", "status": "x" * 41}]},
            "/history/0/status",
            "must not have more than 40 characters",
        ),
        ({"question": "kitten", "limit": 3}, "/limit", "is an unknown field; take it out"),
        ({"question": "kitten", "a/b~c": 3}, "/a~1b~0c", "is an unknown field; take it out"),
        (
            {"question": "kitten", "\ud800": 3},
            "",
            "holds half of a surrogate pair, which is not a character; send valid Unicode",
        ),
    ],
)
def test_what_cannot_be_asked(client: TestClient, body: Any, pointer: str, detail: str) -> None:
    problem = refusal(post(client, body), 422, "invalid-request")
    assert problem["errors"] == [{"pointer": pointer, "detail": detail}]
    assert problem["detail"] == f"{pointer or 'the body'} {detail}"


def test_everything_that_is_wrong_is_told_at_once(client: TestClient) -> None:
    problem = refusal(post(client, {"question": 5, "history": 6, "other": 7}), 422, "invalid-request")
    assert [one["pointer"] for one in problem["errors"]] == ["/question", "/history", "/other"]


@pytest.mark.parametrize(
    ("limit", "detail"),
    [
        (0, "must be at least 1"),
        (-1, "must be at least 1"),
        (101, "must be at most 100"),
        ("10", "must be a whole number"),
        (True, "must be a whole number"),
        (2.0, "must be a whole number"),
        (None, "must be a whole number"),
    ],
)
def test_what_cannot_be_a_limit(client: TestClient, limit: Any, detail: str) -> None:
    problem = refusal(post(client, {"question": "kitten", "limit": limit}, "/api/search"), 422, "invalid-request")
    assert problem["errors"] == [{"pointer": "/limit", "detail": detail}]


def test_a_number_beyond_all_measure_is_told_in_our_words(client: TestClient) -> None:
    problem = refusal(client.get(f"/api/v1/sources?limit={'9' * 5000}"), 422, "invalid-request")
    assert problem["errors"] == [{"pointer": "/limit", "detail": "is too large a number"}]


@pytest.mark.parametrize("path", ["/api/ask", "/api/search"])
@pytest.mark.parametrize("question", ["", " \n\t ", "\x00\x07\x1b", "\U000e0041\U000e0042", "?!…", "\u200b"])
def test_an_empty_question(client: TestClient, path: str, question: str) -> None:
    assert "is empty" in refusal(post(client, {"question": question}, path), 422, "invalid-question")["detail"]


@pytest.mark.parametrize("path", ["/api/ask", "/api/search"])
@pytest.mark.parametrize("question", ["x" * 1001, "x" + "😀" * 1000])
def test_a_question_that_is_too_long(client: TestClient, path: str, question: str) -> None:
    problem = refusal(post(client, {"question": question}, path), 422, "invalid-question")
    assert problem["detail"] == "the question has 1,001 characters; the most is 1,000. Ask it more briefly"


@pytest.mark.parametrize("question", ["\ud800", "a kitten \udc00?", "\ude00\ud83d"])
def test_half_a_surrogate_pair_in_the_question(client: TestClient, question: str) -> None:
    assert "surrogate" in refusal(post(client, {"question": question}), 422, "invalid-question")["detail"]


@pytest.mark.parametrize("source_id", ["no-such", "", "\ud800", "../cats", "CATS"])
def test_an_unknown_source_among_those_to_ask(client: TestClient, source_id: str) -> None:
    refusal(post(client, {"question": "a kitten", "source_ids": ["cats", source_id]}), 422, "unknown-source-ids")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", ""])
def test_what_is_not_said_to_be_json(client: TestClient, content_type: str) -> None:
    reply = client.post("/api/ask", content=b'{"question": "kitten"}', headers={"Content-Type": content_type})
    refusal(reply, 415, "unsupported-media-type")


@pytest.mark.parametrize("path", ["/api/sources/no-such", "/api/sources/", "/api/sources/cats/", "/api/sources/%FF"])
def test_an_unknown_source(client: TestClient, path: str) -> None:
    refusal(client.get(path, headers=HTML), 404, "unknown-source")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/no-such", "/api/ask/", "/no-such", "/docs/", "/ask"])
def test_an_unknown_path(client: TestClient, path: str) -> None:
    refusal(client.get(path), 404, "unknown-path")


@pytest.mark.parametrize("path", ["/no-such", "/docs/"])
def test_an_unknown_path_in_a_browser_is_a_page(client: TestClient, path: str) -> None:
    reply = client.get(path, headers=HTML)
    assert (reply.status_code, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>Page not found</h1>" in reply.text


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST, OPTIONS"),
        ("HEAD", "/api/search", "POST, OPTIONS"),
        ("PUT", "/api/ask", "POST, OPTIONS"),
        ("POST", "/api/sources", "GET, HEAD, OPTIONS"),
        ("DELETE", "/api/sources/cats", "GET, HEAD, OPTIONS"),
        ("POST", "/healthz", "GET, HEAD, OPTIONS"),
        ("PUT", "/", "GET, POST, HEAD, OPTIONS"),
    ],
)
def test_a_method_that_is_not_allowed(client: TestClient, method: str, path: str, allowed: str) -> None:
    reply = client.request(method, path)
    assert reply.headers["allow"] == allowed
    if method != "HEAD" and path != "/":
        refusal(reply, 405, "method-not-allowed")


def oversize(bytes_: int) -> bytes:
    return b'{"question": "a kitten"}'.ljust(bytes_)


def test_a_body_may_have_512_kibibytes(client: TestClient) -> None:
    assert post(client, oversize(MOST_BYTES)).status_code == 200


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/api/sources", "/api/no-such"])
def test_a_body_that_is_too_large(client: TestClient, path: str) -> None:
    refusal(post(client, oversize(MOST_BYTES + 1), path), 413, "body-too-large")


def test_a_body_that_is_too_large_and_comes_in_chunks(client: TestClient) -> None:
    def chunks() -> Any:
        for start in range(0, MOST_BYTES + 1, 65536):
            yield oversize(MOST_BYTES + 1)[start : start + 65536]

    reply = client.post("/api/ask", content=chunks(), headers=JSON)
    assert "content-length" not in reply.request.headers
    refusal(reply, 413, "body-too-large")


def test_a_form_that_is_too_large_is_told_on_a_page(client: TestClient) -> None:
    reply = client.post("/", data={"q": "a kitten", "history": "x" * MOST_BYTES})
    assert reply.status_code == 413
    assert "<h1>Body too large</h1>" in reply.text


@pytest.mark.parametrize(
    "path", ["/api/sources", "/api/sources/cats", "/api/index", "/readyz", "/api/ask", "/api/search"]
)
def test_without_an_index(no_index_client: TestClient, path: str, caplog: pytest.LogCaptureFixture) -> None:
    asks = path in {"/api/ask", "/api/search"}
    reply = post(no_index_client, {"question": "a kitten"}, path) if asks else no_index_client.get(path)
    problem = refusal(reply, 503, "no-index")
    assert problem["detail"] == "there is nothing to answer from at the moment; try again in a few minutes"
    assert "there is no index in" in caplog.text


def test_without_an_index_the_process_lives(no_index_client: TestClient) -> None:
    assert no_index_client.get("/healthz").status_code == 200


class MisquotedCorpus:
    """A corpus whose sources have other texts than its passages."""

    def __init__(self, corpus: Any) -> None:
        self._corpus = corpus

    def source(self, source_id: str) -> Source:
        source: Source = self._corpus.source(source_id)
        return replace(source, text=f"Changed. {source.text}")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._corpus, name)


@pytest.mark.parametrize("path", ["/api/ask", "/"])
def test_a_quote_that_is_not_in_its_source_is_never_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    assistant = make_assistant(tmp_path, TEXTS)
    version: Any = assistant.version()
    version.corpus = MisquotedCorpus(version.corpus)
    client = TestClient(create_app(assistant, settings_with(tmp_path)))
    if path == "/":
        reply = client.post("/", data={"q": ABOUT_KITTENS})
        assert reply.status_code == 500
        assert "Something went wrong on our side" in reply.text
    else:
        reply = post(client, {"question": ABOUT_KITTENS})
        refusal(reply, 500, "internal-error")
    assert KITTEN[:8] not in reply.text
    assert "Traceback" not in reply.text
    assert "is not word for word in its source" in caplog.text
    assert "Traceback" in caplog.text
    assert KITTEN not in caplog.text


class FailingAssistant(Assistant):
    """Fails in a way that nobody foresaw, with the question in its message."""

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        source_ids: Sequence[str] | None = None,
        max_quotes: int = MOST_QUOTES,
        tell: Tell | None = None,
    ) -> Answer:
        raise RuntimeError(f"cannot make sense of {question!r}")


@pytest.fixture
def failing(tmp_path: Path) -> Callable[..., TestClient]:
    def make(**values: Any) -> TestClient:
        settings = settings_with(tmp_path, **values)
        return TestClient(create_app(FailingAssistant(Store(settings.index), fake_means()), settings))

    return make


def test_a_fault_that_nobody_foresaw(failing: Callable[..., TestClient], caplog: pytest.LogCaptureFixture) -> None:
    reply = failing(cors_origins=("https://example.org",)).post(
        "/api/ask", json={"question": "secret kitten"}, headers={"Origin": "https://example.org"}
    )
    problem = refusal(reply, 500, "internal-error")
    assert problem["detail"].startswith("something went wrong on our side")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["access-control-allow-origin"] == "https://example.org"
    assert "RuntimeError" in caplog.text
    assert "test_problems.py" in caplog.text
    assert "secret kitten" not in caplog.text


def test_where_a_fault_arose_stands_in_a_field_of_its_own_in_the_log(
    failing: Callable[..., TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    failing().post("/api/ask", json={"question": "secret kitten"})
    (fault,) = [record for record in caplog.records if record.getMessage().startswith("internal error")]
    told = json.loads(JsonLines().format(fault))
    assert told["message"] == "internal error: RuntimeError"
    assert "test_problems.py" in told["trace"]
    assert "secret kitten" not in told["trace"]


def test_a_fault_on_a_page_is_told_on_a_page(failing: Callable[..., TestClient]) -> None:
    page = failing().get("/?q=kitten")
    assert page.status_code == 500
    assert "<h1>Something went wrong</h1>" in page.text
    fragment = failing().post("/", data={"q": "kitten"}, headers={"X-Acobot-Fragment": "1"})
    assert fragment.status_code == 500
    assert fragment.text.startswith("<p data-problem>Something went wrong on our side")


def test_problems_repeat_nothing_of_the_body(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    reply = post(client, {"question": ["secret"], "limit": "secret"}, "/api/search")
    assert "secret" not in reply.text
    assert "secret" not in caplog.text


def test_a_flood_of_errors_is_told_briefly(client: TestClient) -> None:
    body = {"question": "x", "source_ids": ["a"], **{f"unknown-{number}": 1 for number in range(500)}}
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == 422
    assert len(reply.json()["errors"]) == 10
    assert reply.json()["detail"].endswith("and 490 more")


def test_only_the_last_messages_of_a_history_are_looked_at(client: TestClient) -> None:
    empty: list[dict[str, str]] = [{}] * 1000
    history = empty + [{"role": "user", "content": "Where do cats sleep?"}] * 20
    assert client.post("/api/ask", json={"question": "Why?", "history": history}).status_code == 200


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("more", [{}, {"Prefer": "handling=lenient"}])
@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions"])
def test_json_in_another_encoding_is_refused(
    client: TestClient, path: str, encoding: str, more: dict[str, str]
) -> None:
    asked = {"question": ABOUT_KITTENS} if path == "/api/ask" else {"messages": [{"role": "user", "content": "cats"}]}
    reply = client.post(path, content=json.dumps(asked).encode(encoding), headers={**JSON, **more})
    if path == "/api/ask":
        refusal(reply, 400, "not-json")
    assert reply.status_code == 400
    assert client.post(path, content=json.dumps(asked).encode("utf-8-sig"), headers={**JSON, **more}).status_code == 200


def test_what_is_repeated_is_cut_short(client: TestClient) -> None:
    long = "x" * 300_000
    for reply in (
        client.post("/api/ask", json={"question": "kitten", "source_ids": [long]}),
        client.post("/api/ask", json={"question": "kitten", long: 1}),
        client.post("/api/search", json={"question": "kitten", f"{long}/~": {"x": long[:9]}}),
        client.post("/v1/chat/completions", json={"model": long, "messages": [{"role": "user", "content": "kitten"}]}),
        client.get(f"/api/sources/{long[:50_000]}"),
    ):
        assert reply.status_code in {404, 422}
        assert len(reply.content) < 1200


def test_a_page_repeats_no_more_of_a_question_than_somebody_would_shorten(client: TestClient) -> None:
    reply = client.post("/", data={"q": "x" * 300_000})
    assert reply.status_code in {400, 422}
    assert "x" * MESSAGE_LENGTH in reply.text
    assert "x" * (MESSAGE_LENGTH + 1) not in reply.text
    assert "x" * 1500 in client.post("/", data={"q": "x" * 1500}).text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(client: TestClient, value: str) -> None:
    body = f'{{"question": "kitten", "max_quotes": {value}}}'
    reply = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    refusal(reply, 422, "invalid-request")


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/api/ask/batch"])
def test_of_thousands_of_unknown_fields_some_are_looked_at(client: TestClient, path: str) -> None:
    known: dict[str, Any] = {"questions": []} if path.endswith("batch") else {"question": ABOUT_KITTENS}
    body = known | {f"x{number}": 1 for number in range(5000)}
    problem = refusal(post(client, body, path), 422, "invalid-request")
    assert [one["pointer"] for one in problem["errors"]] == [f"/x{number}" for number in range(10)]
    assert "990 more" in problem["detail"]  # of a thousand
    lenient = client.post(path, json=body, headers={"Prefer": "handling=lenient"})
    assert lenient.status_code == (422 if path.endswith("batch") else 200)  # a batch of none


def test_of_thousands_of_messages_that_are_none_the_first_is_told(client: TestClient) -> None:
    told = post(client, {"messages": [{"role": "user", "content": "a"}, *[1] * 5000]}, "/v1/chat/completions")
    assert told.status_code == 400
    assert told.json()["error"]["message"].count("/messages/") == 1
    assert "/messages/1 " in told.json()["error"]["message"]
