"""The build: `build_index` is the list of its steps. And how far the live index is behind its sources."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from acobot.build.inputs import Inputs, compare, digests, read_inputs
from acobot.build.limiting import pointing_nowhere
from acobot.build.progress import Progress, silent
from acobot.build.reuse import Earlier
from acobot.build.writing import LoadEncoder, VersionWriter
from acobot.encoder import load_encoder
from acobot.errors import DamagedIndexError, IndexFault, IndexWriteError, UnreadableIndexError
from acobot.index import LARGE_FROM, BadFile, Corpus, Leftovers, Manifest, Store, Version
from acobot.index.holders import find_holder
from acobot.index.manifest import check_contents, other_files, read_manifest
from acobot.index.token_vectors import FOLDER as TOKENS
from acobot.languages import Language
from acobot.settings import Settings
from acobot.sources import limits_errors

CHECKED_PASSAGES = 20
Files = dict[str, tuple[str, str]]


class Publish(Enum):
    """When a build goes live: always, never, or unless somebody went back to the version that is live."""

    ALWAYS = auto()
    NEVER = auto()
    UNLESS_PINNED = auto()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ids of sources by what became of them since the live version, and how long it took.

    `reused` were taken over from earlier versions without being encoded; all of them, where nothing was `built`.
    `bad` are files that could not be read, each with what stands in its place. `pinned` is the version that was left
    live because somebody went back to it. `warned` sources were read with warnings, which are about `concerns`.
    """

    index_id: str
    built: bool
    live: bool
    pinned: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    reused: tuple[str, ...]
    ignored: tuple[str, ...]
    bad: tuple[BadFile, ...]
    passages: int
    warned: int
    concerns: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Staleness:
    """How the sources differ from the live index: ids of sources, or another model or other settings.

    `beside` are the names of files beside the sources that are other, or there no more. `bad` are files that cannot be
    read, with what stands in the place of each.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    beside: tuple[str, ...]
    otherwise: bool
    bad: tuple[BadFile, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.beside or self.otherwise)


def build_index(
    settings: Settings,
    *,
    full: bool = False,
    strict: bool = False,
    publish: Publish = Publish.UNLESS_PINNED,
    progress: Progress = silent,
    load: LoadEncoder = load_encoder,
    large_from: int = LARGE_FROM,
) -> BuildReport:
    """Builds and publishes the index of `settings.sources` in `settings.index`; only what changed is encoded.

    An equal one is kept, unless `full`, which takes nothing over from earlier versions but the last good version of a
    file that cannot be read. From `large_from` passages on it is stored for size. Raises `SourcesError` where there are
    no sources, or if `strict` one is bad (nothing is changed), `ModelError` or `IndexWriteError`.
    """
    started = time.perf_counter()
    store = Store(settings.index, holder=find_holder(settings))
    earlier = Earlier(store)
    inputs = read_inputs(settings, earlier, progress, strict=strict)
    before = _live_files(store)
    if strict:
        _refuse_limits(store, inputs)
    if not full and _is_done(store, inputs.id, publish):
        return _report(store, inputs, before, None, started)
    with store.building() as work:
        reused = None
        if full or not store.holds(inputs.id):
            loans = None if full else earlier.loans(inputs.model.digest, inputs.language.digest, inputs.settings)
            reused = VersionWriter(work, inputs, load, progress, large_from).write(loans)
            _verify(work, inputs.language)
            store.keep(work, inputs.id)
        store.touch(inputs.id)
        store.hold(inputs.id, anew=reused is not None)
        if publish is not Publish.NEVER:
            store.publish(inputs.id, over_pin=publish is Publish.ALWAYS)
        store.prune()
    return _report(store, inputs, before, reused, started)


def find_staleness(settings: Settings) -> Staleness:
    """How the sources differ from the live index; loads no model.

    Raises `IndexFault` where there is no index or it cannot be read, `SourcesError` or `ModelError`.
    """
    store = Store(settings.index)
    live = read_manifest(store.path(store.current_id()))
    inputs = read_inputs(settings, Earlier(store), silent)
    changes = compare(_files(live), inputs)
    beside = other_files(live.beside, digests(inputs.beside))
    same_files = not (changes.added or changes.changed or changes.removed or beside)
    otherwise = same_files and live.id != inputs.id
    bad = (*inputs.bad, *(pointing_nowhere(inputs.limits, Corpus(store.path(live.id))) if live.id == inputs.id else ()))
    return Staleness(changes.added, changes.changed, changes.removed, beside, otherwise, bad)


def _refuse_limits(store: Store, inputs: Inputs) -> None:
    """Raises `SourcesError` where a limit points nowhere in the version that is there; a new one is refused later."""
    with suppress(IndexFault):  # then it is built
        if found := pointing_nowhere(inputs.limits, Corpus(store.path(inputs.id))):
            raise limits_errors(one.problem for one in found)


def _is_done(store: Store, index_id: str, publish: Publish) -> bool:
    """Whether this index is live, sound and needs nothing; then nothing is written, not even a lock."""
    lifts_pin = publish is Publish.ALWAYS and store.pinned_id() == index_id
    return store.live_id() == index_id and not lifts_pin and store.is_tidy() and store.holds(index_id, held=True)


def _verify(work: Path, language: Language) -> None:
    """Reads back what was written; a few passages must find themselves. Raises `IndexWriteError`."""
    try:
        version = Version(work, language)
        tokens = {entry for entry in version.manifest.files if entry.path.startswith(f"{TOKENS}/")}
        check_contents(work, version.manifest, known=tokens)  # these were read back one by one
        for number in range(0, version.corpus.passages, max(1, version.corpus.passages // CHECKED_PASSAGES)):
            stored = version.corpus.passage(number)
            run = version.token_vectors.run(stored.token_file, stored.first_token, stored.last_token)
            vector = version.dense.vector(number)
            best = max(version.dense.search(vector, 1).values())  # of itself, or of one with the same text
            if not len(run.pieces) or not math.isclose(best, float(vector @ vector), abs_tol=1e-4):
                raise DamagedIndexError(f"passage {number} of {stored.passage.source_id} does not find itself")
    except (DamagedIndexError, UnreadableIndexError) as error:
        raise IndexWriteError(f"the new index is not what was built, so it is not published: {error}") from None


def _live_files(store: Store) -> Files:
    """The files that the live index was built from; none where there is no index to be read."""
    try:
        return _files(read_manifest(store.path(store.current_id())))
    except IndexFault:
        return {}


def _files(manifest: Manifest) -> Files:
    """By a source's id, the name and the digest of its file."""
    return {entry.id: (entry.file, entry.file_sha256) for entry in manifest.sources}


def _report(store: Store, inputs: Inputs, before: Files, reused: tuple[str, ...] | None, started: float) -> BuildReport:
    """`reused` is None where nothing was built. Notes what is bad, for those who look later."""
    changes = compare(before, inputs)
    corpus = Corpus(store.path(inputs.id))
    bad = (*inputs.bad, *pointing_nowhere(inputs.limits, corpus))
    store.note(Leftovers(bad, inputs.ignored))
    warned, concerns = corpus.warned()
    live = store.live_id() == inputs.id
    return BuildReport(
        index_id=inputs.id,
        built=reused is not None,
        live=live,
        pinned="" if live else store.pinned_id(),
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        reused=tuple(one.file.id for one in inputs.files) if reused is None else reused,
        ignored=inputs.ignored,
        bad=bad,
        passages=read_manifest(store.path(inputs.id)).passages,
        warned=warned,
        concerns=concerns,
        seconds=time.perf_counter() - started,
    )
