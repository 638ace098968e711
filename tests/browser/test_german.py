"""The second language in a browser: its longer words stay in narrow windows, and it is told to those who listen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest

with suppress(ImportError):  # where it is missing, the browser fixture skips or fails
    from playwright.sync_api import expect

from acobot.answering import Means
from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import open_store
from tests.browser.conftest import serving_here
from tests.browser.states import OpenPage
from tests.browser.test_accessible import sideways
from tests.fakes import WordEncoder, build, fake_settings, write_sources

pytest_plugins = ["tests.service"]
pytestmark = [pytest.mark.browser, pytest.mark.model]

SOURCE = """---
title: Straßenfeste
publisher: Stadt Ahrenbeck
published: 2024-03
---
# Straßenfeste

Der Antrag muss bis zum 1. April gestellt werden.
"""
SITE = "title: Ahrenbeck fragt\nindependent_of: der Stadt Ahrenbeck\noperator: Nachbarschaftsverein Ahrenbeck\n"
QUESTION = "Bis wann muss der Antrag gestellt werden?"
PAGES = ["/", "/?q=" + quote(QUESTION), "/?q=Hallo", "/sources", "/sources/feste", "/about", "/nirgends"]


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a German service in this process."""
    settings = fake_settings(tmp_path_factory.mktemp("german")).model_copy(update={"language": "de", "policy": "none"})
    write_sources(settings.sources, {"feste.md": SOURCE, "_site.yaml": SITE})
    build(settings)
    app = create_app(Assistant(open_store(settings), Means(WordEncoder())), settings)
    with serving_here(app) as (address, _):
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_german_pages_are_no_wider_than_a_narrow_window(open_page: OpenPage, german: str, path: str) -> None:
    page = open_page(path, site=german, width=320, height=640)
    assert page.locator("html").get_attribute("lang") == "de-DE"
    assert sideways(page) <= 0


def test_a_german_answer_is_told_in_german(open_page: OpenPage, german: str) -> None:
    page = open_page(site=german)
    page.get_by_label("Ihre Frage").fill(QUESTION)
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.get_by_role("article")).to_contain_text("Der Antrag muss bis zum 1. April gestellt werden.")
    expect(page.locator("#heard")).to_have_text("Beantwortet mit einem Zitat aus einer Quelle.")
