"""A trained network → the folder that `acobot.reader` loads: int8 weights, tokenizer, and a card with the figures.

The graph has no mask, for the reader reads one row at a time, which needs no padding.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from acobot.reader.loading import CARD, OUTPUTS, TOKENIZER, WEIGHTS
from acobot.reader.pieces import Batch
from training.network import DIMENSION, ReaderNetwork
from training.outliers import CHANNELS, part_outliers

INPUTS = ("input_ids", "token_type_ids", "row", "at", "inside")  # fields of the reader's `Batch`
OPSET = 17
NAME = "acobot-reader"
NEVER = 2.0  # a probability that no emphasis has


class _Unmasked(nn.Module):
    """The network for rows that are all there."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, types: Tensor, row: Tensor, at: Tensor, inside: Tensor) -> tuple[Tensor, ...]:
        outputs: tuple[Tensor, ...] = self.network(ids, types, None, row, at, inside)
        return outputs


def export_reader(
    network: ReaderNetwork, tokenizer: Path, folder: Path, samples: Sequence[Batch], *, int8: bool = True
) -> None:
    """Writes the weights and the tokenizer of a reader, with a card that has no figures yet and never emphasises.

    `samples` are rows as it will read them, which show what int8 would spoil.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_graph(part_outliers(network, samples) if int8 else network, plain)
        if int8:
            quantise(plain, folder / WEIGHTS)
        else:
            shutil.copyfile(plain, folder / WEIGHTS)
    (folder / TOKENIZER).write_bytes(gzip.compress(tokenizer.read_bytes(), mtime=0))  # no time: same input, same bytes
    write_card(folder, {"name": NAME, "emphasis": {"from_probability": NEVER}})


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Writes a reader's card, with the digests of its files as they lie there."""
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (WEIGHTS, TOKENIZER)}
    told = json.dumps({**card, "files": files}, indent=2, ensure_ascii=False)
    (folder / CARD).write_text(told + "\n", encoding="utf-8")


def write_graph(network: ReaderNetwork, path: Path) -> None:
    """The network as a float32 ONNX graph whose batch, length and sentences are free."""
    pair = torch.zeros(2, 8, dtype=torch.long)
    example = (
        pair,
        pair,
        torch.tensor([0, 1, 1]),
        torch.ones(3, 4, dtype=torch.long),
        torch.ones(3, 4).long(),
    )
    by_row, by_sentence = {0: "rows", 1: "pieces"}, {0: "sentences", 1: "width"}
    axes = dict.fromkeys(INPUTS[:2], by_row) | {"row": {0: "sentences"}, "at": by_sentence, "inside": by_sentence}
    axes |= {"heads": {0: "sentences"}, "nulls": {0: "rows"}, "starts": by_row, "ends": by_row}
    torch.onnx.export(
        _Unmasked(network.float().eval()),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        custom_opsets={"com.microsoft": 1},
    )


def quantise(plain: Path, path: Path) -> None:
    """Weights of products and embeddings as int8, a scale a column; activations are quantised as they come.

    Processors without VNNI add two products of an unsigned and a signed byte in 16 bits, and cut off what is more
    (ONNX Runtime, "Quantize ONNX models", on U8S8). They do not with two unsigned ones, which give the same numbers
    everywhere.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = plain.with_name("ready.onnx")
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready),
        str(path),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=_products_apart(ready),
    )
    onnx.save(_unsigned(onnx.load(str(path))), str(path))


def _unsigned(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same model, with the weights of its products and their zero points moved up from signed to unsigned bytes."""
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    names = {name for node in model.graph.node if node.op_type == "MatMulInteger" for name in node.input[1::2]}
    for name in sorted(names):
        values = numpy_helper.to_array(held[name])
        if values.dtype == np.int8:
            moved = (values.astype(np.int16) - np.iinfo(np.int8).min).astype(np.uint8)
            held[name].CopyFrom(numpy_helper.from_array(moved, name))
    return model


def _products_apart(path: Path) -> list[str]:
    """The products of the channels that stay in float."""
    graph = onnx.load(str(path)).graph
    apart = {tensor.name for tensor in graph.initializer if list(tensor.dims) == [CHANNELS, DIMENSION]}
    return [node.name for node in graph.node if node.op_type == "MatMul" and node.input[1] in apart]
