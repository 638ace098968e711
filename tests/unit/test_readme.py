"""The README against what there is: its tree, commands, exit codes and settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from acobot import errors
from acobot.cli.commands import app
from acobot.settings import Settings

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
TREE = README.split("## The file tree")[1].split("```")[1]


@pytest.mark.parametrize("line", TREE.strip().splitlines())
def test_each_line_of_the_tree_is_there(line: str) -> None:
    folder = "src/acobot/" if line.startswith("  ") else ""
    assert (REPOSITORY / folder / line.split()[0]).exists()


def test_the_tree_has_every_module() -> None:
    modules = {path.name for path in (REPOSITORY / "src/acobot").iterdir() if not path.name.startswith("__")}
    named = {line.split()[0].rstrip("/") for line in TREE.splitlines() if line.startswith("  ")}
    assert named == modules


def test_every_command_and_no_other_is_told() -> None:
    told = set(re.findall(r"^\| `acobot ([\w-]+)", README, re.MULTILINE))
    assert told == set(get_command(app).commands)  # type: ignore[attr-defined]


def test_the_flags_that_are_told_are_there() -> None:
    for line in re.findall(r"^\| `acobot ([\w-]+).*$", README, re.MULTILINE):
        row = next(row for row in README.splitlines() if row.startswith(f"| `acobot {line}"))
        params = get_command(app).commands[line].params  # type: ignore[attr-defined]
        flags = {name for param in params for name in (*param.opts, *param.secondary_opts)}
        assert set(re.findall(r"`(--[a-z-]+)`", row)) <= flags


def test_every_setting_and_no_other_is_told() -> None:
    told = set(re.findall(r"`ACOBOT_(\w+)`", README.split("## Settings")[1].split("##")[0]))
    assert told == {name.upper() for name in Settings.model_fields}


def test_the_exit_codes_are_those_of_the_errors() -> None:
    told = {int(code) for code in re.findall(r"(\d) [a-z]", README.split("Exit codes:")[1].split("\n\n")[0])}
    classes = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AcobotError)
    ]
    assert told == {kind.exit_code for kind in classes} - {1}


def test_the_make_targets_that_are_told_are_there() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    contributing = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make ([a-z-]+)", README + contributing)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
