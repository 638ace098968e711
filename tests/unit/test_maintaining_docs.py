"""docs/maintaining-sources.md against the code: the commands and flags that it names are there."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from acobot.cli import app
from acobot.cli.maintaining import OLD_YEARS
from acobot.index.store import KEPT_VERSIONS

PAGE = (Path(__file__).parents[2] / "docs" / "maintaining-sources.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
NAMED = re.findall(
    r"acobot (index|check|sources|versions|diff|publish|rollback|ask|evaluate|serve|fetch)\b([^`\n|#>]*)", PAGE
)


def test_every_command_for_maintainers_is_told() -> None:
    assert {name for name, _ in NAMED} >= {"index", "check", "sources", "versions", "diff", "publish", "rollback"}


@pytest.mark.parametrize(("name", "rest"), NAMED)
def test_the_flags_of_a_command_are_there(name: str, rest: str) -> None:
    flags = {flag for param in COMMANDS[name].params for flag in (*param.opts, *param.secondary_opts)}
    assert set(re.findall(r"--[a-z-]+", rest)) <= flags


def test_every_flag_that_is_told_belongs_to_a_command() -> None:
    flags = {flag for one in COMMANDS.values() for param in one.params for flag in (*param.opts, *param.secondary_opts)}
    assert set(re.findall(r"`(--[a-z-]+)`", PAGE)) <= flags


def test_the_numbers_are_those_of_the_code() -> None:
    assert (KEPT_VERSIONS, OLD_YEARS) == (3, 5)
    assert "The three versions" in PAGE
    assert "more than five years back" in PAGE
