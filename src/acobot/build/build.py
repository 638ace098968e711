"""The build: `build_index` is the list of its steps. And how far the live index is behind its sources."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from acobot.build.inputs import Inputs, compare, read_inputs
from acobot.build.writing import Progress, write_version
from acobot.encoder import Encoder, ModelFolder, load_encoder
from acobot.errors import DamagedIndexError, IndexFault, IndexWriteError, SourceProblem
from acobot.index import Store, Version
from acobot.index.manifest import check_contents, read_manifest
from acobot.settings import Settings

LoadEncoder = Callable[[ModelFolder], Encoder]
CHECKED_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ids of sources by what became of them, files left out, and seconds taken."""

    index_id: str
    built: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    ignored: tuple[str, ...]
    skipped: tuple[SourceProblem, ...]
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Staleness:
    """How the sources differ from the live index: ids of sources, or another model or other settings.

    `skipped` are files that cannot be read; a source whose file went bad since the build is among the removed.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    otherwise: bool
    skipped: tuple[SourceProblem, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.otherwise)


def _silent(_done: int, _total: int, _name: str) -> None:
    """Progress that nobody watches."""


def build_index(
    settings: Settings,
    *,
    full: bool = False,
    skip_bad: bool = False,
    progress: Progress = _silent,
    load: LoadEncoder = load_encoder,
) -> BuildReport:
    """Builds and publishes the index of `settings.sources` in `settings.index`; an equal one is kept, unless `full`.

    Raises `SourcesError` (nothing is changed; with `skip_bad` the rest is built), `ModelError` or `IndexWriteError`.
    """
    started = time.perf_counter()
    store = Store(settings.index)
    inputs = read_inputs(settings, skip_bad=skip_bad)
    before = _live_files(store)
    with store.building() as work:
        kept = not full and store.holds(inputs.id)
        if kept:
            store.make_current(inputs.id)
        else:
            write_version(work, inputs, load(inputs.model), progress)
            _verify(work)
            store.publish(work, inputs.id)
    return _report(store, inputs, before, built=not kept, started=started)


def find_staleness(settings: Settings) -> Staleness:
    """How the sources differ from the live index; loads no model.

    Raises `IndexFault` where there is no index or it cannot be read, `SourcesError` or `ModelError`.
    """
    store = Store(settings.index)
    live = read_manifest(store.path(store.current_id()))
    inputs = read_inputs(settings, skip_bad=True)
    changes = compare({entry.id: entry.file_sha256 for entry in live.sources}, inputs)
    same_files = not (changes.added or changes.changed or changes.removed)
    otherwise = same_files and live.id != inputs.id
    return Staleness(changes.added, changes.changed, changes.removed, otherwise, inputs.skipped)


def _verify(work: Path) -> None:
    """Reads back what was written; a few passages must find themselves. Raises `IndexWriteError`."""
    try:
        version = Version(work)
        check_contents(work, version.manifest)
        for number in range(0, version.corpus.passages, max(1, version.corpus.passages // CHECKED_PASSAGES)):
            stored = version.corpus.passage(number)
            run = version.token_vectors.run(stored.token_file, stored.first_token, stored.last_token)
            vector = version.dense.vector(number)
            best = max(version.dense.search(vector, 1).values())  # of itself, or of one with the same text
            if not len(run.pieces) or not math.isclose(best, float(vector @ vector), abs_tol=1e-4):
                raise DamagedIndexError(f"passage {number} of {stored.passage.source_id} does not find itself")
    except DamagedIndexError as error:
        raise IndexWriteError(f"the new index is not what was built, so it is not published: {error}") from None


def _live_files(store: Store) -> dict[str, str]:
    """Source id → digest of its file, as the live index was built from them; empty where there is none to be read."""
    try:
        manifest = read_manifest(store.path(store.current_id()))
    except IndexFault:
        return {}
    return {entry.id: entry.file_sha256 for entry in manifest.sources}


def _report(store: Store, inputs: Inputs, before: dict[str, str], *, built: bool, started: float) -> BuildReport:
    changes = compare(before, inputs)
    return BuildReport(
        index_id=inputs.id,
        built=built,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        ignored=inputs.ignored,
        skipped=inputs.skipped,
        passages=read_manifest(store.path(inputs.id)).passages,
        seconds=time.perf_counter() - started,
    )
