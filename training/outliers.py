"""Keeps what int8 would spoil in float: the few channels of a wide layer that are far larger than all others.

In the lower layers of this trunk one channel of 1,536 is five times the next. With one scale for all of them, as int8
has, the others are left with few steps. Apart, in a small product of their own, they cost next to nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from acobot.reader.pieces import Batch
from training.network import ReaderNetwork

CHANNELS = 8  # of each layer; 32 were no better


class Parted(nn.Module):
    """A dense layer whose largest inputs have a product of their own."""

    def __init__(self, dense: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        self.dense = dense
        self.largest = largest
        self.others = nn.Parameter(torch.ones(dense.in_features).index_fill(0, largest, 0.0))
        self.apart = nn.Parameter(dense.weight.data[:, largest].T.clone())

    def forward(self, states: Tensor) -> Tensor:
        rest: Tensor = self.dense(states * self.others)
        return rest + states.index_select(-1, self.largest) @ self.apart


def part_outliers(network: ReaderNetwork, batches: Sequence[Batch]) -> ReaderNetwork:
    """A copy that computes the same, with the channels apart that are largest in the batches."""
    parted = copy.deepcopy(network).eval()
    for layer, largest in zip(_wide(parted), find_outliers(parted, batches), strict=True):
        layer.output["dense"] = Parted(layer.output["dense"], largest)
    return parted


def find_outliers(network: ReaderNetwork, batches: Sequence[Batch]) -> list[Tensor]:
    """For each layer the numbers of the channels that are largest."""
    sizes: dict[int, Tensor] = {}

    def measure(number: int) -> Callable[[nn.Module, Any], None]:
        def keep(_: nn.Module, inputs: Any) -> None:
            found = inputs[0].detach().abs().amax((0, 1))
            sizes[number] = torch.maximum(sizes[number], found) if number in sizes else found

        return keep

    layers = _wide(network)
    hooks = [layer.output["dense"].register_forward_pre_hook(measure(n)) for n, layer in enumerate(layers)]
    with torch.inference_mode():
        for batch in batches:
            arrays = (batch.input_ids, batch.token_type_ids, batch.attention_mask, batch.row, batch.at, batch.inside)
            network(*(torch.from_numpy(array) for array in arrays))
    for hook in hooks:
        hook.remove()
    return [sizes[number].topk(CHANNELS).indices.clone() for number in range(len(layers))]


def _wide(network: ReaderNetwork) -> list[Any]:
    """The layers, whose second dense layer has the wide input."""
    return list(network.bert.layers())
