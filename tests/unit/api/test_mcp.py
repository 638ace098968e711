"""The Model Context Protocol: tools and resources by the official client, and what stands before them over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp_types import JSONRPCError, jsonrpc_message_adapter
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.api.addresses import Addresses
from acobot.api.mcp_server.server import make_server
from acobot.api.mcp_server.transports import McpEndpoint
from acobot.api.openai_chat.schemas import AnswerFields
from acobot.api.rate_limit import RateLimit, ReadingLimit
from acobot.assistant import Assistant
from acobot.index import Version
from acobot.settings import Settings
from tests.fakes import ENGLISH, build, make_assistant, write_sources
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING, KITTEN, TEXTS, settings_with

Make = Callable[..., TestClient]
BASE = "https://acobot.example"
ACCEPT = {"Accept": "application/json, text/event-stream"}


def use(assistant: Assistant, work: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """What the work does with a client of a server over the assistant."""

    async def run() -> Any:
        async with Client(make_server(assistant, ENGLISH, lambda _: BASE), mode=mode) as client:
            return await work(client)

    with start_blocking_portal() as portal:  # a thread of its own: browser tests keep a loop running in this one
        return portal.call(run)


def refusal(assistant: Assistant, work: Callable[[Client], Awaitable[Any]]) -> str:
    """What the client is told where the work is refused by an error of the protocol."""

    async def refused(client: Client) -> str:
        with pytest.raises(MCPError) as error:
            await work(client)
        return error.value.message

    return str(use(assistant, refused))


def call(assistant: Assistant, tool: str, **arguments: Any) -> Any:
    result = use(assistant, lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content
    return result


UNASKED = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
from acobot.api import create_app
from acobot.settings import Settings
from tests.fakes import make_assistant

app = create_app(make_assistant(Path(sys.argv[1]), {"a.md": "# Cats\\n\\nCats sleep.\\n"}), Settings())
for _ in range(2):
    with TestClient(app) as client:
        assert client.get("/about").status_code == 200
        print("mcp" in sys.modules)
        print(client.post("/mcp", json={}).status_code)
"""


def test_the_library_is_loaded_once_somebody_asks(tmp_path: Path) -> None:
    command = [sys.executable, "-c", UNASKED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.split() == ["False", "400", "True", "400"], done.stderr


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_tell_what_they_take_and_give(assistant: Assistant, mode: str) -> None:
    tools = {tool.name: tool for tool in use(assistant, lambda client: client.list_tools(), mode).tools}
    assert list(tools) == ["search", "fetch", "ask"]
    assert tools["search"].input_schema["required"] == ["query"]
    assert tools["fetch"].input_schema["required"] == ["id"]
    assert tools["ask"].input_schema["required"] == ["question"]
    for tool in tools.values():
        assert tool.output_schema["type"] == "object"
        assert tool.annotations.read_only_hint
        assert all(one["description"] for one in tool.input_schema["properties"].values())
        assert "the plans for accountable care organisations" in tool.description


def test_search_gives_ids_titles_and_absolute_links_twice(assistant: Assistant, client: TestClient) -> None:
    result = call(assistant, "search", query=ABOUT_KITTENS)
    assert set(result.structured_content) == {"results"}
    (text,) = result.content
    assert json.loads(text.text) == result.structured_content
    first = result.structured_content["results"][0]
    assert set(first) == {"id", "title", "url"}
    assert first["title"] == (
        "Our summary of “All about cats”, by Dr <i>Paw</i>, The Cat Office, April 2018: What is a kitten?"
    )
    assert all(one["url"].startswith(f"{BASE}/sources/") for one in result.structured_content["results"])
    page = client.get(first["url"].removeprefix(BASE).partition("#")[0])
    assert '<mark id="quote">' in page.text


def test_what_was_found_can_be_fetched(assistant: Assistant, client: TestClient) -> None:
    for found in call(assistant, "search", query="cats hedgehogs owls").structured_content["results"]:
        result = call(assistant, "fetch", id=found["id"])
        fetched = result.structured_content
        assert json.loads(result.content[0].text) == fetched
        assert set(fetched) == {"id", "title", "text", "url", "metadata"}
        assert (fetched["id"], fetched["url"]) == (found["id"], found["url"])
        told = fetched["metadata"]
        text = client.get(f"/api/sources/{urlsplit(found['url']).path.removeprefix('/sources/')}").json()["text"]
        assert fetched["text"] == text[int(told["start"]) : int(told["end"])] != ""


def test_a_place_beyond_its_source_is_no_passage(assistant: Assistant, client: TestClient) -> None:
    (cats,) = (one for one in client.get("/api/sources").json()["sources"] if one["id"] == "cats")
    for span in ("5-5", "9-3", "0-99999"):
        place = f"cats#{span}-{cats['sha256'][:12]}"
        result = use(assistant, lambda client, place=place: client.call_tool("fetch", {"id": place}))  # type: ignore[misc]
        assert result.is_error
        assert "search anew" in result.content[0].text


def test_a_whole_source_can_be_fetched(assistant: Assistant, client: TestClient) -> None:
    for source in client.get("/api/sources").json()["sources"]:
        fetched = call(assistant, "fetch", id=source["id"]).structured_content
        assert fetched["metadata"]["sha256"] == source["sha256"]
        assert client.get(fetched["url"].removeprefix(BASE)).status_code == 200
        assert len(fetched["text"]) == int(fetched["metadata"]["end"])


def test_what_is_read_says_whether_its_source_still_holds(tmp_path: Path) -> None:
    old = "title: Old rules\nvalid_until: 2001-01-01\nsuperseded_by: cats\nretrieved: 2000-02-03\nurl: https://example.org/o"
    texts = {"cats.md": "# Cats\n\nCats sleep.\n", "old.md": f"---\n{old}\n---\n\nOwls may nest in every barn.\n"}
    made = make_assistant(tmp_path, texts)
    said = (
        "“Old rules” was valid until 1 January 2001, so what it says may no longer hold. "
        "“Old rules” has been replaced by “Cats”."
    )
    (found, *_) = call(made, "search", query="owls nest barn").structured_content["results"]
    for place in ("old", found["id"]):
        told = call(made, "fetch", id=place).structured_content["metadata"]
        assert told["cautions"] == said
        assert (told["valid_until"], told["superseded_by"]) == ("2001-01-01", "cats")
        assert (told["retrieved"], told["original_url"]) == ("2000-02-03", "https://example.org/o")
    assert not {"cautions", "valid_until", "original_url"} & set(
        call(made, "fetch", id="cats").structured_content["metadata"]
    )
    listed = use(made, lambda user: user.list_resources()).resources
    assert {one.name: one.description for one in listed} == {"cats": None, "old": said}


def test_ask_gives_quotes_and_their_links(assistant: Assistant) -> None:
    result = call(assistant, "ask", question=ABOUT_KITTENS)
    told = result.structured_content
    assert set(told) == set(AnswerFields.__dataclass_fields__)
    assert told["answer"].startswith(f"{KITTEN} [1]")
    assert all(one["url"] == BASE + one["href"] for one in told["quotes"])
    said = result.content[0].text
    assert said.startswith(told["answer"])
    title = r"Our summary of “All about cats”, by Dr \<i>Paw\</i>, The Cat Office, April 2018: What is a kitten?"
    assert f"\n\n[1] [{title}]({BASE}/sources/cats?" in said
    assert all(note in said for note in told["notes"])


def test_ask_knows_the_conversation_and_refuses(assistant: Assistant) -> None:
    history = [{"role": "user", "content": "Where do hedgehogs sleep?"}]
    told = call(assistant, "ask", question="And in winter?", history=history).structured_content
    assert "hedgehogs" in told["searched_for"]
    assert call(assistant, "ask", question=ABOUT_NOTHING).structured_content["status"] == "not_in_sources"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {}, "/query is missing"),
        ("search", {"query": "?"}, "the question is empty; write a question in words"),
        ("fetch", {"id": 5}, "/id must be a text"),
        ("fetch", {"id": "no-such"}, "there is no source 'no-such'"),
        ("fetch", {"id": "no-such#1-2-0123456789ab"}, "there is no source 'no-such'"),
        ("fetch", {"id": "cats#1-2"}, "there is no source 'cats#1-2'"),
        ("fetch", {"id": "cats#1-2-0123456789ab"}, "the text of 'cats' is another one since that was found"),
        ("fetch", {"id": f"cats#{'9' * 5000}-1-0123456789ab"}, "there is no source"),
        ("ask", {"question": "x" * 1001}, "the most is 1,000"),
        ("ask", {"question": "x", "history": [{"role": "system", "content": "x"}]}, "must be 'user' or 'assistant'"),
    ],
)
def test_what_cannot_be_asked_is_told_to_the_assistant(
    assistant: Assistant, tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = use(assistant, lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    assert said in result.content[0].text


def test_an_unknown_tool_is_an_error_of_the_protocol(assistant: Assistant) -> None:
    told = refusal(assistant, lambda client: client.call_tool("answer", {}))
    assert told == "there is no such tool; there are search, fetch, ask"


def test_sources_are_resources(assistant: Assistant, client: TestClient) -> None:
    async def read_all(user: Client) -> dict[str, str]:
        listed = (await user.list_resources()).resources
        return {one.uri: (await user.read_resource(one.uri)).contents[0].text for one in listed}  # type: ignore[union-attr]

    texts = use(assistant, read_all)
    paths = ["100%25%3F%23", "cats", "sub%20folder/%C3%BCber"]
    assert list(texts) == [f"acobot://sources/{path}" for path in paths]
    assert texts["acobot://sources/cats"] == client.get("/api/sources/cats").json()["text"]
    unknown = refusal(assistant, lambda user: user.read_resource("acobot://sources/no-such"))
    assert unknown.startswith("there is no source 'no-such'")
    for bare in ("cats", "file:///cats", "acobot:cats"):
        told = refusal(assistant, lambda user, uri=bare: user.read_resource(uri))  # type: ignore[misc]
        assert told.startswith(f"there is no source '{bare}'")
    lost = refusal(assistant, lambda user: user.list_resources(cursor="====x"))
    assert lost == "the cursor leads nowhere; leave it out to begin anew"


class Noting(Assistant):
    """Notes in which thread it reads."""

    thread = ""

    def version(self) -> Version:
        self.thread = threading.current_thread().name
        return super().version()


def test_resources_are_read_in_threads_of_their_own(assistant: Assistant) -> None:
    noting = Noting(assistant._store, assistant.means)

    async def threads(user: Client) -> list[str]:
        own, found = threading.current_thread().name, []
        for reading in (user.list_resources, lambda: user.read_resource("acobot://sources/cats")):
            await reading()
            found.append(noting.thread)
        return [own, *found]

    own, *others = use(noting, threads)
    assert own not in others


def test_a_source_can_be_read_by_the_template(assistant: Assistant) -> None:
    async def read(user: Client) -> Any:
        (template,) = (await user.list_resource_templates()).resource_templates
        assert template.description
        (source,) = (one for one in (await user.list_resources()).resources if "sub%20folder" in one.uri)
        assert template.uri_template.replace("{+id}", quote(source.name)) == source.uri
        return await user.read_resource(source.uri)

    assert "Hedgehogs sleep" in use(assistant, read).contents[0].text


def test_resources_come_in_pages(tmp_path: Path) -> None:
    made = make_assistant(tmp_path, {f"{number:03}.txt": f"Cat {number} sleeps.\n" for number in range(101)})
    first = use(made, lambda user: user.list_resources())
    second = use(made, lambda user: user.list_resources(cursor=first.next_cursor))
    assert [len(page.resources) for page in (first, second)] == [100, 1]
    assert second.next_cursor is None


def message(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def refused(reply: Any) -> dict[str, Any]:
    """The problem that a refusal is made of, which clients of the protocol read as its error."""
    assert reply.headers["content-type"] == "application/json"
    told = reply.json()
    assert (set(told), told["jsonrpc"], told["id"]) == ({"jsonrpc", "id", "error"}, "2.0", None)
    problem: dict[str, Any] = told["error"]["data"]
    assert (problem["status"], problem["detail"]) == (reply.status_code, told["error"]["message"])
    assert told["error"]["code"] == (-32603 if reply.status_code >= 500 else -32003)
    return problem


def test_over_http_every_request_stands_alone_and_is_answered_in_json(client_with: Make) -> None:
    with client_with() as client:
        reply = client.post("/mcp", json=message("tools/list"), headers=ACCEPT)
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "application/json"
        assert "mcp-session-id" not in reply.headers
        assert [tool["name"] for tool in reply.json()["result"]["tools"]] == ["search", "fetch", "ask"]
        asked = message("tools/call", name="ask", arguments={"question": ABOUT_KITTENS})
        called = client.post("/mcp", json=asked, headers=ACCEPT)
        assert called.json()["result"]["structuredContent"]["quotes"][0]["url"].startswith("http://testserver/sources/")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("https://friend.example", 200),
        ("https://acobot.example", 200),
        ("http://testserver", 403),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_pages_of_origins_that_nobody_named_are_refused(client_with: Make, origin: str | None, status: int) -> None:
    with client_with(cors_origins=("https://friend.example",), public_url="https://acobot.example") as client:
        headers = {**ACCEPT, **({"Origin": origin} if origin else {})}
        reply = client.post("/mcp", json=message("tools/list"), headers=headers)
        assert reply.status_code == status
        if status == 403:
            assert refused(reply)["type"] == "urn:acobot:problem:origin-not-allowed"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_no_session_to_listen_to_or_to_end(client: TestClient, method: str) -> None:
    reply = client.request(method, "/mcp", headers=ACCEPT)
    assert (reply.status_code, reply.headers["allow"]) == (405, "POST, OPTIONS")


def test_questions_count_towards_the_rate_and_reading_sources_apart(client_with: Make) -> None:
    with client_with(rate_limit="1/minute") as client:

        def send(method: str, **params: Any) -> Any:
            return client.post("/mcp", json=message(method, **params), headers=ACCEPT)

        asked = send("tools/call", name="search", arguments={"query": "cats"})
        assert (asked.status_code, asked.headers["ratelimit"][:15]) == (200, '"questions";r=0')
        told = send("tools/call", name="ask", arguments={"question": "cats"})
        assert refused(told)["type"] == "urn:acobot:problem:rate-limited"
        assert int(told.headers["retry-after"]) >= 1

        fetch = {"name": "fetch", "arguments": {"id": "cats"}}
        reads = [send("tools/call", **fetch) for _ in range(3)]
        reads += [send("resources/read", uri="acobot://sources/cats") for _ in range(2)]
        assert [reply.status_code for reply in reads] == [200] * 5
        assert client.get("/api/sources/cats").status_code == send("tools/call", **fetch).status_code == 429
        assert send("tools/list").status_code == send("resources/list").status_code == 200


def test_a_client_is_told_when_to_ask_again(client_with: Make) -> None:
    with client_with(rate_limit="1/minute") as client:
        asked = message("tools/call", name="ask", arguments={"question": "cats"})
        client.post("/mcp", json=asked, headers=ACCEPT)
        read = jsonrpc_message_adapter.validate_json(client.post("/mcp", json=asked, headers=ACCEPT).content)
    assert isinstance(read, JSONRPCError)
    assert read.error.message.startswith("more than 1 per 1 minute from one client; ask again in ")


def test_what_the_service_is_about_is_told_as_the_index_has_it(tmp_path: Path) -> None:
    made = make_assistant(tmp_path, TEXTS)
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}

    def about(client: TestClient) -> tuple[str, bool]:
        told = client.post("/mcp", json=message("initialize", **hello), headers=ACCEPT).json()["result"]
        return told["serverInfo"]["title"], "questions about birds" in told["instructions"]

    settings = settings_with(tmp_path)
    with TestClient(create_app(made, settings)) as client:
        assert about(client) == ("acobot", False)
        site = "title: Ask the birds\nheading: Ask\nsubject: birds\n"
        write_sources(settings.sources, {"_site.yaml": site})
        build(settings)
        made.refresh()
        assert about(client) == ("Ask the birds", True)


class FailingOnce(McpEndpoint):
    """Cannot make a server at first."""

    failed = False

    def _make_manager(self) -> Any:
        if not self.failed:
            self.failed = True
            raise ImportError("no such module for a moment")
        return super()._make_manager()


def test_what_fails_once_does_not_fail_for_good(assistant: Assistant) -> None:
    texts = ENGLISH.catalogue
    limits = RateLimit("off", texts), ReadingLimit("off", texts)
    endpoint = FailingOnce(assistant, ENGLISH, Addresses(Settings()), *limits, ())
    app = Starlette(routes=[Route("/mcp", endpoint, methods=["POST"])], lifespan=lambda _: endpoint.running())
    with TestClient(app, raise_server_exceptions=False) as client:
        replies = [client.post("/mcp", json=message("tools/list"), headers=ACCEPT) for _ in range(3)]
    assert [one.status_code for one in replies] == [500, 200, 200]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"method": "tools/call", "params": 5}', b"[" * 100_000])
def test_what_is_no_message_is_refused(client_with: Make, body: bytes) -> None:
    with client_with() as client:
        reply = client.post("/mcp", content=body, headers={**ACCEPT, "Content-Type": "application/json"})
        assert reply.status_code == 400


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_without_the_library_it_says_how_to_install_it(
    client_with: Make, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    with client_with() as client:
        reply = client.request(method, "/mcp", json=message("tools/list"), headers=ACCEPT)
        problem = refused(reply)
        assert (problem["status"], problem["type"]) == (404, "urn:acobot:problem:not-installed")
        assert "pip install mcp" in problem["detail"]
        assert client.get("/healthz").status_code == 200
