"""Clients that others' programs make of /openapi.json: they compile as they come, and ask. And the document, linted."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import Store
from acobot.settings import read_settings
from tests.fakes import fake_means
from tests.paths import REPOSITORY
from tests.tools import CLIENTS, VERSIONS, environment_with, installed, needs

if TYPE_CHECKING:
    from tests.service import Service  # a plugin, which pytest must import first

pytest_plugins = ["tests.service"]
pytestmark = pytest.mark.model

RUN_SECONDS = 120
DOCUMENTED = "http://127.0.0.1:8000"
VERIFIED = re.compile(r"answered .+\[1\].*\n(?:verified in .+\n)+", re.DOTALL)
PAGE = (REPOSITORY / "docs" / "generated-clients.md").read_text(encoding="utf-8")


def code(language: str, place: int = 0) -> str:
    """A piece of code on the page, in this language."""
    return str(re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[place])


def run(folder: Path, *command: str | Path) -> str:
    """What a command prints in a folder; its own programs are found before others."""
    programs = [folder / "node_modules" / ".bin", folder / "venv" / "bin", Path(sys.executable).parent]
    path = os.pathsep.join([*map(str, programs), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The generator of types, the compiler and the linter."""
    needs("node", CLIENTS)
    npm = needs("npm", CLIENTS)

    def install(folder: Path) -> list[list[str]]:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(VERSIONS / name, folder)
        return [[npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]]

    return installed("package-lock.json", install) / "node_modules"


@pytest.fixture(scope="session")
def generator() -> Path:
    """An environment with the generator of Python clients."""
    return environment_with("requirements.txt")


def test_the_document_has_nothing_that_a_linter_finds(node_modules: Path, tmp_path: Path) -> None:
    settings = read_settings(index=tmp_path, operator="The Library", contact="help@library.example")
    document = create_app(Assistant(Store(tmp_path), fake_means()), settings).openapi()
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(node_modules)
    rules = ["--ruleset", str(VERSIONS / "spectral.yaml"), "--fail-severity", "hint"]
    assert "No results" in run(tmp_path, "spectral", "lint", "openapi.json", *rules)


def test_a_client_in_typescript_compiles_and_asks(service: Service, node_modules: Path, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules)
    shutil.copy(VERSIONS / "package.json", tmp_path)
    shutil.copy(VERSIONS / "tsconfig.json", tmp_path)
    (tmp_path / "example.ts").write_text(code("typescript").replace(DOCUMENTED, service.address), encoding="utf-8")
    run(tmp_path, *code("sh").replace(DOCUMENTED, service.address).split())
    run(tmp_path, "tsc", "--project", ".")
    assert VERIFIED.fullmatch(run(tmp_path, "node", "built/example.js"))


def test_a_client_in_python_compiles_and_asks(service: Service, generator: Path, tmp_path: Path) -> None:
    (tmp_path / "venv").symlink_to(generator)
    (tmp_path / "example.py").write_text(code("python").replace(DOCUMENTED, service.address), encoding="utf-8")
    (tmp_path / "client.yaml").write_text(code("yaml"), encoding="utf-8")
    run(tmp_path, *code("sh", 1).replace(DOCUMENTED, service.address).split())
    run(tmp_path, sys.executable, "-m", "mypy", "--strict", "example.py", "acobot_client")
    assert VERIFIED.fullmatch(run(tmp_path, sys.executable, "example.py"))
