"""The files of one version: source by source into the corpus and the token vectors, then what is over all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from acobot.abbreviations import learn_abbreviations
from acobot.build.encoding import encode_source
from acobot.build.inputs import InputFile, Inputs
from acobot.build.limiting import resolve_limit
from acobot.build.progress import Progress, Step
from acobot.build.reuse import Lender, Loan, Loans
from acobot.calibration import find_directions
from acobot.encoder import Encoder, Floats, ModelFolder
from acobot.errors import IndexFault, SourceProblem, SourcesError
from acobot.index import (
    LARGE_FROM,
    Corpus,
    CorpusWriter,
    Dense,
    Manifest,
    PieceWeights,
    SourceEntry,
    SourceRows,
    Words,
    compact,
    count_words,
    save_sources,
    save_vocabulary,
    source_rows,
    token_vectors,
)
from acobot.index.limit_asks import EncodedAsk, save_limit_asks
from acobot.index.manifest import BESIDE, FORMAT, describe_file, write_manifest
from acobot.index.version import LIMITS
from acobot.sources import Source, read_source

LoadEncoder = Callable[[ModelFolder], Encoder]
Vectors = npt.NDArray[np.floating[Any]]


@dataclass(slots=True)
class _Parts:
    """What accumulates over sources while a version is written."""

    entries: list[SourceEntry] = field(default_factory=list)
    vectors: list[Vectors] = field(default_factory=list)
    ask_vectors: list[Vectors] = field(default_factory=list)
    ask_owners: list[int] = field(default_factory=list)
    token_files: set[str] = field(default_factory=set)


class VersionWriter:
    """One version in the making, in the folder `work`. Raises `SourcesError`, `IndexWriteError` or `OSError`."""

    def __init__(
        self, work: Path, inputs: Inputs, load: LoadEncoder, progress: Progress, large_from: int = LARGE_FROM
    ) -> None:
        self._work = work
        self._inputs = inputs
        self._load = load
        self._progress = progress
        self._parts = _Parts()
        self._large_from = large_from
        self._large = False
        self._directions: Floats | None = None
        (work / token_vectors.FOLDER).mkdir()

    @cached_property
    def _encoder(self) -> Encoder:
        """The model, which is loaded only where a source must be encoded."""
        return self._load(self._inputs.model)

    def write(self, loans: Loans | None) -> tuple[str, ...]:
        """All files, the manifest last; gives the ids of the sources that were taken over from earlier versions."""
        language = self._inputs.language
        found = {
            one.file.id: loans.find(one.file, one.digest, language, one.kept, one.source) if loans else None
            for one in self._inputs.files
        }
        reused: list[str] = []
        with closing(CorpusWriter(self._work)) as corpus:
            if sum(loan.entry.passages for loan in found.values() if loan) >= self._large_from:
                self._grow(corpus)
            done, total = 0, sum(loan is None for loan in found.values())
            for one in self._inputs.files:
                loan = found[one.file.id]
                if loan and self._take_over(corpus, one, loan):
                    reused.append(one.file.id)
                    continue
                self._progress(Step.INDEXING, done, max(total, done + 1), one.file.name)
                self._encode(corpus, one.kept.source if one.kept else self._source(one), one)
                done += 1
            self._progress(Step.INDEXING, done, done, "")
            limits = self._add_limits(corpus, loans)
            corpus.finish()
        self._write_whole(corpus.sentences, limits)
        self._write_manifest(corpus)
        return tuple(reused)

    def _take_over(self, corpus: CorpusWriter, one: InputFile, loan: Loan) -> bool:
        """One source as an earlier version has it; false where that is damaged, or was rounded otherwise."""
        try:
            if not self._can_use(loan.lender):
                return False
            rows = loan.lender.corpus.rows(loan.entry.id, one.file.id, corpus.passages)
            vectors, asks = loan.lender.vectors(loan.entry.id)
            loan.lender.lend_tokens(rows.token_file, self._work)
        except IndexFault:
            return False
        if loan.lender.directions is None:
            rows = rows.with_tokens(self._stored(rows.token_file))
        self._add(corpus, one, rows, vectors, asks)
        return True

    def _can_use(self, lender: Lender) -> bool:
        """Whether what a version has is, or can be made, what this one would have: what was rounded stays so."""
        if not lender.large:
            return True
        same = lender.directions is None or (
            self._directions is not None and np.array_equal(lender.directions, self._directions)
        )
        return self._large and same

    def _stored(self, name: str) -> str:
        """A file of token vectors in the form of this version; gives its name."""
        if self._directions is None:
            return name
        made = token_vectors.make_compact(self._work, name, self._directions)
        (self._work / token_vectors.FOLDER / name).unlink()
        return made

    def _grow(self, corpus: CorpusWriter) -> None:
        """From now on the version is a large one, with all that it has so far."""
        self._large = True
        if path := find_directions(self._work.parents[1], self._inputs.model.digest):
            shutil.copyfile(path, self._work / compact.FILE)
            self._directions = compact.load_directions(self._work)
            names = {name: self._stored(name) for name in sorted(self._parts.token_files)}
            corpus.rename_tokens(names)
            self._parts.token_files = set(names.values())
        for vectors in (self._parts.vectors, self._parts.ask_vectors):
            vectors[:] = [one.astype(np.float16) for one in vectors]

    def _encode(self, corpus: CorpusWriter, source: Source, one: InputFile) -> None:
        """One source, made anew."""
        made = encode_source(
            self._work, source, self._encoder, self._inputs.language, asks=self._inputs.settings["asks"]
        )
        known = learn_abbreviations(source.text, self._inputs.language)
        tokens = self._stored(made.token_file)
        rows = source_rows(source, made.passages, tokens, made.terms, made.pieces, known, made.asks, corpus.passages)
        self._add(corpus, one, rows, made.vectors, made.ask_vectors)

    def _add(
        self, corpus: CorpusWriter, one: InputFile, rows: SourceRows, vectors: Floats, ask_vectors: Floats
    ) -> None:
        kept = np.float16 if self._large else np.float32
        self._parts.vectors.append(vectors.astype(kept, copy=False))
        self._parts.ask_vectors.append(ask_vectors.astype(kept, copy=False))
        self._parts.ask_owners.extend(int(passage) for passage, *_ in rows.asks)
        self._parts.token_files.add(rows.token_file)
        self._parts.entries.append(
            SourceEntry(
                one.file.id, one.file.name, rows.file_sha256, rows.sha256, rows.title, len(rows.passages), one.read_by
            )
        )
        corpus.add(rows)
        if not self._large and corpus.passages >= self._large_from:
            self._grow(corpus)

    def _source(self, one: InputFile) -> Source:
        if one.source:
            return one.source
        source = read_source(one.file, self._inputs.language)
        if source.file_sha256 != one.digest:
            problem = SourceProblem(one.file.name, "it changed while the index was built; run 'acobot index' again")
            raise SourcesError("the sources changed; nothing was published", (problem,))
        return source

    def _add_limits(self, corpus: CorpusWriter, loans: Loans | None) -> list[EncodedAsk]:
        """The limits, each with the place that it points to; gives their questions, encoded."""
        limits = self._inputs.limits
        strict = self._inputs.strict
        stored = [
            resolve_limit(number, limit, corpus.outline, strict=strict) for number, limit in enumerate(limits.entries)
        ]
        known = loans.limit_asks() if loans else {}
        new = [text for text in dict.fromkeys(text for _, text in limits.asks) if text not in known]
        if new:
            encoded = self._encoder.encode(new, as_question=True)
            known = known | {text: EncodedAsk.of(one) for text, one in zip(new, encoded, strict=True)}
        asks = [(number, text, known[text]) for number, text in limits.asks]
        corpus.add_limits(stored, [(number, text, len(one.pieces)) for number, text, one in asks])
        return [one for *_, one in asks]

    def _write_whole(self, sentences: int, limits: Sequence[EncodedAsk]) -> None:
        """What is over all sources, from the corpus as it lies on disk."""
        parts, corpus = self._parts, Corpus(self._work)
        owners = np.concatenate([np.arange(corpus.passages), np.array(parts.ask_owners, dtype=np.int64)])
        vectors = np.concatenate([*parts.vectors, *parts.ask_vectors])
        Dense.build(vectors, owners.astype(np.int32), large=self._large).save(self._work)
        (self._work / BESIDE).mkdir()
        for name, raw in self._inputs.beside.items():
            (self._work / BESIDE / name).write_bytes(raw)
        save_limit_asks(self._work / LIMITS, limits, vectors.shape[1])
        Words.build(corpus.terms(), self._inputs.language).save(self._work)
        save_vocabulary(count_words(corpus.texts()), self._work)
        PieceWeights.weigh(corpus.piece_counts(), sentences).save(self._work)

    def _write_manifest(self, corpus: CorpusWriter) -> None:
        tokens = self._work / token_vectors.FOLDER
        if self._large:
            save_sources(self._parts.entries, self._work)
        files = [
            path for path in self._work.rglob("*") if path.is_file() and not (self._large and path.parent == tokens)
        ]
        manifest = Manifest(
            id=self._inputs.id,
            format=FORMAT,
            model=self._inputs.model.name,
            model_sha256=self._inputs.model.digest,
            dimension=self._parts.vectors[0].shape[1],
            language=self._inputs.language.name,
            language_sha256=self._inputs.language.digest,
            settings=self._inputs.settings,
            site=self._inputs.site,
            sources=tuple(self._parts.entries),
            passages=corpus.passages,
            sentences=corpus.sentences,
            files=tuple(sorted((describe_file(self._work, path) for path in files), key=lambda entry: entry.path)),
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            large=self._large,
        )
        write_manifest(self._work, manifest)
