"""A process that builds, publishes and goes back over and over, killed at each step of it in turn.

Run as a program: `python -m tests.crashing steps FOLDER`, or `random FOLDER TIMES SEED` for builds that are killed at
any moment. It builds nothing itself: for every step it forks a child, which
kills itself there with SIGKILL, and then looks at what is left as a server or the next build would. A step is a write,
flush to disk, rename, link or removal, and a child is killed once before and once after each; what Python tells its
audit hooks, and `os.fsync`, are these steps.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.index import Store
from acobot.settings import Settings
from acobot.sources import reading
from acobot.sources.reader_process import read_bytes
from tests.fakes import WordEncoder, build, fake_settings, write_sources

STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.utime", "os.truncate", "shutil.rmtree"}
QUESTION = "At what hour is it that the mill opens?"


class Killer:
    """Counts steps in this process and kills it at one of them; `after` kills once the step is done."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.at, self.after, self.count, self.due = at, after, 0, False
        self._fsync = os.fsync

    def arm(self) -> None:
        sys.addaudithook(self._hear)
        os.fsync = self._sync

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.due:
            os.kill(os.getpid(), signal.SIGKILL)
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if event in STEPS or writes:
            self._step()

    def _sync(self, fd: Any) -> None:
        self._step()
        self._fsync(fd)

    def _step(self) -> None:
        if self.count == self.at:
            if not self.after:
                os.kill(os.getpid(), signal.SIGKILL)
            self.due = True  # at the next thing that it does, this one being done
        self.count += 1


def killed_at(step: int, after: bool, work: Callable[[], object]) -> bool:
    """Runs `work` in a child that is killed at a step; false where it ended before that step came."""
    child = os.fork()
    if not child:
        Killer(step, after=after).arm()
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def check_what_is_left(settings: Settings, allowed: set[str]) -> None:
    """The live version is whole and one of those allowed, and it answers; only whole versions are listed."""
    store = Store(settings.index)
    live = store.current_id()
    assert live in allowed, f"{live} is live"
    assert store.holds(live), f"{live} is damaged"
    year = Assistant(store, Means(WordEncoder())).ask(QUESTION).quotes[0].text
    assert year in {"The mill opens at nine.", "The mill opens at ten.", "The mill opens at noon."}
    for kept in store.versions():
        assert store.holds(kept.manifest.id), f"{kept.manifest.id} is half"


def run(folder: Path) -> int:
    """Kills every kind of work at every step; gives how many steps there were."""
    settings, spare = fake_settings(folder), folder / "spare"
    texts = {f"{n}.md": f"# Note {n}\n\nDogs play game {n} in the park.\n" for n in range(3)}
    write_sources(settings.sources, texts | {"mill.md": "# Mill\n\nThe mill opens at nine.\n"})
    first = build(settings).index_id
    write_sources(settings.sources, {"mill.md": "# Mill\n\nThe mill opens at ten.\n"})
    second = build(settings).index_id
    third = build_text(settings, "noon")
    Store(settings.index).publish(second)
    shutil.copytree(settings.index, spare)
    works: dict[str, tuple[Callable[[], object], set[str]]] = {
        "index": (lambda: build(settings), {second, third}),
        "index --full": (lambda: build(settings, full=True), {second, third}),
        "publish": (lambda: Store(settings.index).publish(third), {second, third}),
        "rollback": (lambda: Store(settings.index).publish(first, pin=True), {first, second}),
    }
    steps = 0
    for name, (work, allowed) in works.items():
        for after in (False, True):
            step, going = 0, True
            while going:
                restore(settings.index, spare)
                if name.startswith("index"):  # the version is to be built, and one that never was live to be removed
                    shutil.rmtree(Store(settings.index).path(third))
                going = killed_at(step, after, work)
                check_what_is_left(settings, allowed)
                healed = build(settings)
                live = Store(settings.index).current_id()
                assert healed.index_id == third
                assert live == (Store(settings.index).pinned_id() or third), f"{name}: not healed after step {step}"
                check_what_is_left(settings, {live})
                assert not any((settings.index / "building").iterdir()), f"{name}: something is left after step {step}"
                step += 1
            steps += step
    return steps


def run_at_random(folder: Path, times: int, seed: int) -> int:
    """Kills builds of many sources at random moments; gives how many were killed while they were at work."""
    random = Random(seed)
    settings = fake_settings(folder)
    texts = {f"{n}.md": f"# Note {n}\n\nDogs play game {n} in the park.\n" for n in range(60)}
    write_sources(settings.sources, texts)
    build_text(settings, "nine")
    started = time.monotonic()
    build_text(settings, "ten")
    seconds, killed = time.monotonic() - started, 0
    before = Store(settings.index).current_id()
    for number in range(times):
        write_sources(settings.sources, {"mill.md": "# Mill\n\nThe mill opens at noon.\n", "n.md": f"Cats {number}."})
        child = os.fork()
        if not child:
            try:
                build(settings, full=number % 2 == 0)
            finally:
                os._exit(0)
        time.sleep(random.uniform(0, seconds * 1.2))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        live = Store(settings.index).current_id()
        check_what_is_left(settings, {before, live})
        before = build(settings).index_id
        check_what_is_left(settings, {before})
        assert not any((settings.index / "building").iterdir())
    return killed


def build_text(settings: Settings, hour: str) -> str:
    """Builds with another hour; the id."""
    write_sources(settings.sources, {"mill.md": f"# Mill\n\nThe mill opens at {hour}.\n"})
    return build(settings).index_id


def restore(index: Path, spare: Path) -> None:
    """Puts the index back as it was."""
    shutil.rmtree(index)
    shutil.copytree(spare, index)


if __name__ == "__main__":
    reading.read_isolated = read_bytes  # type: ignore[attr-defined]  # a process more for each of a thousand builds would take the test's time
    if sys.argv[1] == "steps":
        print(run(Path(sys.argv[2])))
    else:
        print(run_at_random(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
