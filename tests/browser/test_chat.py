"""What a visitor does: ask, read, follow a citation to its words, ask on; with JavaScript and without."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import httpx
import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from playwright.sync_api import expect

from tests.browser.conftest import brief_service
from tests.browser.states import ADDRESSES, FOLLOW_UP, QUESTION, OpenPage, ask

if TYPE_CHECKING:
    from tests.service import Service

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

TITLE = "What's the difference between an ACS and an ACO?"
both = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])


@both
def test_from_a_question_to_its_words_in_a_source(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    expect(page).to_have_title(re.compile("^acobot"))
    ask(page, QUESTION)

    answer = page.get_by_role("article")
    expect(answer.get_by_role("heading", name=QUESTION)).to_be_visible()
    quotes = answer.locator(".quoted")
    quoted = quotes.all_inner_texts()
    assert 1 <= len(quoted) <= 4
    expect(answer.locator(".from").first).to_have_text("In our words, from Healthcare Leader, 10 August 2017")
    citation = answer.get_by_role("link", name="[1] Healthcare Leader: these words in the source").first
    expect(citation).to_have_text("[1]")
    expect(answer.locator("cite", has_text=TITLE).first).to_be_visible()
    expect(answer.locator(".source", has_text=TITLE).first).to_contain_text("Healthcare Leader, 10 August 2017")

    citation.click()
    expect(page).to_have_url(re.compile(r"/sources/healthcare-leader-2017\?start=\d+&end=\d+&v=[0-9a-f]{12}#quote$"))
    mark = page.locator("mark#quote")
    expect(mark).to_have_text(quoted[0])
    expect(mark).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_coming_back_from_a_source_finds_the_answer_again(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.get_by_role("article").get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(page.locator("mark#quote")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("article").get_by_role("heading", name=QUESTION)).to_be_visible()
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("article").nth(1)).to_contain_text("Searched for: ")


def test_a_conversation_is_found_again_after_a_jump_within_the_page(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    articles = page.get_by_role("article")
    expect(articles).to_have_count(1)
    page.get_by_role("link", name="Skip to the content").press("Enter")
    assert page.url.endswith("#main")
    page.reload()
    expect(articles).to_have_count(1)
    ask(page, FOLLOW_UP)
    expect(articles).to_have_count(2)
    page.go_back()
    page.reload()
    expect(articles).to_have_count(2)


def test_what_is_typed_while_an_answer_is_awaited_stays(open_page: OpenPage) -> None:
    page = open_page()
    held = []
    page.route("**/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    ask(page, QUESTION)
    expect(page.locator("#state")).not_to_be_empty()
    box = page.locator("#question")
    box.fill("And who pa")
    page.keyboard.press("Enter")  # one question is answered at a time
    held[0].continue_()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(box).to_be_focused()
    page.keyboard.type("ys?")
    expect(box).to_have_value("And who pays?")
    assert len(held) == 1


def test_a_slow_answer_is_no_broken_connection(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("AbortSignal.timeout = () => AbortSignal.abort(new DOMException('late', 'TimeoutError'))")
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_have_text(re.compile("^The question could not be answered"))
    expect(page.locator("#question")).to_have_attribute("aria-invalid", "false")


def test_what_people_also_ask_goes_on_with_the_conversation(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    suggestion = page.get_by_role("article").locator(".suggestions a").first
    asked = suggestion.inner_text()
    suggestion.click()
    articles = page.get_by_role("article")
    expect(articles).to_have_count(2)
    expect(articles.nth(1).get_by_role("heading", level=2)).to_have_text(asked, ignore_case=True)
    expect(page).to_have_title(re.compile(f"^{re.escape(asked)}", re.IGNORECASE))


def test_a_suggestion_is_asked_without_taking_what_is_typed(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    articles, box = page.get_by_role("article"), page.locator("#question")
    expect(articles).to_have_count(1)
    box.fill("Who pays for")
    suggestion = articles.first.locator(".suggestions a").first
    suggestion.click()
    expect(articles).to_have_count(2)
    expect(articles.nth(1).get_by_role("heading", level=2)).to_be_focused()
    expect(box).to_have_value("Who pays for")

    held = []
    page.route("**/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    ask(page, FOLLOW_UP)
    expect(page.locator("#state")).not_to_be_empty()
    box.fill("And what")
    suggestion.click()  # one question is answered at a time
    expect(box).to_have_value("And what")
    held[0].continue_()
    expect(articles).to_have_count(3)
    assert len(held) == 1
    expect(box).to_have_value("And what")


def test_a_suggestion_that_cannot_be_asked_is_kept_in_the_box(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    suggestion = page.get_by_role("article").locator(".suggestions a").first
    asked = suggestion.text_content() or ""
    page.context.set_offline(True)
    suggestion.click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("^The service cannot be reached. Your question is kept"))
    expect(page.locator("#question")).to_have_value(asked)
    expect(page.locator("#question")).to_be_focused()


def test_a_conversation_that_began_with_a_link_is_found_again_too(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["answered"])
    ask(page, FOLLOW_UP)
    articles = page.get_by_role("article")
    expect(articles).to_have_count(2)
    articles.nth(1).get_by_role("link", name=re.compile(r"^\[1\]")).first.click()
    expect(page.locator("mark#quote")).to_be_visible()
    page.go_back()
    expect(articles).to_have_count(2)
    page.reload()
    expect(articles).to_have_count(2)
    expect(articles.nth(1).get_by_role("heading", name=FOLLOW_UP)).to_be_visible()
    page.get_by_role("link", name="Start again").click()
    expect(articles).to_have_count(0)


@pytest.mark.parametrize("begun", ["/", ADDRESSES["answered"]])
def test_a_conversation_that_is_found_again_has_the_title_that_it_had(open_page: OpenPage, begun: str) -> None:
    page = open_page(begun)
    ask(page, FOLLOW_UP)
    expect(page).to_have_title(re.compile(f"^{re.escape(FOLLOW_UP)}"))
    page.reload()
    expect(page.get_by_role("heading", name=FOLLOW_UP)).to_be_visible()
    expect(page).to_have_title(re.compile(f"^{re.escape(FOLLOW_UP)}"))


def test_a_link_to_the_page_that_is_open_leads_to_its_box(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    articles = page.get_by_role("article")
    expect(articles).to_have_count(1)
    for link in (page.get_by_role("navigation").get_by_role("link", name="Ask"), page.locator("header .name")):
        page.locator("body").evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        link.click()
        expect(page.locator("#question")).to_be_focused()
        expect(page.locator("#question")).to_be_in_viewport(ratio=1)
        expect(articles).to_have_count(1)
    page.get_by_role("link", name="Start again").click()
    expect(articles).to_have_count(0)
    page.goto(ADDRESSES["answered"])
    page.locator("header .name").click()  # another page, from which "Back" leads here again
    expect(articles).to_have_count(0)


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


@both
def test_there_is_one_box_beside_the_newest_answer(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts, width=390)
    for question in (QUESTION, FOLLOW_UP):
        ask(page, question)
        newest = page.get_by_role("article").last
        expect(newest.get_by_role("heading", name=question)).to_be_visible()
        expect(page.locator("form")).to_have_count(1)
        expect(newest.locator("form")).to_have_count(1)
    if scripts:  # found again as it was, with the box in its place
        page.reload()
        expect(page.get_by_role("article")).to_have_count(2)
        expect(page.locator("form")).to_have_count(1)
        expect(page.get_by_role("article").last.locator("form")).to_have_count(1)
        ask(page, QUESTION)
        expect(page.get_by_role("article")).to_have_count(3)


def test_no_ring_is_drawn_around_ones_own_question(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=QUESTION)
    expect(heading).to_be_focused()
    assert heading.evaluate("one => getComputedStyle(one).outlineStyle") == "none"


def test_a_follow_up_without_javascript(open_page: OpenPage) -> None:
    page = open_page(scripts=False, height=500)
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("heading", name=FOLLOW_UP)).to_be_in_viewport()
    page.keyboard.press("Tab")  # reading goes on at the answer
    expect(page.get_by_role("article").locator("a").first).to_be_focused()
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


def test_the_documentation_of_the_api_is_shown(open_page: OpenPage) -> None:
    page = open_page("/docs")
    expect(page.get_by_text("/api/v1/ask", exact=True)).to_be_visible()
    page.get_by_text("/api/v1/ask", exact=True).click()
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()


@both
def test_an_example_is_asked_with_one_click(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    example = page.get_by_role("region", name="Questions that the sources answer").get_by_role("link").first
    words = example.inner_text()
    example.click()
    expect(page.get_by_role("article").get_by_role("heading", name=words)).to_be_visible()
    expect(page.locator(".quoted").first).to_be_visible()


def test_each_answer_of_a_conversation_can_be_linked_to(open_page: OpenPage) -> None:
    page = open_page()
    for number, question in enumerate((QUESTION, FOLLOW_UP), start=1):
        ask(page, question)
        expect(page.get_by_role("article")).to_have_count(number)
    first, second = page.get_by_role("article").all()
    quoted = second.locator(".quoted").all_inner_texts()
    expect(first.get_by_role("link", name="Link to this answer")).to_have_attribute("href", f"/?q={quote(QUESTION)}")
    link = second.get_by_role("link", name="Link to this answer")
    assert FOLLOW_UP.removesuffix("?") in unquote(link.get_attribute("href") or "")
    link.click()
    expect(page.get_by_role("article")).to_have_count(1)
    assert page.locator(".quoted").all_inner_texts() == quoted


def test_an_answer_is_copied_with_its_citations(open_page: OpenPage, service: Service) -> None:
    page = open_page(ADDRESSES["definition"], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy with citations").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator("#heard")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    for each in page.locator(".quoted").all_inner_texts():
        assert f"\n{each} [" in text
    assert "[1] Our summary of “Accountable Care Organisations”, House of Commons Library, 9 January 2018\n" in text
    links = re.findall(rf"^{re.escape(service.address)}/\S+$", text, re.MULTILINE)
    assert len(links) == page.locator("details").count() + 1
    assert all(httpx.get(link).status_code == 200 for link in links)
    expect(page.get_by_role("button", name="Copy with citations")).to_be_visible()  # it can be copied once more


def test_no_line_of_a_quote_becomes_a_link_when_it_is_copied(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["definition"], permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelector('.copy').dataset.text = 'and\\n/or the board\\n/sources/a'")
    page.get_by_role("button", name="Copy with citations").click()
    expect(page.locator("#heard")).to_have_text("Copied.")
    assert "\n/or the board\nhttp" in page.evaluate("navigator.clipboard.readText()")


def test_an_answer_is_printed(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["answered"])
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("printed") is True


@both
def test_what_was_searched_for_is_changed_with_one_click(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(ADDRESSES["answered"], scripts=scripts)
    searched = page.locator(".searched bdi").inner_text()
    assert searched != QUESTION
    page.get_by_role("link", name="Change it").click()
    box = page.get_by_label(re.compile("question"))
    expect(box).to_have_value(searched)
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport(ratio=1)
    ask(page, "Will NHS care still be free?")
    expect(page.get_by_role("article").last.get_by_role("heading", name="Will NHS care still be free?")).to_be_visible()


def test_the_count_appears_near_the_limit(open_page: OpenPage) -> None:
    page = open_page()
    box, counter = page.get_by_label("Your question"), page.locator("#counter")
    box.fill("a" * 899)
    expect(counter).to_have_text("")
    box.press_sequentially("b")
    expect(counter).to_have_text("100 characters left")
    expect(page.locator("#heard")).to_have_text("100 characters left")  # once the typing has paused
    box.fill("😀" * 999)
    expect(counter).to_have_text("1 character left")
    box.fill("a" * 1002)
    expect(counter).to_have_text("2 characters too many")


def test_the_count_is_of_what_the_service_counts(open_page: OpenPage) -> None:
    page = open_page()
    box, counter = page.get_by_label("Your question"), page.locator("#counter")
    box.fill("  " + "why \n\n\t so \u200b\u00ad" * 120)  # folded it is half as long
    expect(counter).to_have_text("")
    box.fill("\n".join(["a" * 9] * 101) + "\u2066\u200d")
    expect(counter).to_have_text("10 characters too many")
    ask(page, box.input_value())
    expect(page.get_by_role("alert")).to_have_text(re.compile("^The question has 1,010 characters"))


LONG = "Why is it so? " * 80
SAID_OF_LONG = re.compile(r"^The question has [\d,]+ characters; the most is 1,000. Ask it more briefly.$")


@both
def test_a_question_that_is_too_long_is_kept(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    ask(page, LONG)
    expect(page.get_by_role("alert")).to_have_text(SAID_OF_LONG)
    box = page.get_by_label("Your question")
    expect(box).to_have_value(LONG)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")


@both
def test_who_asks_too_often_is_told_when_to_ask_again(
    open_page: OpenPage, strange_service: Service, scripts: bool
) -> None:
    visitor = {"X-Forwarded-For": f"198.51.100.{scripts:d}"}
    page = open_page(site=strange_service.address, scripts=scripts, headers=visitor)
    for _ in range(12):
        assert httpx.get(f"{strange_service.address}/?q=Hello", headers=visitor).status_code == 200
    ask(page, "How long do hedgehogs sleep?")
    told = "Many questions came from here in a short time. Yours is kept: ask again in "
    expect(page.get_by_role("alert")).to_have_text(re.compile(f"^{told}\\d+ seconds?.$"))
    expect(page.get_by_label("Your question")).to_have_value("How long do hedgehogs sleep?")


@both
def test_without_an_index_the_question_is_kept(open_page: OpenPage, tmp_path: Path, scripts: bool) -> None:
    with brief_service(tmp_path, {}) as (address, _):
        page = open_page("/?q=" + quote(QUESTION), site=address, scripts=scripts)
        box = page.get_by_label("Your question")
        for question in (QUESTION, FOLLOW_UP):
            expect(page.get_by_role("alert")).to_have_text(re.compile("^There is nothing to answer from at the moment"))
            expect(box).to_have_value(question)
            expect(box).to_be_focused()
            ask(page, FOLLOW_UP)


def test_when_the_service_has_stopped_the_question_is_kept(open_page: OpenPage, tmp_path: Path) -> None:
    with brief_service(tmp_path, {"owls.md": "# Owls\n\nOwls sleep by day.\n"}) as (address, stop):
        page = open_page(site=address)
        ask(page, "Do owls sleep?")
        expect(page.get_by_role("article")).to_have_count(1)
        stop()
        ask(page, "Do owls sleep by day?")
        expect(page.get_by_role("alert")).to_have_text(re.compile("^The service cannot be reached"))
        expect(page.get_by_label("Ask another question")).to_have_value("Do owls sleep by day?")
        expect(page.get_by_role("article")).to_have_count(1)


@both
def test_start_again_forgets_what_went_before(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    ask(page, QUESTION)
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_role("article")).to_have_count(0)
    assert page.locator("#history").input_value() == "[]"
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).not_to_contain_text("Searched for")
    expect(page.get_by_text("You asked before")).to_have_count(0)


def test_what_went_before_does_not_come_back_with_back(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_label("Your question")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(0)
