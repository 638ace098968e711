import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from acobot.calibration import find_calibration, packaged_calibration, path_in, read_calibration, write_calibration
from acobot.encoder import find_model
from acobot.errors import ModelError
from acobot.reader import load_reader
from acobot.settings import Settings
from tests.fakes import CALIBRATION

OTHER = replace(CALIBRATION, encoder="other", encoder_sha256="e" * 64)


def test_the_packaged_record_is_of_the_packaged_model_and_reader() -> None:
    record = packaged_calibration()
    assert record.encoder_sha256 == find_model(Settings()).digest
    assert record.reader_sha256 == load_reader().digest


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_calibration(OTHER, tmp_path / "one.json")
    assert read_calibration(tmp_path / "one.json") == OTHER


def test_the_record_made_for_an_index_is_found_by_the_models_digest(tmp_path: Path) -> None:
    write_calibration(OTHER, path_in(tmp_path, OTHER))
    assert find_calibration(tmp_path, "other", "e" * 64) == OTHER
    assert find_calibration(tmp_path, "packaged", CALIBRATION.encoder_sha256) == CALIBRATION


def test_one_made_anew_goes_before_the_packaged_one(tmp_path: Path) -> None:
    own = replace(CALIBRATION, share=0.5)
    write_calibration(own, path_in(tmp_path, own))
    assert find_calibration(tmp_path, "packaged", own.encoder_sha256) == own


def test_another_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nothing was fitted to the model tiny \(ffffffffffff\).*'acobot calibrate "):
        find_calibration(tmp_path, "tiny", "f" * 64)


def test_a_file_that_is_no_record_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    said = asdict(CALIBRATION)
    said["read"]["weights"] = [1.0]
    (tmp_path / "one.json").write_text(json.dumps(said))
    with pytest.raises(ModelError, match=r"one\.json is no calibration: read\.weights.*; run 'acobot calibrate'"):
        read_calibration(tmp_path / "one.json")
    with pytest.raises(ModelError, match=r"none\.json cannot be read: No such file"):
        read_calibration(tmp_path / "none.json")
