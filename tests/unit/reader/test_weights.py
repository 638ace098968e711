"""The shipped weights give the same numbers on every processor: no product of bytes is cut off."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

import acobot.reader
from acobot.reader.loading import WEIGHTS


def test_the_weights_of_all_products_are_unsigned() -> None:
    # Of an unsigned and a signed byte, processors without VNNI cut off what two products are beyond 16 bits.
    graph = onnx.load(str(Path(acobot.reader.__file__).parent / WEIGHTS)).graph
    held = {tensor.name: tensor for tensor in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMulInteger"]
    assert len(products) > 70
    for node in products:
        assert all(numpy_helper.to_array(held[name]).dtype == np.uint8 for name in node.input[1::2])
