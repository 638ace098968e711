"""A chat program of others' that asks over /v1, in Chromium: the example on the page about it, as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

with suppress(ImportError):
    from playwright.sync_api import Browser, Locator, Page, expect

from acobot.api import create_app
from tests.browser.conftest import serving_here
from tests.browser.states import QUESTION
from tests.fakes import fake_settings, make_assistant
from tests.paths import REPOSITORY
from tests.tools import environment_with

if TYPE_CHECKING:
    from tests.service import Service

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

START_SECONDS = 60
REPLY_MS = 30_000
KEY = "the key of the browser tests"
FOLLOW_UP, LIMIT, UNKNOWN = "and who pays for it?", "Will my GP surgery close?", "Who won the world cup?"
CRISIS = "I want to kill myself. What is an ACO?"
LINK = re.compile(r"\]\((\S+)\)")


def example(address: str, key: str) -> str:
    """The program on the page of docs/, for this service and key."""
    text = (REPOSITORY / "docs" / "openai-clients.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(import gradio.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert "http://127.0.0.1:8000" in code
    assert 'token="none"' in code
    return str(code).replace("http://127.0.0.1:8000", address).replace('token="none"', f"token={key!r}")


@pytest.fixture(scope="session")
def gradio() -> Path:
    """The Python that has the chat program."""
    return environment_with("chat-requirements.txt") / "bin" / "python"


@contextmanager
def chatting(python: Path, folder: Path, service: str, key: str = "none") -> Iterator[str]:
    """The chat program, asking this service: where it can be opened."""
    from tests.service import free_address

    _, port = free_address()
    program = folder / "chat.py"
    program.write_text(example(service, key), encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GRADIO"))}
    own |= {"GRADIO_SERVER_PORT": str(port), "GRADIO_ANALYTICS_ENABLED": "False", "PYTHONUNBUFFERED": "1"}
    command = [str(python), str(program)]
    with subprocess.Popen(
        command, cwd=folder, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        killer = threading.Timer(START_SECONDS, process.kill)
        killer.start()
        said = []
        for line in process.stdout:
            said.append(line)
            if "Running on local URL" in line:
                break
        killer.cancel()
        try:
            assert process.poll() is None, "".join(said)
            assert "Running on" in "".join(said[-1:]), "".join(said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def ask(page: Page, question: str) -> Locator:
    """What the program shows as the reply to a question."""
    replies = page.get_by_test_id("bot")
    before = replies.count()
    box = page.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(replies).to_have_count(before + 1, timeout=REPLY_MS)
    return replies.nth(before)


def content_of(service: Service, conversation: list[dict[str, str]]) -> tuple[str, dict[str, Any]]:
    """What the service says in a conversation."""
    body = {"model": "acobot-links", "messages": conversation}
    completion = httpx.post(f"{service.address}/v1/chat/completions", json=body, timeout=60).json()
    return completion["choices"][0]["message"]["content"], completion["acobot"]


def test_a_conversation_in_a_chat_program(browser: Browser, service: Service, gradio: Path, tmp_path: Path) -> None:
    conversation: list[dict[str, str]] = []
    statuses = []
    with chatting(gradio, tmp_path, service.address) as address:
        page = browser.new_page()
        page.goto(address)
        for question in (QUESTION, FOLLOW_UP, LIMIT, UNKNOWN, CRISIS):
            conversation.append({"role": "user", "content": question})
            content, own = content_of(service, conversation)
            conversation.append({"role": "assistant", "content": content})
            statuses.append(own["status"])

            reply = ask(page, question)
            for paragraph in own["answer"].split("\n\n"):
                expect(reply).to_contain_text(paragraph, timeout=REPLY_MS)
            links = reply.get_by_role("link")
            expect(links).to_have_count(len(LINK.findall(content)), timeout=REPLY_MS)
            assert [link.get_attribute("href") for link in links.all()] == LINK.findall(content)
        expect(page.get_by_test_id("bot").last).to_contain_text("116 123")

        with page.expect_popup() as opened:
            page.get_by_test_id("bot").first.get_by_role("link").click()
        marked = opened.value.locator("mark#quote")
        expect(marked).to_be_in_viewport()
        expect(page.get_by_test_id("bot").first).to_contain_text(marked.inner_text())
        page.close()
    assert statuses == ["answered", "answered", "not_in_sources", "not_in_sources", "answered"]


def test_a_key_that_is_asked_for(browser: Browser, gradio: Path, tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"owls.md": "# Owls\n\nOwls see very well in the dark.\n"})
    settings = fake_settings(tmp_path).model_copy(update={"api_keys": (KEY,)})
    with serving_here(create_app(assistant, settings)) as (service, _):
        with chatting(gradio, tmp_path, service, "another") as address:
            page = browser.new_page()
            page.goto(address)
            page.get_by_role("textbox").fill("How well do owls see in the dark?")
            page.get_by_role("textbox").press("Enter")
            expect(page.get_by_text("this service asks for one of its keys")).to_be_visible(timeout=REPLY_MS)
            page.close()
        with chatting(gradio, tmp_path, service, KEY) as address:
            page = browser.new_page()
            page.goto(address)
            expect(ask(page, "How well do owls see in the dark?")).to_contain_text(
                "Owls see very well in the dark. [1]", timeout=REPLY_MS
            )
            page.close()
