"""What decides an index, read before anything is built: the source files, the model and the settings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from acobot.build.progress import Progress, Step
from acobot.build.reuse import Earlier, Loan
from acobot.encoder import ModelFolder, find_model
from acobot.errors import DraftError, SourceProblem, SourcesError
from acobot.index import BadFile, index_id
from acobot.languages import Language, load_language
from acobot.settings import Settings
from acobot.sources import Limits, Site, Source, SourceFile, list_folder, read_limits, read_site, read_source
from acobot.sources.folder import SIDECARS, check_beside
from acobot.sources.kinds import ENDINGS
from acobot.sources.limits import FILE as LIMITS_FILE
from acobot.sources.site import FILE as SITE_FILE

STANDS = "its last good version stands in its place"
LEFT_OUT = "it is left out"
MOST_KEPT = 20_000_000  # characters of what was read that stay in memory until they are built; the rest is read again
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A source file and its digest, or what stands in its place: the last good version that was `kept` of it.

    `read_by` is as in `SourceEntry`; `source` is what was read of it, where that is kept in memory.
    """

    file: SourceFile
    digest: str
    read_by: str = ""
    kept: Loan | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files in order of id, what is no source or cannot be read, and what else decides the index; `id` is its id.

    `ignored` are files of other formats and drafts; `strict` says that a limit which points nowhere is refused;
    `beside` are the files that say what the service is about and what the sources do not say, by name.
    """

    files: tuple[InputFile, ...]
    ignored: tuple[str, ...]
    bad: tuple[BadFile, ...]
    model: ModelFolder
    language: Language
    settings: dict[str, bool]
    limits: Limits
    site: Site
    beside: dict[str, bytes]
    strict: bool
    id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of sources, in order, by what became of them since an index was built."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def read_inputs(settings: Settings, earlier: Earlier, progress: Progress, *, strict: bool = False) -> Inputs:
    """Every source file read once, so that bad ones are named, all of them. Raises `SourcesError` or `ModelError`.

    Of a file that a version was built from its digest is enough: it can be read. In the place of one that cannot be
    read stands its last good version, unless `strict`, when it is an error.
    """
    language = load_language(settings.language)
    listing = list_folder(settings.sources, settings.max_source_bytes, earlier.names(), follow=settings.follow_links)
    problems, ignored = list(listing.problems), list(listing.ignored)
    files: dict[str, InputFile] = {}
    room = MOST_KEPT
    for number, file in enumerate(listing.files):
        try:
            source, digest = None, file.digest()
            if not earlier.has_read(file.name, digest, language.digest):
                progress(Step.READING, number, len(listing.files), file.name)
                source = read_source(file, language)
                digest = source.file_sha256
                room -= len(source.text)
            files[file.id] = InputFile(file, digest, source=source if room >= 0 else None)
        except DraftError:
            ignored.append(file.name)
        except SourcesError as error:
            problems.extend(error.problems)
    beside_them: list[BadFile] = []
    limits = _beside(LIMITS_FILE, read_limits, Limits(), settings, earlier, beside_them)
    site, about = _beside(SITE_FILE, read_site, (Site(), b""), settings, earlier, beside_them)
    if strict:
        _refuse([*problems, *(one.problem for one in beside_them)], settings.sources)
    bad = [_replaced(problem, files, earlier, settings.sources, language) for problem in problems]
    if not files:
        every = ", ".join(sorted(ENDINGS))
        raise SourcesError(
            f"there are no sources in {settings.sources}; add .md, .txt, .html, .pdf or .docx files (all: {every})",
            tuple(problems),
        )
    ordered = tuple(files[one] for one in sorted(files))
    model = find_model(settings)
    built_with = {"asks": settings.asks}
    beside = {name: raw for name, raw in ((LIMITS_FILE, limits.raw), (SITE_FILE, about)) if raw}
    return Inputs(
        files=ordered,
        ignored=tuple(sorted(ignored)),
        bad=(*bad, *beside_them),
        model=model,
        language=language,
        settings=built_with,
        limits=limits,
        site=site,
        beside=beside,
        strict=strict,
        id=index_id(model.digest, language.digest, built_with, [*map(_name, ordered), *digests(beside).items()]),
    )


def compare(before: Mapping[str, tuple[str, str]], inputs: Inputs) -> Changes:
    """What changed from `before`: by a source's id, the name and the digest of its file."""
    now = {one.file.id: (one.file.name, one.digest) for one in inputs.files}
    both = sorted(now.keys() & before.keys())
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(one for one in both if now[one] != before[one]),
        removed=tuple(sorted(before.keys() - now.keys())),
    )


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by its name."""
    return {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}


def _name(one: InputFile) -> tuple[str, ...]:
    """What is part of the index id of a file."""
    return (one.file.name, one.digest, one.read_by) if one.read_by else (one.file.name, one.digest)


def _refuse(problems: Iterable[SourceProblem], folder: Path) -> None:
    """Raises `SourcesError` where there are any."""
    if named := tuple(problems):
        raise SourcesError(
            f"{len(named)} of the sources in {folder} cannot be read; nothing was changed. "
            "Mend them; without --strict their last good versions stay, and everything else is built:",
            named,
        )


def _replaced(
    problem: SourceProblem, files: dict[str, InputFile], earlier: Earlier, folder: Path, language: Language
) -> BadFile:
    """What stands in the place of a file that cannot be read; puts the last good versions of it among the files."""
    kept = {
        one.entry.id: InputFile(
            SourceFile(folder / one.entry.file, one.entry.file, one.entry.id),
            one.entry.file_sha256,
            "" if one.read_by == language.digest else one.read_by,
            one,
        )
        for one in earlier.last_good(problem.path)
        if one.entry.id not in files and not _is_gone(folder / one.entry.file, problem)
    }
    files.update(kept)
    if len(kept) > 1:
        return BadFile(problem, f"the last good versions of its {len(kept)} sources stand", tuple(kept))
    return BadFile(problem, STANDS if kept else LEFT_OUT, tuple(kept))


def _is_gone(path: Path, problem: SourceProblem) -> bool:
    """Whether a source was taken away, and only its sidecar is left, which then is the problem."""
    return Path(problem.path).suffix in SIDECARS and not os.path.lexists(path)


def _beside(
    name: str,
    read: Callable[[Path], Read],
    nothing: Read,
    settings: Settings,
    earlier: Earlier,
    problems: list[BadFile],
) -> Read:
    """What a file beside the sources says, or said when it could last be read; `nothing` where it never could."""
    try:
        check_beside(settings.sources, name, settings.max_source_bytes, follow=settings.follow_links)
        return read(settings.sources)
    except SourcesError as error:
        kept = read(before) if (before := earlier.beside()) else nothing
        instead = STANDS if kept != nothing else LEFT_OUT
        problems.extend(BadFile(problem, instead) for problem in error.problems)
        return kept
