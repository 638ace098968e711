"""A folder → its source files, with their sidecars, and what is wrong with it. Reads names and sizes, no contents."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from acobot.errors import SourceProblem, SourcesError
from acobot.sources.kinds import ENDINGS

MAX_BYTES = 20_000_000
SIDECARS = frozenset({".yaml", ".yml"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # no address leads to such an id
_NOT_SOURCES = re.compile(r"(readme.*|[._].*|~\$.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is a source: its path, its path under the folder, its id (the latter without its ending).

    `sidecar` is the path of the file beside it that holds its front matter, if there is one.
    """

    path: Path
    name: str
    id: str
    sidecar: Path | None = None

    @property
    def ending(self) -> str:
        """In small letters, with the dot."""
        return self.path.suffix.lower()

    @property
    def sidecar_name(self) -> str:
        """The sidecar's path under the folder."""
        return self.id + (self.sidecar.suffix if self.sidecar else "")

    def contents(self) -> tuple[bytes, bytes]:
        """The file and its sidecar as they lie on disk; the latter is empty where there is none.

        Raises `SourcesError`.
        """
        return _bytes(self.path, self.name), _bytes(self.sidecar, self.sidecar_name) if self.sidecar else b""

    def digest(self) -> str:
        """SHA-256 of the file, and of its sidecar if there is one; raises `SourcesError`."""
        return digest_of(*self.contents())

    def refused(self, reason: str, line: int | None = None, *, in_sidecar: bool = False) -> SourcesError:
        """The error that names the file (or its sidecar) with the one problem that keeps it from being read."""
        name = self.sidecar_name if in_sidecar else self.name
        return _refused(name, reason, line)


def digest_of(raw: bytes, sidecar: bytes) -> str:
    """SHA-256 of a file; where it has a sidecar, of both one after the other's own."""
    digest = hashlib.sha256(raw)
    return hashlib.sha256(digest.digest() + sidecar).hexdigest() if sidecar else digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds: sources in order of id, files whose ending is not read, and problems of the folder."""

    files: tuple[SourceFile, ...]
    ignored: tuple[str, ...]
    problems: tuple[SourceProblem, ...]


def list_folder(
    folder: Path, max_bytes: int = MAX_BYTES, known: Collection[str] = (), *, follow: Sequence[Path] = ()
) -> Listing:
    """The source files of a folder and its subfolders; those of more than `max_bytes` are problems.

    So are links that lead out of the folder, unless into one of `follow`: whoever may write a link into the sources
    could otherwise publish what the builder may read. Of several files with one id that one of the `known` names is
    taken, else the first. Raises `SourcesError` where there is no such folder.
    """
    if not folder.is_dir():
        raise SourcesError(f"there is no folder {str(folder)!r}; name one that holds the sources with --sources")
    files: list[SourceFile] = []
    sidecars: list[SourceFile] = []
    ignored: list[str] = []
    problems: list[SourceProblem] = []
    bad: dict[str, str] = {}  # of a source and its sidecar, neither is read where the other cannot be
    for path in _walk(folder, problems, [one.resolve() for one in (folder, *follow)]):
        file = _named(path, path.relative_to(folder).as_posix())
        if problem := _problem(file, max_bytes):
            problems.append(problem)
            bad[file.id] = file.ending
        elif file.ending in ENDINGS:
            files.append(file)
        elif file.ending in SIDECARS:
            sidecars.append(file)
        else:
            ignored.append(file.name)
    files = list(_unique(files, problems, known))
    beside = _by_source((one for one in sidecars if one.id not in bad), files, problems)
    files = [
        replace(file, sidecar=beside[file.id].path) if file.id in beside else file
        for file in files
        if bad.get(file.id) not in SIDECARS
    ]
    return Listing(tuple(files), tuple(sorted(ignored)), tuple(problems))


def check_beside(folder: Path, name: str, max_bytes: int = MAX_BYTES, *, follow: Sequence[Path] = ()) -> None:
    """Looks at a file that stands among the sources and is none, as at a source. Raises `SourcesError`."""
    path = folder / name
    if reason := _leads_out(path, [one.resolve() for one in (folder, *follow)]) or _unusable(path, max_bytes):
        raise _refused(name, reason, None)


def one_file(path: Path, folder: Path, max_bytes: int = MAX_BYTES) -> SourceFile:
    """A file as a source, with its sidecar, by its name under the folder if it is there. Raises `SourcesError`."""
    real, root = _real(path), _real(folder)
    file = _named(path, real.relative_to(root).as_posix() if real.is_relative_to(root) else path.name)
    if not path.is_file():
        raise file.refused("there is no such file; name one that is there")
    if file.ending not in ENDINGS:
        raise file.refused(f"it is not a format that is read; these are: {', '.join(sorted(ENDINGS))}")
    if problem := _problem(file, max_bytes):
        raise file.refused(problem.reason)
    beside = (path.with_suffix(ending) for ending in sorted(SIDECARS))
    return replace(file, sidecar=next((one for one in beside if one.is_file()), None))


def _named(path: Path, name: str) -> SourceFile:
    return SourceFile(path, name, name[: len(name) - len(path.suffix)])


def _problem(file: SourceFile, max_bytes: int) -> SourceProblem | None:
    """What keeps a file from being read at all, as far as its name and size tell."""
    try:
        file.name.encode()
    except UnicodeEncodeError:
        shown = file.name.encode(errors="backslashreplace").decode()
        return SourceProblem(shown, "its name is not UTF-8; rename the file")
    if file.ending not in ENDINGS | SIDECARS:
        return None
    if _CONTROL.search(file.name):
        return SourceProblem(repr(file.name)[1:-1], "its name holds a control character, as a line break is; rename it")
    reason = _unusable(file.path, max_bytes)
    return SourceProblem(file.name, reason) if reason else None


def _unusable(path: Path, max_bytes: int) -> str:
    """Why what is at a path is not read at all, as far as can be told without; "" where it may be."""
    try:
        found = path.stat()
    except OSError:  # a link to nowhere: reading it will tell
        return ""
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        return "it is a device or a pipe, not a file; take it away"
    if found.st_size > max_bytes:
        size = f"it is too big ({found.st_size:,} bytes; at most {max_bytes:,} are read)"
        return f"{size}; split it, or raise ACOBOT_MAX_SOURCE_BYTES"
    return ""


def _unique(files: Iterable[SourceFile], problems: list[SourceProblem], known: Collection[str]) -> Iterator[SourceFile]:
    """The files in order of id; of those with one id a known one, else the first."""
    by_id: dict[str, str] = {}
    for file in sorted(files, key=lambda file: (file.id, file.name not in known, file.name)):
        if file.id in by_id:
            reason = f"has the same id {file.id!r} as {by_id[file.id]}; rename one of them"
            problems.append(SourceProblem(file.name, reason))
        else:
            by_id[file.id] = file.name
            yield file


def _by_source(
    sidecars: Iterable[SourceFile], files: Iterable[SourceFile], problems: list[SourceProblem]
) -> dict[str, SourceFile]:
    """The sidecars by the id of the source that they stand beside; one that stands alone is a problem."""
    names = {file.id: file.name for file in files}
    beside: dict[str, SourceFile] = {}
    for sidecar in sorted(sidecars, key=lambda file: file.name):
        whole = next((one for one in names if names[one] == sidecar.id), None)  # "report.pdf" of "report.pdf.yaml"
        if sidecar.id in beside:
            reason = f"stands beside the same source as {beside[sidecar.id].name}; keep one of them"
            problems.append(SourceProblem(sidecar.name, reason))
        elif sidecar.id in names:
            beside[sidecar.id] = sidecar
        elif whole is not None:
            mend = f"rename it to {whole}{sidecar.path.suffix}"
            problems.append(SourceProblem(sidecar.name, f"it is not named as a sidecar of {sidecar.id} is; {mend}"))
        else:
            reason = f"it is a sidecar, but there is no source {sidecar.id!r} beside it"
            mend = "rename it as its source is named, or let its name begin with _ if it is none"
            problems.append(SourceProblem(sidecar.name, f"{reason}; {mend}"))
    return beside


def _walk(folder: Path, problems: list[SourceProblem], inside: Sequence[Path]) -> Iterator[Path]:
    """The files that may be sources, in order; what cannot be listed, or lies outside by a link, becomes a problem."""

    def note(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix()
        problems.append(SourceProblem(name, f"the folder cannot be read ({error.strerror}); check its permissions"))

    def is_inside(path: Path) -> bool:
        if reason := _leads_out(path, inside):
            problems.append(SourceProblem(path.relative_to(folder).as_posix(), reason))
        return not reason

    seen: set[Path] = set()  # a link may lead back to a folder above it
    for root, folders, names in os.walk(folder, followlinks=True, onerror=note):
        if (real := Path(root).resolve()) in seen:
            folders.clear()
            continue
        seen.add(real)
        wanted = (name for name in sorted(folders) if not name.startswith((".", "_")))
        folders[:] = [name for name in wanted if not (Path(root) / name).is_symlink() or is_inside(Path(root) / name)]
        for path in (Path(root) / name for name in sorted(names) if not _NOT_SOURCES.fullmatch(name)):
            linked = path.is_symlink() and path.suffix.lower() in ENDINGS | SIDECARS
            if not linked or is_inside(path):
                yield path


def _leads_out(path: Path, inside: Sequence[Path]) -> str:
    """Why a path is not followed, "" where it stays in one of these folders."""
    real = _real(path)
    if any(real.is_relative_to(one) for one in inside):
        return ""
    mend = f"put a copy here, or name {real if path.is_dir() else real.parent} in ACOBOT_FOLLOW_LINKS"
    return f"it is a link out of the sources, to {real}; {mend}"


def _real(path: Path) -> Path:
    """Where a path leads to; a link that leads back to itself is left as it is, and cannot be read."""
    return Path(os.path.realpath(path))


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused(
            name, f"it cannot be read ({error.strerror}); check the file and its permissions", None
        ) from None


def _refused(name: str, reason: str, line: int | None) -> SourcesError:
    return SourcesError("a source cannot be read", (SourceProblem(name, reason, line),))
