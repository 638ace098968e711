"""How much is loaded, how it is kept, and that nothing moves while it comes; also on a slow phone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from playwright.sync_api import Page, Response, expect

from tests.browser.states import QUESTION, ask

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

OpenPage = Callable[..., "Page"]
MOST_BYTES = 60_000
SLOW_SECONDS = 5.0
NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("path", ["/", "/?q=What+is+an+ACO%3F", "/embed", "/about", "/sources"])
def test_a_page_is_small_compressed_and_kept(open_page: OpenPage, path: str) -> None:
    page = open_page("/healthz")
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply))  # Playwright cannot take the method itself
    page.goto(path)
    assert sum(len(reply.body()) for reply in replies) < MOST_BYTES  # as they are once unpacked
    assert replies[0].headers["content-encoding"] == "gzip"
    assert replies[0].headers["cache-control"] == "private, no-cache"
    static = [reply.headers["cache-control"] for reply in replies if "/static/" in reply.url]
    assert static
    assert set(static) == {"public, max-age=31536000, immutable"}


def test_nothing_moves_while_a_page_comes_or_is_waited_for(open_page: OpenPage) -> None:
    page = open_page("/about", height=2400)  # moves outside the window do not count
    page.add_init_script(NOTE_SHIFTS)
    for path in ("/", "/?q=What+is+an+ACO%3F", "/sources", "/sources/healthcare-leader-2017", "/about", "/embed"):
        page.goto(path)
        assert sum(page.evaluate("shifts")) == 0, path
    page.goto("/")
    page.route("**/", lambda _: None)  # a reply that does not come
    ask(page, QUESTION)
    expect(page.get_by_text("Looking in the sources…")).to_be_visible()
    assert sum(page.evaluate("shifts")) == 0


def test_a_slow_phone_can_ask_soon(open_page: OpenPage) -> None:
    page = open_page("/healthz", width=390, height=800)
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    line = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # milliseconds, bytes a second
    slow.send("Network.emulateNetworkConditions", {"offline": False, **line})
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto("/")
    expect(page.get_by_role("button", name="Ask")).to_be_visible()
    took = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd / 1000")
    assert took < SLOW_SECONDS
