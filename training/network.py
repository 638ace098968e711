"""The network: a BERT reads question and passage together; a score a sentence, one that nothing answers, and spans.

Takes batches of word pieces, gives raw scores; knows nothing of data or training. Plain torch, so that it can be read,
packed and exported; the parameters' names are those of `transformers`' BERT, so that its weights fit.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

PIECES, PLACES, DIMENSION, HEADS, LAYERS = 30522, 512, 384, 12, 12
EPSILON = 1e-12  # of BERT's layer norms
BARRED = -1e4  # added to what must not be looked at; finite, so that an empty row gives no NaN


class Embeddings(nn.Module):
    """Word pieces, their places and which of the two texts they belong to → vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(PIECES, DIMENSION)
        self.position_embeddings = nn.Embedding(PLACES, DIMENSION)
        self.token_type_embeddings = nn.Embedding(2, DIMENSION)
        self.LayerNorm = nn.LayerNorm(DIMENSION, eps=EPSILON)

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        summed = self.word_embeddings(ids) + self.token_type_embeddings(types) + self.position_embeddings(places)
        normed: Tensor = self.LayerNorm(summed)
        return normed


def attend(query: Tensor, key: Tensor, value: Tensor, barred: Tensor | None) -> Tensor:
    """What each place takes from the others (B, T, DIMENSION), each head for itself; `barred` is added to the looks."""
    if torch.onnx.is_in_onnx_export():
        looked: Tensor = _WholeAttention.apply(query, key, value)  # type: ignore[no-untyped-call]
        return looked
    batch, size, _ = query.shape
    parted = [part.view(batch, size, HEADS, DIMENSION // HEADS).transpose(1, 2) for part in (query, key, value)]
    mask = None if barred is None else barred.to(query.dtype)
    joined = functional.scaled_dot_product_attention(parted[0], parted[1], parted[2], attn_mask=mask)
    return joined.transpose(1, 2).reshape(query.shape)


class _WholeAttention(torch.autograd.Function):
    """Attention without a mask, as the one operator that ONNX Runtime computes fastest."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        return query + key + value  # only its shape is looked at

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        operator = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS)
        operator.setType(query.type())
        return operator


class Attention(nn.Module):
    """Self-attention of many heads, its output layer and norm."""

    def __init__(self) -> None:
        super().__init__()
        self.self = nn.ModuleDict({name: nn.Linear(DIMENSION, DIMENSION) for name in ("query", "key", "value")})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(DIMENSION, DIMENSION), "LayerNorm": nn.LayerNorm(DIMENSION, eps=EPSILON)}
        )

    def forward(self, states: Tensor, barred: Tensor | None) -> Tensor:
        query, key, value = (self.self[name](states) for name in ("query", "key", "value"))
        looked = attend(query, key, value, barred)
        normed: Tensor = self.output["LayerNorm"](states + self.output["dense"](looked))
        return normed


class Layer(nn.Module):
    """One layer: attention, then two dense layers."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = Attention()
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(DIMENSION, 4 * DIMENSION)})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(4 * DIMENSION, DIMENSION), "LayerNorm": nn.LayerNorm(DIMENSION, eps=EPSILON)}
        )

    def forward(self, states: Tensor, barred: Tensor | None) -> Tensor:
        states = self.attention(states, barred)
        wide = functional.gelu(self.intermediate["dense"](states))
        normed: Tensor = self.output["LayerNorm"](states + self.output["dense"](wide))
        return normed


class Trunk(nn.Module):
    """BERT without pooler: ids, types and mask (B, T) → states (B, T, DIMENSION). No mask: every place counts."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.embeddings = Embeddings()
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(layers))})

    def layers(self) -> list[nn.Module]:
        """The layers, lowest first."""
        return list(self.encoder["layer"].children())

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor | None) -> Tensor:
        barred = None if mask is None else (1 - mask[:, None, None, :].float()) * BARRED
        states: Tensor = self.embeddings(ids, types)
        for layer in self.layers():
            states = layer(states, barred)
        return states


class ReaderNetwork(nn.Module):
    """The trunk with its heads: a score a sentence, one a passage that nothing answers, and a start and end a piece.

    A sentence's score is made of its pieces' states, pooled by attention, their largest values, and [CLS].
    """

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.bert = Trunk(layers)
        self.att = nn.Linear(DIMENSION, 1)
        self.head = nn.Sequential(nn.Linear(3 * DIMENSION, DIMENSION), nn.GELU(), nn.Linear(DIMENSION, 1))
        self.nullh = nn.Sequential(nn.Linear(DIMENSION, DIMENSION), nn.Tanh(), nn.Linear(DIMENSION, 1))
        self.span = nn.Linear(DIMENSION, 2)

    def forward(
        self, ids: Tensor, types: Tensor, mask: Tensor | None, row: Tensor, at: Tensor, inside: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Raw scores of S sentences (S,), of none (B,), and of each piece as a span's start and end (B, T).

        ids, types, mask (B, T); row (S,) of each sentence, its places `at` (S, W), and which are `inside` it.
        """
        states = self.bert(ids, types, mask)
        first = states[:, 0]
        flat = row[:, None] * states.shape[1] + at
        pieces = states.reshape(-1, DIMENSION)[flat]
        barred = (1 - inside.float()) * BARRED
        shares = (self.att(states).reshape(-1)[flat] + barred).softmax(1)
        pooled = (shares[..., None] * pieces).sum(1)
        largest = (pieces + barred[..., None]).amax(1)
        heads = self.head(torch.cat([pooled, largest, first[row]], 1)).squeeze(-1)
        starts, ends = self.span(states).unbind(-1)
        return heads, self.nullh(first).squeeze(-1), starts, ends
