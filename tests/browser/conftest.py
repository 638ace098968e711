"""A real browser that watches for what must not happen, on the real service; and other sites, to come from or go to."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
import uvicorn
from fastapi import FastAPI

from acobot.answering import Means
from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import Store
from tests.browser.made import make_answers
from tests.browser.strange import ORIGINAL, strange_texts
from tests.fakes import WordEncoder, fake_settings, make_assistant, write_sources

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
# What a test itself brings about is no fault of the page's: a network that it has cut, and statuses that it asks for.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "the server responded with a status of")
_clients = count(1)


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
    """Opens a page of a new visitor; whatever was refused, failed, stored or loaded from elsewhere fails the test.

    `site` is another address than the service's, `also` are addresses that the page may load from besides, and
    `expected` words of console messages that the test brings about; `width`, `height`, `scripts` and Playwright's own
    options say what kind of browser the visitor has.
    """
    with ExitStack() as opened:

        def make(path: str = "/", *, site: str = "", also: tuple[str, ...] = (), **options: Any) -> Page:
            address = site or service.address
            page = opened.enter_context(_watched(browser, address, (address, *also), options))
            page.goto(path)
            return page

        yield make


@contextmanager
def _watched(browser: Browser, address: str, allowed: tuple[str, ...], options: dict[str, Any]) -> Iterator[Page]:
    expected = (*EXPECTED, *options.pop("expected", ()))
    viewport = {"width": options.pop("width", 1280), "height": options.pop("height", 800)}
    # Each visitor has an address of its own, so that no test uses up another's questions.
    headers = {"X-Forwarded-For": f"192.0.2.{next(_clients)}", **options.pop("headers", {})}
    context = browser.new_context(
        base_url=address,
        java_script_enabled=options.pop("scripts", True),
        viewport=viewport,  # type: ignore[arg-type]
        extra_http_headers=headers,
        service_workers="block",
        **{"reduced_motion": "reduce", **options},
    )
    context.set_default_timeout(20_000)
    faults: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(words in message.text for words in expected):
            faults.append(f"console {message.type}: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((*(f"{one}/" for one in allowed), "data:")):
            faults.append(f"elsewhere: {request.url}")

    def note_error(error: Error) -> None:
        faults.append(f"script: {error}")

    context.on("console", note_console)
    context.on("request", note_request)
    page = context.new_page()
    page.on("pageerror", note_error)
    yield page
    assert context.cookies() == []
    assert not context.storage_state()["origins"]
    context.close()
    assert faults == []


class Site:
    """A web site of somebody else's: pages by their paths, on an address of its own."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = pages.get(self.path.partition("?")[0])
                content = (found or "").encode()
                self.send_response(200 if found else 404)
                kind = "css" if self.path.endswith(".css") else "html"
                self.send_header("Content-Type", f"text/{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="session")
def other_sites() -> Iterator[tuple[Site, Site]]:
    """Two sites of other origins: one that may embed the chat, and one that may not."""
    sites = (Site(), Site())
    for site in sites:
        threading.Thread(target=site.server.serve_forever, daemon=True).start()
    yield sites
    for site in sites:
        site.server.shutdown()
        site.server.server_close()


@pytest.fixture(scope="session")
def strange_service(tmp_path_factory: pytest.TempPathFactory, other_sites: tuple[Site, Site]) -> Iterator[Service]:
    """A second service, over strange sources: run by somebody, embedded by the first other site, twelve a minute."""
    from tests.service import serving

    friend, other = other_sites
    other.pages["/badgers"] = ORIGINAL
    folder = tmp_path_factory.mktemp("strange")
    sources = write_sources(folder / "sources", {**strange_texts(f"{other.address}/badgers")})
    with serving(
        folder,
        sources,
        rate_limit="12/minute",
        embed_origins=friend.address,
        operator="The Woodland Trust",
        contact="https://example.org/report",
    ) as made:
        yield made


@pytest.fixture(scope="session")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service in this process that gives answers made by hand."""
    folder = tmp_path_factory.mktemp("made")
    settings = fake_settings(folder)
    with serving_here(create_app(make_answers(folder), settings)) as (address, _):
        yield address


@contextmanager
def brief_service(folder: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], None]]]:
    """The same app in this process, over these texts and the word encoder: its address, and what stops it at once.

    Without any text it has no index.
    """
    settings = fake_settings(folder)
    assistant = make_assistant(folder, texts) if texts else Assistant(Store(settings.index), Means(WordEncoder()))
    with serving_here(create_app(assistant, settings)) as served:
        yield served


@contextmanager
def serving_here(app: FastAPI) -> Iterator[tuple[str, Callable[[], None]]]:
    """An app in a thread of this process: its address, and what stops it at once."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()

    def stop() -> None:
        server.should_exit = server.force_exit = True
        thread.join()

    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", stop
    finally:
        stop()
