"""Programs that some tests need: those are skipped, with the reason, where one is missing, unless it is required."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from tests.paths import REPOSITORY

PROXIES = "ACOBOT_REQUIRE_PROXIES"  # those of deploy/
CLIENTS = "ACOBOT_REQUIRE_CLIENTS"  # those of the clients of others, for which their tools are installed

VERSIONS = REPOSITORY / "tests" / "clients"  # files of versions
_INSTALLED = REPOSITORY / "artefacts" / "clients"  # once for all runs, in a folder for each set of versions
_INSTALL_SECONDS = 240


def needs(program: str, required_by: str = PROXIES) -> str:
    """Where the program is."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        lacks(f"{program} is not installed", required_by)
    return found


def lacks(reason: str, required_by: str) -> NoReturn:
    """Skips the test that asks, or fails it where the variable that names its kind is 1."""
    if os.environ.get(required_by) == "1":
        pytest.fail(f"{reason}, and {required_by}=1 asks for the tests that need it")
    pytest.skip(reason)


def installed(lock: str, install: Callable[[Path], list[list[str]]]) -> Path:
    """The folder in which what a file of versions names is installed; a stamp is written last, so none is half done."""
    digest = hashlib.sha256((VERSIONS / lock).read_bytes() + sys.version.encode()).hexdigest()[:12]
    there = _INSTALLED / f"{Path(lock).stem}-{digest}"
    stamp = there / ".installed"
    if not stamp.exists():
        shutil.rmtree(there, ignore_errors=True)
        there.mkdir(parents=True)
        try:
            for command in install(there):
                subprocess.run(command, cwd=there, check=True, capture_output=True, timeout=_INSTALL_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            lacks(f"what tests/clients/{lock} names cannot be installed ({error})", CLIENTS)
        stamp.touch()
    return there


def environment_with(requirements: str) -> Path:
    """The folder of an environment that has what a file of versions names, and nothing else."""

    def install(folder: Path) -> list[list[str]]:
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
        return [
            [sys.executable, "-m", "venv", str(folder)],
            [*pip, "--requirement", str(VERSIONS / requirements)],
        ]

    return installed(requirements, install)
