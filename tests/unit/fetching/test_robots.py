"""What a robots.txt allows: which group is ours, and which of its rules decides."""

from __future__ import annotations

import pytest

from acobot.fetching.robots import Robots


def allowed(text: str, *paths: str) -> list[bool]:
    robots = Robots(text, "acobot")
    return [robots.allows(f"https://example.org{path}") for path in paths]


def test_the_longest_rule_that_fits_decides_whatever_comes_first() -> None:
    text = "User-agent: *\nDisallow: /\nAllow: /waste/\nDisallow: /waste/staff\n"
    assert allowed(text, "/", "/waste/bins", "/waste/staff/rota") == [False, True, False]
    assert allowed("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a") == [True]


@pytest.mark.parametrize(
    ("rule", "fits", "fits_not"),
    [
        ("/*.pdf$", "/a/fees.pdf", "/a/fees.pdf?page=2"),
        ("/*?", "/a?page=2", "/a"),
        ("/a/*/staff", "/a/b/c/staffing", "/a/staff"),
        ("/a*b*b$", "/abb", "/ab"),
        ("/caf%C3%A9", "/café/menu", "/cafe"),
        ("/a$", "/a", "/a/b"),
    ],
)
def test_stars_stand_for_anything_and_a_dollar_sign_for_the_end(rule: str, fits: str, fits_not: str) -> None:
    assert allowed(f"User-agent: *\nDisallow: {rule}\n", fits, fits_not) == [False, True]


def test_a_group_that_names_us_counts_alone_and_may_name_others() -> None:
    ours = "User-agent: Other\nUser-agent: Acobot/2.0\nDisallow: /private # please\nCrawl-delay: 0.5\n"
    theirs = "User-agent: *\nDisallow: /\nCrawl-delay: 7\n"
    for text in (f"{ours}\n{theirs}", f"\ufeff{theirs}{ours}", f"{ours}Sitemap: https://example.org/s.xml\n{theirs}"):
        assert allowed(text, "/private", "/bins") == [False, True]
        assert Robots(text, "acobot").delay == 0.5
    assert Robots(theirs, "acobot").delay == 7


def test_without_rules_everything_is_allowed() -> None:
    for text in ("", "Disallow: /\n", "User-agent: *\nDisallow:\n", "User-agent: Other\nDisallow: /\n", "<html>"):
        assert allowed(text, "/", "/bins?a=b") == [True, True]
