"""requirements-serve.lock in a new environment serves an index that was built elsewhere, and is small."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from acobot.build import build_index
from acobot.settings import Settings
from tests.fakes import write_sources
from tests.paths import MODELS, REPOSITORY

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(900)]

MOST_BYTES = 350_000_000
SCRIPT = """
import json, sys, threading, time, urllib.request, uvicorn
from acobot.api import create_app
from acobot.assistant import open_assistant
from acobot.settings import read_settings
settings = read_settings(rate_limit="off", port=int(sys.argv[1]))
app = create_app(open_assistant(settings), settings)
server = uvicorn.Server(uvicorn.Config(app, port=settings.port, log_level="error"))
serving = threading.Thread(target=server.run, daemon=True)
serving.start()
while serving.is_alive() and not server.started: time.sleep(0.05)
body = json.dumps({"question": "When does the mill open?"}).encode()
asked = urllib.request.Request(f"http://127.0.0.1:{settings.port}/api/ask", body, {"Content-Type": "application/json"})
print(json.load(urllib.request.urlopen(asked))["answer"])
server.should_exit = True
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that has what serving needs, and no pip."""
    folder = tmp_path_factory.mktemp("serving") / "venv"
    made = run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=REPOSITORY)
    assert made.returncode == 0, made.stderr
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    pip += ["install", "--quiet", "--retries", "1"]
    ran = run(*pip, "--no-deps", "--no-compile", "--require-hashes", "-r", "requirements-serve.lock", cwd=REPOSITORY)
    if ran.returncode and ("Could not find a version" in ran.stderr or "Connection" in ran.stderr):
        pytest.skip(f"no package index is reached: {ran.stderr.strip().splitlines()[-1]}")
    assert ran.returncode == 0, ran.stderr
    # acobot itself, without what it depends on: as a wheel is installed, but from here.
    ran = run(*pip, "--no-deps", "--no-compile", REPOSITORY, cwd=REPOSITORY)
    assert ran.returncode == 0, ran.stderr
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index and the exported model beside it, and no sources."""
    folder = tmp_path_factory.mktemp("built")
    write_sources(folder, {"aside/mill.md": "# The mill\n\nThe mill opens at nine on Saturdays.\n"})
    build_index(Settings(sources=folder / "aside", index=folder / "index", models=MODELS))
    (folder / "index" / "models").symlink_to(MODELS)
    return folder


def test_it_answers_over_http_and_has_nothing_that_exports(python: Path, built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    ran = run(python, "-W", "ignore", "-c", SCRIPT, port, cwd=built, ACOBOT_MODELS="", PYTHONPATH="")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "The mill opens at nine on Saturdays. [1]\n"
    for name in ("torch", "transformers", "sentence_transformers", "onnx", "huggingface_hub"):
        assert run(python, "-c", f"import {name}", cwd=built, PYTHONPATH="").returncode == 1, name


def test_it_says_where_a_model_can_be_exported(python: Path, built: Path, tmp_path: Path) -> None:
    ran = run(python, "-m", "acobot", "export-model", cwd=built, ACOBOT_MODELS=str(tmp_path), PYTHONPATH="")
    assert ran.returncode == 4
    assert "run 'acobot export-model' where acobot is installed whole" in ran.stderr


def test_it_is_small(python: Path) -> None:
    """Everything that was installed, and what was compiled of it while it served; acobot and its reader not."""
    packages = next((python.parents[1] / "lib").glob("python3*/site-packages"))
    sizes = {path: path.stat().st_size for path in packages.rglob("*") if path.is_file()}
    own = sum(size for path, size in sizes.items() if path.relative_to(packages).parts[0].startswith("acobot"))
    assert sum(sizes.values()) - own <= MOST_BYTES
