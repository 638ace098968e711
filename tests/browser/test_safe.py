"""What must not happen: nothing runs that somebody else wrote, nothing is kept, and words stay in their places."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, brief_service
from tests.browser.strange import BADGER, MARKUP, OWL

if TYPE_CHECKING:
    from tests.service import Service

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

OpenPage = Callable[..., "Page"]
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""
# Where each character of a text stands from left to right, as far as it is shown in one line.
PLACES = """
(node) => Array.from({ length: node.data.length }, (_, place) => {
  const range = document.createRange();
  range.setStart(node, place);
  range.setEnd(node, place + 1);
  const { left, top } = range.getBoundingClientRect();
  return [Math.round(top), left];
})
"""


def places_in(page: Page, css: str) -> list[list[float]]:
    """Where the characters of the last text in an element stand."""
    find = f"(element) => ({PLACES})([...element.childNodes].findLast((one) => one.nodeType === 3 && one.data.trim()))"
    places: list[list[float]] = page.locator(css).first.evaluate(find)
    return places


def reads_forwards(page: Page, css: str) -> bool:
    """Whether the last text in an element stands as it is read: each character to the right of the one before."""
    places = places_in(page, css)
    return places == sorted(places)


def test_no_page_breaks_its_own_policy(open_page: OpenPage, strange_service: Service) -> None:
    page = open_page(site=strange_service.address)
    page.add_init_script(NOTE_VIOLATIONS)
    for path in ("/", "/sources", "/sources/owls", "/about", "/embed", "/no-such", "/?q=Where+do+owls+sleep%3F"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        assert page.evaluate("violations") == [], path


def test_a_breach_of_the_policy_would_be_seen(open_page: OpenPage) -> None:
    page = open_page("/about", expected=("Content Security Policy",))
    page.add_init_script(NOTE_VIOLATIONS)
    page.reload()
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))")
    page.wait_for_function("violations.length === 1")


def test_markup_and_addresses_in_sources_are_only_text(open_page: OpenPage, strange_service: Service) -> None:
    page = open_page("/?q=" + quote("Where do barn-owls sleep?"), site=strange_service.address)
    answer = page.get_by_role("article")
    expect(answer.locator(".quoted").first).to_have_text(OWL)
    expect(answer.locator("cite").first).to_have_text(MARKUP)
    addresses = page.locator("[href], [src], [action]").evaluate_all(
        "all => all.map((one) => one.href || one.src || one.action)"
    )
    assert {re.split(r"[:/]", address)[0] for address in addresses} <= {"http", "https"}
    answer.get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(page.locator("mark#quote")).to_have_text(OWL)
    expect(page.get_by_role("heading", level=1)).to_have_text(MARKUP)
    assert page.locator("main :is(script, img, b)").count() == 0


def test_characters_that_turn_the_order_turn_only_their_own_words(
    open_page: OpenPage, strange_service: Service
) -> None:
    page = open_page("/?q=" + quote("Where do barn-owls sleep?"), site=strange_service.address)
    assert reads_forwards(page, ".said .from")  # ", April 2018 (original)" after such a publisher
    assert reads_forwards(page, ".citations .source")
    page.goto("/sources")
    assert reads_forwards(page, ".sources li:has([href='/sources/owls']) .source")
    page.goto("/?draft=" + quote("Where do \u202eowls sleep?"))
    assert "\u202e" not in page.title()


def test_words_of_an_original_are_linked_to_where_they_stand(
    open_page: OpenPage, strange_service: Service, other_sites: tuple[Site, Site]
) -> None:
    elsewhere = other_sites[1].address
    page = open_page("/?q=" + quote("Where do badgers dig?"), site=strange_service.address, also=(elsewhere,))
    answer = page.get_by_role("article")
    answer.locator("summary").first.click()
    from_answer = answer.get_by_role("link", name="Find it in the original").first.get_attribute("href")
    answer.get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(page.locator("mark#quote")).to_have_text(BADGER)
    link = page.get_by_role("link", name="Find the marked words in the original")
    expect(link).to_have_attribute("href", from_answer or "")
    link.click()
    expect(page).to_have_title("Badgers")
    # The browser found the words: it went down to them.
    page.wait_for_function("scrollY > 1000")
    expect(page.get_by_text("Badgers dig")).to_be_in_viewport()


def test_a_summary_never_links_to_words_in_the_original(open_page: OpenPage, strange_service: Service) -> None:
    page = open_page("/?q=" + quote("How long do hedgehogs sleep?"), site=strange_service.address)
    address = page.get_by_role("link", name=re.compile("^Read the original")).get_attribute("href")
    assert address
    assert address.endswith("/badgers")  # the page that it is a summary of, and no words in it
    page.get_by_role("article").get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(page.locator("mark#quote")).to_be_visible()
    addresses: list[Any] = page.locator("a[href]").evaluate_all("all => all.map((one) => one.href)")
    assert not [address for address in addresses if ":~:" in address]
    assert any(address.endswith("/badgers") for address in addresses)  # among its particulars


def test_nothing_is_stored_and_nobody_is_told_where_one_came_from(open_page: OpenPage) -> None:
    page = open_page("/?q=" + quote("Will NHS care still be free?"))
    expect(page.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
    page.get_by_role("article").get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(page.locator("mark#quote")).to_be_visible()
    assert page.evaluate("document.referrer") == ""
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert page.evaluate("indexedDB.databases()") == []


def test_words_from_right_to_left_run_so_on_the_page_of_their_source(open_page: OpenPage, tmp_path: Path) -> None:
    words = "המוזיאון פתוח בכל יום."
    texts = {"museum.md": f"---\ntitle: {words}\n---\n\n# The museum\n\n{words}\n\n1. {words}\n"}
    with brief_service(tmp_path, texts) as (address, _):
        start = httpx.get(f"{address}/api/sources/museum").json()["text"].index(words)
        page = open_page(f"/sources/museum?start={start}&end={start + len(words)}", site=address)
        for css in ("h1", ".text mark", ".text li"):
            assert page.locator(css).inner_text().endswith(words)
            places = places_in(page, css)
            assert places == sorted(places, reverse=True), css  # the full stop on the left
        page.goto("/sources")
        places = places_in(page, ".sources h2 a")
        assert places == sorted(places, reverse=True)
