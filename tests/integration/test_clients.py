"""The official clients of the APIs that we speak against the service, and the examples of the pages about them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import openai
import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import TextResourceContents

from tests.conftest import REPOSITORY
from tests.tools import CLIENTS, lacks, needs

if TYPE_CHECKING:
    from tests.service import Service  # a plugin, which pytest must import first

pytest_plugins = ["tests.service"]
pytestmark = pytest.mark.model

QUESTION = "What is the difference between an ACS and an ACO?"
DOCUMENTED = "http://127.0.0.1:8000"
NODE_CLIENT = "openai@6"
INSTALL_SECONDS = 180


def example(page: str, language: str) -> str:
    """The first example in this language on a page of docs/."""
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    return str(re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[0])


def run(service: Service, code: str, path: Path, *command: str) -> str:
    """What an example prints, run as a file of its own against the service."""
    assert DOCUMENTED in code
    path.write_text(code.replace(DOCUMENTED, service.address), encoding="utf-8")
    done = subprocess.run(
        [*command, path], cwd=path.parent, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def client(service: Service) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{service.address}/v1", api_key="none", max_retries=0) as made:
        yield made


def test_the_python_example(service: Service, tmp_path: Path) -> None:
    printed = run(service, example("openai-clients.md", "python"), tmp_path / "example.py", sys.executable)
    assert re.search(rf"^\[1\] .+ {service.address}/sources/.+#quote$", printed, re.MULTILINE)


def test_the_javascript_example(service: Service, tmp_path: Path) -> None:
    needs("node", CLIENTS)
    install = [needs("npm", CLIENTS), "install", "--no-audit", "--no-fund", "--silent", NODE_CLIENT]
    try:
        subprocess.run(install, cwd=tmp_path, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        lacks(f"npm cannot install {NODE_CLIENT}", CLIENTS)
    printed = run(service, example("openai-clients.md", "javascript"), tmp_path / "example.mjs", "node")
    assert re.search(rf"^\[1\] .+ {service.address}/sources/.+#quote$", printed, re.MULTILINE)


def test_the_client_lists_the_model(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["acobot"]
    assert client.models.retrieve("acobot").object == "model"


def test_a_citation_leads_to_the_marked_words(client: openai.OpenAI) -> None:
    question: openai.types.chat.ChatCompletionUserMessageParam = {"role": "user", "content": "What is an ACO?"}
    completion = client.chat.completions.create(model="acobot", messages=[question], temperature=0.2)
    message = completion.choices[0].message
    assert message.content
    assert message.annotations
    for annotation, quote in zip(message.annotations, completion.model_extra["acobot"]["quotes"], strict=True):  # type: ignore[index]
        cited = annotation.url_citation
        assert re.fullmatch(r"\[\d\]", message.content[cited.start_index : cited.end_index])
        page = httpx.get(cited.url, timeout=30).text
        assert '<mark id="quote">' in page
        assert quote["text"][:20] in page


def test_the_client_raises_what_it_raises_elsewhere(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="there is no model 'gpt-4'"):
        client.chat.completions.create(model="gpt-4", messages=[{"role": "user", "content": "x"}])
    with pytest.raises(openai.BadRequestError, match="the most is 1,000"):
        client.chat.completions.create(model="acobot", messages=[{"role": "user", "content": "x" * 1001}])


def test_the_streaming_helper_reads_the_stream(client: openai.OpenAI) -> None:
    question: openai.types.chat.ChatCompletionUserMessageParam = {"role": "user", "content": "What is an ACO?"}
    whole = client.chat.completions.create(model="acobot", messages=[question]).choices[0].message.content
    with client.chat.completions.stream(model="acobot", messages=[question]) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.content == whole
    assert final.choices[0].finish_reason == "stop"


async def use_mcp(client: Client) -> dict[str, Any]:
    """What somebody does who has just connected: look around, search, fetch, ask, read."""
    assert [tool.name for tool in (await client.list_tools()).tools] == ["search", "fetch", "ask"]
    found = (await client.call_tool("search", {"query": QUESTION})).structured_content["results"]
    fetched = (await client.call_tool("fetch", {"id": found[0]["id"]})).structured_content
    asked = await client.call_tool("ask", {"question": QUESTION})
    listed = (await client.list_resources()).resources
    read = (await client.read_resource(listed[0].uri)).contents[0]
    assert isinstance(read, TextResourceContents)
    return {"found": found, "fetched": fetched, "asked": asked.structured_content, "read": read.text}


def test_the_example_of_the_protocol(service: Service, tmp_path: Path) -> None:
    printed = run(service, example("mcp.md", "python"), tmp_path / "example.py", sys.executable)
    assert re.search(rf"^\[1\] \[.+\]\({service.address}/sources/.+#quote\)$", printed, re.MULTILINE)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_client_of_the_protocol_over_http(service: Service, mode: str) -> None:
    async def run() -> dict[str, Any]:
        async with Client(f"{service.address}/mcp", mode=mode) as client:
            return await use_mcp(client)

    with start_blocking_portal() as portal:
        had = portal.call(run)
    asked = httpx.post(f"{service.address}/api/v1/ask", json={"question": QUESTION}, timeout=30).json()
    assert had["asked"]["answer"] == asked["answer"]
    assert had["fetched"]["url"] == had["found"][0]["url"]
    for url in (had["found"][0]["url"], had["asked"]["quotes"][0]["url"]):
        assert url.startswith(f"{service.address}/sources/")
        assert '<mark id="quote">' in httpx.get(url, timeout=30).text


def test_the_client_of_the_protocol_over_standard_input_and_output(service: Service, tmp_path: Path) -> None:
    environment = {**os.environ, "ACOBOT_PUBLIC_URL": service.address}
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "acobot", "mcp", "--index", str(service.index)],
        env=environment,
        cwd=tmp_path,
    )

    async def run() -> dict[str, Any]:
        async with Client(stdio_client(parameters)) as client:
            return await use_mcp(client)

    with start_blocking_portal() as portal:
        had = portal.call(run)
    assert had["asked"]["status"] == "answered"
    assert '<mark id="quote">' in httpx.get(had["asked"]["quotes"][0]["url"], timeout=30).text
