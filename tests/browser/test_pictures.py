"""The picture of an answer that the README shows, from the real page; test_accessible.py takes those of every state."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.browser.states import PICTURES, OpenPage

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "Will private companies run more of the NHS?"


def test_the_picture_for_the_readme(open_page: OpenPage) -> None:
    page = open_page(f"/?q={quote(QUESTION)}", height=1260)
    PICTURES.mkdir(parents=True, exist_ok=True)
    assert len(page.screenshot(path=PICTURES / "readme.png")) > 5000
