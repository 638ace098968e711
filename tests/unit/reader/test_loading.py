"""A reader's folder: what is checked before it is used. The graph here is a tiny one, made by hand."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from acobot.errors import ModelError
from acobot.reader import load_reader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"reader.onnx": b"no graph", "tokenizer.json.gz": b"{}"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    card = {"name": "tiny", "files": digests, "emphasis": {"from_probability": 0.5}}
    (tmp_path / "reader.json").write_text(json.dumps(card))
    return tmp_path


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=re.escape(str(tmp_path / "none" / "reader.json"))):
        load_reader(tmp_path / "none")


def test_a_card_that_is_no_json_or_lacks_a_field_is_refused(folder: Path) -> None:
    (folder / "reader.json").write_text("{")
    with pytest.raises(ModelError, match="not what was written"):
        load_reader(folder)
    (folder / "reader.json").write_text("{}")
    with pytest.raises(ModelError, match="files"):
        load_reader(folder)


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json.gz"])
def test_a_file_that_is_not_the_published_one_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"something else")
    with pytest.raises(ModelError, match=f"{name}.*SHA-256 differs"):
        load_reader(folder)


def test_a_file_that_is_missing_is_named(folder: Path) -> None:
    (folder / "reader.onnx").unlink()
    with pytest.raises(ModelError, match=r"reader\.onnx.*cannot be read"):
        load_reader(folder)


def test_a_file_that_is_no_graph_cannot_be_loaded(folder: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reader(folder)
