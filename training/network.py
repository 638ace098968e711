"""The network: a BERT reads question and passage together; a score a sentence, one that nothing answers, and spans.

Takes batches of word pieces, gives raw scores; knows nothing of data or training. Plain torch, so that it can be read,
packed and exported; the parameters' names are those of `transformers`' BERT, so that its weights fit.
"""

from __future__ import annotations

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


class Attention(nn.Module):
    """Self-attention of many heads, its output layer and norm."""

    def __init__(self) -> None:
        super().__init__()
        self.self = nn.ModuleDict({name: nn.Linear(DIMENSION, DIMENSION) for name in ("query", "key", "value")})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(DIMENSION, DIMENSION), "LayerNorm": nn.LayerNorm(DIMENSION, eps=EPSILON)}
        )

    def forward(self, states: Tensor, barred: Tensor) -> Tensor:
        batch, size, _ = states.shape
        query, key, value = (
            self.self[name](states).view(batch, size, HEADS, DIMENSION // HEADS).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        looked = functional.scaled_dot_product_attention(query, key, value, attn_mask=barred.to(query.dtype))
        joined = looked.transpose(1, 2).reshape(batch, size, DIMENSION)
        normed: Tensor = self.output["LayerNorm"](states + self.output["dense"](joined))
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

    def forward(self, states: Tensor, barred: Tensor) -> Tensor:
        states = self.attention(states, barred)
        wide = functional.gelu(self.intermediate["dense"](states))
        normed: Tensor = self.output["LayerNorm"](states + self.output["dense"](wide))
        return normed


class Trunk(nn.Module):
    """BERT without pooler: ids, types and mask (B, T) → states (B, T, DIMENSION)."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.embeddings = Embeddings()
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(layers))})

    def layers(self) -> list[nn.Module]:
        """The layers, lowest first."""
        return list(self.encoder["layer"].children())

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        barred = (1 - mask[:, None, None, :].float()) * BARRED
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
        self, ids: Tensor, types: Tensor, mask: Tensor, row: Tensor, at: Tensor, inside: Tensor
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
