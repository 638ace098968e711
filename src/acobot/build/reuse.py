"""What earlier versions have of the sources that are built again: all that was made of a file that is still the same.

An earlier version lends only what is, byte for byte, what was written; the rest is made anew.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from acobot.encoder import Floats
from acobot.errors import DamagedIndexError, IndexFault
from acobot.index import Corpus, Dense, Manifest, SourceEntry, Store, TokenVectors
from acobot.index.limit_asks import EncodedAsk, load_limit_asks
from acobot.index.manifest import BESIDE, check_contents
from acobot.index.token_vectors import FOLDER as TOKENS
from acobot.index.version import LIMITS
from acobot.languages import Language
from acobot.sources import Source, SourceFile, read_source

log = logging.getLogger(__name__)


class Lender:
    """One earlier version, opened to take sources over from. Raises `DamagedIndexError` where it is damaged."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self.beside = folder / BESIDE
        self.large = manifest.large
        self._dimension = manifest.dimension
        self._token_vectors = TokenVectors(folder, manifest.dimension)
        # Token files are many: each is looked at when it is lent.
        others = tuple(entry for entry in manifest.files if not entry.path.startswith(f"{TOKENS}/"))
        check_contents(folder, replace(manifest, files=others))
        self.corpus = Corpus(folder)
        self._dense = Dense.load(folder)

    def vectors(self, source_id: str) -> tuple[Floats, Floats]:
        """Those of a source's passages (n, d), and those of its asks (m, d)."""
        own = self.corpus.range_of(source_id)
        return self._dense.vectors(own.start, len(own)), self._dense.others_of(own, self.corpus.passages)

    def limit_asks(self) -> dict[str, EncodedAsk]:
        """The questions of its limits, as they were encoded."""
        return load_limit_asks(self._folder / LIMITS, self.corpus, self._dimension)

    @property
    def directions(self) -> Floats | None:
        """Those on which its word pieces are stored compact, None where they are not."""
        return self._token_vectors.directions

    def lend_tokens(self, name: str, work: Path) -> None:
        """The token file of this name, also in `work`: the same file where links can be made, else a copy.

        Raises `DamagedIndexError` where it is not what was written.
        """
        self._token_vectors.check(name)
        from_path, to_path = self._folder / TOKENS / name, work / TOKENS / name
        if not to_path.exists():
            try:
                _link(from_path, to_path)
            except FileNotFoundError:
                raise DamagedIndexError(f"{from_path} is missing") from None


@dataclass(frozen=True, slots=True)
class Loan:
    """A source of an earlier version that is, but perhaps for its id, what a file says now, or said before it went bad.

    `read_by` is the digest of the rules of language by which it was read.
    """

    lender: Lender
    entry: SourceEntry
    read_by: str

    @property
    def source(self) -> Source:
        """Its text, with all that was read. Raises `DamagedIndexError`."""
        return self.lender.corpus.source(self.entry.id)


class Earlier:
    """What the kept versions of a store were built from; the live one is asked first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._manifests = {manifest.id: manifest for manifest in _readable(store)}
        self._read = {
            (entry.file, entry.file_sha256, entry.read_by or one.language_sha256)
            for one in self._manifests.values()
            for entry in one.sources
        }
        self._removed = frozenset(store.history().removed)
        self._open = lru_cache(maxsize=None)(self._opened)

    def has_read(self, name: str, digest: str, language_sha256: str) -> bool:
        """Whether a version was built from a file of this name and digest by these rules: then it can be read."""
        return (name, digest, language_sha256) in self._read

    def names(self) -> frozenset[str]:
        """The names of the files of the live version."""
        live = next(iter(self._manifests.values()), None)
        return frozenset(entry.file for entry in live.sources) if live else frozenset()

    def last_good(self, path: str) -> tuple[Loan, ...]:
        """The sources that a file of this path, a sidecar or the files of a folder were when they could last be read.

        The live version is asked first, then those that were live last; what was taken out is not brought back.
        """
        found: dict[str, Loan] = {}
        for version_id, manifest in self._manifests.items():
            for entry in manifest.sources:
                if entry.id in found or entry.id in self._removed or not _is_of(entry, path):
                    continue
                if lender := self.lender(version_id):
                    found[entry.id] = Loan(lender, entry, entry.read_by or manifest.language_sha256)
        return tuple(found.values())

    def beside(self) -> Path | None:
        """The folder of what stood beside the sources of the live version; None where that is not to be had."""
        live = next(iter(self._manifests), None)
        lender = self.lender(live) if live else None
        return lender.beside if lender else None

    def loans(self, model_sha256: str, language_sha256: str, settings: dict[str, bool]) -> Loans:
        """What the versions can lend that the same model made, by the same rules of language and the same settings."""
        made = (model_sha256, language_sha256, settings)
        same = [
            one for one in self._manifests.values() if (one.model_sha256, one.language_sha256, one.settings) == made
        ]
        return Loans(self, same)

    def lender(self, version_id: str) -> Lender | None:
        """A version, opened; None where it is damaged."""
        return self._open(version_id)

    def _opened(self, version_id: str) -> Lender | None:
        try:
            return Lender(self._store.path(version_id), self._manifests[version_id])
        except IndexFault as error:
            log.warning("nothing is taken over from version %s: %s", version_id, error)
            return None


class Loans:
    """Where to find what was made of a file, by the file's digest."""

    def __init__(self, earlier: Earlier, manifests: list[Manifest]) -> None:
        self._earlier = earlier
        self._manifests = manifests
        self._by_digest: dict[str, list[tuple[str, SourceEntry]]] = {}
        for manifest in manifests:
            for entry in manifest.sources:
                self._by_digest.setdefault(entry.file_sha256, []).append((manifest.id, entry))

    def limit_asks(self) -> dict[str, EncodedAsk]:
        """The questions of limits that were encoded before."""
        for manifest in self._manifests:
            if lender := self._earlier.lender(manifest.id):
                return lender.limit_asks()
        return {}

    def find(
        self, file: SourceFile, digest: str, language: Language, kept: Loan | None = None, read: Source | None = None
    ) -> Loan | None:
        """The source that an earlier version made of the same file, also if it had another name then.

        For a file that is bad now, what is `kept` of it, or the same of another version. `read` is what was read of it.
        """
        return next(self._found(file, digest, language, kept, read), None)

    def _found(
        self, file: SourceFile, digest: str, language: Language, kept: Loan | None, read: Source | None
    ) -> Iterator[Loan]:
        read_by = kept.read_by if kept else language.digest
        with suppress(IndexFault):
            for version_id, entry in self._by_digest.get(digest, ()):
                lender = self._earlier.lender(version_id)
                if lender is None or (entry.read_by or language.digest) != read_by:
                    continue
                if entry.file != file.name:  # is it the same source still? Its title may come from its name
                    if kept:
                        continue
                    read = read or read_source(file, language)
                    if _content(lender.corpus.source(entry.id)) != _content(read):
                        continue
                yield Loan(lender, entry, read_by)


def _readable(store: Store) -> Iterator[Manifest]:
    """The manifests of the kept versions, the live one first; one whose sources cannot be read is left out."""
    for kept in store.versions():
        try:
            tuple(kept.manifest.sources)  # of a large version they are read only now
        except IndexFault as error:
            log.warning("nothing is taken over from version %s: %s", kept.manifest.id, error)
        else:
            yield kept.manifest


def _is_of(entry: SourceEntry, path: str) -> bool:
    """Whether a source came from a file of this path, with its id or its sidecar's, or out of a folder of this path."""
    return (
        entry.file == path
        or entry.file.startswith(f"{path}/")
        or entry.id == path.removesuffix(PurePosixPath(path).suffix)
    )


def _content(source: Source) -> tuple[object, ...]:
    """All that passages and vectors are made from, and that is told of a source."""
    return source.particulars, source.text, source.blocks, source.asks


def _link(from_path: Path, to_path: Path) -> None:
    try:
        os.link(from_path, to_path)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links
        shutil.copyfile(from_path, to_path)
