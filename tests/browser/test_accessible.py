"""WCAG 2.2 AA in every state, in every look: the axe rules, reflow, targets, text spacing, focus, and what is heard."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults
    from playwright.sync_api import Page, expect

from tests.browser import made
from tests.browser.conftest import brief_service
from tests.browser.states import FOLLOW_UP, LOOKS, QUESTION, STATES, OpenPage, ask, reach, take_look, take_picture

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
WIDE, SMALL = (1280, 800), (320, 256)  # the second is what a window of 1280 by 1024 has at a zoom of 400 %

# What can be pressed and is smaller than 24 by 24 pixels, but for links inside a sentence.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), textarea")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip"))
  .filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const inSentence = getComputedStyle(one).display === "inline"
      && one.parentElement.textContent.trim().length > one.textContent.trim().length + 3;
    return !inSentence && (width < 24 || height < 24);
  }).map((one) => one.outerHTML.slice(0, 120))"""
# The least that WCAG 1.4.12 lets a reader set.
TEXT_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`p { margin-bottom: 2em !important; }
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Elements whose text is cut off.
CUT_OFF = """() => [...document.querySelectorAll("body *:not(.unseen, .unseen *, .begun h1, textarea)")]
  .filter((one) => getComputedStyle(one).overflow !== "visible")
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .filter((one) => !one.matches(".rows, pre")).map((one) => one.outerHTML.slice(0, 120))"""


def axe_finds(page: Page, *, report: bool = True) -> str:
    """What the axe rules find, in full or a line each; "" where that is nothing."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate("options => axe.run(options)", AXE_OPTIONS))
    if not found.violations_count:
        return ""
    return str(found.generate_report() if report else found.generate_snapshot())


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("state", STATES)
def test_a_state_in_every_look(open_page: OpenPage, state: str) -> None:
    """Looks are also kept as pictures in artefacts/pictures/, to be looked at."""
    check_every_look(reach(open_page, state), state)


@pytest.mark.parametrize("question", made.QUESTIONS)
def test_every_part_of_an_answer_in_every_look(open_page: OpenPage, made_site: str, question: str) -> None:
    page = open_page(f"/?q={quote(question)}", site=made_site)
    check_every_look(page, "made " + re.sub(r"\W+", " ", question).strip().casefold())


def check_every_look(page: Page, state: str) -> None:
    """What must hold of a page however it is looked at."""
    assert page.locator("h1").count() == 1
    for look in LOOKS:
        picture = take_picture(page, state, look)
        assert len(picture) > 5000
        if look not in {"phone", "print"}:  # the first is a little wider than "narrow", the second is read on paper
            assert axe_finds(page) == "", look
    take_look(page, "narrow")
    assert page.evaluate(SMALL_TARGETS) == []
    assert sideways(page) <= 0
    page.evaluate(TEXT_SPACING)
    assert sideways(page) <= 0
    assert page.evaluate(CUT_OFF) == []


def test_one_very_long_word_stays_in_its_place(open_page: OpenPage) -> None:
    page = open_page(f"/?q={'x' * 900}", width=320, height=640)
    expect(page.get_by_role("article")).to_be_visible()
    assert sideways(page) <= 0
    page.goto(f"/?draft={'x' * 900}")
    assert sideways(page) <= 0


def test_a_fault_would_be_found(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('.intro').style.color = '#999'")
    report = axe_finds(page, report=False)
    assert "label" in report
    assert "color-contrast" in report
    page.evaluate("document.querySelector('#ask button').style.cssText = 'padding: 0; height: 20px'")
    assert len(page.evaluate(SMALL_TARGETS)) == 1


FOCUSED = """() => {
  const one = document.activeElement;
  const { left, top, right, bottom } = one.getBoundingClientRect();
  const inside = left >= 0 && right <= innerWidth + 1 && bottom > 0 && top < innerHeight;
  const middle = document.elementFromPoint((left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1));
  const style = getComputedStyle(one);
  return {
    name: one === document.body ? "" : one.getAttribute("aria-label") || one.innerText || one.name,
    seen: inside && (middle === one || one.contains(middle) || middle?.contains(one)),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.mark.parametrize("state", ["empty", "conversation", "source marked", "about"])
@pytest.mark.parametrize(("width", "height"), [WIDE, SMALL], ids=["wide", "400 %"])
def test_the_focus_is_always_seen(open_page: OpenPage, state: str, width: int, height: int) -> None:
    page = reach(open_page, state, width=width, height=height)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    count = page.locator("a, button:enabled, summary, textarea, [tabindex='0']").count()
    names = []
    for _ in range(count):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["name"]:  # between the last and the first
            continue
        names.append(focused["name"])
        assert focused["seen"], focused
        assert focused["outlined"], focused
    assert len(names) >= count - 3


def test_the_whole_journey_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    press = page.keyboard.press
    press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    press("Enter")
    press("Tab")  # past the link to the sources
    press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("Will NHS care still be free?")
    press("Enter")
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_be_focused()
    press("Tab")
    expect(page.locator("a.cite").first).to_be_focused()
    press("Enter")
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
    page.go_back()
    heading = page.get_by_role("article").get_by_role("heading", level=2)
    expect(heading).to_be_visible()
    page.get_by_label("Ask another question").focus()
    page.keyboard.type(FOLLOW_UP)
    press("Shift+Enter")  # a new line, which does not ask
    press("Backspace")
    press("Tab")
    expect(page.get_by_role("button", name="Ask")).to_be_focused()
    press("Space")
    expect(page.get_by_role("heading", name=FOLLOW_UP)).to_be_focused()
    start = page.get_by_role("link", name="Start again")
    start.focus()
    press("Enter")
    expect(page.get_by_role("article")).to_have_count(0)


NOTE_HEARD = """() => {
  window.said = [];
  for (const one of document.querySelectorAll("[role=status], [role=alert], [aria-live]:not([aria-live=off])")) {
    new MutationObserver(() => one.textContent && window.said.push(one.textContent)).observe(one, {
      childList: true, characterData: true, subtree: true });
  }
}"""


def test_what_happens_is_heard_once(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(NOTE_HEARD)
    ask(page, QUESTION)
    expect(page.get_by_role("heading", name=QUESTION)).to_be_focused()
    waiting = "Looking in the sources…"
    said = page.evaluate("said")
    assert said[0] == waiting
    assert re.fullmatch(r"Answered with \d quotes? from \d sources?\.", said[1])
    assert len(said) == 2
    ask(page, "What is the tallest mountain in Peru?")
    expect(page.get_by_role("article")).to_have_count(2)
    assert page.evaluate("said.slice(2, 3)") == [waiting]
    assert page.evaluate("said.length") == 4
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    assert page.evaluate("said.slice(4, 5)") == [waiting]
    assert page.evaluate("said.length") == 6
    # The log itself is quiet: the focus goes to the answer, and would say it a second time.
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")


MOVING = """() => document.getAnimations().length + [...document.querySelectorAll("*")].filter((one) => {
  const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
  return animationName !== "none" || parseFloat(transitionDuration) > 0 || scrollBehavior === "smooth";
}).length"""


def test_nothing_moves_for_those_who_want_that(open_page: OpenPage) -> None:
    page = reach(open_page, "conversation")
    assert page.evaluate(MOVING) == 0


def test_on_paper_there_is_all_that_can_be_read_and_nothing_to_press(open_page: OpenPage) -> None:
    page = reach(open_page, "answered")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    answer = page.get_by_role("article")
    expect(answer.locator(".quoted").first).to_be_visible()
    expect(answer.locator("blockquote mark").first).to_be_visible()
    for away in (page.get_by_role("button", name=re.compile("Copy|Print|Ask")), page.get_by_role("navigation")):
        expect(away.filter(visible=True)).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 42)"  # dark on what is always white
    underlined = answer.locator("mark").first.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert underlined == "underline"
    link = answer.get_by_role("link", name="Link to this answer")
    shown = link.evaluate("one => [one.href, getComputedStyle(one, '::after').content]")
    assert shown[0].startswith("http")
    assert shown[1] in {f'" (" {shown[0]!r} ")"', f'" ({shown[0]})"', f'" (" "{shown[0]}" ")"'}


def test_on_paper_no_line_of_code_is_cut_off(open_page: OpenPage, tmp_path: Path) -> None:
    texts = {"guide.md": f"# Guide\n\nAsk so:\n\n```\n{'ask ' * 60}{'x' * 200}\n```\n"}
    with brief_service(tmp_path, texts) as (address, _):
        page = open_page("/sources/guide", site=address)
        beyond = "one => one.scrollWidth - one.clientWidth"
        assert page.locator("pre").evaluate(beyond) > 0
        page.emulate_media(media="print")
        assert page.locator("pre").evaluate(beyond) <= 0
