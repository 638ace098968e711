from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import PACKAGED_NAME, find_model, window_starts
from acobot.errors import ModelError
from acobot.settings import PACKAGED_MODEL
from tests.fakes import WordEncoder


def make_model(folder: Path) -> Path:
    (folder / "pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "tokenizer.json").write_text("{}")
    (folder / "pooling" / "config.json").write_text('{"mean": true}')
    (folder / "README.md").write_text("a model")
    return folder


@pytest.mark.parametrize(
    ("size", "starts"),
    [
        (0, [0]),  # an empty text has one window, so that it has a vector
        (1, [0]),
        (10, [0]),  # fits exactly
        (11, [0, 1]),  # the last window is full: it begins where it ends with the text
        (17, [0, 7]),
        (18, [0, 7, 8]),
        (24, [0, 7, 14]),
    ],
)
def test_windows_of_ten_that_overlap_by_three(size: int, starts: list[int]) -> None:
    assert window_starts(size, window=10, overlap=3) == starts


def test_windows_leave_no_word_piece_out_and_overlap_enough() -> None:
    for size in range(1200):
        starts = window_starts(size, window=254, overlap=64)
        covered = {place for start in starts for place in range(start, min(start + 254, size))}
        assert covered == set(range(size))
        assert all(before + 254 - start >= 64 for before, start in pairwise(starts))
        assert all(start + 254 <= max(size, 254) for start in starts)


def test_the_packaged_model_is_found_by_its_published_name() -> None:
    model = find_model(PACKAGED_MODEL)
    assert model.name == PACKAGED_NAME
    assert (model.path / "model.safetensors").is_file()
    assert model.digest == find_model(PACKAGED_MODEL).digest


def test_equal_models_have_equal_digests_wherever_they_lie(tmp_path: Path) -> None:
    one, other = make_model(tmp_path / "one"), make_model(tmp_path / "other")
    assert find_model(str(one)).digest == find_model(str(other)).digest


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "model.safetensors").write_bytes(b"Weights"),
        lambda folder: (folder / "tokenizer.json").write_text("{ }"),
        lambda folder: (folder / "pooling" / "config.json").write_text('{"mean": false}'),
        lambda folder: (folder / "vocab.txt").write_text("word"),
        lambda folder: (folder / "tokenizer.json").unlink(),
    ],
    ids=["weights", "tokenizer", "pooling", "one more file", "one file less"],
)
def test_what_decides_the_vectors_changes_the_digest(tmp_path: Path, change: Callable[[Path], object]) -> None:
    folder = make_model(tmp_path / "model")
    before = find_model(str(folder)).digest
    change(folder)
    assert find_model(str(folder)).digest != before


def test_what_does_not_decide_the_vectors_leaves_the_digest(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    before = find_model(str(folder)).digest
    (folder / "README.md").write_text("the same model")
    (folder / ".cache.json").write_text("{}")
    assert find_model(str(folder)).digest == before


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no model\.safetensors; name a sentence-transformers model"):
        find_model(str(tmp_path))


@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "./no/such/folder"])
def test_a_model_that_is_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=f"ACOBOT_MODEL={name}: neither a folder nor a model that can be fetched"):
        find_model(name)


def test_the_word_encoder_of_these_tests_can_be_worked_out_by_hand() -> None:
    four, two = WordEncoder().encode(["cats drink warm milk", "cats purr"])
    assert float(four.vector @ two.vector) == pytest.approx(1 / np.sqrt(4 * 2))
    assert four.spans.tolist() == [[0, 4], [5, 10], [11, 15], [16, 20]]
    assert four.tokens @ two.tokens[0] == pytest.approx([1, 0, 0, 0])
