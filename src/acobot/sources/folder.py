"""A folder of files → sources, or every file that cannot be read, named with the reason.

The one place that touches source files. Knows which file is a source and what its id is; the formats know the rest.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from acobot.errors import SourceProblem, SourcesError
from acobot.sources.front_matter import FrontMatterError, split_front_matter
from acobot.sources.furniture import set_aside_furniture
from acobot.sources.markdown import read_markdown
from acobot.sources.plain_text import read_plain_text
from acobot.sources.record import Ask, BlockKind, Draft, Particulars, Source

READERS: dict[str, Callable[[str], Draft]] = {".md": read_markdown, ".txt": read_plain_text}
TITLE_LENGTH = 200
_NOT_SOURCES = re.compile(r"(readme.*|[._].*|~\$.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is a source: its path, its path under the folder, and its id (the latter without its ending)."""

    path: Path
    name: str
    id: str

    def digest(self) -> str:
        """SHA-256 of the file as it lies on disk; raises `SourcesError`."""
        return hashlib.sha256(_bytes(self)).hexdigest()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds: sources in order of id, files whose ending is not read, and problems of the folder."""

    files: tuple[SourceFile, ...]
    ignored: tuple[str, ...]
    problems: tuple[SourceProblem, ...]


def list_folder(folder: Path) -> Listing:
    """The source files of a folder and its subfolders. Raises `SourcesError` where there is no such folder."""
    if not folder.is_dir():
        raise SourcesError(f"there is no folder {str(folder)!r}; name one that holds the sources with --sources")
    files: list[SourceFile] = []
    ignored: list[str] = []
    problems: list[SourceProblem] = []
    for path in _walk(folder, problems):
        name = path.relative_to(folder).as_posix()
        try:
            name.encode()
        except UnicodeEncodeError:
            shown = name.encode(errors="backslashreplace").decode()
            problems.append(SourceProblem(shown, "its name is not UTF-8; rename the file"))
            continue
        if path.suffix.lower() in READERS:
            files.append(SourceFile(path, name, name[: -len(path.suffix)]))
        else:
            ignored.append(name)
    files.sort(key=lambda file: (file.id, file.name))
    by_id: dict[str, str] = {}
    for file in files:
        if file.id in by_id:
            reason = f"has the same id {file.id!r} as {by_id[file.id]}; rename one of them"
            problems.append(SourceProblem(file.name, reason))
        by_id.setdefault(file.id, file.name)
    unique = tuple(file for file in files if by_id[file.id] == file.name)
    return Listing(unique, tuple(sorted(ignored)), tuple(problems))


def read_source(file: SourceFile) -> Source:
    """One file as a source. Raises `SourcesError` with the one problem that keeps it from being read."""
    raw = _bytes(file)
    try:
        front, body = split_front_matter(_text(file, raw))
    except FrontMatterError as error:
        raise _refused(file, error.reason, error.line) from None
    draft = READERS[file.path.suffix.lower()](body)
    draft = replace(draft, blocks=set_aside_furniture(draft.text, draft.blocks))
    if not any(block.quotable and _has_words(draft.text[block.start : block.end]) for block in draft.blocks):
        reason = (
            "it is empty" if not body.strip() else "nothing in it can be quoted: it has only headings or page furniture"
        )
        raise _refused(file, f"{reason}; write its text, or take the file away")
    values = {"title": _title(file, draft), **front.values}
    return Source(
        id=file.id,
        particulars=Particulars(**values),
        text=draft.text,
        blocks=draft.blocks,
        asks=(*(Ask(text) for text in front.asks), *draft.asks),
        sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
        file_sha256=hashlib.sha256(raw).hexdigest(),
    )


def _walk(folder: Path, problems: list[SourceProblem]) -> Iterator[Path]:
    """The files that may be sources, in order; a folder that cannot be listed becomes a problem."""

    def note(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix()
        problems.append(SourceProblem(name, f"the folder cannot be read ({error.strerror}); check its permissions"))

    seen: set[Path] = set()  # a link may lead back to a folder above it
    for root, folders, names in os.walk(folder, followlinks=True, onerror=note):
        if (real := Path(root).resolve()) in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            if not _NOT_SOURCES.fullmatch(name):
                yield Path(root) / name


def _bytes(file: SourceFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise _refused(file, f"it cannot be read ({error.strerror}); check the file and its permissions") from None


def _text(file: SourceFile, raw: bytes) -> str:
    r"""The file's characters, without a byte-order mark and with `\\n` for every newline."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(file, "it is UTF-16, not UTF-8; save it as UTF-8")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(file, f"it is not UTF-8 (byte 0x{raw[error.start]:02x}); save it as UTF-8", line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(file, "it holds a NUL character, so it is not a text file; export it as text", line)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _refused(file, "it is empty; write its text, or take the file away")
    return text


def _title(file: SourceFile, draft: Draft) -> str:
    """The first heading, else the first line of text, else the file's name."""
    said = [(block, draft.text[block.start : block.end]) for block in draft.blocks]
    headings = [text for block, text in said if block.kind is BlockKind.HEADING and not block.furniture]
    lines = [text.split("\n")[0] for block, text in said if block.quotable]
    worded = (" ".join(text.split()) for text in [*headings, *lines] if _has_words(text))
    title = next(worded, file.path.stem)
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _refused(file: SourceFile, reason: str, line: int | None = None) -> SourcesError:
    return SourcesError("a source cannot be read", (SourceProblem(file.name, reason, line),))
