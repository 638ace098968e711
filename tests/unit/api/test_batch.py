from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING
from tests.unit.api.test_problems import refusal

Make = Callable[..., TestClient]
PATH = "/api/v1/ask/batch"
ASKED = {"question": ABOUT_KITTENS, "max_quotes": 1}


def batch(client: TestClient, *questions: Any, **headers: str) -> list[dict[str, Any]]:
    reply = client.post(PATH, json={"questions": questions}, headers=headers)
    assert reply.status_code == 200, reply.text
    results: list[dict[str, Any]] = reply.json()["results"]
    assert all(
        set(one) == {"answer", "problem"} and (one["answer"] is None) != (one["problem"] is None) for one in results
    )
    return results


def test_each_question_has_the_answer_that_it_has_alone(client: TestClient) -> None:
    questions = [ASKED, {"question": ABOUT_NOTHING}, {"question": "Hello!"}, ASKED]
    alone = [client.post("/api/v1/ask", json=one).json() for one in questions]
    assert [one["answer"] for one in batch(client, *questions)] == alone


def test_what_is_wrong_with_one_is_told_of_that_one(client: TestClient) -> None:
    empty, unknown, kind, none, fine = batch(
        client, {"question": ""}, {"question": "x", "source_ids": ["no"]}, {"question": 5, "other": 1}, "x", ASKED
    )
    assert empty["problem"]["type"] == "urn:acobot:problem:invalid-question"
    assert unknown["problem"]["type"] == "urn:acobot:problem:unknown-source-ids"
    assert [one["pointer"] for one in kind["problem"]["errors"]] == ["/question", "/other"]
    assert (none["problem"]["status"], none["problem"]["detail"]) == (422, "the body must be a JSON object")
    assert fine["answer"]["status"] == "answered"


def test_unknown_fields_of_a_question_are_passed_over_for_who_prefers_that(client: TestClient) -> None:
    (one,) = batch(client, {**ASKED, "other": 1}, Prefer="handling=lenient")
    assert one["answer"]["status"] == "answered"


@pytest.mark.parametrize("number", [0, 101])
def test_a_batch_has_one_to_a_hundred_questions(client: TestClient, number: int) -> None:
    told = refusal(client.post(PATH, json={"questions": [ASKED] * number}), 422, "invalid-request")
    assert told["detail"] == "a batch has 1 to 100 questions"
    assert told["errors"] == [{"pointer": "/questions", "detail": told["detail"]}]


def test_a_hundred_questions(client: TestClient) -> None:
    assert len(batch(client, *[{"question": "Hello!"}] * 100)) == 100


@pytest.mark.parametrize("body", [{}, {"questions": "x"}, {"questions": [], "other": 1}])
def test_what_is_no_batch(client: TestClient, body: Any) -> None:
    refusal(client.post(PATH, json=body), 422, "invalid-request")


def test_each_question_counts_towards_the_rate(client_with: Make) -> None:
    client = client_with(rate_limit="2/minute")
    results = batch(client, *[{"question": "Hello!"}] * 3)
    assert [one["problem"] and one["problem"]["status"] for one in results] == [None, None, 429]
    refusal(client.post(PATH, json={"questions": [ASKED]}), 429, "rate-limited")
