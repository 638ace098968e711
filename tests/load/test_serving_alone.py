"""requirements-serve.lock in a new environment serves an index that was built elsewhere, and is small."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from acobot.build import build_index
from acobot.settings import Settings
from tests.documents import lines, make_docx, make_pdf, paragraph
from tests.fakes import write_sources
from tests.paths import MODELS, REPOSITORY
from tests.service import free_address

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(900)]

MOST_BYTES = 350_000_000


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


@contextmanager
def serving(python: Path, folder: Path) -> Iterator[str]:
    """`acobot serve` in a folder; its address, once it says that it answers there."""
    host, port = free_address()
    command = [str(python), "-W", "ignore", "-m", "acobot", "serve", "--host", host, "--port", str(port)]
    variables = {**os.environ, "ACOBOT_MODELS": "", "PYTHONPATH": ""}
    with subprocess.Popen(command, cwd=folder, env=variables, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if "acobot answers on" in line:
                    break
            assert server.poll() is None, "".join(said)
            yield f"http://{host}:{port}"
        finally:
            server.terminate()


def test_it_serves_and_has_nothing_that_exports(python: Path, built: Path) -> None:
    with serving(python, built) as address:
        reply = httpx.post(f"{address}/api/ask", json={"question": "When does the mill open?"}, timeout=60)
    assert reply.json()["answer"] == "The mill opens at nine on Saturdays. [1]"
    for name in ("torch", "transformers", "sentence_transformers", "onnx", "huggingface_hub"):
        assert run(python, "-c", f"import {name}", cwd=built, PYTHONPATH="").returncode == 1, name


def test_it_indexes_files_of_several_kinds_and_checks_them(python: Path, built: Path, tmp_path: Path) -> None:
    page = lines(72, 720, "The park", size=18) + lines(72, 680, "The park closes at dusk.")
    texts: dict[str, str | bytes] = {
        "mill.md": "# The mill\n\nThe mill opens at nine on Saturdays.\n",
        "park.pdf": make_pdf(page),
        "lake.docx": make_docx(paragraph("The lake", "Heading1") + paragraph("The lake freezes in January.")),
    }
    write_sources(tmp_path / "sources", texts)
    variables = {"ACOBOT_MODELS": str(MODELS), "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}

    def acobot(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(python, "-W", "ignore", "-m", "acobot", *arguments, cwd=tmp_path, **variables)

    indexed, checked = acobot("index"), acobot("check")
    assert (indexed.returncode, " built: 3 added" in indexed.stdout) == (0, True), indexed.stdout + indexed.stderr
    assert (checked.returncode, checked.stdout[:6]) == (0, "fresh:"), checked.stdout + checked.stderr
    assert "The park closes at dusk." in acobot("ask", "When does the park close?").stdout
    assert "The lake freezes in January." in acobot("ask", "When does the lake freeze?").stdout


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
