"""Clients that others' programs make of /openapi.json: they compile as they come, and ask. And the document, linted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import Store
from acobot.settings import read_settings
from tests.fakes import fake_means
from tests.paths import REPOSITORY
from tests.tools import CLIENTS, lacks, needs

if TYPE_CHECKING:
    from tests.service import Service  # a plugin, which pytest must import first

pytest_plugins = ["tests.service"]
pytestmark = pytest.mark.model

TOOLS = REPOSITORY / "tests" / "clients"
INSTALLED = REPOSITORY / "artefacts" / "clients"  # once for all runs, in a folder for each set of versions
INSTALL_SECONDS, RUN_SECONDS = 240, 120
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


def installed(lock: str, install: Callable[[Path], list[list[str]]]) -> Path:
    """The folder in which what a file of versions names is installed; a stamp is written last, so none is half done."""
    digest = hashlib.sha256((TOOLS / lock).read_bytes() + sys.version.encode()).hexdigest()[:12]
    there = INSTALLED / f"{Path(lock).stem}-{digest}"
    stamp = there / ".installed"
    if not stamp.exists():
        shutil.rmtree(there, ignore_errors=True)
        there.mkdir(parents=True)
        try:
            for command in install(there):
                subprocess.run(command, cwd=there, check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            lacks(f"what tests/clients/{lock} names cannot be installed ({error})", CLIENTS)
        stamp.touch()
    return there


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The generator of types, the compiler and the linter."""
    needs("node", CLIENTS)
    npm = needs("npm", CLIENTS)

    def install(folder: Path) -> list[list[str]]:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(TOOLS / name, folder)
        return [[npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]]

    return installed("package-lock.json", install) / "node_modules"


@pytest.fixture(scope="session")
def generator() -> Path:
    """An environment with the generator of Python clients."""

    def install(folder: Path) -> list[list[str]]:
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps"]
        return [[sys.executable, "-m", "venv", str(folder)], [*pip, "--requirement", str(TOOLS / "requirements.txt")]]

    return installed("requirements.txt", install)


def test_the_document_has_nothing_that_a_linter_finds(node_modules: Path, tmp_path: Path) -> None:
    settings = read_settings(index=tmp_path, operator="The Library", contact="help@library.example")
    document = create_app(Assistant(Store(tmp_path), fake_means()), settings).openapi()
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(node_modules)
    rules = ["--ruleset", str(TOOLS / "spectral.yaml"), "--fail-severity", "hint"]
    assert "No results" in run(tmp_path, "spectral", "lint", "openapi.json", *rules)


def test_a_client_in_typescript_compiles_and_asks(service: Service, node_modules: Path, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules)
    shutil.copy(TOOLS / "package.json", tmp_path)
    shutil.copy(TOOLS / "tsconfig.json", tmp_path)
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
