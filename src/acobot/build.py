"""Sources → a version of the index, published whole or not at all. `build_index` is the list of its steps.

Knows nothing of questions or answers.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from acobot.abbreviations import learn_abbreviations
from acobot.encoder import Encoder, Floats, Ints, ModelFolder, find_model, load_encoder
from acobot.errors import DamagedIndexError, IndexWriteError, NoIndexError, SourceProblem, SourcesError
from acobot.index import (
    CorpusWriter,
    Dense,
    Manifest,
    PieceWeights,
    SourceEntry,
    Store,
    Version,
    Words,
    index_id,
    token_vectors,
)
from acobot.index.corpus import StoredPassage, StoredSentence
from acobot.index.manifest import FILE as MANIFEST_FILE
from acobot.index.manifest import FORMAT, describe_file, read_manifest
from acobot.passages import Passage, split_passages
from acobot.settings import Settings
from acobot.sources import Source, SourceFile, list_folder, read_source

Progress = Callable[[int, int, str], None]
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
    """How the sources differ from the live index: ids of sources, or another model or other settings."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    otherwise: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.otherwise)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What decides an index: the readable files with their digests, and the model."""

    files: tuple[tuple[SourceFile, str], ...]
    ignored: tuple[str, ...]
    skipped: tuple[SourceProblem, ...]
    model: ModelFolder
    settings: dict[str, bool]
    id: str


@dataclass(slots=True)
class _Parts:
    """What accumulates over sources while a version is written; vectors and word lists, no texts."""

    entries: list[SourceEntry] = field(default_factory=list)
    vectors: list[Floats] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    ask_vectors: list[Floats] = field(default_factory=list)
    ask_owners: list[int] = field(default_factory=list)
    word_texts: list[str] = field(default_factory=list)
    sentence_pieces: list[Ints] = field(default_factory=list)
    abbreviations: set[tuple[str, str]] = field(default_factory=set)


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
    inputs = _read_inputs(settings, skip_bad)
    before = _live_files(store)
    with store.building() as work:
        kept = not full and store.holds(inputs.id)
        if kept:
            store.make_current(inputs.id)
        else:
            _write_version(work, inputs, load(inputs.model), progress)
            _verify(work)
            store.publish(work, inputs.id)
    return _report(inputs, before, read_manifest(store.path(inputs.id)).passages, not kept, started)


def find_staleness(settings: Settings) -> Staleness:
    """How the sources differ from the live index; loads no model. Raises as `build_index` does, and `NoIndexError`."""
    store = Store(settings.index)
    live = store.current_id()
    before = _live_files(store)
    inputs = _read_inputs(settings, skip_bad=True)
    added, changed, removed, _ = _compare(before, inputs)
    return Staleness(added, changed, removed, otherwise=live != inputs.id and not (added or changed or removed))


def _read_inputs(settings: Settings, skip_bad: bool) -> _Inputs:
    """Every source file read once, so that bad ones are named before anything is built."""
    listing = list_folder(settings.sources)
    problems = list(listing.problems)
    files: list[tuple[SourceFile, str]] = []
    for file in listing.files:
        try:
            files.append((file, read_source(file).file_sha256))
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
    identity = index_id(model.digest, built_with, [(file.id, digest) for file, digest in files])
    return _Inputs(tuple(files), listing.ignored, tuple(problems), model, built_with, identity)


def _write_version(work: Path, inputs: _Inputs, encoder: Encoder, progress: Progress) -> None:
    """All files of the version into `work`, the manifest last."""
    try:
        (work / token_vectors.FOLDER).mkdir()
        parts = _Parts()
        with closing(CorpusWriter(work)) as corpus:
            for number, (file, digest) in enumerate(inputs.files):
                progress(number, len(inputs.files), file.name)
                source = read_source(file)
                if source.file_sha256 != digest:
                    problem = SourceProblem(file.name, "it changed while the index was built; run 'acobot index' again")
                    raise SourcesError("the sources changed", (problem,))
                _add_source(work, corpus, parts, source, file, encoder, asks=inputs.settings["asks"])
            corpus.finish(parts.abbreviations)
            passages, sentences = corpus.passages, corpus.sentences
        vectors = np.concatenate([*parts.vectors, *parts.ask_vectors])
        Dense.build(vectors, np.asarray(parts.owners + parts.ask_owners, dtype=np.int32)).save(work)
        Words.build(parts.word_texts).save(work)
        PieceWeights.count(parts.sentence_pieces).save(work)
        files = tuple(describe_file(work, path) for path in sorted(work.rglob("*")) if path.is_file())
        manifest = Manifest(
            id=inputs.id,
            format=FORMAT,
            model=encoder.name,
            model_sha256=encoder.digest,
            dimension=encoder.dimension,
            settings=inputs.settings,
            sources=tuple(parts.entries),
            passages=passages,
            sentences=sentences,
            files=files,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        (work / MANIFEST_FILE).write_text(json.dumps(manifest.as_json(), indent=1) + "\n", encoding="utf-8")
        progress(len(inputs.files), len(inputs.files), "")
    except (sqlite3.Error, RuntimeError) as error:  # FAISS and SQLite report a full disk in their own ways
        reason = str(error).strip().split("\n")[-1]
        raise IndexWriteError(f"the index cannot be written: {reason}; the version that was live still is") from error


def _add_source(
    work: Path, corpus: CorpusWriter, parts: _Parts, source: Source, file: SourceFile, encoder: Encoder, *, asks: bool
) -> None:
    """One source's passages, vectors and words."""
    passages = split_passages(source, encoder.count)
    encoded = encoder.encode([f"{p.prefix}\n{source.text[p.start : p.end]}" for p in passages])
    first = corpus.passages
    stored: list[StoredPassage] = []
    rows: list[npt.NDArray[np.void]] = []
    counted = 0
    token_file = f"{source.sha256[:16]}-{first}.npy"
    for number, (passage, encoding) in enumerate(zip(passages, encoded, strict=True), start=first):
        shift = passage.start - len(passage.prefix) - 1
        starts = encoding.spans[:, 0] + shift
        begin = int(np.searchsorted(starts, passage.start))
        sentences = tuple(
            StoredSentence(
                sentence,
                counted + int(np.searchsorted(starts, sentence.start)) - begin,
                counted + int(np.searchsorted(starts, sentence.end)) - begin,
            )
            for sentence in passage.sentences
        )
        size = len(starts) - begin
        text = source.text[passage.start : passage.end]
        stored.append(StoredPassage(number, passage, text, token_file, counted, counted + size, sentences))
        rows.append(token_vectors.pack(encoding.pieces[begin:], encoding.tokens[begin:]))
        parts.sentence_pieces.extend(
            encoding.pieces[begin + s.first_token - counted : begin + s.last_token - counted] for s in sentences
        )
        counted += size
    np.save(work / token_vectors.FOLDER / token_file, np.concatenate(rows))
    vectors = np.stack([encoding.vector for encoding in encoded])
    words = [f"{p.prefix}\n{source.text[p.start : p.end]}" for p in passages]
    if asks and source.asks:
        for ask, encoding in zip(source.asks, encoder.encode([ask.text for ask in source.asks]), strict=True):
            place = _place_ask(ask.at, passages, vectors @ encoding.vector)
            parts.ask_vectors.append(encoding.vector[None])
            parts.ask_owners.append(first + place)
            words[place] += f"\n{ask.text}"
    parts.vectors.append(vectors)
    parts.owners.extend(range(first, first + len(passages)))
    parts.word_texts.extend(words)
    parts.abbreviations.update(learn_abbreviations(source.text))
    parts.entries.append(
        SourceEntry(source.id, file.name, source.file_sha256, source.sha256, source.particulars.title, len(passages))
    )
    corpus.add(source, stored, token_file)


def _place_ask(at: int | None, passages: Sequence[Passage], likeness: Floats) -> int:
    """Which passage a question from `asks:` stands for: of its section (or of all) the one it is nearest to."""
    places = list(range(len(passages)))
    if at is not None:
        after = [place for place in places if passages[place].start >= at]
        if after:
            heading = passages[after[0]].heading
            places = [place for place in after if passages[place].heading == heading]
    return max(places, key=lambda place: (round(float(likeness[place]), 6), -place))


def _verify(work: Path) -> None:
    """Opens what was written; a few passages must find themselves. Raises `IndexWriteError`."""
    try:
        version = Version(work)
        for number in range(0, version.corpus.passages, max(1, version.corpus.passages // CHECKED_PASSAGES)):
            stored = version.corpus.passage(number)
            run = version.token_vectors.run(stored.token_file, stored.first_token, stored.last_token)
            found = version.dense.search(version.dense.vector(number), 8)
            if not len(run.pieces) or max(found.values()) > found.get(number, -1.0) + 1e-4:
                raise DamagedIndexError(f"passage {number} of {stored.passage.source_id} does not find itself")
    except DamagedIndexError as error:
        raise IndexWriteError(f"the new index is not what was built, so it is not published: {error}") from None


def _live_files(store: Store) -> dict[str, str]:
    """Source id → digest of its file, as the live index was built from them; empty where there is none."""
    try:
        manifest = read_manifest(store.path(store.current_id()))
    except (NoIndexError, DamagedIndexError):
        return {}
    return {entry.id: entry.file_sha256 for entry in manifest.sources}


def _compare(before: dict[str, str], inputs: _Inputs) -> tuple[tuple[str, ...], ...]:
    """Ids added, changed, removed and unchanged."""
    now = {file.id: digest for file, digest in inputs.files}
    return (
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(one for one in now.keys() & before.keys() if now[one] != before[one])),
        tuple(sorted(before.keys() - now.keys())),
        tuple(sorted(one for one in now.keys() & before.keys() if now[one] == before[one])),
    )


def _report(inputs: _Inputs, before: dict[str, str], passages: int, built: bool, started: float) -> BuildReport:
    added, changed, removed, unchanged = _compare(before, inputs)
    seconds = time.perf_counter() - started
    return BuildReport(
        inputs.id, built, added, changed, removed, unchanged, inputs.ignored, inputs.skipped, passages, seconds
    )
