"""What one version of the index is made from and consists of: a record, and the JSON file that is written last."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from acobot.errors import DamagedIndexError, WrongModelError
from acobot.index.reading import MISSING, unreadable
from acobot.index.source_entries import SourceEntry, StoredSources
from acobot.sources import Site

FORMAT = 16  # of the files of an index alone (how sources are read is `languages.READING`); another is built anew
FILE = "manifest.json"
BESIDE = "beside"  # the folder of the files that stood beside the sources, as they were


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the version, by its path inside it."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a version is told from one of the same id that was put in its place: its inode, and when it was written.

    The latter is in nanoseconds; an index that is brought from elsewhere keeps it.
    """

    inode: int
    written: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version of the index. Everything but `built` is decided by the sources, the model, the language and settings.

    `language` is the name of its pack, and `language_sha256` the digest of the pack's rules and of how sources are read
    by them. One that is `large` (see `form`) has its sources in a file of their own, and does not list its files of
    token vectors: each is named by its digest.
    """

    id: str
    format: int
    model: str
    model_sha256: str
    dimension: int
    language: str
    language_sha256: str
    settings: dict[str, bool]
    site: Site
    sources: Sequence[SourceEntry]
    passages: int
    sentences: int
    files: tuple[FileEntry, ...]
    built: str
    large: bool = False

    @property
    def beside(self) -> dict[str, str]:
        """The files that stood beside the sources, by name: the SHA-256 of each."""
        there = f"{BESIDE}/"
        return {one.path.removeprefix(there): one.sha256 for one in self.files if one.path.startswith(there)}

    def as_json(self) -> dict[str, Any]:
        """The manifest as it is written and served: of a large index without its sources."""
        return asdict(replace(self, sources=() if self.large else tuple(self.sources)))


def index_id(
    model_sha256: str, language_sha256: str, settings: dict[str, bool], files: Sequence[tuple[str, ...]]
) -> str:
    """The id of the index of these files, given as (name, SHA-256 of the file): equal input, equal id.

    For a file that can no longer be read they are those of its last good version, and `read_by` if that has it.
    """
    parts = {
        "format": FORMAT,
        "model": model_sha256,
        "language": language_sha256,
        "settings": settings,
        "files": sorted(files),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def other_files(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """The names, in order, of files that are in one of two sets only, or have another digest there."""
    return tuple(sorted({name for name, _ in one.items() ^ other.items()}))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest of a version, with a digest of its own."""
    said = {**manifest.as_json(), **({"sources": len(manifest.sources)} if manifest.large else {})}
    (folder / FILE).write_text(json.dumps({**said, "sha256": _own_digest(said)}, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a version.

    Raises `DamagedIndexError`, `UnreadableIndexError`, or `WrongModelError` for another format.
    """
    path = folder / FILE
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            reason = f"{path} is of format {raw['format']}, this acobot reads format {FORMAT}; run 'acobot index'"
            raise WrongModelError(reason)
        if raw.pop("sha256") != _own_digest(raw):
            raise DamagedIndexError(f"{path} is damaged (its SHA-256 differs); run 'acobot index --full'")
        site = Site(**raw.pop("site"))
        listed = raw.pop("sources")
        sources: Sequence[SourceEntry] = (
            StoredSources(folder, int(listed)) if raw["large"] else tuple(SourceEntry(**entry) for entry in listed)
        )
        files = tuple(FileEntry(**entry) for entry in raw.pop("files"))
        return Manifest(**raw, site=site, sources=sources, files=files)
    except MISSING as error:
        raise DamagedIndexError(f"{path} cannot be read ({error.strerror}); run 'acobot index'") from None
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DamagedIndexError(f"{path} is not a manifest; run 'acobot index --full'") from None


def stamp_of(folder: Path) -> Stamp:
    """The stamp of a version; of nothing where there is none."""
    try:
        return Stamp(folder.stat().st_ino, (folder / FILE).stat().st_mtime_ns)
    except OSError:
        return Stamp(0, 0)


def check_readable(folder: Path) -> None:
    """Raises `DamagedIndexError` where the manifest is gone, and `UnreadableIndexError` where no file can be opened."""
    path = folder / FILE
    try:
        path.open("rb").close()
    except MISSING as error:
        raise DamagedIndexError(f"{path} cannot be read ({error.strerror}); run 'acobot index'") from None
    except OSError as error:
        raise unreadable(path, error) from None


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Raises `DamagedIndexError` naming the first file that is missing or has another size."""
    for entry in manifest.files:
        path = folder / entry.path
        size = _size(path)
        if size != entry.bytes:
            found = "is missing" if size is None else f"has {size} bytes instead of {entry.bytes}"
            raise DamagedIndexError(f"{path} {found}; run 'acobot index --full'")


def check_contents(folder: Path, manifest: Manifest, known: Set[FileEntry] = frozenset()) -> None:
    """Raises `DamagedIndexError` naming the first file that is not what was written, by size or SHA-256.

    One that cannot be read now is not damaged for that: that may pass, and raises `UnreadableIndexError`. Of those
    that are `known` to be right only the size is looked at.
    """
    check_sizes(folder, manifest)
    for entry in manifest.files:
        path = folder / entry.path
        if entry in known:
            continue
        try:
            sha256 = describe_file(folder, path).sha256
        except OSError as error:
            raise unreadable(path, error) from None
        if sha256 != entry.sha256:
            raise DamagedIndexError(f"{path} is damaged (its SHA-256 differs); run 'acobot index --full'")


def describe_file(folder: Path, path: Path) -> FileEntry:
    """A file's path inside the folder, size and digest."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _size(path: Path) -> int | None:
    try:
        found = path.stat()
    except MISSING:
        return None
    except OSError as error:
        raise unreadable(path, error) from None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _own_digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
