"""What tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acobot.cli import main
from acobot.settings import Settings

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Run:
    """Runs a command in this process, in the folder that holds `sources` and `index`; gives its exit code."""
    monkeypatch.chdir(settings.index.parent)
    monkeypatch.setenv("ACOBOT_MODEL", settings.model)

    def run(*arguments: str) -> int:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        return int(left.value.code or 0)

    return run
