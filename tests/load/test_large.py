"""An index of 50,000 passages: how long it takes to open, and to answer from. Its vectors mean nothing."""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from acobot.answering import Means, find_answer
from acobot.build import build_index
from acobot.encoder import Encoder, Floats
from acobot.index import (
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
    Version,
    Words,
    count_pieces,
    count_words,
    save_vocabulary,
    source_rows,
)
from acobot.index.manifest import FORMAT, describe_file, write_manifest
from acobot.index.token_vectors import pack
from acobot.index.version import LIMITS
from acobot.languages import terms
from acobot.passages import Passage, Sentence
from acobot.settings import Settings
from acobot.sources import Ask, Block, BlockKind, Particulars, Site, Source
from tests.fakes import ENGLISH

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(600)]

REPOSITORY = Path(__file__).parents[2]
SOURCES, EACH, SENTENCES, WORDS, PIECES = 10_000, 5, 4, 20, 100
OPENED_SECONDS, TIMES_FIVE_SOURCES = 2.0, 3.0
QUESTIONS = [
    "What is an accountable care organisation?",
    "Who is against the plans?",
    "How much money is spent on care every year?",
    "What do doctors think of it?",
    "When does it start in the north?",
]
COMMON = [
    "care",
    "plan",
    "health",
    "council",
    "people",
    "money",
    "year",
    "doctor",
    "north",
    "start",
    "against",
    "think",
]


def unit(vectors: npt.NDArray[np.floating[Any]]) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


def source(number: int, random: np.random.Generator) -> Source:
    """A source of `EACH` paragraphs of `SENTENCES` sentences; words are common ones and others."""

    def sentence() -> str:
        rare = [f"w{value}" for value in random.zipf(1.3, WORDS) % 60_000]
        return " ".join([*random.choice(COMMON, 3), *rare]).capitalize() + "."

    paragraphs = [" ".join(sentence() for _ in range(SENTENCES)) for _ in range(EACH)]
    blocks, start = [], 0
    for text in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(text)))
        start += len(text) + 2
    text = "\n\n".join(paragraphs)
    name = f"source-{number:05}"
    about = Particulars(title=f"Source {number}", published="2018")
    return Source(name, about, text, tuple(blocks), (Ask(f"What is w{number}?"),), digest(text), f"{number:064}")


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def passages(one: Source, token_file: str) -> list[StoredPassage]:
    found = []
    for number, block in enumerate(one.blocks):
        text = one.text[block.start : block.end]
        cuts = [0, *(place + 2 for place in range(len(text)) if text[place : place + 2] == ". "), len(text) + 1]
        spans = [Sentence(block.start + a, block.start + b - 1) for a, b in pairwise(cuts)]
        step, first = PIECES // len(spans), number * PIECES
        stored = [StoredSentence(span, first + n * step, first + (n + 1) * step) for n, span in enumerate(spans)]
        passage = Passage(one.id, (), block.start, block.end, one.particulars.title, digest(text), tuple(spans))
        found.append(StoredPassage(number, passage, text, token_file, first, first, first + PIECES, tuple(stored)))
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The folder of a version with 50,000 passages, which share one file of token vectors."""
    folder, random = tmp_path_factory.mktemp("large"), np.random.default_rng(5)
    (folder / "tokens").mkdir()
    pieces = random.integers(1000, 30_000, EACH * PIECES).astype(np.int32)
    tokens = TokenFile(folder, encoder.dimension)
    tokens.write(pack(pieces, unit(random.standard_normal((len(pieces), encoder.dimension)))).tobytes())
    token_file, counted, entries = tokens.finish(), count_pieces([pieces]), []
    with closing(CorpusWriter(folder)) as corpus:
        for number in range(SOURCES):
            one = source(number, random)
            stored = passages(one, token_file)
            said = [terms(passage.text, ENGLISH) for passage in stored]
            corpus.add(source_rows(one, stored, token_file, said, counted, (), (), corpus.passages))
            entries.append(SourceEntry(one.id, f"{one.id}.md", one.file_sha256, one.sha256, one.id, EACH))
        corpus.finish()
    read = Corpus(folder)
    vectors = unit(random.standard_normal((SOURCES * EACH, encoder.dimension)))
    Dense.build(vectors, np.arange(SOURCES * EACH, dtype=np.int32)).save(folder)
    (folder / LIMITS).mkdir()
    Dense.build(vectors[:0], np.zeros(0, dtype=np.int32)).save(folder / LIMITS)
    Words.build(read.terms(), ENGLISH).save(folder)
    save_vocabulary(count_words(read.texts()), folder)
    PieceWeights.weigh(read.piece_counts(), corpus.sentences).save(folder)
    manifest = Manifest(
        id="0" * 16,
        format=FORMAT,
        model=encoder.name,
        model_sha256=encoder.digest,
        dimension=encoder.dimension,
        language=ENGLISH.name,
        language_sha256=ENGLISH.digest,
        settings={"asks": True},
        site=Site(),
        sources=tuple(entries),
        passages=SOURCES * EACH,
        sentences=corpus.sentences,
        files=tuple(describe_file(folder, path) for path in sorted(folder.rglob("*")) if path.is_file()),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    write_manifest(folder, manifest)
    return folder


def milliseconds(version: Version, encoder: Encoder) -> float:
    """The median over the questions, each asked once before and then in other words."""
    for question in QUESTIONS:
        find_answer(version, Means(encoder), question)
    times = []
    for more in ("Tell me: ", "Please say: ", "I ask: "):
        for question in QUESTIONS:
            started = time.perf_counter()
            find_answer(version, Means(encoder), more + question)
            times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def test_it_opens_and_answers_in_time(large: Path, tmp_path: Path, encoder: Encoder) -> None:
    opened = []
    for _ in range(3):
        started = time.perf_counter()
        version = Version(large)
        opened.append(time.perf_counter() - started)
    assert version.corpus.passages == 50_000
    assert min(opened) < OPENED_SECONDS
    settings = Settings(sources=REPOSITORY / "sources", index=tmp_path / "index")
    build_index(settings, load=lambda _: encoder)
    five = milliseconds(Store(settings.index).open_current(), encoder)
    many = milliseconds(version, encoder)
    print(f"opened in {min(opened):.2f} s; a question takes {many:.0f} ms, over five sources {five:.0f} ms")
    assert many < TIMES_FIVE_SOURCES * five
