"""The folder of versions: where one is built, how it goes live, which one is live. Knows folders, not their contents.

    index/current            one line: the id of the live version, replaced by rename
    index/history.json       which versions were live, whether the live one is pinned, which sources are gone
    index/versions/<id>/     a version, complete: it came here by rename
    index/building/          a version in the making; what is left of a build that died is removed by the next
    index/leftovers.json     what the last build could not read
    index/models/            exported models (see `acobot.encoder`): no version's, and not looked at here
    index/lock               held while building; index/publishing.lock while another version goes live

A build that is killed at any moment leaves `current` and what it names as they were.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from acobot.errors import (
    BuildingError,
    DamagedIndexError,
    IndexFault,
    IndexWriteError,
    NoIndexError,
    UnknownVersionError,
)
from acobot.index.checking import check_whole
from acobot.index.current import read_current, write_current
from acobot.index.history import History, read_history, sync, write_history
from acobot.index.holders import Files, Holder, find_holder
from acobot.index.leftovers import Leftovers, read_leftovers, write_leftovers
from acobot.index.manifest import FILE as MANIFEST_FILE
from acobot.index.manifest import Manifest, read_manifest
from acobot.index.version import Version
from acobot.index.version_folders import version_folders
from acobot.languages import Language, load_language
from acobot.settings import Settings

KEPT_VERSIONS = 3  # that were live last, and as many that never were
PUBLISHING_SECONDS = 30  # how long to wait while another version goes live


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version that is there: its manifest, since when it is or was live ("" for never), and whether it is now."""

    manifest: Manifest
    since: str
    live: bool
    pinned: bool


def open_store(settings: Settings) -> Store:
    """The store that the settings name, in their language. Raises `PackError`."""
    return Store(settings.index, load_language(settings.language), find_holder(settings))


class Store:
    """The versions under one index folder, opened in a language; by default in the one that each was made for.

    Their vectors are held by a `holder`, by default their files.
    """

    def __init__(self, folder: Path, language: Language | None = None, holder: Holder | None = None) -> None:
        self.folder = folder
        self._language = language
        self._holder = holder or Files()
        self._versions = folder / "versions"
        self._building = folder / "building"
        self._aside = self._building / "replaced"

    def current_id(self) -> str:
        """The live version's id. Raises `NoIndexError`, `DamagedIndexError` or `UnreadableIndexError`."""
        return read_current(self.folder)

    def live_id(self) -> str:
        """The live version's id, "" where there is none. Raises `UnreadableIndexError`."""
        try:
            return self.current_id()
        except (NoIndexError, DamagedIndexError):
            return ""

    def pinned_id(self) -> str:
        """The live version's id if somebody went back to it, so that builds leave it live; else ""."""
        pinned = self.history().pinned
        return pinned if pinned and pinned == self.live_id() else ""

    def history(self) -> History:
        """What became of versions and sources. Raises `UnreadableIndexError`, as do all that look at it."""
        return read_history(self.folder)

    def leftovers(self) -> Leftovers:
        """What the last build could not read."""
        return read_leftovers(self.folder)

    def note(self, leftovers: Leftovers) -> None:
        """Says what a build could not read, if that is other than before. Raises `IndexWriteError`."""
        if leftovers != self.leftovers():
            with self._writing():
                write_leftovers(self.folder, leftovers)

    def open_current(self, model_sha256: str = "") -> Version:
        """The live version, opened as by `open`; if it was replaced meanwhile, the one that is live now."""
        while True:
            wanted = self.current_id()
            try:
                return self.open(wanted, model_sha256)
            except DamagedIndexError:
                if self.current_id() == wanted:
                    raise

    def open(self, version_id: str, model_sha256: str = "") -> Version:
        """The version of this id, opened, which must be of this model, if one is named. Raises `IndexFault`."""
        return Version(self.path(version_id), self._language, partial(self._holder.open, version_id), model_sha256)

    def path(self, version_id: str) -> Path:
        """Where a version lies, whether or not it exists."""
        place, aside = self._versions / version_id, self._aside / version_id
        return aside if aside.exists() and not place.exists() else place

    def holds(self, version_id: str, *, held: bool = False) -> bool:
        """Whether a version is there, byte for byte what was written; and if `held`, its vectors with the holder."""
        try:
            check_whole(self.path(version_id))
        except IndexFault:
            return False
        return not held or self._holder.holds(version_id, self.path(version_id))

    def touch(self, version_id: str) -> None:
        """Notes that a build ended at a version, which may have been there before. Under the lock of `building`."""
        self.path(version_id).touch()

    def hold(self, version_id: str, *, anew: bool = False) -> None:
        """Gives a version's vectors to what holds them; where it has them, only if `anew`. Raises `IndexFault`."""
        self._holder.put(version_id, self.path(version_id), anew=anew)

    def find(self, beginning: str) -> str:
        """The id of the kept version that begins so. Raises `UnknownVersionError`."""
        found = [kept.manifest.id for kept in self.versions() if kept.manifest.id.startswith(beginning)]
        if len(found) != 1 or not beginning:
            reason = "several versions begin with" if found and beginning else "there is no version"
            raise UnknownVersionError(f"{reason} {beginning!r} in {self.folder}; 'acobot versions' lists them")
        return found[0]

    def versions(self) -> tuple[KeptVersion, ...]:
        """All versions that can be read: the live one, those that were live last, and then those built last."""
        live, history = self.live_id(), self.history()
        kept = []
        for path in version_folders(self._versions):
            with suppress(IndexFault):
                manifest = read_manifest(path)
                is_live = manifest.id == live
                pinned = is_live and history.pinned == live
                kept.append(KeptVersion(manifest, history.live.get(manifest.id, ""), is_live, pinned))
        order = {version_id: place for place, version_id in enumerate(history.live)}
        kept.sort(key=lambda one: (one.live, order.get(one.manifest.id, -1)), reverse=True)
        return tuple(kept)

    def is_tidy(self) -> bool:
        """Whether nothing is left of a build that died."""
        return not self._building.is_dir() or not any(self._building.iterdir())

    @contextmanager
    def building(self) -> Iterator[Path]:
        """An empty folder to build a version in, under the lock; gone afterwards unless it was kept.

        Raises `IndexWriteError` where the folder cannot be written or another build is at work.
        """
        with self._writing():
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

    def keep(self, work: Path, version_id: str) -> None:
        """Puts the finished version in `work` among the others, durably. Under the lock of `building`.

        One of the same id and contents is kept as it is, so that what is live is never away, not for a moment.
        """
        target = self._versions / version_id
        if self.holds(version_id) and read_manifest(target).files == read_manifest(work).files:
            return
        for path in (*sorted(work.rglob("*")), work):
            sync(path)
        if target.exists():
            self._aside.mkdir()
            target.replace(self._aside / version_id)  # where `path` finds it until the new one is in its place
        work.replace(target)
        sync(self._versions)

    def publish(self, version_id: str, *, over_pin: bool = True, pin: bool = False) -> bool:
        """Makes a version that is there the live one, unless that would be over a pin; gives whether it is live.

        Raises `IndexFault` where it cannot be read or its vectors cannot be held, or `IndexWriteError`.
        """
        now = read_manifest(self.path(version_id))
        with self._writing(), FileLock(self.folder / "publishing.lock", timeout=PUBLISHING_SECONDS):
            live, history = self.live_id(), self.history()
            pinned = live if history.pinned == live else ""
            if pinned and not over_pin:
                return version_id == live
            self.hold(version_id)  # before anything is told of it: where that fails, nothing has changed
            if version_id != live or pin != bool(pinned) or version_id not in history.live:
                after = history.after(version_id, self._source_ids(live), {s.id for s in now.sources}, pinned=pin)
                # First what is told of it, then the switch: between the two, the old one is live and not pinned.
                write_history(self.folder, after)
            if version_id != live:
                write_current(self.folder, version_id)
            self._holder.publish(version_id)
            return True

    def prune(self) -> None:
        """Removes all but the live version and those that were live last, and the latest that never were.

        Under the lock of `building`. A version goes whole, by a rename, before its files do.
        """
        by_time = version_folders(self._versions)
        with FileLock(self.folder / "publishing.lock", timeout=PUBLISHING_SECONDS):
            live, history = self.live_id(), self.history()
            were_live = [one for one in reversed(history.live) if one != live and (self._versions / one).is_dir()]
            never = [path.name for path in by_time if path.name not in history.live and path.name != live]
            kept = {live, *were_live[: KEPT_VERSIONS - 1], *never[:KEPT_VERSIONS]}
            half = {path.name for path in by_time if path.name != live and not (path / MANIFEST_FILE).exists()}
            gone = [path for path in by_time if path.name in half or path.name not in kept]
            self._holder.drop({path.name for path in gone})  # first: the next build goes on where this one died
            for path in gone:
                path.replace(self._building / f"old-{path.name}")
            if history.only(kept) != history:
                write_history(self.folder, history.only(kept))

    def next_id(self) -> str:
        """The version at which a build ended last, of those that never were live. Raises `UnknownVersionError`."""
        never = [one.manifest.id for one in self.versions() if not one.since and not one.live]
        if not never:
            raise UnknownVersionError(
                f"every version in {self.folder} was live already; build one with 'acobot index --no-publish'"
            )
        return never[0]

    def previous_id(self) -> str:
        """The version that was published before the one that is live. Raises `UnknownVersionError`."""
        kept = {one.manifest.id for one in self.versions()}
        earlier = [one for one in self.history().before(self.current_id()) if one in kept]
        if not earlier:
            raise UnknownVersionError(f"there is no earlier version in {self.folder} to go back to")
        return earlier[0]

    def _source_ids(self, version_id: str) -> set[str]:
        try:
            return {source.id for source in read_manifest(self.path(version_id)).sources} if version_id else set()
        except IndexFault:
            return set()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except Timeout:
            raise BuildingError(f"another build is at work in {self.folder}; wait until it has ended") from None
        except OSError as error:
            # numpy says only "8 requested and 0 written" where a file may not grow.
            reason = error.strerror or f"no room for a file: {error}"
            raise IndexWriteError(
                f"the index in {self.folder} cannot be written ({reason}); nothing was changed. "
                "See that it is a folder, that it may be written and that its disk has room"
            ) from error

    def _clear_building(self) -> None:
        """Removes what is left in the building folder, but for a version that a build died while replacing."""
        if self._aside.is_dir():
            for path in self._aside.iterdir():
                if not (self._versions / path.name).exists():
                    path.replace(self._versions / path.name)
        for leftover in self._building.iterdir():
            shutil.rmtree(leftover, ignore_errors=True)
