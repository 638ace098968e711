"""The folder of versions: where one is built, how it goes live, which one is live. Knows folders, not their contents.

    index/current            one line: the id of the live version, replaced by rename
    index/versions/<id>/     a version, complete: it came here by rename
    index/building/          a version in the making; what is left of a build that died is removed by the next
    index/lock               held while building

A build that is killed at any moment leaves `current` and what it names as they were.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from acobot.errors import DamagedIndexError, IndexFault, IndexWriteError, NoIndexError
from acobot.index.manifest import FILE as MANIFEST_FILE
from acobot.index.manifest import check_contents, read_manifest
from acobot.index.version import Version

KEPT_VERSIONS = 3
_ID = re.compile(r"[0-9a-f]{16}")


class Store:
    """The versions under one index folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._current = folder / "current"
        self._versions = folder / "versions"
        self._building = folder / "building"

    def current_id(self) -> str:
        """The live version's id. Raises `NoIndexError` or `DamagedIndexError`."""
        try:
            line = self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise NoIndexError(f"there is no index in {self.folder}; build one with 'acobot index'") from None
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedIndexError(f"{self._current} cannot be read ({error}); run 'acobot index'") from None
        if not _ID.fullmatch(line):
            raise DamagedIndexError(f"{self._current} does not name a version; run 'acobot index'")
        return line

    def open_current(self) -> Version:
        """The live version, opened; if it was replaced meanwhile, the one that is live now."""
        while True:
            wanted = self.current_id()
            try:
                return Version(self.path(wanted))
            except DamagedIndexError:
                if self.current_id() == wanted:
                    raise

    def path(self, version_id: str) -> Path:
        """Where a version lies, whether or not it exists."""
        return self._versions / version_id

    def holds(self, version_id: str) -> bool:
        """Whether a version is there and is what was written, byte for byte."""
        try:
            check_contents(self.path(version_id), read_manifest(self.path(version_id)))
        except IndexFault:
            return False
        return True

    @contextmanager
    def building(self) -> Iterator[Path]:
        """An empty folder to build a version in, under the lock; gone afterwards unless it was published.

        Raises `IndexWriteError` where the folder cannot be written or another build is at work.
        """
        try:
            self._building.mkdir(parents=True, exist_ok=True)
            self._versions.mkdir(exist_ok=True)
            with FileLock(self.folder / "lock", timeout=0):
                self._clear_building()
                work = self._building / "version"
                work.mkdir()
                try:
                    yield work
                finally:
                    self._clear_building()
        except Timeout:
            raise IndexWriteError(f"another build is at work in {self.folder}; wait until it has ended") from None
        except OSError as error:
            # numpy says only "8 requested and 0 written" where a file may not grow.
            reason = error.strerror or f"no room for a file: {error}"
            raise IndexWriteError(
                f"the index in {self.folder} cannot be written ({reason}); nothing was changed. "
                "See that it is a folder, that it may be written and that its disk has room"
            ) from error

    def publish(self, work: Path, version_id: str) -> None:
        """Makes the finished version in `work` the live one, durably; only then removes the oldest. Under the lock.

        One of the same id and contents is kept as it is, so that what is live is never away, not for a moment.
        """
        target = self.path(version_id)
        if not (self.holds(version_id) and read_manifest(target).files == read_manifest(work).files):
            for path in (*sorted(work.rglob("*")), work):
                _sync(path)
            if target.exists():
                target.replace(self._building / "replaced")
            work.replace(target)
            _sync(self._versions)
        self.make_current(version_id)
        self._prune(version_id)

    def make_current(self, version_id: str) -> None:
        """Points `current` to a version that is there. Under the lock."""
        try:
            if self.current_id() == version_id:
                return
        except (NoIndexError, DamagedIndexError):
            pass
        os.utime(self.path(version_id))  # the newest are kept
        beside = self.folder / "current.new"
        beside.write_text(version_id + "\n", encoding="utf-8")
        _sync(beside)
        beside.replace(self._current)
        _sync(self.folder)

    def _clear_building(self) -> None:
        for leftover in self._building.iterdir():
            shutil.rmtree(leftover, ignore_errors=True)

    def _prune(self, live: str) -> None:
        """Removes all but the live version and those that were live last; the manifest first, so that none is half."""
        folders = [path for path in self._versions.iterdir() if path.is_dir() and path.name != live]
        folders.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
        for old in folders[KEPT_VERSIONS - 1 :]:
            (old / MANIFEST_FILE).unlink(missing_ok=True)
            shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Puts a file's or folder's contents on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
