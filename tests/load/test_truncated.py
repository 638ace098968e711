"""A file of the live index is cut short under a server with workers: whoever maps it dies, and others answer."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import write_sources
from tests.load.soak.server import Server
from tests.paths import MODELS
from tests.service import environment

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(600)]

SALES = "\n\n".join(f"The mill sold {number} bags of flour in week {number}." for number in range(1000))
QUESTIONS = [
    "When does the mill open?",
    "How many bags were sold in week 7?",
    "How many were sold in week 640?",
    "How many bags in week 911?",
]
WAIT_SECONDS = 180.0


def test_the_last_whole_version_answers_or_none_until_it_is_built_anew(tmp_path: Path, encoder: Encoder) -> None:
    settings = Settings(sources=tmp_path / "sources", index=tmp_path / "index", models=MODELS)
    store = Store(settings.index)
    write_sources(settings.sources, {"mill.md": "# The mill\n\nThe mill opens at nine.\n"})
    first = build_index(settings, load=lambda _: encoder).index_id
    write_sources(settings.sources, {"mill.md": f"# The mill\n\nThe mill opens at ten.\n\n{SALES}\n"})
    second = build_index(settings, load=lambda _: encoder).index_id
    server = Server(settings.model_copy(update={"workers": 2}), tmp_path / "server.log")
    try:
        server.start()
        assert answered_from(server, QUESTIONS[0]) == second
        cut = cut_short(store.path(second))
        wait_for(server, first)
        checked = check(settings)
        assert checked.returncode == 2
        assert f"{cut.name} has 100 bytes instead of" in checked.stderr + checked.stdout
        cut_short(store.path(first))
        for worker in server.workers():  # what they have in memory still answers
            os.kill(worker, signal.SIGKILL)
        wait_for(server, "no-index")
        assert build_index(settings, full=True, load=lambda _: encoder).index_id == second
        wait_for(server, second)
    finally:
        server.stop()


def cut_short(version: Path) -> Path:
    """Truncates the token vectors of a version of one source, in place."""
    (path,) = (version / "tokens").iterdir()
    os.truncate(path, 100)
    return path


def wait_for(server: Server, found: str) -> None:
    """Asks until both workers, as it seems, say this."""
    deadline, said = time.monotonic() + WAIT_SECONDS, list[str]()
    while said[-8:] != [found] * 8:
        assert time.monotonic() < deadline, said[-8:]
        said += [answered_from(server, question) for question in QUESTIONS]
        time.sleep(0.2)


def check(settings: Settings) -> subprocess.CompletedProcess[str]:
    """`acobot check`."""
    folders = ["--sources", str(settings.sources), "--index", str(settings.index)]
    command = [sys.executable, "-m", "acobot", "check", *folders]
    return subprocess.run(command, env=environment({}), capture_output=True, text=True, check=False)


def answered_from(server: Server, question: str) -> str:
    """The version that a question was answered from, or the problem; "" where the connection broke."""
    try:
        address = f"http://{server.host}:{server.port}/api/ask"
        headers = {"X-Forwarded-For": f"2001:db8:0:{random.getrandbits(16):x}::1"}  # so that nobody asks too often
        reply = httpx.post(address, json={"question": question}, headers=headers, timeout=120)
    except httpx.HTTPError:
        return ""
    told = reply.json()
    return str(told["index"]["id"] if reply.status_code == 200 else told["type"].rpartition(":")[2])
