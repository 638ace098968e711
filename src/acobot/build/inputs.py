"""What decides an index, read before anything is built: the source files, the model and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acobot.build.progress import Progress, Step
from acobot.build.reuse import Earlier
from acobot.encoder import ModelFolder, find_model
from acobot.errors import SourceProblem, SourcesError
from acobot.index import index_id
from acobot.languages import Language, load_language
from acobot.settings import Settings
from acobot.sources import Limits, Site, SourceFile, list_folder, read_limits, read_site, read_source
from acobot.sources.limits import FILE as LIMITS_FILE
from acobot.sources.site import FILE as SITE_FILE


@dataclass(frozen=True, slots=True)
class Inputs:
    """The readable files with their digests, what was left out, and what else decides the index; `id` is its id."""

    files: tuple[tuple[SourceFile, str], ...]
    ignored: tuple[str, ...]
    skipped: tuple[SourceProblem, ...]
    model: ModelFolder
    language: Language
    settings: dict[str, bool]
    limits: Limits
    site: Site
    id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of sources, in order, by what became of them since an index was built."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def read_inputs(settings: Settings, earlier: Earlier, progress: Progress, *, skip_bad: bool) -> Inputs:
    """Every source file read once, so that bad ones are named, all of them. Raises `SourcesError` or `ModelError`.

    Of a file that a version was built from its digest is enough: it can be read.
    """
    language = load_language(settings.language)
    listing = list_folder(settings.sources, settings.max_source_bytes, follow=settings.follow_links)
    problems = list(listing.problems)
    files: list[tuple[SourceFile, str]] = []
    for number, file in enumerate(listing.files):
        try:
            digest = file.digest()
            if not earlier.has_read(file.name, digest):
                progress(Step.READING, number, len(listing.files), file.name)
                digest = read_source(file, language).file_sha256
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
        raise SourcesError(
            f"there are no sources in {settings.sources}; add .md, .txt, .html, .pdf or .docx files", tuple(problems)
        )
    limits = _limits(settings, problems, skip_bad=skip_bad)
    site, site_sha256 = read_site(settings.sources)
    model = find_model(settings.model)
    built_with = {"asks": settings.asks}
    read = [(file.name, digest) for file, digest in files]
    read += [(name, sha256) for name, sha256 in ((LIMITS_FILE, limits.sha256), (SITE_FILE, site_sha256)) if sha256]
    return Inputs(
        tuple(files),
        listing.ignored,
        tuple(problems),
        model,
        language,
        built_with,
        limits,
        site,
        index_id(model.digest, language.digest, built_with, read),
    )


def _limits(settings: Settings, problems: list[SourceProblem], *, skip_bad: bool) -> Limits:
    """What the sources do not say; none of it where it cannot be read and bad files are left out."""
    try:
        return read_limits(settings.sources)
    except SourcesError as error:
        if not skip_bad:
            raise
        problems.extend(error.problems)
        return Limits()


def compare(before: Mapping[str, tuple[str, str]], inputs: Inputs) -> Changes:
    """What changed from `before`: by a source's id, the name and the digest of its file."""
    now = {file.id: (file.name, digest) for file, digest in inputs.files}
    both = sorted(now.keys() & before.keys())
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(one for one in both if now[one] != before[one]),
        removed=tuple(sorted(before.keys() - now.keys())),
    )
