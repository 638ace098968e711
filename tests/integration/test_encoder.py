"""The real model: vectors for every word piece of texts of any length, and clear words where it cannot be loaded."""

import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acobot.encoder import Encoder, OnnxEncoder, find_model, load_encoder, read_card
from acobot.encoder.exporting import export_model
from acobot.encoder.models import packaged_folder
from acobot.errors import ModelError
from acobot.settings import Settings

pytestmark = pytest.mark.model

SOURCES = Path(__file__).parents[2] / "sources"
SAMPLED = 8  # one block of so many is compared here; all vectors of the index were, once (see DECISIONS.md)
SHORT = "An accountable care organisation takes responsibility for the care of a whole population."
LONG = " ".join(f"In the {number}th part of the plan, the café’s naïve 猫 waits." for number in range(60))


def test_each_word_piece_has_its_place_and_a_vector_of_length_one(encoder: Encoder) -> None:
    encoding = encoder.encode([SHORT])[0]
    size = encoder.count(SHORT)
    assert encoding.vector.shape == (encoder.dimension,)
    assert encoding.tokens.shape == (size, encoder.dimension)
    assert (len(encoding.spans), len(encoding.pieces)) == (size, size)
    assert np.linalg.norm(encoding.vector) == pytest.approx(1)
    assert np.linalg.norm(encoding.tokens, axis=1) == pytest.approx(1)
    said = "".join(SHORT[start:end] for start, end in encoding.spans)
    assert said == SHORT.replace(" ", "")


@pytest.fixture(scope="module")
def reference() -> Any:
    """The packaged model as sentence-transformers has it."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(packaged_folder()), device="cpu")


def test_every_text_of_the_shipped_sources_has_the_vector_of_sentence_transformers(
    encoder: Encoder, reference: Any
) -> None:
    blocks = [part for path in SOURCES.glob("*.md") for part in path.read_text(encoding="utf-8").split("\n\n")]
    texts = [SHORT, "ACO", "", *[text for text in blocks if encoder.count(text) <= 254][::SAMPLED]]
    expected = reference.encode(texts, normalize_embeddings=True)
    found = np.stack([one.vector for one in encoder.encode(texts)])
    assert (found * expected).sum(axis=1).min() >= 0.9999


def test_each_word_piece_has_the_vector_of_sentence_transformers(encoder: Encoder, reference: Any) -> None:
    rows = np.asarray(reference.encode(SHORT, output_value="token_embeddings"))[1:-1]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert (encoder.encode([SHORT])[0].tokens * rows).sum(axis=1).min() >= 0.9999


def test_a_question_is_read_after_the_words_that_its_model_wants_there(
    tmp_path: Path, encoder: Encoder, reference: Any
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(packaged_folder(), folder)
    prompts = {"prompts": {"query": "Represent this question: ", "document": ""}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    model = find_model(Settings(model=str(folder), models=tmp_path / "models"))
    asking = load_encoder(model)  # which exports it, in a process of its own
    assert read_card(model.exported).sha256 == asking.digest != encoder.digest
    assert {"torch", "onnx", "sentence-transformers"} == set(read_card(model.exported).made_with)

    question, document = asking.encode([SHORT], as_question=True)[0], asking.encode([SHORT])[0]
    expected = reference.encode([SHORT], prompt="Represent this question: ", normalize_embeddings=True)[0]
    assert question.vector == pytest.approx(expected, abs=1e-5)
    assert document.vector.tobytes() == encoder.encode([SHORT])[0].vector.tobytes()
    assert question.spans.tolist() == document.spans.tolist()  # the words before have no vectors
    assert len(asking.encode([LONG], as_question=True)[0].tokens) == encoder.count(LONG)


def test_an_export_that_is_not_the_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder
) -> None:
    read = OnnxEncoder._run
    off = 0.05
    monkeypatch.setattr(OnnxEncoder, "_run", lambda self, rows: [(v + off, t + off) for v, t in read(self, rows)])
    model = find_model(Settings(model="packaged", models=tmp_path / "models"))
    with pytest.raises(ModelError, match=r"is not the same when exported \(a vector's cosine .* is 0\.[0-9]+\); set"):
        export_model(model)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_model_whose_word_pieces_have_other_vectors_than_its_texts_is_refused(tmp_path: Path, reference: Any) -> None:
    from sentence_transformers import SentenceTransformer

    parts: Any = importlib.import_module("sentence_transformers.models")
    modules = [reference[0], parts.Pooling(384), parts.Dense(384, 128)]
    SentenceTransformer(modules=modules).save(str(tmp_path / "model"))
    with pytest.raises(ModelError, match=r"word pieces have 384 numbers, its texts' 128; set ACOBOT_MODEL"):
        export_model(find_model(Settings(model=str(tmp_path / "model"), models=tmp_path / "models")))


@pytest.mark.parametrize("pooling", ["cls", "max"])
def test_other_ways_to_make_a_vector_are_exported_too(tmp_path: Path, reference: Any, pooling: str) -> None:
    from sentence_transformers import SentenceTransformer

    parts: Any = importlib.import_module("sentence_transformers.models")
    made = SentenceTransformer(modules=[reference[0], parts.Pooling(384, pooling_mode=pooling), parts.Normalize()])
    made.save(str(tmp_path / "model"))
    model = find_model(Settings(model=str(tmp_path / "model"), models=tmp_path / "models"))
    assert export_model(model).least_cosine >= 0.9999
    expected = made.encode(SHORT, normalize_embeddings=True)
    assert load_encoder(model).encode([SHORT])[0].vector == pytest.approx(expected, abs=1e-5)


def test_what_needs_a_loaded_model_runs_without_torch(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mill.md").write_text("# The old mill\n\nThe mill opens at nine on Saturdays.\n")
    script = (
        "import sys; from acobot.cli import main\n"
        "from acobot.encoder import find_model, load_encoder\n"
        "from acobot.settings import read_settings\n"
        "load_encoder(find_model(read_settings()))\n"
        "for words in (['index'], ['check'], ['ask', 'When does the mill open?']):\n"
        "    try: main(words)\n"
        "    except SystemExit as left: assert not left.code, words\n"
        "from acobot.api import create_app; from acobot.assistant import open_assistant\n"
        "create_app(open_assistant(read_settings()), read_settings())\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'sklearn'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "“The mill opens at nine on Saturdays.” [1]" in ran.stdout


def test_a_text_longer_than_the_model_reads_has_a_vector_for_every_word_piece(encoder: Encoder) -> None:
    encoding = encoder.encode([LONG])[0]
    assert encoder.count(LONG) > 3 * 256
    assert len(encoding.tokens) == encoder.count(LONG)
    assert np.linalg.norm(encoding.tokens, axis=1) == pytest.approx(1)
    assert np.all(np.diff(encoding.spans[:, 0]) > 0)
    assert encoding.spans[-1, 1] == len(LONG)


def test_a_word_means_the_same_wherever_a_window_ends(encoder: Encoder) -> None:
    # The same sentence before and after some three hundred other pieces: windows cut the text, not its meaning.
    alone = encoder.encode([SHORT])[0]
    long = encoder.encode([f"{SHORT} {'Rain fell on the hills. ' * 60}{SHORT}"])[0]
    size = len(alone.tokens)
    for part in (long.tokens[:size], long.tokens[-size:]):
        assert (part * alone.tokens).sum(axis=1).mean() > 0.6


def test_a_text_has_the_same_vectors_to_the_last_bit_alone_and_among_others(encoder: Encoder) -> None:
    turned = SHORT.removesuffix(".").split()
    alike = [" ".join(turned[place:] + turned[:place]) for place in range(len(turned))]  # of one length
    texts = [SHORT, LONG, "ACO", "", "…", LONG[:500], "cat", "dog", *alike]
    assert len({encoder.count(text) for text in alike}) == 1
    for text, among in zip(texts, encoder.encode(texts), strict=True):
        alone = encoder.encode([text])[0]
        assert among.pieces.tolist() == alone.pieces.tolist()
        assert among.vector.tobytes() == alone.vector.tobytes()
        assert among.tokens.tobytes() == alone.tokens.tobytes()


def test_threads_that_encode_at_the_same_time_get_what_they_would_alone(encoder: Encoder) -> None:
    texts = [f"{SHORT} It has {number} parts." for number in range(24)]
    alone = [encoder.encode([text])[0].vector.tobytes() for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert [one[0].vector.tobytes() for one in pool.map(lambda text: encoder.encode([text]), texts)] == alone


def test_encoding_again_gives_the_same_to_the_last_bit(encoder: Encoder) -> None:
    first, second = (encoder.encode([SHORT, LONG[:500]]) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert one.vector.tobytes() == other.vector.tobytes()
        assert one.tokens.tobytes() == other.tokens.tobytes()


def test_an_empty_text_has_a_vector_and_no_word_pieces(encoder: Encoder) -> None:
    encoding = encoder.encode([""])[0]
    assert np.linalg.norm(encoding.vector) == pytest.approx(1)
    assert (encoding.tokens.shape, encoding.spans.shape, encoding.pieces.shape) == (
        (0, encoder.dimension),
        (0, 2),
        (0,),
    )
    assert encoder.count("") == 0


def test_no_texts_have_no_encodings(encoder: Encoder) -> None:
    assert encoder.encode([]) == []


def linked_model(folder: Path) -> Path:
    """A model folder of one's own, with links to the packaged model's files."""
    packaged = packaged_folder()
    for path in packaged.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(packaged)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path)
    return folder


def rewrite(path: Path, content: bytes) -> None:
    """Puts a file in the place of a link."""
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: rewrite(folder / "model.safetensors", b""),
        lambda folder: rewrite(folder / "tokenizer.json", b"{}"),
        lambda folder: rewrite(folder / "config.json", b"[]"),
        lambda folder: rewrite(folder / "modules.json", b"{"),
        lambda folder: (folder / "1_Pooling" / "config.json").unlink(),
    ],
    ids=["weights", "tokenizer", "config", "modules", "pooling"],
)
def test_a_damaged_model_is_named_with_the_mend(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = linked_model(tmp_path / "model")
    damage(folder)
    with pytest.raises(ModelError, match=r"the model in '.*/model' cannot be loaded and exported .*, or set ACOBOT"):
        export_model(find_model(Settings(model=str(folder), models=tmp_path / "models")))
