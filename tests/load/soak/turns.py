"""What goes wrong in a soak, one thing a turn. Each gives what it saw; where something broke down it raises."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from acobot.index import Store
from acobot.settings import Settings
from tests.load.soak.clients import Live
from tests.load.soak.disk import SmallDisk
from tests.load.soak.known import STATES, Known, write_state
from tests.load.soak.server import Server
from tests.load.soak.slow import SlowClients
from tests.service import environment

NICE = 19  # of a build, as in deploy/systemd: those who ask come first
PICKED_UP_SECONDS = 60.0
LOOKS = 3  # in a row that every worker must have answered from a version
Seen = dict[str, Any]


@dataclass(slots=True)
class Stage:
    """All that a turn may touch."""

    server: Server
    settings: Settings
    sources: Path  # as shipped
    disk: SmallDisk
    known: Known
    live: Live
    random: Random
    state: int = 0

    @property
    def store(self) -> Store:
        """The versions on disk."""
        return Store(self.settings.index)


def calm(stage: Stage, until: float) -> Seen:
    """Nothing goes wrong."""
    return {}


def rebuild(stage: Stage, until: float) -> Seen:
    """The sources change, and a build makes a version that goes live."""
    _change(stage)
    built = _acobot(stage, "index")
    assert built.returncode == 0, built.stderr
    return {"seconds": built.seconds, **_goes_live(stage, stage.known.ids[stage.state])}


def rollback(stage: Stage, until: float) -> Seen:
    """Somebody goes back to the version before, and forward again."""
    newest, before = stage.store.current_id(), stage.store.previous_id()
    stage.live.may(before)
    back = _acobot(stage, "rollback")
    assert back.returncode == 0, back.stderr
    seen = _goes_live(stage, before)
    _sleep_until((time.monotonic() + until) / 2)
    stage.live.may(newest)
    forward = _acobot(stage, "publish", newest)
    assert forward.returncode == 0, forward.stderr
    return {"back": seen["picked_up"], "forward": _goes_live(stage, newest)["picked_up"]}


def full_disk(stage: Stage, until: float) -> Seen:
    """A build finds the disk full and says so; the same build goes well once there is room."""
    before = stage.store.current_id()
    _change(stage)
    with stage.disk.full() as limit:
        failed = _acobot(stage, "index", before=limit)
        assert failed.returncode not in {0, 70}, failed
        assert "disk" in failed.stderr, failed.stderr
        assert "Traceback" not in failed.stderr, failed.stderr
        assert stage.store.current_id() == before
        _sleep_until((time.monotonic() + until) / 2)
    built = _acobot(stage, "index")
    assert built.returncode == 0, built.stderr
    told = failed.stderr.strip().splitlines()[-1]
    return {"disk": stage.disk.kind, "told": told, **_goes_live(stage, stage.known.ids[stage.state])}


def slow_clients(stage: Stage, until: float) -> Seen:
    """A hundred connections ask nothing, send in crumbs or do not read."""
    slow = SlowClients(stage.server.host, stage.server.port)
    slow.start()
    _sleep_until(until)
    closed = slow.closed()
    slow.ended.set()
    slow.join()
    return {"connections": len(slow.clients), "closed_by_the_server": closed, "refused": slow.refused}


def killed_build(stage: Stage, until: float) -> Seen:
    """A build is killed at any moment, and the next one goes well."""
    before = stage.store.current_id()
    _change(stage)
    dying = _start(stage, "index")
    time.sleep(stage.random.uniform(0.5, 5))
    dying.send_signal(signal.SIGKILL)
    dying.communicate()
    expected = stage.known.ids[stage.state]
    assert stage.store.current_id() in {before, expected}
    built = _acobot(stage, "index")
    assert built.returncode == 0, built.stderr
    return {"killed": dying.returncode == -signal.SIGKILL, **_goes_live(stage, expected)}


def killed_worker(stage: Stage, until: float) -> Seen:
    """One of the processes that answer is killed; the others answer on, and it is replaced."""
    workers = stage.server.workers()
    os.kill(workers[-1], signal.SIGKILL)  # the youngest, so that the eldest's memory can be followed
    began = time.monotonic()
    while len(alive := stage.server.workers()) < len(workers) or workers[-1] in alive:
        assert time.monotonic() < began + PICKED_UP_SECONDS, "the worker is not replaced"
        time.sleep(0.1)
    return {"workers": len(workers), "replaced": round(time.monotonic() - began, 2)}


def killed_server(stage: Stage, until: float) -> Seen:
    """All its processes are killed at once, and it is started anew."""
    stage.server.kill()
    return {"answered_again": round(stage.server.start(), 2)}


TURNS: Sequence[Callable[[Stage, float], Seen]] = (
    calm,
    rebuild,
    rollback,
    slow_clients,
    full_disk,
    killed_worker,
    killed_build,
)


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended."""

    returncode: int
    stderr: str
    seconds: float


def _change(stage: Stage) -> None:
    stage.state = (stage.state + 1) % STATES
    write_state(stage.sources, stage.settings.sources, stage.state)
    stage.live.may(stage.known.ids[stage.state])


def _start(stage: Stage, *words: str, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    folders = ("--sources", str(stage.settings.sources)) if words[0] == "index" else ()
    command = [sys.executable, "-m", "acobot", *words, *folders, "--index", str(stage.settings.index)]
    return subprocess.Popen(
        ["nice", "-n", str(NICE), *before, *command],
        env=environment({}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _acobot(stage: Stage, *words: str, before: Sequence[str] = ()) -> Ran:
    began = time.monotonic()
    process = _start(stage, *words, before=before)
    _, told = process.communicate(timeout=600)
    return Ran(process.returncode, told, round(time.monotonic() - began, 2))


def _goes_live(stage: Stage, index_id: str) -> Seen:
    """Waits until whoever is asked answers from this version, which is live on disk."""
    assert stage.store.current_id() == index_id, "equal sources made another version"
    stage.live.only(index_id)
    began, looks = time.monotonic(), 0
    while looks < LOOKS * stage.settings.workers:
        assert time.monotonic() < began + PICKED_UP_SECONDS, f"{index_id} is not answered from"
        looks = looks + 1 if _answers_from(stage.server) == index_id else 0
        time.sleep(0.1)
    return {"index": index_id, "picked_up": round(time.monotonic() - began, 2)}


def _answers_from(server: Server) -> str:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    try:
        connection.request("GET", "/readyz")
        return str(json.loads(connection.getresponse().read())["index"]["id"])
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return ""
    finally:
        connection.close()


def _sleep_until(when: float) -> None:
    time.sleep(max(0.0, when - time.monotonic()))
