"""What the last build could not read, and passed over: one small JSON file beside the versions, replaced by rename.

It says what stands in the place of each file that cannot be read. Nothing that is answered depends on it: without it,
or where it is damaged, only that is forgotten until the next build.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from acobot.errors import SourceProblem
from acobot.index.history import replace_file

FILE = "leftovers.json"


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that cannot be read, and what stands `instead`, in words.

    `keeps` are the ids of the sources whose last good version does; none where it never had one, or is no source.
    """

    problem: SourceProblem
    instead: str
    keeps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.problem}; {self.instead}"


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The files that a build could not read, and those that are of no format that is read, or drafts."""

    bad: tuple[BadFile, ...] = ()
    ignored: tuple[str, ...] = ()


def read_leftovers(folder: Path) -> Leftovers:
    """What the last build in an index folder left; nothing where that cannot be read."""
    try:
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
        bad = (
            BadFile(SourceProblem(**one["problem"]), str(one["instead"]), tuple(map(str, one["keeps"])))
            for one in raw["bad"]
        )
        return Leftovers(tuple(bad), tuple(map(str, raw["ignored"])))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Leftovers()


def write_leftovers(folder: Path, leftovers: Leftovers) -> None:
    """Puts them in the place of those of the build before. Raises `OSError`."""
    replace_file(folder / FILE, json.dumps(asdict(leftovers), indent=1) + "\n")
