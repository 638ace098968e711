"""The commands with the real model, as they are run in a terminal or by a script."""

import hashlib
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from acobot.build import build_index
from acobot.cli import main
from acobot.encoder import Encoder, find_model
from acobot.encoder.models import packaged_folder
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import write_sources

pytestmark = pytest.mark.model

TEXTS = {
    "mill.md": "---\ntitle: The old mill\npublisher: The parish\nauthor: A. Miller\npublished: 2018-04\nasks:\n"
    "  - When can I see the mill?\n---\n\n## Opening\n\nThe mill [sic] opens at nine o'clock on Saturdays :100:.\n\n"
    "## Tickets\n\nEntry to the mill is free for children.\n",
    "park.txt": "The park\n\nThe park closes at dusk. Dogs must be kept on a lead near the lake.\n",
}
MILL = "The mill [sic] opens at nine o'clock on Saturdays :100:."
# What every reply holds, as integrators are promised.
ANSWER_KEYS = (
    "status question searched_for answer quotes citations differing confidence nearest notes suggestions index"
)
QUOTE_KEYS = "text citation source_id start end href"
CITATION_KEYS = "number source passage href"
SOURCE_KEYS = "id title publisher author published updated url licence kind summary_of sha256"
PASSAGE_KEYS = "heading text start end"

Run = Callable[..., int]


def program(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs acobot as a program of its own."""
    command = [sys.executable, "-m", "acobot", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder with `sources` and the `index` that the program built of them, and how that went."""
    folder = tmp_path_factory.mktemp("place")
    write_sources(folder / "sources", TEXTS | {"photo.jpg": b"..."})
    return folder, program("index", cwd=folder)


@pytest.fixture
def folder(built: tuple[Path, object]) -> Path:
    return built[0]


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, in the folder; gives its exit code."""
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> int:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        return int(left.value.code or 0)

    return run


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """A folder of its own with the same sources, in which a test may build."""
    write_sources(tmp_path / "sources", TEXTS)
    return tmp_path


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_index_prints_plain_lines_where_there_is_no_terminal(
    built: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, ran = built
    assert ran.returncode == 0
    assert ran.stderr.splitlines() == [
        "indexing mill.md (1 of 2)",
        "indexing park.txt (2 of 2)",
        "ignored: photo.jpg (not a format that is read)",
    ]
    index_id = Store(folder / "index").current_id()
    pattern = rf"index {index_id} built: 2 added, 0 changed, 0 removed, 0 reused; 3 passages, \d+\.\d s\n"
    assert re.fullmatch(pattern, ran.stdout)


def test_another_process_builds_the_same_bytes(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    settings = Settings(sources=folder / "sources", index=tmp_path / "index")
    report = build_index(settings, load=lambda _: encoder)
    stores = Store(folder / "index"), Store(tmp_path / "index")
    assert stores[0].current_id() == stores[1].current_id() == report.index_id
    assert digests(stores[0].path(report.index_id)) == digests(stores[1].path(report.index_id))


def test_ask_prints_quotes_word_for_word_and_their_sources(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "When does the mill open?") == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"“{MILL}” [1]\n")
    assert "  [1] “The old mill”, A. Miller, The parish, April 2018 — Opening\n      /sources/mill?start=" in out
    assert "\x1b" not in out
    assert err == ""


def has_all(keys: str, record: dict[str, Any]) -> bool:
    """Whether every key is there; others may have been added."""
    return set(keys.split()) <= set(record)


def asked(run: Run, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run("ask", "--json", *arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def test_ask_as_json_has_every_key_that_is_promised(run: Run, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    answer = asked(run, capsys, "When does the mill open?")
    assert has_all(ANSWER_KEYS, answer)
    assert answer["status"] == "answered"
    assert answer["question"] == "When does the mill open?"
    assert answer["index"] == {"id": Store(folder / "index").current_id()}
    assert 0 < answer["confidence"] <= 1
    quote, citation = answer["quotes"][0], answer["citations"][0]
    assert has_all(QUOTE_KEYS, quote)
    assert has_all(CITATION_KEYS, citation)
    assert has_all(SOURCE_KEYS, citation["source"])
    assert has_all(PASSAGE_KEYS, citation["passage"])
    assert quote["text"] == MILL
    assert answer["answer"].startswith(f"{MILL} [1]")
    assert (quote["citation"], citation["number"], quote["source_id"]) == (1, 1, "mill")
    text = Store(folder / "index").open_current().corpus.source("mill").text
    assert text[quote["start"] : quote["end"]] == quote["text"]
    assert quote["href"].startswith(f"/sources/mill?start={quote['start']}&end={quote['end']}&v=")


def test_ask_twice_gives_the_same_bytes(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (asked(run, capsys, "Must dogs be on a lead?") for _ in range(2))
    assert first == second


def test_a_refusal_is_an_answer_and_no_failure(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "Who invented the bicycle in Germany?") == 0
    out = capsys.readouterr().out
    assert "Nearest passages:\n  [1] " in out
    assert "“The mill" not in out
    answer = asked(run, capsys, "Who invented the bicycle in Germany?")
    assert has_all(ANSWER_KEYS, answer)
    assert answer["status"] == "not_in_sources"
    assert (answer["quotes"], answer["citations"]) == ([], [])
    assert has_all(CITATION_KEYS, answer["nearest"][0])


def test_ask_explains_what_was_found_and_rejected(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--explain", "When does the mill open?") == 0
    out = capsys.readouterr().out
    for part in ("Searched for When does the mill open?", "Confidence ", "Passages found", "Sentences chosen"):
        assert part in out
    assert re.search(r"  \d\.\d{4}  .*dense \d\.\d{4}.*  mill \d+–\d+ Opening\n", out)
    assert re.search(r"Sentences rejected\n  -?\d+\.\d{4}  \S.* \(.+\)\n", out)


def test_ask_as_json_keeps_the_explanation_apart(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "--explain", "When does the mill open?") == 0
    out, err = capsys.readouterr()
    assert has_all(ANSWER_KEYS, json.loads(out))
    assert "Passages found" in err


def test_evaluate_measures_saves_and_fails_below_a_floor(
    run: Run, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    evidence = [[{"source": "mill", "text": MILL}]]
    question = {"id": "1", "question": "When does the mill open?", "answerable": True, "evidence": evidence}
    questions, floors, saved = tmp_path / "mill.jsonl", tmp_path / "floors.json", tmp_path / "saved"
    questions.write_text(json.dumps(question) + "\n")
    floors.write_text('{"mill.jsonl": {"coverage": 1, "recall_at_1": 1}}')
    options = ["--floors", str(floors), "--save", str(saved)]
    assert run("evaluate", "--json", *options, str(questions)) == 0
    out, err = capsys.readouterr()
    assert err == f"saved in {saved}\n"
    (told,) = json.loads(out)["runs"]
    assert told["metrics"]["coverage"] == told["metrics"]["ndcg_at_10"] == 1
    assert told["circumstances"]["index"] == Store(folder / "index").current_id()
    assert {path.name for path in saved.iterdir()} == {"report.json", "outcomes.jsonl", "misses.md", "plot.png"}
    floors.write_text('{"mill.jsonl": {"declined": 0.5}}')
    assert run("evaluate", *options, str(questions)) == 1
    out, err = capsys.readouterr()
    assert re.search(r"  all evidence quoted +1\.000\n", out)
    assert err.endswith("below its floor: mill.jsonl: declined could not be measured\n")


def test_ask_without_an_index_says_how_to_build_one(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--index", "nowhere", "When does the mill open?") == 5
    assert capsys.readouterr() == ("", "acobot: there is no index in nowhere; build one with 'acobot index'\n")


def test_the_index_of_another_model_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packaged = find_model(Settings())
    other = tmp_path / "model"
    other.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (other / name).symlink_to(packaged_folder() / name)
    monkeypatch.setenv("ACOBOT_MODEL", str(other))
    assert run("ask", "When does the mill open?") == 5
    out, err = capsys.readouterr()
    assert out == ""
    assert f"was made by another model ({packaged.name}, {packaged.digest[:12]}, not " in err
    assert err.endswith("); run 'acobot index', or set ACOBOT_MODEL\n")
    assert run("check") == 1
    assert capsys.readouterr().out.startswith("stale: the model, the settings or acobot's format changed")


def test_a_full_build_of_the_same_is_the_same(run: Run, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    store = Store(folder / "index")
    before = digests(store.path(store.current_id()))
    assert run("index", "--full") == 0
    assert " built: 0 added, 0 changed, 0 removed, 0 reused; 3 passages, " in capsys.readouterr().out
    assert digests(store.path(store.current_id())) == before


def test_no_room_for_a_new_index_leaves_the_old_one_live(
    run: Run, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    store = Store(folder / "index")
    before = store.current_id()
    write_sources(tmp_path / "more", TEXTS | {"lake.md": "# The lake\n\nBoats can be hired at the lake.\n"})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        assert run("index", "--sources", str(tmp_path / "more")) == 6
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    err = capsys.readouterr().err
    assert re.search(r"acobot: .* cannot be written \(.*\); nothing was changed", err)
    assert store.current_id() == before
    assert [path.name for path in (folder / "index" / "versions").iterdir()] == [before]
    assert not any((folder / "index" / "building").iterdir())
    assert asked(run, capsys, "When does the mill open?")["quotes"][0]["text"] == MILL


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_serve_builds_an_index_if_there_is_none_and_stops_when_it_is_told(copied: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "acobot", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=copied, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            # The address is taken from the start: a request waits until it is answered.
            for _ in range(600):
                if server.poll() is not None:
                    break
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as reply:
                        assert reply.status == 200
                        break
                except (ConnectionError, urllib.error.URLError):
                    time.sleep(0.1)
            server.send_signal(signal.SIGINT)
            out, err = server.communicate(timeout=30)
        finally:
            server.kill()
    assert "There is no index yet; building it.\nindexing mill.md (1 of 2)\n" in err
    assert f"acobot answers on http://127.0.0.1:{port} (stop it with Ctrl-C)\n" in err
    assert "Traceback" not in err
    assert " built: 2 added" in out
    # 130, or 0 where whoever started the tests had their children ignore the interrupt.
    assert server.returncode in {0, 130}


def test_several_workers_answer_on_one_address_and_end_together(copied: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "acobot", "serve", "--workers", "2", "--port", str(port)]
    with subprocess.Popen(command, cwd=copied, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            line = next(line for line in server.stderr if "acobot answers on" in line)
            assert f"127.0.0.1:{port} with 2 workers" in line
            asked = {"question": "When does the mill open?"}
            address = f"http://127.0.0.1:{port}"
            replies = [httpx.post(f"{address}/api/ask", json=asked, timeout=60).json() for _ in range(6)]
            assert replies[0]["quotes"][0]["text"] == MILL
            assert all(reply == replies[0] for reply in replies)
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
            workers = children.read_text().split() if children.exists() else []
            assert len(workers) >= 2 or not children.exists()
            server.send_signal(signal.SIGTERM)
            server.stderr.read()
            server.wait(timeout=30)
        finally:
            server.kill()
    deadline = time.monotonic() + 30
    while any(lives(worker) for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def lives(process: str) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
