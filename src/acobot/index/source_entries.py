"""The sources of a large index, a line each in a file of their own: read when they are asked for, not on opening."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import overload

from acobot.errors import DamagedIndexError
from acobot.index.reading import cannot_be_read

FILE = "sources.jsonl"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source as it was built: its file's name and digests; the digest of its citable text; its passages.

    `read_by` is the digest of the rules of language by which it was read, where these are not the version's own: it is
    what is left of a file that could no longer be read when the rules changed.
    """

    id: str
    file: str
    file_sha256: str
    sha256: str
    title: str
    passages: int
    read_by: str = ""


class StoredSources(Sequence[SourceEntry]):
    """So many entries in a version's folder. Raises `IndexFault` where they are first looked at."""

    def __init__(self, folder: Path, count: int) -> None:
        self._path = folder / FILE
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> SourceEntry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SourceEntry]: ...
    def __getitem__(self, place: int | slice) -> SourceEntry | Sequence[SourceEntry]:
        return self._entries[place]

    def __iter__(self) -> Iterator[SourceEntry]:
        return iter(self._entries)

    @cached_property
    def _entries(self) -> tuple[SourceEntry, ...]:
        try:
            with self._path.open(encoding="utf-8") as lines:
                found = tuple(SourceEntry(**json.loads(line)) for line in lines)
        except (OSError, ValueError, TypeError) as error:
            raise cannot_be_read(self._path, error) from None
        if len(found) != self._count:
            raise DamagedIndexError(
                f"{self._path} has {len(found)} sources, but the manifest says {self._count}; run 'acobot index --full'"
            )
        return found


def save_sources(entries: Iterable[SourceEntry], folder: Path) -> None:
    """Writes the file. Raises `OSError`."""
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(entry)) + "\n" for entry in entries)
