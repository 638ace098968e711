"""One source → its passages with their vectors and terms, and its file of token vectors. A few passages at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import numpy as np

from acobot.encoder import Encoder, Encoding, Floats, Ints
from acobot.index import StoredAsk, StoredPassage, StoredSentence, TokenFile, count_pieces
from acobot.index.token_vectors import pack, row_type
from acobot.languages import Language, terms
from acobot.memory import give_back
from acobot.passages import Passage, split_passages
from acobot.sources import BlockKind, Source

TOGETHER = 32  # passages in memory with all their token vectors, some 0.4 MB each
SPOOLED = 32 * 1024 * 1024  # bytes of a source's token vectors that wait in memory for its asks, not on disk


@dataclass(frozen=True, slots=True)
class EncodedSource:
    """What a version keeps of a source. Its passages are numbered from 0; n of them, m asks, d dimensions.

    `vectors` (n, d) are the passages', `ask_vectors` (m, d) those of its asks; `terms` are what words are searched by,
    a passage each; `pieces` is what `count_pieces` gave.
    """

    source: Source
    passages: tuple[StoredPassage, ...]
    vectors: Floats
    asks: tuple[StoredAsk, ...]
    ask_vectors: Floats
    terms: tuple[list[str], ...]
    pieces: bytes
    token_file: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A passage's word pieces: how many of its prefix, how many in all, and each sentence's among the text's."""

    prefix: int
    size: int
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _PlacedAsk:
    """A question from `asks:`, the passage and the sentence that it stands for, and its encoding."""

    passage: int
    start: int
    text: str
    encoding: Encoding


def encode_source(work: Path, source: Source, encoder: Encoder, language: Language, *, asks: bool) -> EncodedSource:
    """Splits and encodes a source, and writes its token file into the version in `work`. Raises `OSError`."""
    passages = split_passages(source, encoder.count, language)
    texts = [f"{p.prefix}\n{source.text[p.start : p.end]}" for p in passages]
    vectors = np.empty((len(passages), encoder.dimension), dtype=np.float32)
    runs: list[_Run] = []
    counted: list[Ints] = []
    with SpooledTemporaryFile(max_size=SPOOLED, dir=str(work)) as spool:
        for begin in range(0, len(texts), TOGETHER):
            for place, encoding in enumerate(encoder.encode(texts[begin : begin + TOGETHER]), begin):
                run = _run(passages[place], encoding)
                counted += [encoding.pieces[run.prefix + a : run.prefix + b] for a, b in run.sentences]
                vectors[place] = encoding.vector
                runs.append(run)
                spool.write(pack(encoding.pieces, encoding.tokens).tobytes())
            give_back()
        placed = list(_placed_asks(source, passages, vectors, encoder)) if asks else []
        asked: list[list[Encoding]] = [[] for _ in passages]
        for one in placed:
            texts[one.passage] += f"\n{one.text}"
            asked[one.passage].append(one.encoding)
        token_file = _write_tokens(work, encoder.dimension, spool, runs, asked)
    return EncodedSource(
        source=source,
        passages=tuple(_stored(source, passages, runs, asked, token_file)),
        vectors=vectors,
        asks=tuple(_stored_asks(placed, runs, asked)),
        ask_vectors=np.array([one.encoding.vector for one in placed], np.float32).reshape(
            len(placed), encoder.dimension
        ),
        terms=tuple(terms(text, language) for text in texts),
        pieces=count_pieces(counted),
        token_file=token_file,
    )


def _run(passage: Passage, encoding: Encoding) -> _Run:
    starts = encoding.spans[:, 0] + passage.start - len(passage.prefix) - 1
    prefix = int(np.searchsorted(starts, passage.start))

    def token(offset: int) -> int:
        return int(np.searchsorted(starts, offset)) - prefix

    return _Run(prefix, len(starts), tuple((token(s.start), token(s.end)) for s in passage.sentences))


def _write_tokens(
    work: Path, dimension: int, spool: IO[bytes], runs: Sequence[_Run], asked: Sequence[Sequence[Encoding]]
) -> str:
    """The source's token file: of each passage the prefix, its asks, and its text. Gives the file's name."""
    width = row_type(dimension).itemsize
    spool.seek(0)
    file = TokenFile(work, dimension)
    try:
        for run, asks in zip(runs, asked, strict=True):
            file.write(spool.read(run.prefix * width))
            for ask in asks:
                file.write(pack(ask.pieces, ask.tokens).tobytes())
            file.write(spool.read((run.size - run.prefix) * width))
        return file.finish()
    finally:
        file.close()


def _stored(
    source: Source,
    passages: Iterable[Passage],
    runs: Iterable[_Run],
    asked: Iterable[Sequence[Encoding]],
    token_file: str,
) -> Iterator[StoredPassage]:
    """The passages with their places in the token file."""
    context = 0
    for number, (passage, run, asks) in enumerate(zip(passages, runs, asked, strict=True)):
        first = context + run.prefix + sum(len(ask.pieces) for ask in asks)
        last = first + run.size - run.prefix
        sentences = tuple(
            StoredSentence(sentence, first + begin, first + end)
            for sentence, (begin, end) in zip(passage.sentences, run.sentences, strict=True)
        )
        text = source.text[passage.start : passage.end]
        yield StoredPassage(number, passage, text, token_file, context, first, last, sentences)
        context = last


def _placed_asks(
    source: Source, passages: Sequence[Passage], vectors: Floats, encoder: Encoder
) -> Iterator[_PlacedAsk]:
    """Each question from `asks:` with the passage and the sentence that it stands for."""
    if source.asks and passages:
        encoded = encoder.encode([ask.text for ask in source.asks], as_question=True)
        for ask, encoding in zip(source.asks, encoded, strict=True):
            at = _first_said(passages, vectors @ encoding.vector) if ask.at is None else ask.at
            place, start = _answering(at, source, passages)
            yield _PlacedAsk(place, start, ask.text, encoding)


def _stored_asks(
    placed: Iterable[_PlacedAsk], runs: Iterable[_Run], asked: Iterable[Sequence[Encoding]]
) -> Iterator[StoredAsk]:
    """The questions with their places in the token file: between a passage's prefix and its text, in order."""
    places, context = [], 0
    for run, asks in zip(runs, asked, strict=True):
        places.append(context + run.prefix)
        context += run.size + sum(len(ask.pieces) for ask in asks)
    for one in placed:
        first = places[one.passage]
        places[one.passage] += len(one.encoding.pieces)
        yield StoredAsk(one.passage, one.start, first, places[one.passage], one.text)


def _first_said(passages: Sequence[Passage], likeness: Floats) -> int:
    """Where the passage begins that a question of the whole source is nearest to."""
    place = max(range(len(passages)), key=lambda place: (round(float(likeness[place]), 6), -place))
    return passages[place].start


def _paragraph(at: int, source: Source) -> int:
    """Where the paragraph or list begins that a comment at an offset stands before; else the one that it ends."""
    before = None
    for block in source.blocks:
        if block.start < at:
            before = block if block.quotable else None if block.kind is BlockKind.HEADING else before
        elif block.quotable or (before is not None and block.kind is BlockKind.HEADING):
            return block.start if block.quotable or before is None else before.start
    return before.start if before else len(source.text)


def _answering(at: int, source: Source, passages: Sequence[Passage]) -> tuple[int, int]:
    """The passage and the first sentence of the paragraph or list that follows an offset.

    Where its section ends there, that of the last one before.
    """
    begins = _paragraph(at, source)
    place = max(0, bisect_right([passage.start for passage in passages], begins) - 1)
    for number in range(place, len(passages)):
        for sentence in passages[number].sentences:
            if sentence.start >= begins:
                return number, sentence.start
    return len(passages) - 1, passages[-1].sentences[-1].start
