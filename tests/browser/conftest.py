"""The real service in a process of its own, and a real browser that watches for what must not happen."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from tests.conftest import REPOSITORY

with suppress(ImportError):
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

WAIT_SECONDS = 240
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _missing(what: str) -> NoReturn:
    if os.environ.get("ACOBOT_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what}, and ACOBOT_REQUIRE_BROWSER=1 asks for the browser tests")
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it."""
    if importlib.util.find_spec("playwright") is None:
        _missing("playwright is not installed")
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(chromium).is_file():
        _missing("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def service(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `acobot serve` over the shipped sources, with an index that it built itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    command = [sys.executable, "-m", "acobot", "serve", "--port", str(port), "--index", str(folder / "index")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ACOBOT_")}
    serving = subprocess.Popen(
        [*command, "--sources", str(REPOSITORY / "sources")],
        cwd=folder,
        env=environment | {"ACOBOT_RATE_LIMIT": "off"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    said: list[str] = []
    answers = threading.Event()

    def listen(lines: Iterable[str]) -> None:
        for line in lines:
            said.append(line)
            if "acobot answers on" in line:
                answers.set()
        answers.set()

    with serving as process:
        assert process.stderr is not None
        listener = threading.Thread(target=listen, args=(process.stderr,))
        listener.start()
        try:
            assert answers.wait(WAIT_SECONDS), "".join(said)
            assert process.poll() is None, "".join(said)
            address = f"http://127.0.0.1:{port}"
            assert httpx.get(f"{address}/readyz", timeout=60).status_code == 200
            yield address
        finally:
            process.terminate()
            listener.join()


@pytest.fixture
def open_page(browser: Browser, service: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new visitor; whatever was refused, failed or loaded from elsewhere fails the test."""
    with ExitStack() as opened:

        def make(path: str = "/", *, scripts: bool = True, width: int = 1280, height: int = 800) -> Page:
            page = opened.enter_context(_watched(browser, service, scripts, width, height))
            page.goto(service + path)
            return page

        yield make


@contextmanager
def _watched(browser: Browser, service: str, scripts: bool, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=service,
        java_script_enabled=scripts,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(20_000)
    faults: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        # A network that a test has cut is no fault of the page's.
        if message.type in {"error", "warning"} and "ERR_INTERNET_DISCONNECTED" not in message.text:
            faults.append(f"console {message.type}: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((f"{service}/", "data:")):
            faults.append(f"elsewhere: {request.url}")

    def note_error(error: Error) -> None:
        faults.append(f"script: {error}")

    page = context.new_page()
    page.on("console", note_console)
    page.on("pageerror", note_error)
    context.on("request", note_request)
    yield page
    context.close()
    assert faults == []
