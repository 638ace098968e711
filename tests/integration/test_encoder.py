"""The real model: vectors for every word piece of texts of any length, and clear words where it cannot be loaded."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import Encoder, TransformerEncoder, find_model, load_encoder
from acobot.errors import ModelError
from acobot.settings import PACKAGED_MODEL

pytestmark = pytest.mark.model

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


def test_the_vector_of_a_text_is_that_of_sentence_transformers(encoder: Encoder) -> None:
    assert isinstance(encoder, TransformerEncoder)
    expected = encoder._model.encode([SHORT], normalize_embeddings=True)[0]
    assert encoder.encode([SHORT])[0].vector == pytest.approx(expected, abs=1e-5)


def test_a_question_is_read_after_the_words_that_its_model_wants_there(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "model"
    shutil.copytree(find_model(PACKAGED_MODEL).path, folder)
    prompts = {"prompts": {"query": "Represent this question: ", "document": ""}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    asking = load_encoder(find_model(str(folder)))
    assert isinstance(asking, TransformerEncoder)
    assert asking.digest != encoder.digest

    question, document = asking.encode([SHORT], as_question=True)[0], asking.encode([SHORT])[0]
    expected = asking._model.encode_query([SHORT], normalize_embeddings=True)[0]
    assert question.vector == pytest.approx(expected, abs=1e-5)
    assert document.vector == pytest.approx(encoder.encode([SHORT])[0].vector, abs=1e-5)
    assert question.spans.tolist() == document.spans.tolist()  # the words before have no vectors
    assert len(asking.encode([LONG], as_question=True)[0].tokens) == encoder.count(LONG)


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


def test_a_text_has_the_same_vectors_alone_and_in_a_batch(encoder: Encoder) -> None:
    texts = [SHORT, LONG, "ACO", "", "…", LONG[:500]]
    for text, among in zip(texts, encoder.encode(texts), strict=True):
        alone = encoder.encode([text])[0]
        assert among.pieces.tolist() == alone.pieces.tolist()
        assert np.abs(among.vector - alone.vector).max() < 5e-5
        assert np.abs(among.tokens - alone.tokens).max(initial=0) < 5e-5


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
    packaged = find_model(PACKAGED_MODEL).path
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
    with pytest.raises(ModelError, match=r"the model in '.*/model' cannot be loaded \(.+\); .* or set ACOBOT_MODEL"):
        load_encoder(find_model(str(folder)))
