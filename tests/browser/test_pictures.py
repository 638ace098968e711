"""Pictures of the pages in each state, into artefacts/pictures/: to be looked at, and one for the README."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.model]
pytest_plugins = ["tests.service"]

PICTURES = Path(__file__).parents[2] / "artefacts" / "pictures"
STATES = {
    "empty": "/",
    "answer": "/?q=" + quote("What is the difference between an ACS and an ACO?"),
    "refused": "/?q=" + quote("What is the tallest mountain in Peru?"),
    "signposted": "/?q=" + quote("I have chest pain"),
    "sources": "/sources",
    "source": "/sources/pulse-2017?start=0&end=120",
}


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("state", STATES)
def test_each_state_can_be_looked_at(open_page: Callable[..., Page], state: str, width: int) -> None:
    page = open_page(STATES[state], width=width, height=900)
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=PICTURES / f"{state}-{width}.png", full_page=state != "answer")
    assert len(picture) > 5000
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
