"""HTTP as it should be: tags and conditions, how many may still be asked, pages, names, preferences, methods."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import Corpus, Store, Version
from tests.fakes import build, make_assistant, write_sources
from tests.unit.api.conftest import ABOUT_KITTENS, TEXTS, settings_with
from tests.unit.api.test_problems import refusal

Make = Callable[..., TestClient]
TAGGED = ["/api/sources", "/api/v1/sources?limit=2", "/api/sources/cats", "/api/index", "/sources", "/sources/cats",
          "/openapi.json"]  # fmt: skip
QUESTION = {"question": ABOUT_KITTENS}
PLAIN, ZIPPED = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", TAGGED)
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path, headers=PLAIN)
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    assert "no-cache" in first.headers["cache-control"]
    again = client.get(path, headers={**PLAIN, "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "content-length" not in again.headers
    assert "content-type" not in again.headers
    assert again.headers["x-content-type-options"] == "nosniff"
    assert client.head(path, headers=PLAIN).headers["etag"] == tag
    assert client.head(path, headers={**PLAIN, "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("known", "status"),
    [("W/{tag}", 304), ('"other", {tag}', 304), ("*", 304), ('"other"', 200), ("", 200), ("{bare}", 200)],
)
def test_a_condition_may_name_several_tags_or_any(client: TestClient, known: str, status: int) -> None:
    tag = client.get("/api/sources", headers=PLAIN).headers["etag"]
    condition = known.format(tag=tag, bare=tag.strip('"'))
    assert client.get("/api/sources", headers={**PLAIN, "If-None-Match": condition}).status_code == status


def test_a_condition_may_stand_in_several_lines(client: TestClient) -> None:
    tag = client.get("/api/sources", headers=PLAIN).headers["etag"]
    lines = [*PLAIN.items(), ("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert client.get("/api/sources", headers=lines).status_code == 304


def test_compressed_bytes_have_a_tag_of_their_own(client: TestClient) -> None:
    plain, zipped = client.get("/openapi.json", headers=PLAIN), client.get("/openapi.json", headers=ZIPPED)
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.headers["etag"] == f'{plain.headers["etag"][:-1]}-gzip"'
    for headers, tag, status in ((ZIPPED, zipped, 304), (ZIPPED, plain, 200), (PLAIN, zipped, 200)):
        condition = {**headers, "If-None-Match": tag.headers["etag"]}
        assert client.get("/openapi.json", headers=condition).status_code == status


def test_another_index_has_another_tag(tmp_path: Path) -> None:
    assistant, settings = make_assistant(tmp_path, TEXTS), settings_with(tmp_path)
    client = TestClient(create_app(assistant, settings))
    tags = {path: client.get(path).headers["etag"] for path in TAGGED}
    write_sources(settings.sources, {"cats.md": TEXTS["cats.md"] + "\nKittens purr.\n"})
    build(settings)
    assistant.refresh()
    for path, tag in tags.items():
        status = client.get(path, headers={"If-None-Match": tag}).status_code
        assert status == (304 if path in {"/openapi.json", "/sources"} else 200), path


@pytest.mark.parametrize("path", ["/", "/?q=kitten", "/healthz", "/readyz", "/api/sources/no-such", "/about"])
def test_what_is_not_kept_has_no_tag(client: TestClient, path: str) -> None:
    reply = client.get(path, headers={"If-None-Match": "*"})
    assert "etag" not in reply.headers
    assert reply.status_code != 304


def test_a_text_named_by_its_digest_is_kept_for_ever(client: TestClient) -> None:
    digest = client.get("/api/sources/cats").json()["sha256"]
    for named in (digest[:12], digest):
        kept = client.get("/api/sources/cats", params={"v": named})
        assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert client.get("/api/sources/cats", params={"v": named}, headers={"If-None-Match": "*"}).status_code == 304
    for named in ("", digest[:11], "0" * 12):
        assert client.get("/api/sources/cats", params={"v": named}).headers["cache-control"] == "no-cache"


def test_every_question_tells_how_many_may_follow(client_with: Make) -> None:
    client = client_with(rate_limit="3/minute")
    replies = [client.post("/api/ask", json=body) for body in (QUESTION, {}, QUESTION, QUESTION)]
    assert [reply.status_code for reply in replies] == [200, 422, 200, 429]
    assert {reply.headers["ratelimit-policy"] for reply in replies} == {'"questions";q=3;w=60'}
    left = [re.fullmatch(r'"questions";r=(\d);t=(\d+)', reply.headers["ratelimit"]) for reply in replies]
    assert [one and one[1] for one in left] == ["2", "1", "0", "0"]
    assert all(one and 1 <= int(one[2]) <= 60 for one in left)
    assert "ratelimit" not in client.get("/api/sources").headers
    assert "ratelimit" in client.get("/?q=kitten").headers


def test_without_a_limit_nothing_is_told_of_one(client: TestClient) -> None:
    assert not [name for name in client.post("/api/ask", json=QUESTION).headers if name.startswith("ratelimit")]


def test_sources_come_in_pages(client: TestClient) -> None:
    whole = client.get("/api/v1/sources").json()
    assert whole["next"] is None
    found, address, pages = [], "/api/v1/sources?limit=1", 0
    while address:
        reply = client.get(address)
        page = reply.json()
        assert len(page["sources"]) == 1
        found += page["sources"]
        pages += 1
        address = page["next"]
        assert reply.links.get("next", {}).get("url") == address
    assert (found, pages) == (whole["sources"], 3)


@pytest.mark.long
def test_a_thousand_sources_page_through(tmp_path: Path) -> None:
    made = make_assistant(tmp_path, {f"{number:04}.txt": f"Cat {number} sleeps.\n" for number in range(1000)})
    client = TestClient(create_app(made, settings_with(tmp_path)))
    found, address = [], "/api/v1/sources?limit=90"
    while address:
        page = client.get(address).json()
        found += [one["id"] for one in page["sources"]]
        address = page["next"]
    assert found == [f"{number:04}" for number in range(1000)]


def test_the_results_of_a_search_come_in_pages(client: TestClient) -> None:
    body = {"question": "cats hedgehogs owls", "limit": 1}
    whole = client.post("/api/v1/search", json={**body, "limit": 100}).json()
    assert whole["next"] is None
    found, address = [], "/api/v1/search"
    while address:
        reply = client.post(address, json=body)
        found += reply.json()["results"]
        address = reply.json()["next"]
        assert reply.links.get("next", {}).get("url") == address
    assert found == whole["results"]
    assert [one["rank"] for one in found] == [1, 2, 3, 4]


@pytest.mark.parametrize("cursor", ["%00", "x", "====", "w7w", "b3RoZXI6MQ"])  # the last is "other:1"
def test_a_cursor_that_leads_nowhere(client: TestClient, cursor: str) -> None:
    told = refusal(client.post(f"/api/v1/search?cursor={cursor}", json=QUESTION), 422, "invalid-request")
    assert told["detail"] == "the cursor leads nowhere; leave it out to begin anew"


def test_a_cursor_leads_through_its_own_list_only(client: TestClient) -> None:
    body = {"question": "cats hedgehogs owls", "limit": 1}
    of_results = client.post("/api/v1/search", json=body).json()["next"].partition("cursor=")[2]
    of_sources = client.get("/api/v1/sources?limit=1").json()["next"].partition("cursor=")[2]
    for cursor in (of_results, ""):
        refusal(client.get(f"/api/v1/sources?cursor={cursor}"), 422, "invalid-request")
    for cursor in (of_sources, ""):
        refusal(client.post(f"/api/v1/search?cursor={cursor}", json=body), 422, "invalid-request")


@pytest.mark.parametrize("limit", ["0", "1001", "x", "1.5", ""])
def test_a_page_that_cannot_be(client: TestClient, limit: str) -> None:
    told = refusal(client.get(f"/api/v1/sources?limit={limit}"), 422, "invalid-request")
    assert told["errors"][0]["pointer"] == "/limit"


@pytest.mark.parametrize("path", ["ask", "search"])
def test_the_old_names_answer_as_the_stable_ones(client: TestClient, path: str) -> None:
    assert client.post(f"/api/{path}", json=QUESTION).content == client.post(f"/api/v1/{path}", json=QUESTION).content


@pytest.mark.parametrize("path", ["sources", "sources/cats", "sources/sub%20folder/%C3%BCber", "index"])
def test_the_old_names_read_as_the_stable_ones(client: TestClient, path: str) -> None:
    old, stable = client.get(f"/api/{path}"), client.get(f"/api/v1/{path}")
    assert old.status_code == stable.status_code == 200
    assert (old.content, old.headers["etag"]) == (stable.content, stable.headers["etag"])


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/", "/api/v1/no-such", "/api/v2/ask", "/api/v1/v1/ask"])
def test_names_that_there_are_not(client: TestClient, path: str) -> None:
    refusal(client.post(path, json=QUESTION), 404, "unknown-path")


@pytest.mark.parametrize(
    "prefer",
    [
        "handling=lenient",
        "respond-async, handling=lenient;x=y",
        "Handling = Lenient",
        'handling="lenient"',
        "handling=lenient, handling=strict",
    ],
)
def test_unknown_fields_are_passed_over_for_who_prefers_that(client: TestClient, prefer: str) -> None:
    body = {**QUESTION, "temperature": 1, "nested": {"question": []}}
    reply = client.post("/api/ask", json=body, headers={"Prefer": prefer})
    assert reply.status_code == 200
    assert reply.headers["preference-applied"] == "handling=lenient"
    assert reply.json() == client.post("/api/ask", json=QUESTION).json()


@pytest.mark.parametrize(
    "prefer", ["handling=strict", "handling=strict, handling=lenient", "handling", "return=minimal", ""]
)
def test_unknown_fields_are_refused_otherwise(client: TestClient, prefer: str) -> None:
    reply = client.post("/api/ask", json={**QUESTION, "temperature": 1}, headers={"Prefer": prefer})
    assert refusal(reply, 422, "invalid-request")["errors"][0]["pointer"] == "/temperature"
    assert "preference-applied" not in reply.headers


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"[" * 100_000, b'{"question": 5, "other": 1}', b"{}"])
def test_lenient_is_not_careless(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Prefer": "handling=lenient"}
    reply = client.post("/api/ask", content=body, headers=headers)
    assert reply.status_code in {400, 422}
    assert "/other" not in reply.text


@pytest.mark.parametrize("path", ["/api/ask", "/api/v1/search", "/"])
@pytest.mark.parametrize("coding", ["gzip", "br", "deflate, gzip"])
def test_compressed_bodies_are_refused_in_words(client: TestClient, path: str, coding: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    reply = client.post(path, content=gzip.compress(json.dumps(QUESTION).encode()), headers=headers)
    assert reply.status_code == 415
    assert reply.headers["accept-encoding"] == "identity"
    if path != "/":
        told = refusal(reply, 415, "unsupported-media-type")
        assert told["detail"] == "the body is compressed; send it as it is, without Content-Encoding"


def test_a_body_that_is_said_to_be_as_it_is_is_taken(client: TestClient) -> None:
    assert client.post("/api/ask", json=QUESTION, headers={"Content-Encoding": "identity"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/ask", "POST, OPTIONS"),
        ("/api/v1/sources", "GET, HEAD, OPTIONS"),
        ("/v1/chat/completions", "POST, OPTIONS"),
        ("/", "GET, POST, HEAD, OPTIONS"),
        ("/openapi.json", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_tells_the_methods(client: TestClient, path: str, allowed: str) -> None:
    reply = client.options(path)
    assert (reply.status_code, reply.content, reply.headers["allow"]) == (204, b"", allowed)


def test_options_of_nothing_is_not_found(client: TestClient) -> None:
    assert client.options("/api/no-such").status_code == 404


def test_caches_keep_replies_for_other_origins_apart(client_with: Make) -> None:
    client = client_with(cors_origins=("https://friend.example",))
    headers: list[dict[str, Any]] = [{}, {"Origin": "https://friend.example"}, {"Origin": "https://other.example"}]
    for given in headers:
        assert "Origin" in client.get("/api/sources", headers=given).headers["vary"]


class Switching(Assistant):
    """Has another version each time that it is asked for one."""

    built = 0

    def version(self) -> Version:
        given = super().version()
        self.built += 1
        settings = settings_with(self._store.folder.parent)
        write_sources(settings.sources, {"cats.md": f"# Cats\n\nCats sleep {self.built} hours.\n"})
        build(settings)
        self.refresh()
        return given


def test_a_source_is_told_with_the_index_that_it_was_read_in(tmp_path: Path) -> None:
    made = make_assistant(tmp_path, TEXTS)
    store = Store(settings_with(tmp_path).index)
    reply = (
        TestClient(create_app(Switching(store, made.means), settings_with(tmp_path))).get("/api/sources/cats").json()
    )
    assert reply["text"] == Corpus(store.path(reply["index"]["id"])).source("cats").text
