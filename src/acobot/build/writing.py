"""The files of one version: source by source into the corpus and the token vectors, then what is over all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from acobot.abbreviations import learn_abbreviations
from acobot.build.inputs import Inputs
from acobot.encoder import Encoder, Encoding, Floats, Ints
from acobot.errors import SourceProblem, SourcesError
from acobot.index import (
    CorpusWriter,
    Dense,
    Manifest,
    PieceWeights,
    SourceEntry,
    StoredPassage,
    StoredSentence,
    Words,
    token_vectors,
)
from acobot.index.manifest import FILE as MANIFEST_FILE
from acobot.index.manifest import FORMAT, describe_file
from acobot.passages import Passage, split_passages
from acobot.sources import Ask, BlockKind, Source, SourceFile, read_source

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class _Parts:
    """What accumulates over sources while a version is written: vectors, and the texts that words are searched in."""

    entries: list[SourceEntry] = field(default_factory=list)
    vectors: list[Floats] = field(default_factory=list)
    ask_vectors: list[Floats] = field(default_factory=list)
    ask_owners: list[int] = field(default_factory=list)
    word_texts: list[str] = field(default_factory=list)
    sentence_pieces: list[Ints] = field(default_factory=list)
    abbreviations: set[tuple[str, str]] = field(default_factory=set)


def write_version(work: Path, inputs: Inputs, encoder: Encoder, progress: Progress) -> None:
    """All files of the version into `work`, the manifest last. Raises `SourcesError`, `IndexWriteError`, `OSError`."""
    (work / token_vectors.FOLDER).mkdir()
    parts = _Parts()
    with closing(CorpusWriter(work)) as corpus:
        for number, (file, digest) in enumerate(inputs.files):
            progress(number, len(inputs.files), file.name)
            source = read_source(file)
            if source.file_sha256 != digest:
                problem = SourceProblem(file.name, "it changed while the index was built; run 'acobot index' again")
                raise SourcesError("the sources changed; nothing was published", (problem,))
            _add_source(work, corpus, parts, source, file, encoder, asks=inputs.settings["asks"])
        corpus.finish(parts.abbreviations)
    owners = [*range(corpus.passages), *parts.ask_owners]
    Dense.build(np.concatenate([*parts.vectors, *parts.ask_vectors]), np.asarray(owners, dtype=np.int32)).save(work)
    Words.build(parts.word_texts).save(work)
    PieceWeights.count(parts.sentence_pieces).save(work)
    manifest = Manifest(
        id=inputs.id,
        format=FORMAT,
        model=encoder.name,
        model_sha256=encoder.digest,
        dimension=encoder.dimension,
        settings=inputs.settings,
        sources=tuple(parts.entries),
        passages=corpus.passages,
        sentences=corpus.sentences,
        files=tuple(describe_file(work, path) for path in sorted(work.rglob("*")) if path.is_file()),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    (work / MANIFEST_FILE).write_text(json.dumps(manifest.as_json(), indent=1) + "\n", encoding="utf-8")
    progress(len(inputs.files), len(inputs.files), "")


def _add_source(
    work: Path, corpus: CorpusWriter, parts: _Parts, source: Source, file: SourceFile, encoder: Encoder, *, asks: bool
) -> None:
    """One source's passages, vectors and words."""
    passages = split_passages(source, encoder.count)
    texts = [f"{p.prefix}\n{source.text[p.start : p.end]}" for p in passages]
    encoded = encoder.encode(texts)
    vectors = np.stack([encoding.vector for encoding in encoded])
    placed = list(_placed_asks(source, passages, vectors, encoder)) if asks else []
    for place, ask, encoding in placed:
        parts.ask_vectors.append(encoding.vector[None])
        parts.ask_owners.append(corpus.passages + place)
        texts[place] += f"\n{ask.text}"
    parts.vectors.append(vectors)
    parts.word_texts.extend(texts)
    parts.abbreviations.update(learn_abbreviations(source.text))
    parts.entries.append(
        SourceEntry(source.id, file.name, source.file_sha256, source.sha256, source.particulars.title, len(passages))
    )
    together = [
        _Encoded(passage, encoding, [asked for at, _, asked in placed if at == place])
        for place, (passage, encoding) in enumerate(zip(passages, encoded, strict=True))
    ]
    _store_passages(work, corpus, parts, source, together)


def _store_passages(
    work: Path, corpus: CorpusWriter, parts: _Parts, source: Source, encoded: Sequence[_Encoded]
) -> None:
    """The source with its passages, and the word pieces of their contexts and texts in the source's token file."""
    token_file = token_vectors.save(
        work,
        token_vectors.pack(
            np.concatenate([one.pieces for one in encoded]), np.concatenate([one.tokens for one in encoded])
        ),
    )
    stored: list[StoredPassage] = []
    context = 0
    for number, one in enumerate(encoded, corpus.passages):
        first = context + one.context_size
        sentences = tuple(
            StoredSentence(sentence, first + one.text_token(sentence.start), first + one.text_token(sentence.end))
            for sentence in one.passage.sentences
        )
        last = context + len(one.pieces)
        text = source.text[one.passage.start : one.passage.end]
        stored.append(StoredPassage(number, one.passage, text, token_file, context, first, last, sentences))
        parts.sentence_pieces.extend(one.pieces[s.first_token - context : s.last_token - context] for s in sentences)
        context = last
    corpus.add(source, stored, token_file)


class _Encoded:
    """A passage's word pieces as they are stored: its context, which is its prefix and its asks, then its text."""

    def __init__(self, passage: Passage, encoding: Encoding, asks: Sequence[Encoding]) -> None:
        self.passage = passage
        self._starts = encoding.spans[:, 0] + passage.start - len(passage.prefix) - 1
        self._text_from = int(np.searchsorted(self._starts, passage.start))
        before, after = slice(None, self._text_from), slice(self._text_from, None)
        self.pieces = np.concatenate([encoding.pieces[before], *(ask.pieces for ask in asks), encoding.pieces[after]])
        self.tokens = np.concatenate([encoding.tokens[before], *(ask.tokens for ask in asks), encoding.tokens[after]])
        self.context_size = self._text_from + sum(len(ask.pieces) for ask in asks)

    def text_token(self, offset: int) -> int:
        """How many word pieces of the text begin before an offset of the source."""
        return int(np.searchsorted(self._starts, offset)) - self._text_from


def _placed_asks(
    source: Source, passages: Sequence[Passage], vectors: Floats, encoder: Encoder
) -> Iterator[tuple[int, Ask, Encoding]]:
    """Each question from `asks:` with the place of the passage that it stands for, and its encoding."""
    if source.asks:
        encoded = encoder.encode([ask.text for ask in source.asks])
        for ask, encoding in zip(source.asks, encoded, strict=True):
            yield _place_ask(ask.at, source, passages, vectors @ encoding.vector), ask, encoding


def _place_ask(at: int | None, source: Source, passages: Sequence[Passage], likeness: Floats) -> int:
    """Which passage a question from `asks:` stands for: of its section (or of all) the one it is nearest to."""
    places = range(len(passages)) if at is None else _section_places(at, source, passages)
    return max(places, key=lambda place: (round(float(likeness[place]), 6), -place))


def _section_places(at: int, source: Source, passages: Sequence[Passage]) -> Sequence[int]:
    """The passages between the headings around an offset; of the next section with text where that one has none."""
    headings = [block.start for block in source.blocks if block.kind is BlockKind.HEADING]
    start = max((heading for heading in headings if heading <= at), default=0)
    end = min((heading for heading in headings if heading > at), default=len(source.text) + 1)
    within = [place for place, passage in enumerate(passages) if start <= passage.start < end]
    after = [passage.start for passage in passages if passage.start >= end]
    if within or not after:
        return within or range(len(passages))
    return _section_places(after[0], source, passages)
