"""The wheel: built from a clean copy, installed aside, and run from another folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.fakes import write_sources

REPOSITORY = Path(__file__).parents[2]
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_INDEX": "1"}


def run(*command: str | Path, cwd: Path, **environment: str | Path) -> str:
    """What a command prints; it must succeed."""
    ran = subprocess.run(
        command, cwd=cwd, env={**os.environ, **QUIET, **environment}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what is in version control or would be, and of nothing else that lies about."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("only version control knows what belongs to acobot")
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("dist")
    listed = run("git", "ls-files", "-co", "--exclude-standard", "-z", cwd=REPOSITORY)
    for name in filter(None, listed.split("\0")):
        if (REPOSITORY / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, copy / name)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=copy)
    (built,) = out.glob("acobot-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    run(*pip, "--target", folder, wheel, cwd=folder)
    return folder


def test_the_wheel_holds_the_program_and_what_it_serves(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    for path in (REPOSITORY / "src" / "acobot").rglob("*.py"):
        assert f"acobot/{path.relative_to(REPOSITORY / 'src' / 'acobot').as_posix()}" in names
    for path in (REPOSITORY / "web").rglob("*.*"):
        assert f"acobot/{path.relative_to(REPOSITORY).as_posix()}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"acobot"}


def test_templates_and_static_files_are_found_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    script = (
        "from acobot.api.rendering import Renderer, web_folder; from acobot.languages import load_language\n"
        "from acobot.settings import Settings; from acobot.sources import Site\n"
        "renderer = Renderer(Settings(), load_language('en'), None, Site)\n"
        "print(web_folder()); print(renderer.page('problem.html', title='T', detail='D').status_code)"
    )
    said = run(sys.executable, "-c", script, cwd=tmp_path, PYTHONPATH=installed)
    assert said.split() == [str(installed / "acobot" / "web"), "200"]


@pytest.mark.model
def test_it_indexes_and_answers_from_another_folder(installed: Path, tmp_path: Path) -> None:
    text = "# Opening hours\n\nThe library opens at nine o'clock on Saturdays.\n\nThe café sells soup at noon.\n"
    write_sources(tmp_path, {"sources/library.md": text})
    program = installed / "bin" / "acobot"
    said = run(program, "index", cwd=tmp_path, PYTHONPATH=installed)
    assert " built: 1 added, 0 changed, 0 removed, 0 reused; 1 passages, " in said
    said = run(program, "ask", "When does the library open on Saturday?", cwd=tmp_path, PYTHONPATH=installed)
    assert said.startswith("“The library opens at nine o'clock on Saturdays.” [1]\n")
    assert "  [1] “Opening hours”, no date given\n      /sources/library?start=" in said
