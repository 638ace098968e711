import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import PACKAGED_NAME, ModelFolder, find_model, load_encoder, window_starts
from acobot.encoder.exported import CARD, FILES, FORMAT, Card, digest_of_file, write_card
from acobot.encoder.models import PACKAGED_DIGEST, digest_of, fetch_model, packaged_folder
from acobot.errors import ModelError
from acobot.settings import Settings
from tests.fakes import WordEncoder


def make_model(folder: Path) -> Path:
    (folder / "pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "tokenizer.json").write_text("{}")
    (folder / "pooling" / "config.json").write_text('{"mean": true}')
    (folder / "README.md").write_text("a model")
    return folder


def found(model: Path | str, exports: Path = Path("models")) -> ModelFolder:
    """What is found of a model that is named so."""
    return find_model(Settings(model=str(model), models=exports))


def make_export(folder: Path, name: str = "owner/model", sha256: str = "d" * 64, format: int = FORMAT) -> Path:
    """An export whose files are a few bytes, never loaded."""
    folder.mkdir(parents=True)
    for file in FILES:
        (folder / file).write_bytes(file.encode())
    files = {file: digest_of_file(folder / file) for file in FILES}
    write_card(Card(format, name, sha256, 4, 254, (1,), (2,), (), (), 1.0, {}, files), folder)
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


@pytest.mark.parametrize("window", [1, 2, 8, 62, 64, 65])
def test_windows_that_are_no_larger_than_the_overlap_come_to_an_end(window: int) -> None:
    starts = window_starts(200, window=window, overlap=64)
    assert starts[0] == 0
    assert starts[-1] == 200 - window
    assert all(first < second <= first + window for first, second in pairwise(starts))
    assert len(starts) <= 3 * 200 // window + 1


def test_the_packaged_model_is_found_by_its_published_name(tmp_path: Path) -> None:
    model = found("packaged", tmp_path)
    assert model.name == PACKAGED_NAME
    assert model.path == packaged_folder()
    assert model.digest == PACKAGED_DIGEST == digest_of(packaged_folder())
    assert model.exported == tmp_path / PACKAGED_DIGEST[:16]


def test_exports_lie_beside_the_index_unless_somewhere_else_is_named(tmp_path: Path) -> None:
    assert Settings(index=tmp_path, models=None).exports == tmp_path / "models"
    assert Settings(index=tmp_path, models=tmp_path / "shared").exports == tmp_path / "shared"


def test_equal_models_have_equal_digests_wherever_they_lie(tmp_path: Path) -> None:
    one, other = make_model(tmp_path / "one"), make_model(tmp_path / "other")
    assert found(one).digest == found(other).digest


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
    before = found(folder).digest
    change(folder)
    assert found(folder).digest != before


def test_what_does_not_decide_the_vectors_leaves_the_digest(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    before = found(folder).digest
    (folder / "README.md").write_text("the same model")
    (folder / ".cache.json").write_text("{}")
    assert found(folder).digest == before


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no model\.safetensors; name a sentence-transformers model"):
        found(tmp_path)


@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "./no/such/folder"])
def test_a_model_that_is_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=f"ACOBOT_MODEL={name}: neither a folder nor a model that can be fetched"):
        found(name, tmp_path)


def test_an_exported_model_can_be_named_by_its_folder(tmp_path: Path) -> None:
    folder = make_export(tmp_path / "exported")
    assert found(folder) == ModelFolder("owner/model", None, "d" * 64, folder)


def test_a_hub_name_is_found_by_its_export_without_asking_the_hub(tmp_path: Path) -> None:
    make_export(tmp_path / "other", name="owner/other")
    folder = make_export(tmp_path / "dddd")
    assert found("owner/model", tmp_path) == ModelFolder("owner/model", None, "d" * 64, folder)


@pytest.mark.parametrize("written", ["{", '{"more": 1}'])
def test_a_damaged_export_hinders_no_other_model(tmp_path: Path, written: str) -> None:
    folder = make_export(tmp_path / "dddd")
    other = make_export(tmp_path / "other", name="owner/other")  # the newer one
    (other / CARD).write_text(written)
    assert found("owner/model", tmp_path) == ModelFolder("owner/model", None, "d" * 64, folder)


def test_to_export_it_anew_the_hub_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    make_export(tmp_path / "dddd")
    with pytest.raises(ModelError, match="neither a folder nor a model that can be fetched"):
        fetch_model(Settings(model="owner/model", models=tmp_path))


def test_without_the_libraries_a_model_must_have_been_exported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelError, match=r"not installed here; export it where they are \('acobot export-model own"):
        found("owner/model", tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_an_export_that_is_not_what_was_written_is_refused(tmp_path: Path, name: str) -> None:
    folder = make_export(tmp_path / "exported")
    (folder / name).write_bytes(b"damage")
    with pytest.raises(ModelError, match=rf"{name} is not what was exported .*; remove .* and run 'acobot export-mod"):
        load_encoder(found(folder))
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} cannot be read \(No such file or directory\); remove"):
        load_encoder(found(folder))


@pytest.mark.parametrize(
    ("written", "reason"),
    [("{", "Invalid JSON"), ("{}", "format: Field required"), ('{"format": "one"}', "format: Input should be a valid")],
)
def test_a_card_that_says_nothing_is_refused(tmp_path: Path, written: str, reason: str) -> None:
    folder = make_export(tmp_path / "exported")
    (folder / CARD).write_text(written)
    with pytest.raises(ModelError, match=f"model.json is no card of an exported model: .*{reason}"):
        found(folder)


def test_an_export_of_another_model_is_not_taken_for_the_one_that_was_named(tmp_path: Path) -> None:
    model = found(make_model(tmp_path / "model"), tmp_path / "models")
    make_export(model.exported)
    with pytest.raises(ModelError, match=r"holds another model \(owner/model\); remove"):
        load_encoder(model)


@pytest.mark.parametrize("format", [FORMAT, FORMAT + 1])
def test_what_cannot_be_exported_here_is_said_with_the_mend(tmp_path: Path, format: int) -> None:
    folder = tmp_path / "exported"
    if format != FORMAT:  # by a later acobot
        make_export(folder, format=format)
    with pytest.raises(ModelError, match=r"owner/model is not exported in .*exported, .*; run 'acobot export-model'"):
        load_encoder(ModelFolder("owner/model", None, "d" * 64, folder))


def test_an_export_whose_card_has_another_shape_is_made_anew_too(tmp_path: Path) -> None:
    folder = make_export(tmp_path / "exported")
    card = json.loads((folder / CARD).read_text())
    del card["together"]
    (folder / CARD).write_text(json.dumps(card | {"format": FORMAT - 1, "pooling": "mean"}))
    with pytest.raises(ModelError, match=r"owner/model is not exported in .*exported, .*; run 'acobot export-model'"):
        load_encoder(ModelFolder("owner/model", None, "d" * 64, folder))  # it is tried, and cannot be here


def test_the_word_encoder_of_these_tests_can_be_worked_out_by_hand() -> None:
    four, two = WordEncoder().encode(["cats drink warm milk", "cats purr"])
    assert float(four.vector @ two.vector) == pytest.approx(1 / np.sqrt(4 * 2))
    assert four.spans.tolist() == [[0, 4], [5, 10], [11, 15], [16, 20]]
    assert four.tokens @ two.tokens[0] == pytest.approx([1, 0, 0, 0])
