"""Trains the network for so many minutes: examples → weights, with a checkpoint now and then.

The schedule follows the clock, so that the rate has come down to nothing when time is up, on whatever machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from acobot.reader.loading import WEIGHTS
from acobot.reader.pieces import Pieces, Tokenizer, make_batch, passage_pieces, question_pieces, room_beside
from training.dequantising import reader_weights
from training.examples import Mixer
from training.losses import choice_losses, span_losses
from training.network import ReaderNetwork
from training.records import Example


def computes_halves() -> bool:
    """Whether this processor computes bfloat16 faster than float; without AVX-512 it takes ten times as long."""
    return torch.backends.cpu.get_cpu_capability().startswith("AVX512")


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. Rates are of AdamW at the top of the schedule; `rows` are passages computed at a time.

    `half` is to compute in bfloat16.
    """

    minutes: float
    seed: int = 11
    questions: int = 16
    rows: int = 8
    frozen: int = 6
    rate: float = 6e-5
    head_rate: float = 1.8e-4
    span_rate: float = 1e-3
    span_weight: float = 0.15
    warm_up: float = 0.04
    checkpoint_minutes: float = 10.0
    threads: int = 2
    half: bool = field(default_factory=computes_halves)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A passage to be read, in word pieces: `number` is its example's in the step."""

    number: int
    question: list[int]
    pieces: Pieces
    right: frozenset[int]
    answer: tuple[int, int] | None

    @property
    def size(self) -> int:
        return len(self.question) + len(self.pieces.ids)


def train(
    network: ReaderNetwork, mixer: Mixer, tokenizer: Tokenizer, plan: Plan, out: Path, tell: Callable[[str], None]
) -> int:
    """Trains in place and gives the number of steps; checkpoints (float16 states) are written into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    for part in (network.bert.embeddings, *network.bert.layers()[: plan.frozen]):
        part.requires_grad_(requires_grad=False)
    optimizer = _optimizer(network, plan)
    rates = [group["lr"] for group in optimizer.param_groups]
    began, saved, step, seen, spans = time.monotonic(), 0, 0, list[float](), list[float]()
    while (share := (time.monotonic() - began) / 60 / plan.minutes) < 1:
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(share / plan.warm_up + 0.01, (1 - share) / (1 - plan.warm_up), 1.0)
        optimizer.zero_grad()
        choice, span = _losses(network, [mixer.draw() for _ in range(plan.questions)], tokenizer, plan)
        (choice.sum() + plan.span_weight * span.sum()).div(plan.questions).backward()  # type: ignore[no-untyped-call]
        seen.extend(choice.tolist())
        spans.extend(span.tolist())
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        minutes = (time.monotonic() - began) / 60
        if step % 10 == 0:
            of_spans = f"{np.mean(spans):.3f}" if spans else "none"
            tell(f"{minutes:5.1f} min, step {step}: loss {np.mean(seen):.3f}, of spans {of_spans}")
            seen, spans = [], []
        if minutes >= (saved + 1) * plan.checkpoint_minutes:
            saved += 1
            save_weights(network, out / f"checkpoint-{saved:02d}.pt")
            tell(f"saved checkpoint {saved}")
    save_weights(network, out / "weights.pt")
    return step


def save_weights(network: ReaderNetwork, path: Path) -> None:
    """The network's state in float16, written whole or not at all."""
    part = path.with_suffix(".part")
    torch.save({name: value.half() for name, value in network.state_dict().items()}, part)
    part.rename(path)


def load_weights(network: ReaderNetwork, path: Path) -> None:
    """A saved state, that of a network without heads, or a finished reader's file; what it lacks stays as it is."""
    if path.suffix == Path(WEIGHTS).suffix:
        state = reader_weights(path.read_bytes())
    else:
        state = torch.load(path, map_location="cpu", weights_only=True)
    state = {name: value.float() for name, value in state.items()}
    if not any(name.startswith("bert.") for name in state):
        state = {f"bert.{name}": value for name, value in state.items()}
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(name.startswith("bert.") for name in missing):
        raise ValueError(f"{path} is not of this network: {[*missing, *unexpected][:3]}")


def _optimizer(network: ReaderNetwork, plan: Plan) -> torch.optim.Optimizer:
    named = [(name, value) for name, value in network.named_parameters() if value.requires_grad]
    groups = [
        ([value for name, value in named if name.startswith("bert.")], plan.rate),
        ([value for name, value in named if not name.startswith(("bert.", "span."))], plan.head_rate),
        ([value for name, value in named if name.startswith("span.")], plan.span_rate),
    ]
    return torch.optim.AdamW([{"params": values, "lr": rate} for values, rate in groups], weight_decay=0.01)


def _losses(
    network: ReaderNetwork, examples: Sequence[Example], tokenizer: Tokenizer, plan: Plan
) -> tuple[Tensor, Tensor]:
    """The losses of a step: of the sentences chosen, one a question; and of the answers' spans.

    Passages of like length are computed together, whatever their questions, so that little goes into padding.
    """
    scores, owners, rights, spans = [], [], [], []
    for rows in _by_length(_in_pieces(examples, tokenizer), plan.rows):
        batch = make_batch([(row.question, row.pieces) for row in rows])
        arrays = (batch.input_ids, batch.token_type_ids, batch.attention_mask, batch.row, batch.at, batch.inside)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=plan.half):
            heads, nulls, starts, ends = network(*(torch.from_numpy(array) for array in arrays))
        of = torch.from_numpy(batch.row)
        scores.append(heads.float() - nulls.float()[of])
        owners.append(torch.tensor([row.number for row in rows])[of])
        rights.append(_right(rows))
        spans.append(span_losses(starts, ends, _targets(rows)))
    every = torch.tensor([one.every for one in examples])
    return choice_losses(torch.cat(scores), torch.cat(owners), torch.cat(rights), every), torch.cat(spans)


def _in_pieces(examples: Sequence[Example], tokenizer: Tokenizer) -> list[_Row]:
    rows = []
    for number, example in enumerate(examples):
        question = question_pieces(example.question, tokenizer)
        for row in example.rows:
            pieces = passage_pieces(row.passage, tokenizer, room_beside(question))
            rows.append(_Row(number, question, pieces, row.right, row.answer))
    return rows


def _by_length(rows: Sequence[_Row], size: int) -> Iterator[list[_Row]]:
    """The rows in groups of so many, the shortest first."""
    ordered = sorted(rows, key=lambda row: row.size)
    for begin in range(0, len(ordered), size):
        yield ordered[begin : begin + size]


def _right(rows: Sequence[_Row]) -> Tensor:
    """Which of a batch's sentences are right, as numbers."""
    return torch.tensor(
        [
            float(number in row.right)
            for row in rows
            for number, (first, last) in enumerate(row.pieces.ranges)
            if last > first
        ]
    )


def _targets(rows: Sequence[_Row]) -> Tensor:
    """The answers' spans of a batch as `span_losses` takes them."""
    targets: list[tuple[int, int, int, int, int]] = []
    for number, row in enumerate(rows):
        if row.answer and (span := _answer_pieces(row.pieces, row.answer)):
            shift = len(row.question) + 2
            first, last, begin, stop = span
            targets.append((number, shift + first, shift + last, shift + begin, shift + stop))
    return torch.tensor(targets, dtype=torch.long).reshape(len(targets), 5)


def _answer_pieces(pieces: Pieces, answer: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The range of the sentence that holds an answer whole, and the answer's first and last piece."""
    for first, last in pieces.ranges:
        spans = pieces.spans[first:last]
        inside = np.flatnonzero((spans[:, 0] < answer[1]) & (spans[:, 1] > answer[0]))
        if len(inside):
            return first, last, first + int(inside[0]), first + int(inside[-1])
    return None
