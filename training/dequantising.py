"""int8 ONNX files → float weights by the names that they had: of a trunk, and of a finished reader.

So training can start from what is shipped, of which no other file is kept. What int8 rounded away stays lost: of the
finished reader's scores 0.1 or so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

TRUNK = "bert."
NETWORK = "network."  # what the export of a reader puts before its network's names
APART = ".apart"  # ends the name of what was kept in float of a wide layer's weights
_BETWEEN = {"Cast", "Mul", "Add", "Reshape"}  # operators between an integer product and its layer's bias

Arrays = Mapping[str, npt.NDArray[Any]]


def reader_weights(content: bytes) -> dict[str, torch.Tensor]:
    """The parameters of a reader's network, by their names, from the file that `export_reader` wrote."""
    graph = onnx.load_from_string(content).graph
    arrays = _arrays(graph)
    found = _found(graph, arrays)
    for name, columns, weight in _kept_apart(graph, arrays):
        found[name][:, columns] = weight.T
    own = {name.removeprefix(NETWORK): value for name, value in found.items() if name.startswith(NETWORK)}
    return {name.replace(".dense.dense.", ".dense."): value for name, value in _tensors(own).items()}


def float_weights(content: bytes) -> dict[str, torch.Tensor]:
    """The parameters of a BERT that ONNX Runtime quantised dynamically, by their names, without heads or pooler."""
    graph = onnx.load_from_string(content).graph
    parts = (TRUNK, "embeddings.", "encoder.")
    found = _found(graph, _arrays(graph)).items()
    kept = {name: value for name, value in found if name.startswith(parts) and "pooler" not in name}
    return {name.removeprefix(TRUNK): value for name, value in _tensors(kept).items()}


def _arrays(graph: Any) -> dict[str, npt.NDArray[Any]]:
    """All that the graph holds, by name."""
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    constants = [(node.output[0], one.t) for node in graph.node for one in node.attribute if one.name == "value"]
    return held | {name: numpy_helper.to_array(tensor) for name, tensor in constants}


def _found(graph: Any, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    return {**dict(_products(graph, arrays)), **dict(_tables(arrays))}


def _tensors(found: Arrays) -> dict[str, torch.Tensor]:
    return {name: torch.tensor(np.array(found[name], dtype=np.float32)) for name in sorted(found)}


def _kept_apart(graph: Any, arrays: Arrays) -> Iterator[tuple[str, npt.NDArray[Any], npt.NDArray[Any]]]:
    """Of each wide layer the name of its weights, which of their columns were kept in float, and these, transposed."""
    made_by = {node.output[0]: node for node in graph.node}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1].endswith(APART):
            columns = arrays[made_by[node.input[0]].input[1]]
            yield f"{node.input[1].removesuffix(APART)}.dense.weight", columns, arrays[node.input[1]]


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
