from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from acobot.answer import Answer
from acobot.answering import Tell
from acobot.api import create_app
from acobot.api.streaming import prefers_events
from acobot.assistant import Assistant
from acobot.evidence import MOST_QUOTES
from acobot.question import Message
from tests.fakes import make_assistant
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING, TEXTS, settings_with
from tests.unit.api.test_problems import refusal

EVENTS = {"Accept": "text/event-stream"}


def stream(client: TestClient, question: str, **body: Any) -> list[tuple[str, Any]]:
    reply = client.post("/api/v1/ask", json={"question": question, **body}, headers=EVENTS)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert "Accept" in reply.headers["vary"]
    *events, end = reply.text.split("\n\n")
    assert end == ""
    pairs = [event.split("\n") for event in events]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


@pytest.mark.parametrize("question", [ABOUT_KITTENS, "How long do cats live?", ABOUT_NOTHING, "Hello!"])
def test_what_is_searched_for_then_quotes_then_the_reply(client: TestClient, question: str) -> None:
    answer = client.post("/api/v1/ask", json={"question": question}).json()
    assert stream(client, question) == [
        ("searched_for", {"searched_for": answer["searched_for"]}),
        *(("quote", quote) for quote in answer["quotes"]),
        ("answer", answer),
    ]


@pytest.mark.parametrize(
    ("question", "told", "then"),
    [(ABOUT_KITTENS, "cautions", "quote"), ("My dad is not breathing", "signposts", "answer")],
)
def test_what_must_be_read_before_the_quotes_comes_before_them(
    tmp_path: Path, question: str, told: str, then: str
) -> None:
    texts = {**TEXTS, "cats.md": TEXTS["cats.md"].replace("---\n", "---\nvalid_until: 2001\n", 1)}
    client = TestClient(create_app(make_assistant(tmp_path, texts), settings_with(tmp_path)))
    (_, (name, before), (following, _), *_) = events = stream(client, question)
    assert (name, following) == ("before", then)
    whole = events[-1][1]
    assert before == {one: whole[one] for one in ("signposts", "cautions")}
    assert before[told]


@pytest.mark.parametrize(("body", "slug"), [({}, "invalid-request"), ({"question": "?"}, "invalid-question")])
def test_what_cannot_be_asked_is_an_ordinary_problem(client: TestClient, body: Any, slug: str) -> None:
    refusal(client.post("/api/v1/ask", json=body, headers=EVENTS), 422, slug)


def test_without_an_index_there_is_no_stream(no_index_client: TestClient) -> None:
    refusal(no_index_client.post("/api/v1/ask", json={"question": "x"}, headers=EVENTS), 503, "no-index")


class LateFailure(Assistant):
    """Fails once the query is told."""

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        source_ids: Sequence[str] | None = None,
        max_quotes: int = MOST_QUOTES,
        tell: Tell | None = None,
    ) -> Answer:
        super().ask(question, history, source_ids, max_quotes, tell)
        raise RuntimeError(f"cannot make sense of {question!r}")


def test_what_goes_wrong_later_is_an_event(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = make_assistant(tmp_path, TEXTS)
    client = TestClient(create_app(LateFailure(made._store, made.means), settings_with(tmp_path)))
    (first, _), (last, problem) = stream(client, ABOUT_KITTENS)
    assert (first, last, problem["status"]) == ("searched_for", "problem", 500)
    assert problem["type"] == "urn:acobot:problem:internal-error"
    assert "RuntimeError" in caplog.text
    assert ABOUT_KITTENS not in caplog.text + json.dumps(problem)


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("text/event-stream", True),
        ("Text/Event-Stream; q=0.5, */*", True),
        ("application/json;q=0.5, text/event-stream", True),
        ("application/json, text/event-stream", False),
        ("text/event-stream;q=0", False),
        ("text/event-stream;q=x", True),
        ("application/json", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_events_are_for_who_prefers_them(accept: str, events: bool) -> None:
    request = Request({"type": "http", "headers": [(b"accept", accept.encode())]})
    assert prefers_events(request) is events
