"""`acobot index --watch`: builds whenever the sources change and have then been left alone for a moment."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import watch as changes_of

from acobot.cli import output
from acobot.cli.output import err, escape
from acobot.errors import AcobotError, BuildingError, UnreadableIndexError
from acobot.index import Store
from acobot.settings import Settings

QUIET_SECONDS = 1.0  # for which no file may change before it is read: what is half written still grows
LOOK_SECONDS = 5.0  # how often to look whether the pin was lifted, or a change was missed
State = frozenset[tuple[str, int, int]]


def watch(settings: Settings, build: Callable[[], None], *, heeds_pin: bool) -> None:
    """Builds now and whenever the sources change, until it is interrupted.

    A build that fails is told, and tried again after the next change; one that is refused because another is at work,
    until that has ended. While the live version is pinned, building waits, if it `heeds_pin`.
    """
    seen: State | None = None
    waiting = busy = False
    err.print(f"watching {escape(str(settings.sources))} (stop it with Ctrl-C)")
    while True:
        state = settled(settings.sources, time.sleep, settings.follow_links)
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
            busy = _is_refused(build, told=busy)
            seen = seen if busy else state
        _wait(settings.sources)


def settled(folder: Path, sleep: Callable[[float], None], follow: Sequence[Path] = ()) -> State:
    """The files of a folder, once they have stayed the same for a moment; also behind links into those to `follow`."""
    before = None
    now = _state(folder, follow)
    while now != before:
        sleep(QUIET_SECONDS)
        before, now = now, _state(folder, follow)
    return now


def _state(folder: Path, follow: Sequence[Path]) -> State:
    """Name, size and time of change of every file; a file that goes away meanwhile is left out."""
    inside = [one.resolve() for one in (folder, *follow)]
    seen: set[Path] = set()  # a link may lead back to a folder above it
    found = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        real = Path(root).resolve()
        if real in seen or not any(real.is_relative_to(one) for one in inside):
            folders.clear()
            continue
        seen.add(real)
        for path in (Path(root) / name for name in (*folders, *names)):
            with suppress(OSError):
                stat = path.stat()
                found.add((path.relative_to(folder).as_posix(), stat.st_size, stat.st_mtime_ns))
    return frozenset(found)


def _is_refused(build: Callable[[], None], *, told: bool) -> bool:
    """Builds; says whether that was refused because another build is at work, which is `told` once."""
    try:
        build()
    except BuildingError as error:
        if not told:
            output.print_error(error)
        return True
    except AcobotError as error:
        output.print_error(error)
    return False


def _wait(folder: Path) -> None:
    """Until something changes in the folder, or it is time to look again."""
    if not folder.is_dir():
        time.sleep(LOOK_SECONDS)
        return
    for _ in changes_of(folder, rust_timeout=int(LOOK_SECONDS * 1000), yield_on_timeout=True, raise_interrupt=True):
        return
