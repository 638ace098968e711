"""Indexes built by the real model: nothing that can be quoted is without vectors, and equal sources answer equally."""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.index import Store, Version
from acobot.passages import split_sentences
from acobot.settings import Settings
from tests.fakes import ENGLISH, write_sources

pytestmark = pytest.mark.model

REPOSITORY = Path(__file__).parents[2]
CLAUSE = "and the council’s café, which Zoë (née Brontë) ran at No. 10, sold soup for £3.50, naïvely"
HUGE = "The plan says that the mill stood by the river " + " ".join([CLAUSE] * 56) + "."
TEXTS = {
    "mill.md": f"# The old mill\n\nA short sentence stands first. {HUGE} A short one stands last.\n\n"
    "## Opening\n\n- The mill opens at nine on Saturdays\n- Entry is free\n",
    "park.txt": "The park\n\nThe park closes at dusk. Dogs must be kept on a lead near the lake.\n",
}
QUESTIONS = ["When does the mill open?", "Must dogs be on a lead?", "Who won the cup?"]


def build(folder: Path, sources: Path, encoder: Encoder, *, asks: bool = True) -> Store:
    settings = Settings(sources=sources, index=folder, asks=asks)
    build_index(settings, load=lambda _: encoder)
    return Store(settings.index)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two sources, one of which holds a sentence of 900 words."""
    return write_sources(tmp_path_factory.mktemp("sources"), TEXTS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sources: Path, encoder: Encoder) -> Store:
    return build(tmp_path_factory.mktemp("made"), sources, encoder)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Version:
    """The index of the sources that come with acobot, without their questions, which are never quoted."""
    return build(tmp_path_factory.mktemp("shipped"), REPOSITORY / "sources", encoder, asks=False).open_current()


def quotable(version: Version) -> Iterator[tuple[str, int, int]]:
    """Every sentence of the sources that may be quoted, as its source and span."""
    for source_id in version.corpus.source_ids:
        source = version.corpus.source(source_id)
        for block in source.blocks:
            if block.quotable:
                for sentence in split_sentences(source.text, block, ENGLISH):
                    yield source_id, sentence.start, sentence.end


def check_that_every_sentence_has_all_its_vectors(version: Version, encoder: Encoder) -> None:
    indexed = []
    for number in range(version.corpus.passages):
        stored = version.corpus.passage(number)
        for one in stored.sentences:
            start, end = (place - stored.passage.start for place in (one.sentence.start, one.sentence.end))
            run = version.token_vectors.run(stored.token_file, one.first_token, one.last_token)
            assert len(run.pieces) == encoder.count(stored.text[start:end]), stored.text[start:end]
            assert np.linalg.norm(run.vectors, axis=1) == pytest.approx(1, abs=1e-5)
            indexed.append((stored.passage.source_id, one.sentence.start, one.sentence.end))
    assert indexed == list(quotable(version))
    assert len(indexed) == version.manifest.sentences > 0


def test_every_sentence_of_the_shipped_sources_has_a_vector_for_every_word_piece(
    shipped: Version, encoder: Encoder
) -> None:
    check_that_every_sentence_has_all_its_vectors(shipped, encoder)


def test_so_has_a_sentence_of_nine_hundred_words(made: Store, encoder: Encoder) -> None:
    assert 880 < len(HUGE.split()) < 1000
    version = made.open_current()
    check_that_every_sentence_has_all_its_vectors(version, encoder)
    spans = [version.corpus.source("mill").text[start:end] for _, start, end in quotable(version)]
    assert max(len(re.findall(r"\S+", span)) for span in spans) > 800


def test_the_vectors_of_a_sentence_are_those_that_the_model_gives_its_passage(made: Store, encoder: Encoder) -> None:
    version = made.open_current()
    for number in range(version.corpus.passages):
        stored = version.corpus.passage(number)
        encoding = encoder.encode([f"{stored.passage.prefix}\n{stored.text}"])[0]
        run = version.token_vectors.run(stored.token_file, stored.first_token, stored.last_token)
        size = len(run.pieces)
        assert run.pieces.tolist() == encoding.pieces[-size:].tolist()
        assert (run.vectors * encoding.tokens[-size:]).sum(axis=1).min() > 0.999
        assert version.dense.vector(number) == pytest.approx(encoding.vector, abs=5e-5)


def test_two_builds_are_alike_byte_for_byte_and_answer_alike(
    tmp_path: Path, sources: Path, made: Store, encoder: Encoder
) -> None:
    again = build(tmp_path / "again", sources, encoder)
    assert again.current_id() == made.current_id()
    folders = [store.path(store.current_id()) for store in (made, again)]
    assert contents(folders[0]) == contents(folders[1])
    answers = [
        [json.dumps(dataclasses.asdict(Assistant(store, Means(encoder)).ask(question))) for question in QUESTIONS]
        for store in (made, again)
    ]
    assert answers[0] == answers[1]
    assert json.loads(answers[0][0])["quotes"][0]["text"] == "The mill opens at nine on Saturdays"


def test_a_source_more_leaves_the_vectors_of_the_others_as_they_were(
    tmp_path: Path, sources: Path, made: Store, encoder: Encoder
) -> None:
    more = write_sources(tmp_path / "sources", TEXTS | {"a-first.md": "# Boats\n\nBoats leave at noon.\n"})
    larger = build(tmp_path / "index", more, encoder).open_current()
    before = made.open_current()
    token_files = {path.name: path.read_bytes() for path in (before.folder / "tokens").iterdir()}
    for name, content in token_files.items():
        assert (larger.folder / "tokens" / name).read_bytes() == content
    for number in range(before.corpus.passages):
        assert larger.dense.vector(number + 1).tolist() == before.dense.vector(number).tolist()


def contents(folder: Path) -> dict[str, str]:
    """Digests of the files, and the manifest but for the time at which it was built."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest.pop("built"), manifest.pop("sha256")
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return digests | {"manifest.json": json.dumps(manifest)}
