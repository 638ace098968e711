"""A large index, and what it costs: `python -m tests.load.scale PASSAGES FOLDER` prints JSON; nothing is fitted to it.

The text is made up (see `made_text`). The first passages are encoded by the real model. Every further one has the
vectors of one of these with seeded noise, because encoding a million takes half a day: so search, sizes and times are
those of a large index, and the answers mean little. All files are written by the code that writes every index.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from acobot.calibration import find_directions
from acobot.encoder import Encoder, find_model, load_encoder
from acobot.index import (
    LARGE_FROM,
    Corpus,
    CorpusWriter,
    Dense,
    Manifest,
    PieceWeights,
    SourceEntry,
    Store,
    StoredPassage,
    StoredSentence,
    TokenFile,
    Words,
    compact,
    count_pieces,
    count_words,
    save_sources,
    save_vocabulary,
    source_rows,
)
from acobot.index.manifest import FORMAT, describe_file, write_manifest
from acobot.index.token_vectors import FOLDER as TOKENS
from acobot.index.token_vectors import pack
from acobot.index.version import LIMITS
from acobot.languages import load_language, terms
from acobot.passages import Passage, Sentence
from acobot.settings import Settings, read_settings
from acobot.sources import Block, BlockKind, Particulars, Site, Source
from tests.load.made_text import EACH, MadeSource, make_sources

ENCODED = 300  # passages; the vectors of all others are made from theirs
NOISE = 0.6  # length of what is added to a vector of length 1: two made from one have a cosine of 0.74
FLIPPED = 0.03  # of the signs of word pieces
Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Pool:
    """What was encoded: a vector (d,) a passage, and the rows of its word pieces as they are stored."""

    vectors: npt.NDArray[np.float32]
    rows: tuple[Rows, ...]
    seconds: float  # a passage


def encode_pool(encoder: Encoder, form: npt.NDArray[np.float32] | None, size: int) -> Pool:
    """Encodes the first passages that are made."""
    started, vectors, rows = time.process_time(), [], []
    for source in make_sources(size // EACH):
        for text in source.paragraphs:
            [one] = encoder.encode([f"{source.title}\n{text}"])
            packed = pack(one.pieces, one.tokens)
            vectors.append(one.vector)
            rows.append(packed if form is None else compact.compact_rows(packed, form))
    return Pool(np.array(vectors), tuple(rows), (time.process_time() - started) / size)


def take(pool: Pool, number: int, random: np.random.Generator) -> tuple[npt.NDArray[np.float32], Rows]:
    """A passage's vector and word pieces: its own where it was encoded, else another's with noise."""
    if number < len(pool.rows):
        return pool.vectors[number], pool.rows[number]
    chosen = int(random.integers(len(pool.rows)))
    noise = random.standard_normal(pool.vectors.shape[1], dtype=np.float32)
    vector = pool.vectors[chosen] + noise * np.float32(NOISE / np.linalg.norm(noise))
    rows = pool.rows[chosen].copy()
    if "signs" in (rows.dtype.names or ()):
        rows["signs"] ^= np.packbits(
            random.random((len(rows), 8 * rows["signs"].shape[1]), np.float32) < FLIPPED, axis=1
        )
    return vector / np.linalg.norm(vector), rows


def lay_out(made: MadeSource, sizes: list[int]) -> tuple[Source, list[StoredPassage]]:
    """A source as it would be read, and its passages; `sizes` are their word pieces, shared out among the sentences."""
    text, start, first, passages, blocks = "\n\n".join(made.paragraphs), 0, 0, [], []
    for number, (facts, size) in enumerate(zip(made.passages, sizes, strict=True)):
        spans, begin = [], start
        for place, fact in enumerate(facts):
            tokens = (first + size * place // len(facts), first + size * (place + 1) // len(facts))
            spans.append(StoredSentence(Sentence(begin, begin + len(fact.text)), *tokens))
            begin += len(fact.text) + 1
        blocks.append(Block(BlockKind.PARAGRAPH, start, begin - 1))
        said = text[start : begin - 1]
        digest = sha256(said.encode()).hexdigest()
        passage = Passage(made.name, (), start, begin - 1, made.title, digest, tuple(one.sentence for one in spans))
        passages.append(StoredPassage(number, passage, said, "", first, first, first + size, tuple(spans)))
        start, first = begin + 1, first + size
    file = sha256(made.file.encode()).hexdigest()
    about = Particulars(title=made.title, published="2018")
    return Source(made.name, about, text, tuple(blocks), (), sha256(text.encode()).hexdigest(), file), passages


def build(folder: Path, size: int, encoder: Encoder, seed: int = 5) -> dict[str, float]:
    """A store with a live version of so many passages, and its sources beside it; seconds a step."""
    sources, store, language = folder / "sources", Store(folder / "index"), load_language("en")
    sources.mkdir(parents=True, exist_ok=True)
    large, path = size >= LARGE_FROM, find_directions(store.folder, encoder.digest)
    with store.building() as work:
        (work / TOKENS).mkdir()
        if large and path:
            (work / compact.FILE).write_bytes(path.read_bytes())
        form = compact.load_directions(work)
        pool = encode_pool(encoder, form, ENCODED)
        started, spent = time.process_time(), {"encoding, a passage": pool.seconds}
        random, entries, vectors = np.random.default_rng(seed), [], np.empty((size, encoder.dimension), np.float16)
        with closing(CorpusWriter(work)) as corpus:
            for made in make_sources(size // EACH):
                taken = [take(pool, corpus.passages + place, random) for place in range(EACH)]
                vectors[corpus.passages : corpus.passages + EACH] = [vector for vector, _ in taken]
                file = TokenFile(work, encoder.dimension, taken[0][1].dtype)
                for _, rows in taken:
                    file.write(rows.tobytes())
                source, passages = lay_out(made, [len(rows) for _, rows in taken])
                said = [terms(f"{made.title}\n{text}", language) for text in made.paragraphs]
                counted = count_pieces([rows["piece"].astype(np.int32) for _, rows in taken])
                corpus.add(source_rows(source, passages, file.finish(), said, counted, (), (), corpus.passages))
                (sources / f"{made.name}.md").write_text(made.file, encoding="utf-8")
                entries.append(
                    SourceEntry(made.name, f"{made.name}.md", source.file_sha256, source.sha256, made.title, EACH)
                )
            corpus.finish()

        def lap(what: str) -> None:
            nonlocal started
            spent[what] = time.process_time() - started
            started = time.process_time()

        lap("text, word pieces and corpus")
        read, owners = Corpus(work), np.arange(size, dtype=np.int32)
        Dense.build(vectors if large else vectors.astype(np.float32), owners, large=large).save(work)
        (work / LIMITS).mkdir()
        Dense.build(vectors[:0].astype(np.float32), owners[:0]).save(work / LIMITS)
        lap("vectors")
        Words.build(read.terms(), language).save(work)
        lap("words")
        save_vocabulary(count_words(read.texts()), work)
        PieceWeights.weigh(read.piece_counts(), corpus.sentences).save(work)
        lap("vocabulary and weights")
        if large:
            save_sources(entries, work)
        paths = [
            path for path in sorted(work.rglob("*")) if path.is_file() and not (large and path.parent.name == TOKENS)
        ]
        manifest = Manifest(
            id=f"{size:016x}",
            format=FORMAT,
            model=encoder.name,
            model_sha256=encoder.digest,
            dimension=encoder.dimension,
            language=language.name,
            language_sha256=language.digest,
            settings={"asks": True},
            site=Site(),
            sources=tuple(entries),
            passages=size,
            sentences=corpus.sentences,
            files=tuple(describe_file(work, path) for path in paths),
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            large=large,
        )
        write_manifest(work, manifest)
        work.rename(store.path(manifest.id))  # as `keep` does, but for what it syncs and reads again
    store.publish(manifest.id)
    lap("digests and manifest")
    return spent


def sizes(folder: Path, size: int) -> dict[str, float]:
    """Bytes a passage, by part."""
    version = Store(folder / "index").path(f"{size:016x}")
    by_part: dict[str, float] = {}
    for path in version.rglob("*"):
        if path.is_file():
            part = path.relative_to(version).parts[0]
            by_part[part] = by_part.get(part, 0) + path.stat().st_size / size
    return {part: round(value, 1) for part, value in sorted(by_part.items())}


def measure(folder: Path, size: int) -> dict[str, object]:
    """All of it; what is asked is asked in a process of its own, so that only that counts as its memory."""
    settings = settings_of(folder)
    encoder = load_encoder(find_model(settings))
    spent = build(folder, size, encoder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    asked = {}
    for what in ("asking", "changing"):
        command = [sys.executable, "-m", f"tests.load.{what}", str(folder)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        asked[what] = json.loads(ran.stdout)
    return {
        "passages": size,
        "seconds": spent,
        "megabytes to build": peak,
        "bytes a passage": sizes(folder, size),
    } | asked


def settings_of(folder: Path) -> Settings:
    """The settings of an index that was made here."""
    return read_settings(sources=folder / "sources", index=folder / "index")


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[2]), int(sys.argv[1])), indent=1))
