"""`acobot index --watch`: builds whenever the sources change and have then been left alone for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch as changes_of

from acobot.cli import output
from acobot.cli.output import err, escape
from acobot.errors import AcobotError, UnreadableIndexError
from acobot.index import Store
from acobot.settings import Settings

QUIET_SECONDS = 1.0  # for which no file may change before it is read: what is half written still grows
LOOK_SECONDS = 5.0  # how often to look whether the pin was lifted, or a change was missed
State = frozenset[tuple[str, int, int]]


def watch(settings: Settings, build: Callable[[], None], *, heeds_pin: bool) -> None:
    """Builds now and whenever the sources change, until it is interrupted.

    A build that fails is told, and tried again after the next change. While the live version is pinned, building
    waits, if it `heeds_pin`.
    """
    seen: State | None = None
    waiting = False
    err.print(f"watching {escape(str(settings.sources))} (stop it with Ctrl-C)")
    while True:
        state = settled(settings.sources, time.sleep)
        try:
            pinned = Store(settings.index).pinned_id() if heeds_pin else ""
        except UnreadableIndexError as error:
            output.print_warning(str(error))
            _wait(settings.sources)
            continue
        if pinned and not waiting:
            output.print_warning(f"version {pinned} is pinned; building waits until another is published")
        waiting = bool(pinned)
        if state != seen and not waiting:
            _try(build)
            seen = state
        _wait(settings.sources)


def settled(folder: Path, sleep: Callable[[float], None]) -> State:
    """The files of a folder, once they have stayed the same for a moment."""
    before = None
    now = _state(folder)
    while now != before:
        sleep(QUIET_SECONDS)
        before, now = now, _state(folder)
    return now


def _state(folder: Path) -> State:
    """Name, size and time of change of every file; a file that goes away meanwhile is left out."""
    found = set()
    for path in folder.rglob("*"):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.add((path.relative_to(folder).as_posix(), stat.st_size, stat.st_mtime_ns))
    return frozenset(found)


def _try(build: Callable[[], None]) -> None:
    try:
        build()
    except AcobotError as error:
        output.print_error(error)


def _wait(folder: Path) -> None:
    """Until something changes in the folder, or it is time to look again."""
    if not folder.is_dir():
        time.sleep(LOOK_SECONDS)
        return
    for _ in changes_of(folder, rust_timeout=int(LOOK_SECONDS * 1000), yield_on_timeout=True, raise_interrupt=True):
        return
