"""Every state that a page can be in, how a visitor comes to it, and every look; for tests that must hold in all."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

with suppress(ImportError):
    from playwright.sync_api import Page, expect

OpenPage = Callable[..., "Page"]

QUESTION = "What is the difference between an ACS and an ACO?"
FOLLOW_UP = "Who would run one?"
# States that an address leads to.
ADDRESSES = {
    "empty": "/",
    "answered": "/?q=" + quote(QUESTION),
    "definition": "/?q=" + quote("What does ACO mean?"),
    "yes or no": "/?q=" + quote("Will private companies run more of the NHS?"),
    "limit": "/?q=" + quote("What happened to ACOs in the end?"),
    "answered below numbers": "/?q=" + quote("I want to end my life. Will NHS care still be free?"),
    "answered above advice": "/?q=" + quote("My back hurts. Will I have to pay to see my doctor?"),
    "refused": "/?q=" + quote("What is the tallest mountain in Peru?"),
    "signposted": "/?q=" + quote("I have chest pain"),
    "small talk": "/?q=Hello",
    "too long": "/?q=" + "why%20" * 300,
    "draft": "/?draft=" + quote("What is an ACO (accountable care organisation)?"),
    "sources": "/sources",
    "source marked": "/sources/healthcare-leader-2017?start=0&end=260#quote",
    "link to an older source": "/sources/commons-library-2018?start=0&end=120&v=000000000000",
    "about": "/about",
    "no such page": "/no-such-page",
    "embedded": "/embed",
    "embedded answer": "/embed?q=" + quote(QUESTION),
}
# States that something must be done for.
BROUGHT_ABOUT = ("conversation", "waiting", "network gone")
STATES = (*ADDRESSES, *BROUGHT_ABOUT)
# Width and height of the window, and what the reader has set.
LOOKS: dict[str, tuple[int, int, dict[str, Any]]] = {
    "desktop": (1280, 900, {"color_scheme": "light", "forced_colors": "none"}),
    "dark": (1280, 900, {"color_scheme": "dark", "forced_colors": "none"}),
    "forced": (1280, 900, {"color_scheme": "light", "forced_colors": "active"}),
    "phone": (390, 800, {"color_scheme": "light", "forced_colors": "none"}),
    "narrow": (320, 640, {"color_scheme": "light", "forced_colors": "none"}),
    "print": (794, 1123, {"media": "print"}),
}
PICTURES = Path(__file__).parents[2] / "artefacts" / "pictures"


def ask(page: Page, question: str) -> None:
    page.get_by_label(re.compile("question")).fill(question)
    page.get_by_role("button", name="Ask").click()


def reach(open_page: OpenPage, state: str, **options: object) -> Page:
    """A page in this state."""
    page = open_page(ADDRESSES.get(state, "/"), **options)
    if state == "conversation":
        for number, question in enumerate((QUESTION, FOLLOW_UP), start=1):
            ask(page, question)
            expect(page.get_by_role("article")).to_have_count(number)
        for summary in page.locator("summary").all():
            summary.click()
    elif state == "waiting":
        page.route("**/", lambda _: None)  # a reply that does not come
        ask(page, QUESTION)
        expect(page.locator("#state")).to_have_text("Looking in the sources…")
    elif state == "network gone":
        page.context.set_offline(True)
        ask(page, QUESTION)
        expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    return page


def take_look(page: Page, look: str) -> None:
    """Shows the page as somebody with these settings sees it."""
    width, height, media = LOOKS[look]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(**{"media": "screen", **media})


def take_picture(page: Page, state: str, look: str) -> bytes:
    """The whole page in this look, as a file in artefacts/pictures/ and as bytes."""
    take_look(page, look)
    PICTURES.mkdir(parents=True, exist_ok=True)
    # As Playwright's own full_page, but packed for speed: twice as quick.
    browser = page.context.new_cdp_session(page)
    whole = {**browser.send("Page.getLayoutMetrics")["cssContentSize"], "scale": 1}
    settings = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": True, "clip": whole}
    picture = b64decode(browser.send("Page.captureScreenshot", settings)["data"])
    browser.detach()
    (PICTURES / f"{state.replace(' ', '-')}-{look}.png").write_bytes(picture)
    return picture
