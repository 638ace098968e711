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

from tests.browser import made
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
def test_the_answer_comes_first_the_box_beside_it_and_where_it_comes_from_after(
    open_page: OpenPage, size: dict[str, int]
) -> None:
    page = open_page(ADDRESSES["answered"], **size)
    answer = page.get_by_role("article")
    expect(answer.locator(".quoted").first).to_be_in_viewport(ratio=1)
    order = [
        page.get_by_text("Independent: not the NHS or the government."),
        answer.get_by_role("heading", level=2),
        answer.locator(".lead .quoted"),
        answer.locator(".from"),
        answer.get_by_text("things may have changed since"),
        page.get_by_label("Ask another question"),
        answer.get_by_role("heading", name="People also ask"),
        answer.get_by_role("heading", name="Where this comes from"),
        answer.get_by_role("link", name="Link to this answer"),
    ]
    tops = [top(one) for one in order]
    assert tops == sorted(tops)
    expect(page.get_by_label("Ask another question")).to_be_in_viewport(ratio=1)


def test_the_lead_is_larger_than_what_adds_to_it(open_page: OpenPage, made_site: str) -> None:
    page = open_page(f"/?q={quote(made.MORE)}", site=made_site)
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    lead, *others = page.locator(".quoted").all()
    assert all(lead.evaluate(size) > 1.2 * other.evaluate(size) for other in others)
    assert lead.locator("strong").evaluate("one => Number(getComputedStyle(one).fontWeight)") >= 600
    page.goto(f"/?q={quote(made.LIST)}")
    context, lead = page.locator(".quoted").all()[:2]
    expect(context).to_have_text(made.WILL.text)
    assert lead.evaluate(size) > 1.2 * context.evaluate(size)


def test_only_a_publishers_own_words_stand_in_quotation_marks(open_page: OpenPage, made_site: str) -> None:
    page = open_page(f"/?q={quote(made.MORE)}", site=made_site)
    sign = "(one) => ['::before', '::after'].map((part) => getComputedStyle(one, part).content)"
    ours, _, theirs = page.locator(".quoted").all()
    assert ours.evaluate(sign) == ["none", "none"]
    assert theirs.evaluate(sign) == ["open-quote", "close-quote"]
    assert theirs.evaluate("q => getComputedStyle(q).quotes") == "auto"  # those of the page's language
    expect(page.locator(".from").first).to_have_text("In our words, from The Owl Post, 16 April 2018")
    expect(page.locator(".from").last).to_have_text("The Society for the Study of Birds of Prey, 10 August 2017")
    for name, address in (("Read the original", "/owls"), ("Find it in the original", "/field#:~:text=")):
        if name.startswith("Find"):
            page.locator("summary").last.click()
        link = page.get_by_role("article").get_by_role("link", name=re.compile(f"^{name}"))
        expect(link).to_have_attribute("href", re.compile(f"^https://example.org{re.escape(address)}"))


@pytest.mark.parametrize(("question", "box"), [(made.CRISIS, True), (made.MEDICAL, False), (made.MEDICAL_ONLY, False)])
def test_numbers_come_first_in_need_and_advice_after_the_answer_without_alarm(
    open_page: OpenPage, made_site: str, question: str, box: bool
) -> None:
    page = open_page(f"/?q={quote(question)}", site=made_site, width=390)
    numbers = page.get_by_role("article").get_by_role("link", name="111", exact=True)
    expect(numbers).to_have_attribute("href", "tel:111")
    border = "one => getComputedStyle(one.closest('p')).borderTopWidth"
    assert numbers.evaluate(border) == ("3px" if box else "0px")
    if question != made.MEDICAL_ONLY:
        assert (top(numbers) < top(page.locator(".lead"))) is box


def test_what_the_sources_do_not_say_leads_on(open_page: OpenPage, made_site: str) -> None:
    page = open_page(f"/?q={quote(made.ELSEWHERE)}", site=made_site)
    expect(page.get_by_role("link", name="example.org")).to_have_attribute("href", "https://www.example.org/owls/today")
    page.goto(f"/?q={quote(made.LIMIT)}")
    assert page.locator(".quoted").count() == 0
    page.get_by_role("link", name=made.PLACE).click()
    expect(page.locator("mark#quote")).to_have_text(made.PLACE)


@pytest.mark.parametrize("question", [made.AGAINST, made.BESIDE])
@pytest.mark.parametrize("width", [320, 390, 700, 1280, 2000])
def test_what_differs_stays_in_the_column(open_page: OpenPage, made_site: str, question: str, width: int) -> None:
    page = open_page(f"/?q={quote(question)}", site=made_site, width=width)
    panel, column = page.locator(".differing").bounding_box(), page.get_by_role("article").bounding_box()
    assert panel
    assert column
    assert column["x"] <= panel["x"]
    assert panel["x"] + panel["width"] <= column["x"] + column["width"] + 0.5
    for side in page.locator(".side").all():
        box = side.bounding_box()
        assert box
        assert box["x"] + box["width"] <= panel["x"] + panel["width"]


def test_lines_are_as_long_as_is_read_well(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["answered"])
    texts = page.locator(".quoted").all()
    page.goto("/sources/dhsc-brief-guide-2018")
    texts += page.locator(".text p").all()[:3]
    page.goto(ADDRESSES["answered"])
    for one in page.locator(".quoted").all():
        lines = one.evaluate(LINES)
        assert lines > 1
        assert 45 <= len(one.inner_text()) / (lines - 0.5) <= 75  # the last line is half full on average


def test_sources_that_differ_stand_side_by_side(open_page: OpenPage, made_site: str) -> None:
    page = open_page(f"/?q={quote(made.AGAINST)}", site=made_site)
    expect(page.get_by_role("heading", name="The sources differ about the time of day")).to_be_visible()
    one, other = page.locator(".side").all()
    boxes = [one.bounding_box(), other.bounding_box()]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    expect(one.locator(".from")).to_have_text("In our words, from The Owl Post, 16 April 2018")
    expect(other.locator(".from")).to_have_text("The Society for the Study of Birds of Prey, 10 August 2017")
    expect(one.locator(".quoted")).to_have_text(made.HUNT.text)
    expect(other.locator(".quoted")).to_have_text(made.BY_DAY.text)
    page.set_viewport_size({"width": 320, "height": 640})
    assert top(other) > top(one)


def test_abbreviations_are_spelled_out_under_the_answer_and_the_quotes_left_alone(
    open_page: OpenPage, made_site: str, service: Service
) -> None:
    page = open_page(f"/?q={quote(made.SHORT)}", site=made_site)
    expect(page.get_by_text("In the quotes, GOC stands for “Great Owl Count”")).to_be_visible()
    expect(page.locator(".quoted")).to_have_text(made.COUNT.text)
    question = "Will private companies run more of the NHS?"
    page = open_page("/?q=" + quote(question))
    told = httpx.post(f"{service.address}/api/ask", json={"question": question}).json()
    assert page.locator(".quoted").all_text_contents() == [one["text"] for one in told["quotes"]]


def test_the_passage_around_a_quote_opens_with_the_quote_marked(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["answered"])
    answer = page.get_by_role("article")
    quoted = answer.locator(".quoted").first.inner_text()
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
    assert answer.locator(".quoted").count() == 0
    answer.locator(".suggestions a").first.click()
    expect(page.get_by_role("article").locator(".quoted").first).to_be_visible()


def test_where_to_turn_comes_first_and_can_be_called(open_page: OpenPage) -> None:
    page = open_page(ADDRESSES["signposted"], width=390)
    told = page.get_by_role("article").locator(".urgent")
    assert top(told) < 250
    expect(told.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(told.get_by_role("link", name="111", exact=True)).to_have_attribute("href", "tel:111")
    assert told.evaluate("one => getComputedStyle(one).borderTopWidth") == "3px"


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
    expect(main).to_contain_text("it is not the owls & <b>all</b> their kin")
    expect(main.get_by_role("link", name="https://example.org/report").first).to_be_visible()
