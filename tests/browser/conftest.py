"""A real browser that watches for what must not happen, on the real service."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

with suppress(ImportError):
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

if TYPE_CHECKING:
    from tests.service import Service  # a plugin, which pytest must import first

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


@pytest.fixture
def open_page(browser: Browser, service: Service) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new visitor; whatever was refused, failed or loaded from elsewhere fails the test."""
    with ExitStack() as opened:

        def make(path: str = "/", *, scripts: bool = True, width: int = 1280, height: int = 800) -> Page:
            page = opened.enter_context(_watched(browser, service.address, scripts, width, height))
            page.goto(path)
            return page

        yield make


@contextmanager
def _watched(browser: Browser, address: str, scripts: bool, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address,
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
        if not request.url.startswith((f"{address}/", "data:")):
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
