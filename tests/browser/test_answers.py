"""What an answer looks like: the answer first, where it comes from second, everything else after."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from playwright.sync_api import Locator, expect

from tests.browser.states import ADDRESSES, OpenPage

if TYPE_CHECKING:
    from tests.service import Service

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

# Lines of an element's text, by the tops of its characters' boxes.
LINES = """(one) => new Set(Array.from(one.getClientRects(), (box) => Math.round(box.top))).size"""


def top(locator: Locator) -> float:
    box = locator.first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 390, "height": 800}], ids=["desk", "phone"])
def test_the_answer_comes_first_and_where_it_comes_from_second(open_page: OpenPage, size: dict[str, int]) -> None:
    page = open_page(ADDRESSES["answered"], **size)
    answer = page.get_by_role("article")
    expect(answer.locator("q").first).to_be_in_viewport(ratio=1)
    order = [
        answer.get_by_role("heading", level=2),
        answer.locator("q"),
        answer.locator(".from"),
        answer.get_by_text("things may have changed since"),
        answer.get_by_role("heading", name="Where this comes from"),
        answer.get_by_role("link", name="Link to this answer"),
        page.get_by_label("Ask another question"),
    ]
    tops = [top(one) for one in order]
    assert tops == sorted(tops)


def test_lines_are_as_long_as_is_read_well(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["answered"])
    texts = page.locator("q").all()
    page.goto("/sources/dhsc-brief-guide-2018")
    texts += page.locator(".text p").all()[:3]
    page.goto(ADDRESSES["answered"])
    for one in page.locator("q").all():
        lines = one.evaluate(LINES)
        assert lines > 1
        assert 45 <= len(one.inner_text()) / (lines - 0.5) <= 75  # the last line is half full on average


def test_sources_that_differ_stand_side_by_side(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["differing"])
    expect(page.get_by_role("heading", name=re.compile("^The sources differ about "))).to_be_visible()
    one, other = page.locator(".side").all()
    boxes = [one.bounding_box(), other.bounding_box()]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    expect(one.locator(".from")).to_have_text("Mutual Ventures, 2018 (our summary)")
    expect(other.locator(".from")).to_have_text("House of Commons Library, 9 January 2018 (our summary)")
    expect(one.locator("q")).to_contain_text("12 weeks")
    expect(other.locator("q")).to_contain_text("two months")
    page.set_viewport_size({"width": 320, "height": 640})
    assert top(other) > top(one)


def test_abbreviations_are_spelled_out_under_the_answer_and_the_quotes_left_alone(
    open_page: OpenPage, service: Service
) -> None:
    question = "Will private companies run more of the NHS?"
    page = open_page("/?q=" + quote(question))
    expect(page.get_by_text("In the quotes, DHSC stands for “Department of Health and Social Care”")).to_be_visible()
    told = httpx.post(f"{service.address}/api/ask", json={"question": question}).json()
    assert page.locator("q").all_text_contents() == [one["text"] for one in told["quotes"]]


def test_the_passage_around_a_quote_opens_with_the_quote_marked(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["answered"])
    answer = page.get_by_role("article")
    quoted = answer.locator("q").first.inner_text()
    answer.locator("summary").first.click()
    expect(answer.locator("blockquote").first).to_be_visible()
    expect(answer.locator("mark").first).to_have_text(quoted)
    answer.get_by_role("link", name="Read in the source").first.click()
    expect(page.locator("mark#quote")).to_contain_text(quoted)


def test_a_refusal_helps(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["refused"])
    answer = page.get_by_role("article")
    expect(answer).to_contain_text("The sources do not answer this question.")
    expect(answer.locator(".message")).to_contain_text("searched for “What is the tallest mountain in Peru?”")
    expect(answer.get_by_role("link", name="Change what was searched for")).to_be_visible()
    expect(answer.get_by_role("heading", name="Nearest passages, not an answer")).to_be_visible()
    assert answer.locator("q").count() == 0
    answer.locator(".suggestions a").first.click()
    expect(page.get_by_role("article").locator("q").first).to_be_visible()


def test_where_to_turn_comes_first_and_can_be_called(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["signposted"], width=390)
    message = page.get_by_role("article").locator(".message")
    assert top(message) < 250
    expect(message.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(message.get_by_role("link", name="111", exact=True)).to_have_attribute("href", "tel:111")
    assert message.evaluate("one => getComputedStyle(one).borderTopWidth") == "3px"


def test_a_source_has_contents_and_particulars(open_page: OpenPage) -> None:
    page = open_page("/sources/dhsc-brief-guide-2018")
    contents = page.get_by_role("navigation", name="Contents").get_by_role("link").all()
    assert len(contents) > 5
    words = contents[4].inner_text()
    contents[4].click()
    expect(page.get_by_role("heading", name=words, level=2)).to_be_in_viewport()
    particulars = page.get_by_role("region", name="Particulars")
    for name in ("Publisher", "Author", "Licence", "Published", "Kind", "SHA-256 of the text"):
        expect(particulars.get_by_role("term").filter(has_text=name)).to_be_visible()


def test_the_service_says_what_it_is(open_page: OpenPage, strange_service: Service) -> None:
    page = open_page("/about", site=strange_service.address)
    headings = ("How it answers", "What it cannot do", "Who runs it", "Report a wrong answer", "Privacy")
    for heading in (*headings, "Accessibility"):
        expect(page.get_by_role("heading", name=heading, level=2)).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text("This copy is run by The Woodland Trust.")
    expect(main).to_contain_text("it is not the NHS or the government")
    expect(main.get_by_role("link", name="https://example.org/report").first).to_be_visible()
