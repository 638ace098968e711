"""/v1 as clients of OpenAI's chat API see it; the clients themselves ask in tests/integration/test_clients.py."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from acobot.answer import LimitSaid
from acobot.api.openai_chat.listing import list_sources
from acobot.api.openai_chat.schemas import AnswerFields
from acobot.assistant import Assistant
from tests.fakes import ENGLISH
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING

Make = Callable[..., TestClient]
CHAT = "/v1/chat/completions"
LINKED = "acobot-links"
TWO_QUOTES = "How long do cats live? Are they old at twelve?"
HEADING = "What is a kitten?"
LINK = re.compile(r"^\[(\d)\] \[(.+)\]\((.+)\)$", re.MULTILINE)
NOT_BREATHING = "My dad is not breathing. What is a kitten, a young cat with paws?"


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def complete(client: TestClient, *messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    reply = client.post(CHAT, json={"model": "acobot", "messages": messages, **more})
    assert reply.status_code == 200, reply.text
    completion: dict[str, Any] = reply.json()
    return completion


def content(completion: dict[str, Any]) -> str:
    return str(completion["choices"][0]["message"]["content"])


def error(reply: Any, status: int) -> dict[str, Any]:
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/json"
    assert set(reply.json()) == {"error"}
    told: dict[str, Any] = reply.json()["error"]
    assert set(told) == {"message", "type", "param", "code"}
    return told


def events(reply: Any) -> list[Any]:
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    lines = reply.text.split("\n\n")
    assert lines.pop() == ""
    assert lines.pop() == "data: [DONE]"
    assert all(line.startswith("data: ") for line in lines)
    return [json.loads(line.removeprefix("data: ")) for line in lines]


@pytest.mark.parametrize("question", [ABOUT_KITTENS, TWO_QUOTES, ABOUT_NOTHING, "Hello!"])
def test_the_content_is_the_answer(client: TestClient, question: str) -> None:
    answer = client.post("/api/ask", json={"question": question}).json()
    completion = complete(client, user(question))
    assert content(completion) == answer["answer"] == completion["acobot"]["answer"]
    linked = complete(client, user(question), model=LINKED)
    assert linked["model"] == LINKED
    assert content(linked).split("\n\n")[0] == answer["answer"] == linked["acobot"]["answer"]
    assert (completion["object"], completion["model"]) == ("chat.completion", "acobot")
    assert completion["choices"][0]["finish_reason"] == "stop"
    assert completion["choices"][0]["message"]["role"] == "assistant"
    own = completion["acobot"]
    assert set(own) == set(AnswerFields.__dataclass_fields__)
    assert {name: own[name] for name in own if name != "quotes"} == {
        name: answer[name] for name in answer if name != "quotes"
    }


def test_under_the_answer_stands_whose_words_each_number_marks(client: TestClient) -> None:
    completion = complete(client, user(ABOUT_KITTENS), model=LINKED)
    own = completion["acobot"]
    links = LINK.findall(content(completion).removeprefix(own["answer"]))
    assert [int(number) for number, _, _ in links] == [one["number"] for one in own["citations"]] != []
    for (number, words, address), citation in zip(links, own["citations"], strict=True):
        assert words == rf"Our summary of “All about cats”, by Dr \<i>Paw\</i>, The Cat Office, April 2018: {HEADING}"
        marked = [one["url"] for one in own["quotes"] if str(one["citation"]) == number]
        assert address == (marked[0] if len(marked) == 1 else f"http://testserver{citation['href']}")
        assert '<mark id="quote">' in client.get(address).text


def test_where_several_quotes_have_one_number_its_link_marks_their_passage(assistant: Assistant) -> None:
    answer = assistant.ask(ABOUT_KITTENS)
    (quote, *_), (citation, *_) = answer.quotes, answer.citations
    alone = replace(answer, quotes=(quote,), citations=(citation,))
    assert list_sources(alone, ENGLISH, "")[0].endswith(f"]({quote.href})")
    both = replace(alone, quotes=(quote, replace(quote, start=quote.start + 1, href="/other")))
    assert list_sources(both, ENGLISH, "")[0].endswith(f"]({citation.href})")


def test_a_refusal_lists_what_came_nearest_as_no_answer(client: TestClient) -> None:
    completion = complete(client, user(ABOUT_NOTHING), model=LINKED)
    own = completion["acobot"]
    assert (own["status"], own["answer"].endswith("listed below; they are not an answer.")) == ("not_in_sources", True)
    lines = content(completion).removeprefix(f"{own['answer']}\n\n").splitlines()
    assert len(lines) == len(own["nearest"]) > 0
    for line, nearest in zip(lines, own["nearest"], strict=True):
        assert line.startswith("- [")
        assert line.endswith(f"](http://testserver{nearest['href']})")


@pytest.mark.parametrize(
    ("see", "link"),
    [
        ("https://www.example.org/a_(b)", "[example.org](https://www.example.org/a_%28b%29)"),
        ("/sources/cats?start=1&end=9#quote", "[the source](https://acobot.example/sources/cats?start=1&end=9#quote)"),
    ],
)
def test_a_limit_says_where_to_read_on_and_names_what_came_nearest(assistant: Assistant, see: str, link: str) -> None:
    refused = assistant.ask(ABOUT_NOTHING)
    told = list_sources(replace(refused, limit=LimitSaid("No.", see)), ENGLISH, "https://acobot.example")
    assert told[:2] == [f"Read on: {link}", "Nearest passages, not an answer"]
    assert len(told) == 3
    (nothing_near,) = list_sources(
        replace(refused, limit=LimitSaid("No.", see), nearest=()), ENGLISH, "https://a.example"
    )
    assert nothing_near.startswith("Read on")


def test_small_talk_has_nothing_under_it(client: TestClient) -> None:
    completion = complete(client, user("Hello!"), model=LINKED)
    assert content(completion) == completion["acobot"]["answer"]


def test_each_number_in_the_content_is_annotated_with_where_its_quote_stands(client: TestClient) -> None:
    completion = complete(client, user(TWO_QUOTES))
    said, own = content(completion), completion["acobot"]["quotes"]
    cited = [one["url_citation"] for one in completion["choices"][0]["message"]["annotations"]]
    assert len(cited) == len(own) >= 1
    for citation, quote in zip(cited, sorted(own, key=lambda one: int(one["content_start"])), strict=True):
        assert said[citation["start_index"] : citation["end_index"]] == f"[{quote['citation']}]"
        assert citation["title"] == "Our summary of “All about cats”, by Dr <i>Paw</i>, The Cat Office, April 2018"
        assert citation["url"] == quote["url"] == f"http://testserver{quote['href']}"
        assert '<mark id="quote">' in client.get(citation["url"]).text


def test_quotes_verify_in_the_content_and_in_their_source(client: TestClient) -> None:
    completion = complete(client, user(ABOUT_KITTENS))
    for quote in completion["acobot"]["quotes"]:
        assert content(completion)[quote["content_start"] : quote["content_end"]] == quote["text"]
        text = client.get(f"/api/sources/{quote['source_id']}").json()["text"]
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert hashlib.sha256(text.encode()).hexdigest() == quote["sha256"]


def test_whom_to_call_stands_before_the_answer(client: TestClient) -> None:
    completion = complete(client, user(NOT_BREATHING))
    own = completion["acobot"]
    assert own["signposts"]
    assert content(completion).startswith(own["signposts"][0]["text"])
    for quote in own["quotes"]:
        assert content(completion)[quote["content_start"] : quote["content_end"]] == quote["text"]


def test_the_public_address_begins_every_link(client_with: Make) -> None:
    client = client_with(public_url="https://acobot.example")
    (one, *_) = complete(client, user(ABOUT_KITTENS))["choices"][0]["message"]["annotations"]
    assert one["url_citation"]["url"].startswith("https://acobot.example/sources/cats?")
    assert urlsplit(one["url_citation"]["url"]).fragment == "quote"


def test_the_last_message_of_the_user_is_asked_in_its_conversation(client: TestClient) -> None:
    earlier = [user("Where do hedgehogs sleep?"), {"role": "assistant", "content": "Under leaves. [1]"}]
    completion = complete(client, *earlier, user("And in winter?"), {"role": "tool", "content": "owls"})
    assert completion["acobot"]["question"] == "And in winter?"
    assert "hedgehogs" in completion["acobot"]["searched_for"]


def test_a_follow_up_is_understood_as_the_page_does_with_replies_sent_back_as_they_came(client: TestClient) -> None:
    conversation: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for question in ("Where do hedgehogs sleep in winter?", ABOUT_NOTHING, "And why do they?"):
        completion = complete(client, *conversation, user(question), model=LINKED)
        own = completion["acobot"]
        page = {"question": question, "history": told}
        assert own["searched_for"] == client.post("/api/ask", json=page).json()["searched_for"]
        conversation += [user(question), {"role": "assistant", "content": content(completion)}]
        told += [user(question), {"role": "assistant", "content": own["answer"], "status": own["status"]}]
    assert [one["status"] for one in told[1:4:2]] == ["answered", "not_in_sources"]
    assert "hedgehogs" in own["searched_for"]


@pytest.mark.parametrize("role", ["system", "developer", "tool", "function", "whatever"])
def test_messages_of_other_roles_are_passed_over(client: TestClient, role: str) -> None:
    other = {"role": role, "content": "Where do hedgehogs sleep?", "tool_call_id": "1"}
    completion = complete(client, other, user("And in winter?"))
    assert completion["acobot"]["searched_for"] == "And in winter?"


def test_of_parts_the_texts_are_asked(client: TestClient) -> None:
    parts = [
        {"type": "text", "text": "What is a kitten,"},
        {"type": "image_url", "image_url": {"url": "https://example.org/owl.png"}},
        {"type": "text", "text": "a young cat with paws?"},
    ]
    assert complete(client, user(parts))["acobot"]["question"] == ABOUT_KITTENS


@pytest.mark.parametrize(
    "said",
    [
        "",
        None,
        [],
        [{"type": "image_url", "image_url": {"url": "https://example.org/owl.png"}}],
        [{"type": "input_text", "text": "Where do hedgehogs sleep?"}],
    ],
)
def test_a_last_message_without_a_text_is_not_answered_as_the_one_before_it(client: TestClient, said: Any) -> None:
    earlier = [user(ABOUT_KITTENS), {"role": "assistant", "content": "A kitten is a young cat. [1]"}]
    told = error(client.post(CHAT, json={"messages": [*earlier, user(said)]}), 400)
    assert (told["code"], told["message"]) == (
        "invalid_question",
        "the question is empty; write a question in words",
    )


def test_parameters_that_mean_nothing_here_change_nothing(client: TestClient) -> None:
    more = {"temperature": 2, "n": 3, "tools": [], "seed": 1, "made_up": {}, "stream": None, "stream_options": None}
    assert content(complete(client, user(ABOUT_KITTENS), **more)) == content(complete(client, user(ABOUT_KITTENS)))


def test_a_stream_says_the_same_in_pieces_with_the_citations_last(client: TestClient) -> None:
    body = {"model": LINKED, "messages": [user(TWO_QUOTES)]}
    whole = client.post(CHAT, json=body).json()
    chunks = events(client.post(CHAT, json={**body, "stream": True}))
    assert {one["object"] for one in chunks} == {"chat.completion.chunk"}
    assert len({one["id"] for one in chunks}) == 1
    deltas = [one["choices"][0]["delta"] for one in chunks]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == content(whole)
    *quotes, sources = [delta["content"] for delta in deltas[1:-1]]
    assert all(quote.endswith("]") for quote in quotes)
    assert sources == content(whole).removeprefix(whole["acobot"]["answer"]) != ""
    assert deltas[-1] == {"annotations": whole["choices"][0]["message"]["annotations"]}
    assert [one["choices"][0]["finish_reason"] for one in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert chunks[-1]["acobot"] == whole["acobot"]


def test_usage_comes_in_a_chunk_of_its_own_where_it_is_asked_for(client: TestClient) -> None:
    body = {"messages": [user(ABOUT_KITTENS)], "stream": True, "stream_options": {"include_usage": True}}
    *others, last = events(client.post(CHAT, json=body))
    assert last["choices"] == []
    assert last["usage"]["total_tokens"] == last["usage"]["prompt_tokens"] + last["usage"]["completion_tokens"] > 0
    assert {one["usage"] for one in others} == {None}


def test_the_models(client: TestClient) -> None:
    (model,) = client.get("/v1/models").json()["data"]
    assert set(model) == {"id", "object", "created", "owned_by"}
    assert (model["id"], model["object"]) == ("acobot", "model")
    assert client.get("/v1/models/acobot").json() == model
    assert client.get(f"/v1/models/{LINKED}").json() == {**model, "id": LINKED}
    for other in ("gpt", "other/gpt-4", "other%2Fgpt-4"):
        assert error(client.get(f"/v1/models/{other}"), 404)["code"] == "model_not_found"


@pytest.mark.parametrize(
    ("body", "param", "said"),
    [
        ({}, "messages", "/messages is missing"),
        ({"messages": []}, "messages", "there is no message with the role 'user' that has a text"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "there is no message with the role 'user'"),
        ({"messages": [user(3)]}, "messages[0].content", "must be a text"),
        ({"messages": [user("x" * 1001)]}, None, "the most is 1,000"),
        ({"messages": [user("x")], "stream": "yes"}, "stream", "must be true or false"),
    ],
)
def test_what_cannot_be_asked_is_a_bad_request(client: TestClient, body: Any, param: str | None, said: str) -> None:
    told = error(client.post(CHAT, json=body), 400)
    assert said in told["message"]
    assert (told["type"], told["param"]) == ("invalid_request_error", param)


def test_an_unknown_model_is_named(client: TestClient) -> None:
    told = error(client.post(CHAT, json={"model": "gpt-4", "messages": [user("x")]}), 404)
    assert (told["code"], told["message"]) == (
        "model_not_found",
        "there is no model 'gpt-4'; there are 'acobot', 'acobot-links'",
    )


@pytest.mark.parametrize(("path", "status"), [("/v1", 404), ("/v1/embeddings", 404), (CHAT, 405)])
def test_what_there_is_not_is_told_in_the_same_shape(client: TestClient, path: str, status: int) -> None:
    error(client.get(path, headers={"Accept": "text/html"}), status)


def test_what_is_not_json_and_what_has_no_index(client: TestClient, no_index_client: TestClient) -> None:
    not_json = client.post(CHAT, content=b"{", headers={"Content-Type": "application/json"})
    assert error(not_json, 400)["code"] == "not_json"
    assert error(client.post(CHAT, content=b"{}", headers={"Content-Type": "text/plain"}), 415)
    told = error(no_index_client.post(CHAT, json={"messages": [user("x")]}), 503)
    assert (told["type"], told["code"]) == ("server_error", "no_index")


def test_one_of_the_keys_must_be_sent_where_there_are_any(client_with: Make) -> None:
    client = client_with(api_keys=("first", "schlüssel"))
    for given in ("", "Bearer other", "Basic first", "first"):
        headers = {"Authorization": given} if given else {}
        for send in (client.get("/v1/models", headers=headers), client.post(CHAT, json={}, headers=headers)):
            told = error(send, 401)
            assert (told["type"], told["code"]) == ("invalid_request_error", "invalid_api_key")
            assert send.headers["www-authenticate"] == "Bearer"
    for key in ("first", "schlüssel"):
        sent = f"Bearer {key}".encode()
        assert client.get("/v1/models", headers=[(b"Authorization", sent)]).status_code == 200
    assert client.get("/api/sources").status_code == 200


def test_questions_count_towards_the_rate(client_with: Make) -> None:
    client = client_with(rate_limit="1/minute")
    complete(client, user("kitten"))
    reply = client.post(CHAT, json={"messages": [user("kitten")]})
    told = error(reply, 429)
    assert (told["type"], told["code"]) == ("rate_limit_error", "rate_limit_exceeded")
    assert int(reply.headers["retry-after"]) >= 1
    assert client.get("/v1/models").status_code == 200


def test_pages_of_named_origins_may_chat(client_with: Make) -> None:
    client = client_with(cors_origins=("https://friend.example",))
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    reply = client.options(CHAT, headers={"Origin": "https://friend.example", **asked})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == "https://friend.example"
    assert "authorization" in reply.headers["access-control-allow-headers"]
