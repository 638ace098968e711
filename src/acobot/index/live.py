"""The version that is answered from: opened once, exchanged when another goes live, given up when it is damaged.

One that goes live is warmed before it is answered from, so that no question waits for what is only loaded on use. Where
that meets damage, its files are read before, and not after.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from acobot.errors import DamagedIndexError, IndexFault, UnreadableIndexError
from acobot.index.manifest import FileEntry, Stamp, check_contents, stamp_of
from acobot.index.store import Store
from acobot.index.version import Version
from acobot.memory import let_go

log = logging.getLogger(__name__)

LOOKS = 3  # for what is no longer answered from, once it is exchanged: answers in flight hold it a little longer

Place = tuple[str, Stamp]  # a version, by its id, as it was put there once


class LiveVersion:
    """Follows `current` of a store, for the model of one digest, or stays with the version that is named as the `only`.

    `warm` is given each version that is gone over to, before. Safe to use from several threads.
    """

    def __init__(
        self, store: Store, model_sha256: str, only: str = "", warm: Callable[[Version], object] = lambda _: None
    ) -> None:
        self._store = store
        self._only = only
        self._warm = warm
        self._model_sha256 = model_sha256
        self._version: Version | None = None
        self._before: Version | None = None  # what was answered from before, until the files of `_version` are read
        self._sound: frozenset[FileEntry] = frozenset()  # files that were read and are what was written
        self._doubts: frozenset[str] = frozenset()  # the errors for which the files of `_version` were to be read anew
        self._damaged: set[Place] = set()
        self._told = ""
        self._unchecked = ""  # why the files of `_version` could not be read, as it was told
        self._looks_left = 0
        self._exchanging = Lock()

    def get(self) -> Version:
        """The version at hand, opened at the first use; the last whole one before, if it is damaged.

        Raises `IndexFault`.
        """
        version = self._version
        if version is None:
            with self._exchanging:
                version = self._version = self._version or self._open_whole()
        return version

    def refresh(self) -> None:
        """Goes over to the version that is live now, if it is another, or was built anew; else keeps the one it has.

        Meanwhile that one is answered from.
        """
        with self._exchanging:
            try:
                before = self._version
                wanted = self._only or self._store.current_id()
                if before is None or wanted != before.id or self._is_replaced(before):
                    version = self._open()
                    self._try_warm(version)
                    self._version, self._doubts = version, frozenset()
                    self._before = before if before and before.id != version.id else None
                    log.info("answering from index %s", version.id)
                self._told = ""
            except IndexFault as error:
                self._tell("the live index cannot be used, so nothing changes", error)

    def doubt(self, version: Version, error: DamagedIndexError) -> None:
        """What was found sound may not be any more: the next `check_contents` reads all files of the version anew.

        For each error once: one that comes again is not about these files (a large index lists no token vectors).
        """
        with self._exchanging:
            if self._version is version and str(error) not in self._doubts:
                self._doubts |= {str(error)}
                self._sound = frozenset()

    def check_contents(self) -> None:
        """Reads every file of the version at hand, once; gives it up where one is not what was written.

        Then the version before is answered from, or none where there is none, until another goes live. Files that a
        version shares with the one before are not read again. Where a file cannot be read, nothing changes: the next
        call tries again.
        """
        version = self._version
        if version is None or self._sound >= set(version.manifest.files):
            self._let_go()
            return
        doubts = self._doubts
        try:
            check_contents(version.folder, version.manifest, self._sound)
            with self._exchanging:
                if self._doubts != doubts:  # somebody met damage meanwhile
                    return
                self._sound = frozenset(version.manifest.files)
                self._before = None if self._version is version else self._before
                self._unchecked = ""
                self._looks_left = LOOKS
            self._let_go()
        except UnreadableIndexError as error:
            if str(error) != self._unchecked:
                self._unchecked = str(error)
                log.warning("the live index cannot be checked now, so nothing changes: %s", error)
        except DamagedIndexError as error:
            with self._exchanging:
                if self._version is version and (version.folder.is_dir() or self._is_wanted(version)):
                    self._damaged.add((version.id, version.stamp))
                    self._version, self._before = self._before or self._open_earlier(version.id), None
                    self._tell("the live index is damaged, so it is not answered from", error)

    def _try_warm(self, version: Version) -> None:
        """Warms a version, and only tells what goes wrong: whether it is sound, its digests say.

        Raises `IndexFault` where damage is met and they say so too, or cannot be read.
        """
        try:
            self._warm(version)
        except Exception as error:
            if isinstance(error, DamagedIndexError):
                self._refuse_unless_sound(version)
            known = isinstance(error, IndexFault)
            log.warning("index %s is answered from without being warmed: %s", version.id, error, exc_info=not known)

    def _refuse_unless_sound(self, version: Version) -> None:
        try:
            check_contents(version.folder, version.manifest)
        except DamagedIndexError:
            self._damaged.add((version.id, version.stamp))
            raise

    def _is_wanted(self, version: Version) -> bool:
        """Whether a version is still to be answered from; else another is live, and this one may be gone for that."""
        with suppress(UnreadableIndexError):
            return version.id == (self._only or self._store.live_id())
        return False

    def _let_go(self) -> None:
        """Frees the version before: its caches refer to it, so that it goes only by being looked for."""
        if self._looks_left:
            self._looks_left -= 1
            let_go()

    def _open(self) -> Version:
        self._refuse_damaged(self._only or self._store.current_id())
        model = self._model_sha256
        return self._store.open(self._only, model) if self._only else self._store.open_current(model)

    def _is_replaced(self, version: Version) -> bool:
        """Whether one of the same id was put in its place: files that are opened on use may have other names there."""
        written = stamp_of(self._store.path(version.id)).written
        return written not in (0, version.stamp.written)  # by time alone: not every file system keeps its inodes

    def _refuse_damaged(self, version_id: str) -> None:
        """Raises `DamagedIndexError` for a version that was found damaged, without opening it at each look."""
        folder = self._store.path(version_id)
        if (version_id, stamp_of(folder)) in self._damaged:
            raise DamagedIndexError(f"the index in {folder} is damaged; run 'acobot index --full'")

    def _open_whole(self) -> Version:
        """The version that is to be answered from, or the last whole one before where a process finds it damaged."""
        try:
            return self._open()
        except DamagedIndexError as error:
            earlier = None if self._only else self._open_earlier(self._store.live_id())
            if earlier is None:
                raise
            self._tell(f"the live index is damaged, so {earlier.id} from before is answered from", error)
            return earlier

    def _open_earlier(self, than: str) -> Version | None:
        """The last version that was live before and can be used; None where there is none, or none is known now."""
        before: list[str] = []
        if not self._only:
            with suppress(UnreadableIndexError):
                before = self._store.history().before(than)
        for version_id in before:
            with suppress(IndexFault):
                self._refuse_damaged(version_id)
                return self._store.open(version_id, self._model_sha256)
        return None

    def _tell(self, what: str, error: IndexFault) -> None:
        if str(error) != self._told:  # once, not at every look
            self._told = str(error)
            log.warning("%s: %s", what, error)
