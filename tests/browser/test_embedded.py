"""The chat on another site: a button, a dialog with a frame; only where the setting allows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Site
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from tests.service import Service

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

OpenPage = Callable[..., "Page"]
LABEL = "Ask about animals"


def open_host(open_page: OpenPage, service: Service, site: Site, **options: object) -> Page:
    """A page of another site that has the button, under a policy as strict as can be with it."""
    site.pages["/"] = (
        "<!doctype html><html lang=en><title>Host</title>"
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src {service.address}; '
        f'frame-src {service.address}">'
        f'<script src="{service.address}/widget.js" defer data-label="{LABEL}"></script>'
        '<main><h1>A host</h1><p>Words. <a href="/other">A link</a></p></main>'
    )
    return open_page(site=site.address, also=(service.address,), **options)


def axe_finds(page: Page) -> str:
    """What the axe rules find in the host's page; what is in the frame has tests of its own."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "iframes": False})
    return str(found.generate_snapshot())


def ask(chat: FrameLocator, question: str) -> None:
    chat.get_by_label(re.compile("question")).fill(question)
    chat.get_by_role("button", name="Ask").click()


def test_the_chat_in_a_dialog_of_another_site(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    page = open_host(open_page, strange_service, other_sites[0])
    button = page.get_by_role("button", name=LABEL)
    assert len(page.frames) == 1  # nothing is loaded before it is wanted
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=LABEL)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    assert axe_finds(page) == ""

    chat = page.frame_locator("iframe")
    ask(chat, "Where do badgers dig their setts?")
    answer = chat.get_by_role("article")
    expect(answer.locator(".quoted").first).to_contain_text("Badgers dig their setts")
    expect(answer.get_by_role("heading", level=2)).to_be_focused()
    chat.get_by_role("link", name="Start again").click()  # stays in the frame
    expect(answer).to_have_count(0)
    ask(chat, "How long do hedgehogs sleep?")
    with page.context.expect_page() as opened:
        answer.get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(opened.value.locator("mark#quote")).to_be_visible()  # beside the host's page, with all of the site round it
    expect(opened.value.get_by_role("navigation", name="Site")).to_be_visible()
    opened.value.close()

    chat.get_by_label("Ask another question").focus()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(answer).to_have_count(1)  # as it was left
    page.get_by_role("button", name="Close").click()
    expect(button).to_be_focused()


def documented(language: str, words: str) -> str:
    """The example of docs/embedding.md in this language that holds these words."""
    text = (REPOSITORY / "docs" / "embedding.md").read_text(encoding="utf-8")
    (code,) = (one for one in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL) if words in one)
    return str(code)


def test_the_documented_page_has_the_chat_in_its_own_place_and_look(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    friend = other_sites[0]
    friend.pages["/own"] = documented("html", "<acobot-chat").replace("https://acobot.example", strange_service.address)
    friend.pages["/site.css"] = documented("css", "acobot-chat")
    page = open_page("/own", site=friend.address, also=(strange_service.address,))
    button = page.get_by_role("button", name="Ask a question")
    expect(button).to_have_count(1)  # the script adds none of its own
    expect(button).to_have_css("position", "static")
    expect(button).to_have_css("background-color", "rgb(91, 42, 134)")
    expect(button).to_have_css("border-radius", "32px")
    assert len(page.frames) == 1
    assert axe_finds(page) == ""

    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Ask a question")).to_be_visible()
    assert axe_finds(page) == ""
    chat = page.frame_locator("iframe")
    ask(chat, "How long do hedgehogs sleep?")
    expect(chat.get_by_role("article").locator(".quoted").first).to_contain_text("five months")
    chat.get_by_label("Ask another question").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()

    page.evaluate("document.querySelector('acobot-chat').setAttribute('label', 'Ask something')")
    expect(page.get_by_role("button")).to_have_text("Ask something")
    page.evaluate("document.querySelector('acobot-chat').removeAttribute('label')")
    expect(page.get_by_role("button")).to_have_text("Ask a question")  # the service's own words
    page.evaluate("document.querySelector('acobot-chat').open()")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate("document.querySelector('acobot-chat').close()")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_an_element_that_comes_later_takes_the_place_of_the_button(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    page = open_host(open_page, strange_service, other_sites[0])
    expect(page.get_by_role("button", name=LABEL)).to_have_count(1)
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('acobot-chat'), {lang: 'fr'}))"
    )
    expect(page.get_by_role("button", name=LABEL)).to_have_count(1)
    assert page.evaluate("document.querySelector('main acobot-chat').lang") == "fr"
    page.get_by_role("button", name=LABEL).click()
    expect(page.get_by_role("button", name="Close")).to_have_attribute("lang", "en-GB")  # the service's own words
    assert page.evaluate("document.querySelectorAll('acobot-chat').length") == 1


def test_the_dialog_fits_a_small_phone(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    page = open_host(open_page, strange_service, other_sites[0], width=320, height=480, color_scheme="dark")
    page.get_by_role("button", name=LABEL).click()
    chat = page.frame_locator("iframe")
    expect(chat.get_by_label("Your question")).to_be_visible()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] <= 480
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not any(frame.evaluate(wider) for frame in page.frames)
    assert axe_finds(page) == ""


def test_other_sites_cannot_embed_it(
    open_page: OpenPage, strange_service: Service, service: Service, other_sites: tuple[Site, Site]
) -> None:
    friend, other = other_sites
    refused = ("frame-ancestors", "chrome-error")
    for chat, site in ((strange_service, other), (service, friend)):  # not named; and nobody named, as it is by default
        page = open_host(open_page, chat, site, expected=refused)
        with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
            page.get_by_role("button", name=LABEL).click()
        expect(page.frame_locator("iframe").get_by_label("Your question")).to_have_count(0)
        expect(page.get_by_role("link", name="Open in a new tab")).to_have_attribute("href", f"{chat.address}/")


def test_only_the_chat_can_be_embedded(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    friend = other_sites[0]
    friend.pages["/empty"] = "<!doctype html><title>Host</title>"
    friend.pages["/framing"] = f'<!doctype html><title>Host</title><iframe src="{strange_service.address}/"></iframe>'
    page = open_page("/empty", site=friend.address, also=(strange_service.address,), expected=("frame-ancestors",))
    with page.expect_event("console", lambda message: "frame-ancestors 'none'" in message.text):
        page.goto("/framing")


def test_without_javascript_the_frame_works(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    friend = other_sites[0]
    frame = f'<iframe src="{strange_service.address}/embed" width=600 height=600></iframe>'
    friend.pages["/framing"] = f"<!doctype html><title>Host</title>{frame}"
    page = open_page("/framing", site=friend.address, also=(strange_service.address,), scripts=False)
    chat = page.frame_locator("iframe")
    ask(chat, "How long do hedgehogs sleep?")
    expect(chat.get_by_role("article").locator(".quoted").first).to_contain_text("five months")
    ask(chat, "Where do badgers dig?")
    expect(chat.get_by_role("region", name="You asked before")).to_contain_text("How long do hedgehogs sleep?")
