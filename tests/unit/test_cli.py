import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

import acobot
from acobot.build import Step, build_index
from acobot.cli import output, serving
from acobot.cli.commands import _ensure_index, app
from acobot.errors import DamagedIndexError, QuoteError
from acobot.index import LiveVersion, Store
from acobot.settings import Settings
from tests.fakes import WordEncoder, build, write_sources
from tests.unit.conftest import Run

REPOSITORY = Path(__file__).parents[2]
CATS = "# Cats\n\nCats sleep in the sun.\n"
DOGS = "# Dogs\n\nDogs chase balls.\n"
LIMITS = "- asks:\n    - Can you feed my cat?\n  say: No.\n  see: cats\n"
NAMES = ["index", "serve", "mcp", "ask", "check", "sources", "versions", "diff", "publish", "rollback", "evaluate"]


@pytest.fixture
def indexed(settings: Settings) -> str:
    """The id of an index of one source."""
    write_sources(settings.sources, {"cats.md": CATS})
    return build(settings).index_id


def test_index_says_that_nothing_changed(run: Run, indexed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("index") == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"index {indexed} up to date: 0 added, 0 changed, 0 removed, 1 reused; 1 passages, ")
    assert err == ""


def test_index_if_strict_names_every_bad_file_and_changes_nothing(
    run: Run, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"a.md": "", "b.md": "---\ntitle: [1\n---\nText."})
    assert run("index", "--strict") == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("acobot: 2 of the sources in sources cannot be read; nothing was changed. Mend them; ")
    assert "\n  a.md: it is empty" in err
    assert "\n  b.md, line 2: the front matter is not valid YAML" in err
    assert Store(settings.index).current_id() == indexed


def test_index_lists_what_it_left_out_and_what_it_does_not_read(
    run: Run, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"a.md": "", "b.txt": "---\ndraft: true\n---\nFrogs swim.\n", "photo.jpg": b"..."})
    assert run("index", "--skip-bad") == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"index {indexed} up to date")
    assert "warning: cannot be read: a.md: it is empty; write its text, or take the file away; it is left out" in err
    assert "ignored: b.txt (a draft)\nignored: photo.jpg (not a format that is read)" in err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["index", "--sources", "nowhere"], 3, "there is no folder 'nowhere'; name one that holds the sources with"),
        (["index"], 3, "there are no sources in sources; add .md, .txt, .html, .pdf or .docx files"),
        (["ask", ""], 2, "the question is empty"),
        (["ask", "?!"], 2, "the question is empty"),
        (["ask", "a" * 1001], 2, "the question has 1,001 characters; the most is 1,000"),
        (["ask", "\udcff"], 2, "surrogate"),
        (
            ["calibrate", "asked.jsonl", "--to", "nowhere/made.json"],
            2,
            "there is no folder 'nowhere' to write 'made.json'",
        ),
        (["serve", "--port", "70000"], 2, "ACOBOT_PORT=70000: Input should be less than or equal to 65535"),
        (["serve", "--host", "no such host"], 7, "cannot serve on no such host port 8000: "),
        (["serve", "--host", "a" * 70], 7, "label too long"),
        (["serve", "--host", "192.0.2.1"], 7, "Cannot assign requested address; stop what uses it, or choose another"),
    ],
)
def test_an_error_is_one_message_and_an_exit_code(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    assert run(*arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("acobot: ")
    assert says in err
    assert "Traceback" not in err


def test_a_setting_that_cannot_be_used_is_named_with_its_value(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACOBOT_RATE_LIMIT", "often")
    for arguments in (["index"], ["check"], ["serve"], ["ask", "Do cats sleep?"]):
        assert run(*arguments) == 2
        assert "ACOBOT_RATE_LIMIT=often: write one number and one period" in capsys.readouterr().err


def test_what_is_typed_wrong_is_answered_with_the_usage(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = (["frobnicate"], ["ask"], ["index", "--quickly"], ["serve", "--port", "eighty"], ["evaluate", "nowhere"])
    for arguments in wrong:
        assert run(*arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "Usage: " in err


def test_a_port_in_use_is_said_before_anything_slow(
    run: Run, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run("serve", "--port", str(port)) == 7
    err = capsys.readouterr().err
    assert f"cannot serve on 127.0.0.1 port {port}: Address already in use; stop what uses it, or choose another" in err
    assert not settings.index.exists()


def test_check_finds_a_fresh_index_fresh(run: Run, indexed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert capsys.readouterr() == (f"fresh: index {indexed} matches sources\n", "")


def test_check_says_how_an_index_is_stale(
    run: Run, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"cats.md": DOGS, **{f"{n}.md": f"# {n}\n\nNumber {n}.\n" for n in range(7)}})
    assert run("check") == 1
    out, err = capsys.readouterr()
    assert out == "stale: 7 added (0, 1, 2, 3, 4, …); 1 changed (cats); run 'acobot index'\n"
    assert err == ""


def test_check_names_a_source_that_went_bad(
    run: Run, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"cats.md": "", "dogs.md": DOGS})
    assert run("check") == 1
    out, err = capsys.readouterr()
    assert out == "stale: 1 added (dogs); run 'acobot index'\n"
    assert err.startswith("warning: cannot be read: cats.md: it is empty")


def test_check_says_that_something_else_changed(run: Run, indexed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--no-asks") == 1
    assert capsys.readouterr().out == (
        "stale: the model, the settings or acobot's format changed; run 'acobot index'\n"
    )


def test_check_names_what_changed_beside_the_sources(
    run: Run, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"_limits.yaml": LIMITS, "dogs.md": DOGS})
    assert run("check") == 1
    assert capsys.readouterr().out == "stale: 1 added (dogs); _limits.yaml changed; run 'acobot index'\n"


def test_check_names_what_is_broken(
    run: Run, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "--index", "nowhere") == 2
    assert capsys.readouterr().err == "broken: there is no index in nowhere; build one with 'acobot index'\n"
    owners = Store(settings.index).path(indexed) / "dense-owners.npy"
    owners.write_bytes(owners.read_bytes()[:-1] + b"\1")
    assert run("check") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"broken: index/versions/{indexed}/dense-owners.npy is damaged (its SHA-256 differs); "
        "run 'acobot index --full'\n"
    )


def test_serving_a_stale_index_warns_and_goes_on(
    indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    _ensure_index(settings)
    assert capsys.readouterr() == ("", "")
    write_sources(settings.sources, {"dogs.md": DOGS})
    _ensure_index(settings)
    assert capsys.readouterr().err == "warning: the index is stale: 1 added (dogs); run 'acobot index'\n"
    shutil.rmtree(settings.sources)
    _ensure_index(settings)
    assert re.fullmatch(r"There is no folder .*: the index is served as it is\.\n", capsys.readouterr().err)
    assert Store(settings.index).current_id() == indexed


def test_a_second_service_waits_for_the_index_that_the_first_builds(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waited: list[Settings] = []
    write_sources(settings.sources, {"dogs.md": DOGS})
    monkeypatch.setattr(serving, "wait_for_index", waited.append)
    with Store(settings.index).building():
        _ensure_index(settings)
    assert waited == [settings]
    assert capsys.readouterr().err.startswith("There is no index yet; building it.")


def test_a_damaged_index_is_not_served(indexed: str, settings: Settings) -> None:
    (Store(settings.index).path(indexed) / "manifest.json").write_text("{}")
    with pytest.raises(DamagedIndexError, match="is not a manifest"):
        _ensure_index(settings)


@pytest.mark.parametrize("damaged", ["manifest.json", "corpus.sqlite", "current"])
def test_a_damaged_index_hinders_no_service_while_one_before_is_whole(
    damaged: str, indexed: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"dogs.md": DOGS, "_limits.yaml": LIMITS})
    store = Store(settings.index)
    path = settings.index / damaged if damaged == "current" else store.path(build(settings).index_id) / damaged
    path.write_bytes(path.read_bytes()[:10])
    _ensure_index(settings)
    told = capsys.readouterr().err
    assert "warning: it is not known whether the index is stale: " in told
    assert path.as_posix() in told
    assert LiveVersion(store, WordEncoder.digest).get().id == indexed


def test_a_character_that_the_terminal_lacks_is_no_reason_to_fail(indexed: str, settings: Settings) -> None:
    settings.sources.rename(settings.sources.with_name("näive"))
    ran = subprocess.run(
        [sys.executable, "-m", "acobot", "check", "--sources", "näive"],
        cwd=settings.index.parent,
        env={**os.environ, "ACOBOT_MODEL": settings.model, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, f"fresh: index {indexed} matches n\\xe4ive\n".encode())


def test_the_version_is_printed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr() == (f"{acobot.__version__}\n", "")


def test_help_names_every_command_with_what_it_does(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    out = capsys.readouterr().out
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    assert set(names) >= set(NAMES)
    for name in names:
        assert f" {name} " in out
        assert run(name, "--help") == 0
        assert f"acobot {name} [OPTIONS]" in capsys.readouterr().out.replace("pytest", "acobot").replace("-c", "acobot")


def test_without_a_command_there_is_help(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert "Usage: " in "".join(capsys.readouterr())


@pytest.mark.parametrize("fault", [ZeroDivisionError, QuoteError])
def test_a_fault_of_the_program_is_named_and_its_trace_kept_in_a_file(
    run: Run,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    fault: type[Exception],
) -> None:
    def break_down() -> None:
        raise fault("the plan is divided by nothing")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    app.command(name="break-down", hidden=True)(break_down)
    try:
        assert run("break-down") == 70
    finally:
        app.registered_commands.pop()
    err = capsys.readouterr().err
    assert err.startswith(f"acobot: a fault of acobot itself ({fault.__name__}: the plan is divided by nothing)")
    assert "Traceback" not in err
    (kept,) = tmp_path.glob("acobot-*.txt")
    assert f"please report it with {kept}\n" in err
    assert "Traceback (most recent call last)" in kept.read_text()
    assert "break_down" in kept.read_text()


@pytest.mark.parametrize("command", [["acobot"], [sys.executable, "-m", "acobot"]], ids=["acobot", "python -m acobot"])
def test_it_runs_as_a_program(command: list[str], settings: Settings) -> None:
    if command == ["acobot"]:
        command = [str(Path(sys.executable).with_name("acobot"))]
    ran = subprocess.run([*command, "check"], cwd=settings.index.parent, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "broken: there is no index in index; build one with 'acobot index'\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["check"],
        ["index"],
        ["index", "--help"],
        ["ask", ""],
        ["versions"],
        ["rollback"],
        ["sources"],
        ["publish", "beef"],
        ["diff", "live", "live"],
    ],
)
def test_what_needs_no_model_does_not_import_torch(indexed: str, settings: Settings, arguments: list[str]) -> None:
    script = (
        "import sys; from acobot.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    environment = {"ACOBOT_MODEL": settings.model, "PATH": ""}
    ran = subprocess.run([sys.executable, "-c", script, *arguments], cwd=settings.index.parent, env=environment)
    assert ran.returncode == 0


def test_on_a_terminal_a_bar_shows_the_file_the_rate_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(output, "err", Console(file=terminal, force_terminal=True, width=120))
    with output.show_progress() as progress:
        for number in range(4):
            progress(Step.INDEXING, number, 4, f"cats-{number}.md")
            time.sleep(0.15)
    shown = terminal.getvalue()
    assert "2/4" in shown
    assert "indexing cats-2.md" in shown
    assert re.search(r"\d\.\d/s", shown)
    assert re.search(r"0:00:0\d", shown)


def test_elsewhere_a_line_names_each_file_that_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(output, "err", Console(file=log, width=120))
    with output.show_progress() as progress:
        progress(Step.READING, 0, 1, "cats.md")
        progress(Step.INDEXING, 0, 1, "cats.md")
        progress(Step.INDEXING, 1, 1, "")
    assert log.getvalue() == "indexing cats.md (1 of 1)\n"


def test_a_source_cannot_command_the_terminal() -> None:
    assert output.escape("\x1b]0;owned\x07 [red]text[/] \n") == "\ufffd]0;owned\ufffd \\[red]text\\[/] \n"


def test_mcp_names_the_library_that_is_missing(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert run("mcp") == 2
    told = " ".join(capsys.readouterr().err.split())
    mend = f"{sys.executable} -m pip install mcp"
    assert told == f"acobot: 'acobot mcp' needs mcp, which is not installed; run: {mend}"


def test_mcp_builds_an_index_and_leaves_standard_output_to_the_protocol(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    pytest.importorskip("mcp")
    monkeypatch.setattr("acobot.build.build_index", partial(build_index, load=lambda _: WordEncoder()))
    write_sources(settings.sources, {"cats.md": CATS})
    assert run("mcp") == 4  # there is no such model to serve with
    out, err = capsys.readouterr()
    assert out == ""
    assert " built: 1 added" in err


def test_serve_names_the_library_that_traces_want_before_it_does_anything(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.setenv("ACOBOT_TRACES", "http://127.0.0.1:4318")
    assert run("serve") == 2
    told = " ".join(capsys.readouterr().err.split())
    library = "opentelemetry-exporter-otlp-proto-http"
    mend = f"{sys.executable} -m pip install {library}"
    assert told == f"acobot: ACOBOT_TRACES needs {library}, which is not installed; run: {mend}"
    assert not settings.index.exists()


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_packs_that_do_not_go_together_are_refused_before_anything_is_built(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings: Settings, command: str
) -> None:
    if command == "mcp":
        pytest.importorskip("mcp")
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("ACOBOT_PORT", str(free.getsockname()[1]))
    monkeypatch.setenv("ACOBOT_LANGUAGE", "de")
    monkeypatch.setattr("acobot.build.build_index", partial(build_index, load=lambda _: WordEncoder()))
    write_sources(settings.sources, {"cats.md": CATS})
    assert run(command) == 2
    assert "there are no texts in 'de' (there are: en); add them under 'texts:', or set ACOBOT_POLICY=none" in (
        capsys.readouterr().err
    )
    assert not settings.index.exists()
