"""What became of versions and sources over time: one small JSON file beside the versions, replaced by rename.

It says which versions were live and since when, whether the live one was pinned by going back to it, and which sources
were there once. Nothing that is answered depends on it: without it, or where it is damaged, only that is forgotten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Set
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from acobot.index.reading import MISSING, unreadable

FILE = "history.json"
KEPT_REMOVED = 10_000  # ids of sources that are gone


@dataclass(frozen=True, slots=True)
class History:
    """Ids of versions → when each last went live; the pinned one; ids of removed sources → when.

    The versions stand in the order in which they were published: going back to one does not move it.
    """

    live: dict[str, str] = field(default_factory=dict)
    pinned: str = ""
    removed: dict[str, str] = field(default_factory=dict)

    def after(self, version_id: str, before: Set[str], now: Set[str], *, pinned: bool) -> History:
        """The history once this version goes live: `before` and `now` are the ids of the sources then and now."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        moved = set() if pinned else {version_id}
        live = {one: since for one, since in self.live.items() if one not in moved} | {version_id: at}
        gone = {one: when for one, when in self.removed.items() if one not in now}
        gone |= dict.fromkeys(sorted(before - now), at)
        return History(live, version_id if pinned else "", dict(list(gone.items())[-KEPT_REMOVED:]))

    def before(self, version_id: str) -> list[str]:
        """The versions that were published before this one, the last first."""
        order = list(self.live)
        return order[: order.index(version_id)][::-1] if version_id in order else order[::-1]

    def only(self, versions: Set[str]) -> History:
        """The history without what is told of other versions."""
        return replace(self, live={one: since for one, since in self.live.items() if one in versions})


def read_history(folder: Path) -> History:
    """The history of an index folder; an empty one where there is none, or it is damaged.

    Raises `UnreadableIndexError` where it cannot be read now: were it empty for that, a build would go over a pin.
    """
    try:
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
        history = History(**raw)
        told = [*history.live.items(), *history.removed.items()]
        return history if all(isinstance(word, str) for pair in told for word in pair) else History()
    except (*MISSING, ValueError, TypeError, AttributeError):
        return History()
    except OSError as error:
        raise unreadable(folder / FILE, error) from None


def write_history(folder: Path, history: History) -> None:
    """Puts the history in the place of the one before. Raises `OSError`."""
    replace_file(folder / FILE, json.dumps(asdict(history), indent=1) + "\n")


def replace_file(path: Path, text: str) -> None:
    """Writes a file aside, puts it on the disk, and only then in its place. Raises `OSError`."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    sync(beside)
    beside.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Puts a file's or folder's contents on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
