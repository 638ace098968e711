"""One source → its passages with their vectors and terms, and its file of token vectors. A few passages at a time."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import numpy as np

from acobot.encoder import Encoder, Encoding, Floats, Ints
from acobot.index import StoredPassage, StoredSentence, TokenFile, count_pieces, terms
from acobot.index.token_vectors import pack, row_type
from acobot.passages import Passage, split_passages
from acobot.sources import BlockKind, Source

TOGETHER = 32  # passages in memory with all their token vectors, some 0.4 MB each
SPOOLED = 32 * 1024 * 1024  # bytes of a source's token vectors that wait in memory for its asks, not on disk


@dataclass(frozen=True, slots=True)
class EncodedSource:
    """What a version keeps of a source. Its passages are numbered from 0; n of them, m asks, d dimensions.

    `vectors` (n, d) are the passages'; `ask_vectors` (m, d) those of its asks, and `ask_owners` (m,) the passages that
    these stand for; `terms` are what words are searched by, a passage each; `pieces` is what `count_pieces` gave.
    """

    source: Source
    passages: tuple[StoredPassage, ...]
    vectors: Floats
    ask_vectors: Floats
    ask_owners: Ints
    terms: tuple[list[str], ...]
    pieces: bytes
    token_file: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A passage's word pieces: how many of its prefix, how many in all, and each sentence's among the text's."""

    prefix: int
    size: int
    sentences: tuple[tuple[int, int], ...]


def encode_source(work: Path, source: Source, encoder: Encoder, *, asks: bool) -> EncodedSource:
    """Splits and encodes a source, and writes its token file into the version in `work`. Raises `OSError`."""
    passages = split_passages(source, encoder.count)
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
            _give_back_memory()
        placed = list(_placed_asks(source, passages, vectors, encoder)) if asks else []
        for place, text, _ in placed:
            texts[place] += f"\n{text}"
        asked = [[encoding for at, _, encoding in placed if at == place] for place in range(len(passages))]
        token_file = _write_tokens(work, encoder.dimension, spool, runs, asked)
    return EncodedSource(
        source=source,
        passages=tuple(_stored(source, passages, runs, asked, token_file)),
        vectors=vectors,
        ask_vectors=np.array([e.vector for _, _, e in placed], np.float32).reshape(len(placed), encoder.dimension),
        ask_owners=np.array([place for place, _, _ in placed], dtype=np.int32),
        terms=tuple(terms(text) for text in texts),
        pieces=count_pieces(counted),
        token_file=token_file,
    )


def _give_back_memory() -> None:
    """Gives the system back what the model's passes have freed: glibc keeps it, in pieces that fit no later pass."""
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


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
) -> Iterator[tuple[int, str, Encoding]]:
    """The passage that each question from `asks:` stands for, its words, and their encoding."""
    if source.asks:
        encoded = encoder.encode([ask.text for ask in source.asks])
        for ask, encoding in zip(source.asks, encoded, strict=True):
            yield _place_ask(ask.at, source, passages, vectors @ encoding.vector), ask.text, encoding


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
