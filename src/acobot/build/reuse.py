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
from pathlib import Path

from acobot.encoder import Floats
from acobot.errors import DamagedIndexError, IndexFault
from acobot.index import Corpus, Dense, FileEntry, Manifest, SourceEntry, Store
from acobot.index.manifest import check_contents, describe_file
from acobot.index.token_vectors import FOLDER as TOKENS
from acobot.index.version import LIMITS
from acobot.languages import Language
from acobot.sources import Source, SourceFile, read_source

log = logging.getLogger(__name__)


class Lender:
    """One earlier version, opened to take sources over from. Raises `DamagedIndexError` where it is damaged."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._tokens = {entry.path: entry for entry in manifest.files if entry.path.startswith(f"{TOKENS}/")}
        # Token files are many: each is looked at when it is lent.
        others = tuple(entry for entry in manifest.files if entry.path not in self._tokens)
        check_contents(folder, replace(manifest, files=others))
        self.corpus = Corpus(folder)
        self._dense = Dense.load(folder)

    def vectors(self, source_id: str) -> tuple[Floats, Floats]:
        """Those of a source's passages (n, d), and those of its asks (m, d)."""
        own = self.corpus.range_of(source_id)
        return self._dense.vectors(own.start, len(own)), self._dense.others_of(own, self.corpus.passages)

    def limit_vectors(self) -> dict[str, Floats]:
        """The questions of its limits, each with its vector (d,)."""
        limits = Dense.load(self._folder / LIMITS)
        return {text: limits.vector(row) for row, text in enumerate(self.corpus.limit_ask_texts())}

    def lend_tokens(self, name: str, work: Path) -> FileEntry:
        """The token file of this name, also in `work`: the same file where links can be made, else a copy.

        Raises `DamagedIndexError` where it is not what was written.
        """
        from_path, to_path = self._folder / TOKENS / name, work / TOKENS / name
        if not to_path.exists():
            try:
                _link(from_path, to_path)
            except FileNotFoundError:
                raise DamagedIndexError(f"{from_path} is missing") from None
        entry = describe_file(work, to_path)
        if entry != self._tokens.get(entry.path):
            to_path.unlink()
            raise DamagedIndexError(f"{from_path} is damaged (its SHA-256 differs)")
        return entry


@dataclass(frozen=True, slots=True)
class Loan:
    """A source of an earlier version that is, but perhaps for its id, what a file says now."""

    lender: Lender
    source_id: str


class Earlier:
    """What the kept versions of a store were built from; the live one is asked first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._manifests = {kept.manifest.id: kept.manifest for kept in store.versions()}
        self._read = {(entry.file, entry.file_sha256) for one in self._manifests.values() for entry in one.sources}
        self._open = lru_cache(maxsize=None)(self._opened)

    def has_read(self, name: str, digest: str) -> bool:
        """Whether a version was built from a file of this name and digest, which therefore can be read."""
        return (name, digest) in self._read

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

    def limit_vectors(self) -> dict[str, Floats]:
        """The questions of limits whose vectors are known, with these."""
        for manifest in self._manifests:
            if lender := self._earlier.lender(manifest.id):
                return lender.limit_vectors()
        return {}

    def find(self, file: SourceFile, digest: str, language: Language) -> Loan | None:
        """The source that an earlier version made of the same file, also if it had another name then."""
        return next(self._found(file, digest, language), None)

    def _found(self, file: SourceFile, digest: str, language: Language) -> Iterator[Loan]:
        with suppress(IndexFault):
            for version_id, entry in self._by_digest.get(digest, ()):
                lender = self._earlier.lender(version_id)
                if lender and (entry.file == file.name or _is_the_same(lender.corpus, entry.id, file, language)):
                    yield Loan(lender, entry.id)


def _is_the_same(corpus: Corpus, source_id: str, file: SourceFile, language: Language) -> bool:
    """Whether a file that had another name is the same source still: its title may come from its name."""
    return _content(corpus.source(source_id)) == _content(read_source(file, language))


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
