"""What a visitor does: ask, read, follow a citation to its words, ask on; with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from playwright.sync_api import Page, expect

pytest_plugins = ["tests.service"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]

QUESTION = "What is the difference between an ACS and an ACO?"
FOLLOW_UP = "Who would run one?"
TITLE = "What's the difference between an ACS and an ACO?"


def ask(page: Page, question: str) -> None:
    page.get_by_label(re.compile("question")).fill(question)
    page.get_by_role("button", name="Ask").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_question_to_its_words_in_a_source(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    expect(page).to_have_title(re.compile("^acobot"))
    ask(page, QUESTION)

    answer = page.get_by_role("article")
    expect(answer.get_by_role("heading", name=QUESTION)).to_be_visible()
    quotes = answer.locator("q")
    quoted = quotes.all_inner_texts()
    assert 1 <= len(quoted) <= 4
    for place in range(len(quoted)):
        marks = quotes.nth(place).evaluate("q => [getComputedStyle(q, '::before').content, getComputedStyle(q).quotes]")
        assert marks[0] in {"open-quote", '"“"'}
        assert marks[1].startswith('"“" "”"')
    citation = answer.get_by_role(
        "link", name=re.compile(r"^Source \[1\] Pulse, 10 August 2017 \(our summary\)$")
    ).first
    expect(citation).to_be_visible()
    expect(answer.locator("cite", has_text=TITLE).first).to_be_visible()
    expect(answer.locator(".source", has_text=TITLE).first).to_contain_text("Pulse, 10 August 2017")

    citation.click()
    expect(page).to_have_url(re.compile(r"/sources/pulse-2017\?start=\d+&end=\d+&v=[0-9a-f]{12}#quote$"))
    mark = page.locator("mark#quote")
    expect(mark).to_have_text(quoted[0])
    expect(mark).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_coming_back_from_a_source_finds_the_answer_again(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.get_by_role("article").get_by_role("link", name=re.compile("^Source")).first.click()
    expect(page.locator("mark#quote")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("article").get_by_role("heading", name=QUESTION)).to_be_visible()
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("article").nth(1)).to_contain_text("Searched for: ")


def test_a_follow_up_is_added_and_the_focus_moves_to_it(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    answers = page.get_by_role("log").get_by_role("article")
    expect(answers).to_have_count(1)
    expect(page.get_by_role("heading", name=QUESTION)).to_be_focused()
    expect(page.get_by_label("Ask another question")).to_have_value("")

    ask(page, FOLLOW_UP)
    expect(answers).to_have_count(2)
    second = answers.nth(1)
    expect(second.get_by_role("heading", level=2)).to_be_focused()
    expect(second.get_by_role("heading", level=2)).to_have_text(FOLLOW_UP)
    expect(second.get_by_role("heading", level=2)).to_be_in_viewport()
    expect(second).to_contain_text("Searched for: ")
    expect(answers.nth(0).get_by_role("heading", level=2)).to_have_text(QUESTION)
    assert page.url.endswith("/")

    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_role("article")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_be_visible()


def test_a_follow_up_without_javascript(open_page: OpenPage) -> None:
    page = open_page(scripts=False)
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("region", name="You asked before")).to_contain_text(QUESTION)
    expect(page.get_by_role("article")).to_contain_text("Searched for: ")


def test_with_the_network_cut_the_question_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_have_text(re.compile("^The service cannot be reached. Your question is kept"))
    box = page.get_by_label("Your question")
    expect(box).to_have_value(QUESTION)
    expect(box).to_be_focused()

    page.context.set_offline(False)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("article").get_by_role("heading", name=QUESTION)).to_be_focused()
    expect(page.get_by_role("alert")).to_have_text("")


@pytest.mark.parametrize(
    "path", ["/", "/?q=What+is+an+ACO%3F", "/?q=Who+won+the+cup%3F", "/sources", "/sources/pulse-2017"]
)
def test_nothing_is_wider_than_a_small_phone(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_documentation_of_the_api_is_shown(open_page: OpenPage) -> None:
    page = open_page("/docs")
    expect(page.get_by_text("/api/ask", exact=True)).to_be_visible()
    page.get_by_text("/api/ask", exact=True).click()
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()


def test_the_keyboard_alone_is_enough(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # past the link to the sources
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("Will NHS care still be free?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("a.cite").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
