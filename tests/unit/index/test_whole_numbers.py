import sys

import numpy as np
import onnx
import pytest

from acobot.encoder import Floats, load_session
from acobot.index import whole_numbers
from acobot.index.whole_numbers import Steps, WholeNumbers


def unit(count: int, depth: int) -> Floats:
    """So many random vectors of length 1."""
    made = np.random.default_rng(5).normal(size=(count, depth)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize(("depth", "count"), [(384, 1), (384, 999), (8, 300), (1024, 40)])
def test_the_greatest_product_is_that_of_the_vectors_but_for_a_third_decimal(depth: int, count: int) -> None:
    levels = np.random.default_rng(6).integers(-127, 128, size=(depth, count)).astype(np.int8)
    scales = (1 / np.linalg.norm(levels.astype(np.float32), axis=0)).astype(np.float32)
    asked = unit(7, depth)
    expected = (asked @ (levels * scales)).max(axis=1)
    assert WholeNumbers(levels, scales).greatest(Steps.of(asked)) == pytest.approx(expected, abs=0.1 / depth**0.5)


def test_nothing_runs_over_where_every_number_is_as_large_as_it_can_be() -> None:
    levels = np.full((1024, 300), 127, dtype=np.int8)
    scales = np.full(300, 1 / (127 * 32), dtype=np.float32)
    asked = np.full((2, 1024), 1 / 32, dtype=np.float32) * np.array([[1], [-1]], dtype=np.float32)
    assert WholeNumbers(levels, scales).greatest(Steps.of(asked)) == pytest.approx([1, -1], abs=1e-5)


def test_a_step_is_small_enough_for_processors_that_add_products_in_pairs() -> None:
    steps = Steps.of(unit(50, 384)).steps
    assert int(steps.max()) * 127 * 2 <= np.iinfo(np.int16).max


def test_a_vector_of_noughts_is_met_by_none() -> None:
    levels = np.full((8, 3), 127, dtype=np.int8)
    found = WholeNumbers(levels, np.ones(3, dtype=np.float32)).greatest(Steps.of(np.zeros((1, 8), dtype=np.float32)))
    assert found.tolist() == [0]


def test_the_model_that_is_written_is_one_of_onnx() -> None:
    model = onnx.load_from_string(whole_numbers._model(np.arange(-60, 60, dtype=np.int8).reshape(8, 15)))
    onnx.checker.check_model(model, full_check=True)
    assert [node.op_type for node in model.graph.node] == ["MatMulInteger"]


def test_what_is_laid_out_is_not_held_twice() -> None:
    model = whole_numbers._model(np.ones((8, 300), dtype=np.int8))
    held = sys.getrefcount(model)
    session = load_session(model)
    assert sys.getrefcount(model) == held, session
