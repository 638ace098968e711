from __future__ import annotations

import hashlib
import html
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from acobot.answer import Answer, Citation, CitedPassage, CitedSource, Quote
from acobot.answering import Means
from acobot.api import create_app
from acobot.api.problems import TYPE_PREFIX, problem_types
from acobot.assistant import Assistant
from acobot.index import Store
from tests.fakes import WordEncoder, fake_settings, make_assistant
from tests.faults import damage, no_file_can_be_opened
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING, KITTEN, TEXTS, settings_with

IDS = ["100%?#", "cats", "sub folder/über"]


def ask(client: TestClient, question: str, **body: Any) -> dict[str, Any]:
    reply = client.post("/api/ask", json={"question": question, **body})
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def names(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def test_an_answer_has_every_key(client: TestClient) -> None:
    answer = ask(client, ABOUT_KITTENS)
    assert set(answer) == names(Answer)
    assert answer["status"] == "answered"
    assert answer["question"] == answer["searched_for"] == ABOUT_KITTENS
    assert set(answer["quotes"][0]) == names(Quote)
    assert set(answer["citations"][0]) == names(Citation)
    assert answer["differing"] == answer["nearest"] == answer["signposts"] == []
    assert answer["suggestions"] == ["What do kittens & cats eat?"]
    assert 0.38 <= answer["confidence"] <= 1
    assert answer["index"] == client.get("/api/sources").json()["index"]


def test_the_answer_is_its_quotes_with_their_citations(client: TestClient) -> None:
    answer = ask(client, ABOUT_KITTENS)
    assert answer["quotes"][0]["text"] == KITTEN
    assert answer["answer"] == " ".join(f"{one['text']} [{one['citation']}]" for one in answer["quotes"])
    assert [one["number"] for one in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    assert {one["citation"] for one in answer["quotes"]} == {one["number"] for one in answer["citations"]}


def test_a_citation_names_its_source_and_passage(client: TestClient) -> None:
    cited = ask(client, ABOUT_KITTENS)["citations"][0]
    assert set(cited["source"]) == names(CitedSource)
    assert set(cited["passage"]) == names(CitedPassage)
    assert cited["source"] | {"sha256": ""} == {
        "id": "cats", "title": "Cats & <b>kittens</b>", "publisher": "The Cat Office", "author": "Dr <i>Paw</i>",
        "published": "2018-04", "updated": "2019-01-31", "url": "https://example.org/cats?a=1&b=2",
        "licence": "OGL-UK-3.0", "kind": "summary", "summary_of": "All about cats", "sha256": "",
        "valid_until": None, "superseded_by": None, "retrieved": None,
    }  # fmt: skip
    assert cited["passage"]["heading"] == ["What is a kitten?"]


def test_quotes_and_passages_verify_by_offset_and_digest(client: TestClient) -> None:
    answer = ask(client, ABOUT_KITTENS)
    sources = {one["number"]: one["source"] for one in answer["citations"]}
    for one in answer["quotes"]:
        source = client.get(f"/api/sources/{quote(one['source_id'], safe='')}").json()
        assert source["text"][one["start"] : one["end"]] == one["text"]
        assert hashlib.sha256(source["text"].encode()).hexdigest() == source["sha256"]
        assert source["sha256"] == sources[one["citation"]]["sha256"]
        assert one["href"] == f"/sources/cats?start={one['start']}&end={one['end']}&v={source['sha256'][:12]}#quote"
    for one in answer["citations"]:
        passage = one["passage"]
        text = client.get(f"/api/sources/{quote(one['source']['id'], safe='')}").json()["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_a_refusal_has_every_key_and_the_nearest_passages(client: TestClient) -> None:
    answer = ask(client, ABOUT_NOTHING)
    assert set(answer) == names(Answer)
    assert answer["status"] == "not_in_sources"
    assert answer["answer"].startswith("The sources do not answer this question.")
    assert answer["quotes"] == answer["citations"] == answer["differing"] == []
    assert 1 <= len(answer["nearest"]) <= 3
    assert set(answer["nearest"][0]) == names(Citation)
    assert "What do kittens & cats eat?" in answer["suggestions"]


@pytest.mark.parametrize(
    ("question", "status", "said", "searched_for"),
    [
        ("Hello!", "small_talk", "Hello", ""),
        ("My dad is not breathing", "signposted", "999", "My dad is not breathing"),
    ],
)
def test_a_reply_of_the_assistants_own_has_every_key(
    client: TestClient, question: str, status: str, said: str, searched_for: str
) -> None:
    answer = ask(client, question)
    assert set(answer) == names(Answer)
    assert (answer["status"], answer["question"], answer["searched_for"]) == (status, question, searched_for)
    assert said in answer["answer"]
    assert answer["quotes"] == answer["citations"] == answer["differing"] == answer["nearest"] == []
    assert answer["confidence"] == 0


def test_the_same_question_has_the_same_answer(client: TestClient) -> None:
    replies = [client.post("/api/ask", json={"question": ABOUT_KITTENS}).content for _ in range(2)]
    assert replies[0] == replies[1]


def test_only_the_named_sources_are_asked(client: TestClient) -> None:
    answer = ask(client, ABOUT_KITTENS, source_ids=["100%?#", "sub folder/über"])
    cited = {one["source"]["id"] for one in answer["citations"] + answer["nearest"]}
    assert cited <= {"100%?#", "sub folder/über"}
    assert ask(client, ABOUT_KITTENS, source_ids=None) == ask(client, ABOUT_KITTENS)


def test_a_follow_up_is_searched_with_the_words_before_it(client: TestClient) -> None:
    history = [
        {"role": "user", "content": "Where do hedgehogs sleep?", "id": 7, "extra": {"anything": []}},
        {"role": "assistant", "content": "Under leaves."},
    ]
    answer = ask(client, "And in winter?", history=history)
    assert "hedgehogs" in answer["searched_for"]
    assert answer["question"] == "And in winter?"


def test_a_long_history_is_cut_and_not_refused(client: TestClient) -> None:
    old = [{"role": "user", "content": "What is a kitten?"}]
    filler = [{"role": "assistant", "content": "😀" * 5000}] * 20
    assert ask(client, "Where do hedgehogs sleep?", history=old + filler)["searched_for"] == "Where do hedgehogs sleep?"
    long = [{"role": "user", "content": "owls " + " " * 3990 + "in leaves"}]
    assert "leaves" not in ask(client, "Where?", history=long)["searched_for"]


def test_control_characters_are_removed_from_the_question(client: TestClient) -> None:
    assert ask(client, "What\x00 is a\x07 kitten,\na young\U000e0041 cat with paws?")["question"] == ABOUT_KITTENS


def test_html_in_a_question_is_only_text(client: TestClient) -> None:
    asked = '<script>alert("1")</script> kitten?'
    reply = client.post("/api/ask", json={"question": asked})
    assert reply.json()["question"] == asked
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize("question", ["kitten " + "x" * 993, "😀" * 999 + "x"])
def test_a_question_may_have_a_thousand_code_points(client: TestClient, question: str) -> None:
    assert len(question) == 1000
    assert ask(client, question)["question"] == question


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/ld+json"]
)
def test_json_is_taken_under_all_its_names(client: TestClient, content_type: str) -> None:
    reply = client.post("/api/ask", content=b'{"question": "a kitten"}', headers={"Content-Type": content_type})
    assert reply.status_code == 200


def test_search_gives_ranked_passages(client: TestClient) -> None:
    reply = client.post("/api/search", json={"question": ABOUT_KITTENS}).json()
    assert set(reply) == {"searched_for", "results", "next", "index"}
    results = reply["results"]
    assert [one["rank"] for one in results] == list(range(1, len(results) + 1))
    assert [one["score"] for one in results] == sorted((one["score"] for one in results), reverse=True)
    assert all(set(one) == {"rank", "score", "source", "passage", "href"} for one in results)
    best = results[0]
    text = client.get(f"/api/sources/{best['source']['id']}").json()["text"]
    assert text[best["passage"]["start"] : best["passage"]["end"]] == best["passage"]["text"]
    assert KITTEN in best["passage"]["text"]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_search_keeps_to_its_limit(client: TestClient, limit: int) -> None:
    results = client.post("/api/search", json={"question": "cats", "limit": limit, "history": []}).json()["results"]
    assert len(results) == min(limit, 4)


def test_sources_are_listed_in_order_with_their_particulars(client: TestClient) -> None:
    reply = client.get("/api/sources").json()
    assert [one["id"] for one in reply["sources"]] == IDS
    assert all(set(one) == names(CitedSource) for one in reply["sources"])
    assert reply["sources"][0]["publisher"] is None


@pytest.mark.parametrize("source_id", IDS)
@pytest.mark.parametrize("safe", ["", "/"])
def test_a_source_is_found_by_its_percent_encoded_id(client: TestClient, source_id: str, safe: str) -> None:
    reply = client.get(f"/api/sources/{quote(source_id, safe=safe)}").json()
    assert set(reply) == names(CitedSource) | {"text", "index"}
    assert reply["id"] == source_id
    assert hashlib.sha256(reply["text"].encode()).hexdigest() == reply["sha256"]


def test_the_links_of_a_search_lead_to_their_sources(client: TestClient) -> None:
    for one in client.post("/api/search", json={"question": "owls hedgehogs cats"}).json()["results"]:
        path, _, _ = one["href"].partition("?")
        assert unquote(path) == f"/sources/{one['source']['id']}"
        page = client.get(one["href"])
        assert page.status_code == 200
        assert '<mark id="quote">' in page.text


def test_the_index_is_told_as_its_manifest(client: TestClient) -> None:
    manifest = client.get("/api/index").json()
    assert manifest["id"] == client.get("/api/sources").json()["index"]["id"]
    assert [one["id"] for one in manifest["sources"]] == IDS
    assert manifest["passages"] == 4
    assert manifest["built"]


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    index = client.get("/api/sources").json()["index"]
    assert client.get("/readyz").json() == {"status": "ready", "index": index}


def test_openapi_describes_requests_replies_and_problems(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/ask", "/api/v1/ask/batch", "/api/v1/search", "/api/v1/sources", "/api/v1/sources/{source_id}",
        "/api/v1/index", "/healthz",
        "/readyz", "/v1/chat/completions", "/v1/models", "/v1/models/{model}",
    }  # fmt: skip
    schemas = described["components"]["schemas"]
    assert set(schemas["Answer"]["properties"]) == names(Answer)
    assert set(schemas["Answer"]["required"]) == names(Answer)
    assert set(schemas["AskRequest"]["properties"]) == {"question", "history", "source_ids", "max_quotes"}
    assert schemas["AskRequest"]["additionalProperties"] is False
    assert schemas["SearchRequest"]["properties"]["limit"]["maximum"] == 100
    assert set(schemas["Problem"]["properties"]["type"]["enum"]) == {TYPE_PREFIX + slug for slug in problem_types()}
    assert {"400", "413", "415", "422", "429", "503"} <= set(described["paths"]["/api/v1/ask"]["post"]["responses"])


def test_the_documentation_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "://" not in page.text
    for part in page.text.split('"'):
        if part.startswith("/static/"):
            assert client.get(part).status_code == 200
    script = next(part for part in page.text.split('"') if part.startswith("/static/docs."))
    assert "validatorUrl: null" in client.get(script).text


@pytest.mark.parametrize(
    "path", ["/", "/?q=kitten", "/sources", "/sources/cats", "/docs", "/api/sources", "/api/sources/cats",
             "/api/index", "/healthz", "/readyz", "/openapi.json"],
)  # fmt: skip
def test_head_says_what_get_would(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    own = "x-request-id"  # of each request
    assert {**head.headers, own: ""} == {**get.headers, own: ""}


def test_the_sources_text_is_as_it_was_written(client: TestClient) -> None:
    text = client.get("/api/sources/cats").json()["text"]
    assert text.strip() == html.unescape(TEXTS["cats.md"]).split("---\n", 2)[2].strip()


def test_whether_it_is_ready_is_found_out_once_a_version(tmp_path: Path) -> None:
    encoder = WordEncoder()
    make_assistant(tmp_path, {"cats.md": "Cats sleep all day.\n"})
    settings = fake_settings(tmp_path)
    client = TestClient(create_app(Assistant(Store(settings.index), Means(encoder)), settings))
    assert [client.get("/readyz").status_code for _ in range(3)] == [200] * 3
    assert len(encoder.texts) == 1


def test_a_passing_want_of_files_leaves_the_service_ready(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "# Cats\n\nCats sleep.\n"})
    client = TestClient(create_app(assistant, settings_with(tmp_path)))
    with no_file_can_be_opened():
        assistant.check_contents()
        assistant.refresh()
    assert client.get("/readyz").status_code == 200


def test_a_damaged_index_is_not_ready_while_the_process_lives(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "# Cats\n\nCats sleep.\n"})
    client = TestClient(create_app(assistant, settings_with(tmp_path)))
    damage(assistant.version().folder / "piece-weights.npy")
    assistant.check_contents()
    assert [client.get(path).status_code for path in ("/readyz", "/healthz")] == [503, 200]


def test_what_no_file_can_be_opened_for_is_not_ready_and_is_again_once_they_can(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "# Cats\n\nCats sleep.\n"})
    with TestClient(create_app(assistant, settings_with(tmp_path))) as client:
        assert client.get("/readyz").status_code == 200
        with no_file_can_be_opened():
            assert client.get("/readyz").status_code == 503
        assert client.get("/readyz").status_code == 200


def test_a_version_that_lost_a_file_is_not_ready_once_somebody_asked_for_it(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "# Cats\n\nCats sleep.\n"})
    client = TestClient(create_app(assistant, settings_with(tmp_path)))
    assistant.check_contents()
    for path in (assistant.version().folder / "tokens").iterdir():
        path.unlink()
    assert client.post("/api/ask", json={"question": "Do cats sleep?"}).status_code == 503
    assistant.check_contents()
    assert client.get("/readyz").status_code == 503
