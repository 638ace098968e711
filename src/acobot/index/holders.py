"""What holds the vectors of versions: files in their folders (FAISS), or a service besides (`acobot.index.qdrant`)."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Protocol

from acobot.index.dense import Dense
from acobot.index.row_search import RowSearch
from acobot.settings import FAISS, Settings


class Holder(Protocol):
    """Holds the vectors of versions, each by its id. All raise `UnreadableIndexError` where it cannot be reached."""

    def put(self, version_id: str, folder: Path, *, anew: bool = False) -> None:
        """Takes the vectors of a version that is complete in its folder; where all are there, only if `anew`."""
        ...

    def holds(self, version_id: str, folder: Path) -> bool:
        """Whether all vectors of a version are there."""
        ...

    def open(self, version_id: str, folder: Path) -> RowSearch:
        """The search in a version. Raises `DamagedIndexError` where its vectors are not there, or not all."""
        ...

    def publish(self, version_id: str) -> None:
        """Makes the version the one that others find by the name of the live one, in one step."""
        ...

    def drop(self, version_ids: Set[str]) -> None:
        """Drops the vectors of these versions; one that is not there is none the less."""
        ...


class Files:
    """The folders themselves, where the build has put them: there is nothing more to do."""

    def put(self, version_id: str, folder: Path, *, anew: bool = False) -> None:
        """They are there."""

    def holds(self, version_id: str, folder: Path) -> bool:  # noqa: ARG002  the names are the protocol's
        return True

    def open(self, version_id: str, folder: Path) -> RowSearch:  # noqa: ARG002
        return Dense.load(folder)

    def publish(self, version_id: str) -> None:
        """Nobody finds them but by `current`."""

    def drop(self, version_ids: Set[str]) -> None:
        """They go with their folders."""


def find_holder(settings: Settings) -> Holder:
    """The one that the settings name. Raises `SettingsError` or `UnreadableIndexError`."""
    if settings.store == FAISS:
        return Files()
    from acobot.index.qdrant import connect

    return connect(settings.qdrant)
