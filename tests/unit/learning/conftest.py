"""A service over a few small sources, and its counts, whose days the tests choose."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from acobot.assistant import Assistant
from acobot.learning import Learned
from tests.fakes import make_assistant

TEXTS = {
    "_limits.yaml": '- asks: ["Which vet is open on Sundays?"]\n  say: "The sources name no vets."\n',
    "cats.md": "---\ntitle: About cats\n---\n## Food\n\n<!-- asks: What do kittens eat? | What is food for cats? -->\n"
    "Kittens eat mice. They drink milk.\n\nSometimes the dish is chipped.\n",
    "owls.txt": "Owls\n\nOwls see very well in the dark. The badger does not see what owls see.\n",
}


class Calendar:
    """A day that goes on when it is told to."""

    def __init__(self) -> None:
        self.day = date(2026, 11, 27)

    def __call__(self) -> date:
        return self.day

    def go_on(self, days: int = 1) -> None:
        self.day += timedelta(days)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def learned(tmp_path: Path, calendar: Calendar) -> Learned:
    """Counts that are kept for ten days."""
    return Learned(tmp_path / "state" / "learned.sqlite", 10, calendar)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(tmp_path_factory.mktemp("learning"), TEXTS)
