"""What decides an index, read before anything is built: the source files, the model and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acobot.build.progress import Progress, Step
from acobot.build.reuse import Earlier
from acobot.encoder import ModelFolder, find_model
from acobot.errors import SourceProblem, SourcesError
from acobot.index import index_id
from acobot.settings import Settings
from acobot.sources import SourceFile, list_folder, read_source


@dataclass(frozen=True, slots=True)
class Inputs:
    """The readable files with their digests, what was left out, the model, the settings; `id` is of the index."""

    files: tuple[tuple[SourceFile, str], ...]
    ignored: tuple[str, ...]
    skipped: tuple[SourceProblem, ...]
    model: ModelFolder
    settings: dict[str, bool]
    id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of sources, in order, by what became of them since an index was built."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def read_inputs(settings: Settings, earlier: Earlier, progress: Progress, *, skip_bad: bool) -> Inputs:
    """Every source file read once, so that bad ones are named, all of them. Raises `SourcesError` or `ModelError`.

    Of a file that a version was built from its digest is enough: it can be read.
    """
    listing = list_folder(settings.sources)
    problems = list(listing.problems)
    files: list[tuple[SourceFile, str]] = []
    for number, file in enumerate(listing.files):
        try:
            digest = file.digest()
            if not earlier.has_read(file.name, digest):
                progress(Step.READING, number, len(listing.files), file.name)
                digest = read_source(file).file_sha256
            files.append((file, digest))
        except SourcesError as error:
            problems.extend(error.problems)
    if problems and not skip_bad:
        raise SourcesError(
            f"{len(problems)} of the sources in {settings.sources} cannot be read; nothing was changed. "
            "Mend them, or leave them out with --skip-bad:",
            tuple(problems),
        )
    if not files:
        raise SourcesError(f"there are no sources in {settings.sources}; add .md or .txt files", tuple(problems))
    model = find_model(settings.model)
    built_with = {"asks": settings.asks}
    identity = index_id(model.digest, built_with, [(file.name, digest) for file, digest in files])
    return Inputs(tuple(files), listing.ignored, tuple(problems), model, built_with, identity)


def compare(before: Mapping[str, tuple[str, str]], inputs: Inputs) -> Changes:
    """What changed from `before`: by a source's id, the name and the digest of its file."""
    now = {file.id: (file.name, digest) for file, digest in inputs.files}
    both = sorted(now.keys() & before.keys())
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(one for one in both if now[one] != before[one]),
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=tuple(one for one in both if now[one] == before[one]),
    )
