"""The maintainers' page, and what is said of counting, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace

import pytest

with suppress(ImportError):
    from playwright.sync_api import expect

from acobot.api import create_app
from acobot.learning import LEAST, Learned, Outcome
from acobot.learning.noticing import Noticed
from acobot.learning.places import place_of
from tests.browser.conftest import serving_here
from tests.browser.states import OpenPage
from tests.browser.strange import strange_texts
from tests.browser.test_accessible import check_every_look
from tests.fakes import fake_settings, make_assistant

pytestmark = pytest.mark.browser

TOKEN = "a token of the browser tests"  # noqa: S105


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A service in this process over strange sources, which has counted something of each kind."""
    folder = tmp_path_factory.mktemp("learning")
    assistant = make_assistant(folder, strange_texts("https://example.org/"))
    asked = ("Where do barn-owls sleep?", "Badgers dig their setts in the chalk hills")
    keys = [place_of(assistant.version(), assistant.explain(one)) for one in asked]
    noticed = [Noticed(outcome, key, ("leaves",)) for outcome in Outcome for key in ("far", "foreign", *keys)]
    settings = fake_settings(folder).model_copy(update={"learn": "on", "maintainer_token": TOKEN})
    counts = Learned(settings.learned, settings.learn_days)
    counts.add([(one, f"192.0.2.{client}") for client in range(LEAST) for one in noticed])
    with serving_here(create_app(assistant, settings)) as (address, _):
        yield SimpleNamespace(address=address)


@pytest.mark.parametrize("path", ["/gaps", "/about"])
def test_what_is_counted_in_every_look(open_page: OpenPage, path: str) -> None:
    page = open_page(path, headers={"Authorization": f"Bearer {TOKEN}"})
    if path == "/gaps":
        expect(page.get_by_role("heading", level=2)).to_have_count(len(Outcome) - 1)
        expect(page.get_by_role("heading", level=3)).to_have_count(4 * (len(Outcome) - 1))
    check_every_look(page, f"learning {path[1:]}")
