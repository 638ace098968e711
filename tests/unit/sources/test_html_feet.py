"""What the bars of a page say of how to reach its body, and when."""

from __future__ import annotations

import pytest

from acobot.sources.html.feet import MOST_LEVELS
from acobot.sources.picking import Pick
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import WITHOUT_TITLE
from tests.unit.sources.test_html import MORE, TEXT, texts

HOURS = "<h3>Opening hours</h3><ul><li>Monday 8am to 6pm</li><li>Sunday: closed</li></ul>"
CALL = "<p>Ring 01632 960444</p>"
OWN = "<p>© 2026 Ashby Surgery</p>"
LINKS = "<ul><li><a href=/p>Privacy</a></li><li><a href=/c>Cookies</a></li></ul>"
ABOVE = "<header><a href=/>Ashby Surgery</a></header>"
DAYS = "<table><tr><td>Monday<td>9am-5pm<tr><td><a href=/a>A</a><td><a href=/b>B</a></table>"


def page(foot: str, title: str = "Welcome to Ashby Surgery", text: str = TEXT, holder: str = "main") -> str:
    held = f"<h1>{title}</h1><p>{text}</p><h2>More</h2><p>{MORE}</p></{holder.split()[0]}>"
    return f"<body>{ABOVE}<{holder}>{held}{foot}"


def told(said: str) -> list[str]:
    draft = read_bytes(".html", said.encode())
    return [one for one in texts(draft) if one not in {TEXT, MORE, "More", "Welcome to Ashby Surgery"}]


@pytest.mark.parametrize("holder", ["main", "div", "div id=content"])
@pytest.mark.parametrize("bar", ["<footer>{}</footer>", "<div class=site-footer>{}</div>"])
def test_what_a_foot_says_of_hours_and_numbers_is_read(holder: str, bar: str) -> None:
    foot = bar.format(f"<div><div>{HOURS}</div><div><h4>Find us</h4>{CALL}</div>{LINKS}</div>{OWN}")
    lines = ["Opening hours", "Monday 8am to 6pm", "Sunday: closed", "Find us", "Ring 01632 960444"]
    assert told(page(foot, holder=holder)) == lines


def test_what_a_foot_says_stands_under_no_heading_above_it_and_not_under_the_title() -> None:
    draft = read_bytes(".html", page(f"<footer>{CALL}<div>{HOURS}</div>{OWN}</footer>").encode())
    [call] = [one for one in draft.blocks if draft.text[one.start : one.end] == "Ring 01632 960444"]
    assert call.leaves == WITHOUT_TITLE


def test_hours_whose_heading_would_stay_behind_are_left_out() -> None:
    links = "<p>" + "".join(f"<a href=/{number}>Page {number}</a> " for number in range(9)) + "</p>"
    hours = "<h3>Town hall</h3><p>Monday 9am to 5pm</p><h3>Museum</h3><p>Sunday 10am to 4pm</p>"
    assert told(page(f"<footer><div>{hours}{links}</div>{OWN}</footer>")) == []


@pytest.mark.parametrize(("levels", "read"), [(MOST_LEVELS - 2, ["Ring 01632 960444"]), (MOST_LEVELS, [])])
def test_boxes_are_looked_for_so_deep_that_time_does_not_grow_with_the_depth(levels: int, read: list[str]) -> None:
    inside = f"{'<div>' * levels}{CALL}{LINKS}{'</div>' * levels}"  # with its links it is no box as a whole
    assert told(page(f"<footer>{inside}{OWN}</footer>")) == read


def test_the_bar_above_a_page_is_read_so_too_and_what_both_say_once() -> None:
    bar = f"<header><div class=top>Ring 01632 960444</div>{LINKS}</header>"
    assert told(page(f"<footer>{CALL}{OWN}</footer>").replace(ABOVE, bar)) == ["Ring 01632 960444"]


@pytest.mark.parametrize(
    "said",
    [
        page(f"<footer>{HOURS}{CALL}</footer>"),  # of nobody
        page(f"<footer>{CALL}{OWN}</footer>", text="Bins: ring 01632 960001 on the day that the calendar says."),
        page(f"<footer><form>{CALL}<input></form><p>No. 1099321</p><p>On 12 May, 9am</p>{OWN}</footer>"),
        page(f"<footer>{DAYS}{OWN}</footer>"),
    ],
)
def test_the_foot_of_a_page_of_nobody_and_all_else_in_it_is_left_out(said: str) -> None:
    assert not any(word in one for one in told(said) for word in ("960444", "am", "109"))


def test_what_a_maintainer_named_of_a_foot_is_read_as_it_was() -> None:
    said = page(f"<footer>{CALL}<p id=note>Ask at the desk.</p>{OWN}</footer>").encode()
    assert texts(read_bytes(".html", said, Pick(keep=("#note",))))[-1] == "Ask at the desk."
