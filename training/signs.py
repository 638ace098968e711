"""Makes a policy's model of signs from messages: `python -m training.signs OUT [--messages …] [--questions …]`.

OUT is where signs.npz is written (a policy pack's folder). The project's own messages (`signs/` in this folder, and
those of `tests/evaluation/` that are to be fitted to) are always used. Each FOLDER may hold `need.jsonl` and
`ordinary.jsonl` ({"text", "sign"}); each FILE ordinary questions ({"question"}). A tenth of the messages is kept aside;
on these, and on the files that nothing is fitted to, it is measured.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import nn

from acobot.encoder import Encoder, Encoding, Floats, find_model, load_encoder
from acobot.languages import load_language
from acobot.policies import KINDS, Policy, load_policy
from acobot.policies.model import FILE, LOOK_SCALE, MOST_PIECES, TOKEN_SCALE, Network
from acobot.question import find_need, find_sign
from acobot.settings import Settings

HERE = Path(__file__).parent
EVALUATION = HERE.parent / "tests" / "evaluation"
SOURCES = HERE.parent / "sources"
OWN = HERE / "signs"
ORDINARY = len(KINDS)
NONE = "none"
SEED, NETWORKS = 7, 3
HIDDEN, LOOKS = 192, 8
EPOCHS, BATCH, RATE, DECAY, DROPPED = 14, 32, 2e-3, 0.02, 0.3
JOINED = 0.25  # of the messages get an ordinary one before or after them, for need may stand beside a question
OF_NEED, OF_LINES, OF_QUESTIONS = 1.6, 0.5, 0.3  # what a message that shows need, an `asks:` line, a question weigh
# The probability of need from which a sign is told, of whatever kind. Of 1,020 messages by other hands that nothing was
# fitted to, 0.03 of the ordinary ones, most with alarming words, reach it, and 0.97 of those that show need.
THRESHOLD = 0.5
MOST_QUESTIONS = 4000  # of all files


@dataclass(frozen=True)
class Example:
    """A message, its kind (a place in `KINDS`, or `ORDINARY`), where it is from, and what it weighs in fitting."""

    text: str
    kind: int
    origin: str
    weight: float


class Trained(nn.Module):
    """`acobot.policies.model.Network`, as it is fitted."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.pieces, self.looks = nn.Linear(dimension, HIDDEN), nn.Linear(dimension, LOOKS)
        self.whole, self.out = nn.Linear(dimension, HIDDEN), nn.Linear(3 * HIDDEN, ORDINARY + 1)
        self.straight = nn.Linear(dimension, ORDINARY + 1, bias=False)
        self.drop, self.drop_input = nn.Dropout(DROPPED), nn.Dropout(0.1)

    def forward(self, vectors: torch.Tensor, tokens: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
        tokens, vectors = self.drop_input(tokens), self.drop_input(vectors)
        beyond = (torch.arange(tokens.shape[1])[None] >= sizes[:, None])[..., None]
        seen = torch.relu(self.pieces(tokens * TOKEN_SCALE)).masked_fill(beyond, 0)
        shares = self.looks(tokens * LOOK_SCALE).masked_fill(beyond, -1e4).softmax(1)
        looked = torch.einsum("bna,bnh->bah", shares, seen).mean(1)
        whole = torch.relu(self.whole(vectors * TOKEN_SCALE))
        read = self.drop(torch.cat([seen.max(1).values, looked, whole], 1))
        logits: torch.Tensor = self.out(read) + self.straight(vectors * TOKEN_SCALE)
        return logits

    def network(self) -> Network:
        """The same in half precision, as it is written and read."""
        half = {
            name: cast("Floats", value.detach().numpy().T.astype(np.float16)) for name, value in self.named_parameters()
        }
        return Network(
            half["pieces.weight"], half["pieces.bias"], half["looks.weight"], half["looks.bias"],
            half["whole.weight"], half["whole.bias"], half["out.weight"], half["straight.weight"], half["out.bias"],
        )  # fmt: skip


def main() -> None:
    """Reads and encodes the messages, fits, writes, measures."""
    parser = argparse.ArgumentParser(prog="python -m training.signs", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--messages", type=Path, nargs="*", default=[])
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = find_model(Settings())
    encoder = load_encoder(model)
    examples = [*own_examples(), *more_examples([OWN, *options.messages]), *plain_questions(options.questions)]
    encoded = encode(encoder, examples)
    fitting = [place for place, one in enumerate(examples) if one.weight]
    fitted = [fit(examples, encoded, fitting, SEED + number) for number in range(NETWORKS)]
    stacked = {name: np.stack([getattr(one, name) for one in fitted]) for name in Network.__slots__}
    arrays = {"model": np.array(model.digest), "thresholds": np.full(ORDINARY, THRESHOLD, dtype=np.float32), **stacked}
    np.savez_compressed(options.out / FILE, allow_pickle=False, **arrays)
    print(f"fitted to {len(fitting)} messages; wrote {options.out / FILE}")
    policy = load_policy(str(options.out), load_language("en"))
    if policy:
        measure(examples, encoded, policy, model.digest)


def own_examples() -> Iterator[Example]:
    """The messages and questions of the project, and the questions that its sources say they answer."""
    for name in ("signposting", "more-signposting"):
        for one in read_lines(EVALUATION / f"{name}.jsonl"):
            yield message(one["text"], one["signpost"] or NONE, "own")
    for name, key in (("unseen-signposting", "text"), ("unseen-messages", "text"), ("unseen-questions", "question")):
        for one in read_lines(EVALUATION / f"{name}.jsonl"):
            yield message(one[key], one["signpost"] or NONE, name, fitted=False)
    for name in ("questions", "more-questions"):
        yield from (message(one["question"], NONE, "own") for one in read_lines(EVALUATION / f"{name}.jsonl"))
    for name in ("conversations", "more-conversations"):
        turns = (turn for one in read_lines(EVALUATION / f"{name}.jsonl") for turn in one["turns"])
        yield from (message(turn["question"], NONE, "own") for turn in turns)
    for path in sorted(SOURCES.glob("*.md")):
        for asks in re.findall(r"<!-- asks:(.*?)-->", path.read_text(encoding="utf-8"), re.DOTALL):
            yield from (Example(" ".join(one.split()), ORDINARY, "asks", OF_LINES) for one in asks.split("|"))


def more_examples(folders: Sequence[Path]) -> Iterator[Example]:
    """The messages of folders, a tenth of each file kept aside."""
    for path in (folder / f"{name}.jsonl" for folder in folders for name in ("need", "ordinary")):
        lines = read_lines(path)
        order = list(range(len(lines)))
        random.Random(SEED).shuffle(order)
        aside = set(order[: len(lines) // 10])
        for place, one in enumerate(lines):
            kept = place in aside
            yield message(one["text"], one["sign"], "kept aside" if kept else "messages", fitted=not kept)


def message(text: str, sign: str, origin: str, *, fitted: bool = True) -> Example:
    """One message with the name of its sign, or "none"."""
    kind = ORDINARY if sign == NONE else KINDS.index(sign)
    return Example(text, kind, origin, (1.0 if kind == ORDINARY else OF_NEED) * fitted)


def plain_questions(files: Sequence[Path]) -> Iterator[Example]:
    """Ordinary questions of the files, at most so many."""
    lines = [one["question"] for path in files for one in read_lines(path) if "question" in one]
    random.Random(SEED).shuffle(lines)
    yield from (Example(question, ORDINARY, "questions", OF_QUESTIONS) for question in lines[:MOST_QUESTIONS])


def encode(encoder: Encoder, examples: Sequence[Example]) -> list[Encoding]:
    """Each message encoded alone, as it is when it is asked."""
    return [encoder.encode([one.text], as_question=True)[0] for one in examples]


def fit(examples: Sequence[Example], encoded: Sequence[Encoding], places: Sequence[int], seed: int) -> Network:
    """One network fitted to the examples at these places."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    trained = Trained(len(encoded[0].vector))
    steps = EPOCHS * -(-len(places) // BATCH)
    optimiser = torch.optim.AdamW(trained.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    ordinary = [place for place in places if examples[place].kind == ORDINARY]
    for _ in range(EPOCHS):
        order = [int(place) for place in chance.permutation(places)]
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            logits = trained(*stack([joined(encoded, place, ordinary, chance) for place in batch]))
            wanted = torch.tensor([examples[place].kind for place in batch])
            weights = torch.tensor([examples[place].weight for place in batch])
            losses = nn.functional.cross_entropy(logits, wanted, reduction="none", label_smoothing=0.02)
            optimiser.zero_grad()
            (losses * weights).mean().backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return trained.eval().network()


def joined(
    encoded: Sequence[Encoding], place: int, ordinary: Sequence[int], chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """The vector and word pieces of a message, now and then with an ordinary one before or after it."""
    vector, tokens = encoded[place].vector, encoded[place].tokens[:MOST_PIECES]
    if chance.random() >= JOINED:
        return vector, tokens
    other = encoded[ordinary[int(chance.integers(len(ordinary)))]]
    beside = other.tokens[: MOST_PIECES - len(tokens)]
    both = [tokens, beside] if chance.random() < 0.5 else [beside, tokens]
    mixed = len(tokens) * vector + len(beside) * other.vector
    return mixed / max(float(np.linalg.norm(mixed)), 1e-9), np.concatenate(both)


def stack(read: Sequence[tuple[Floats, Floats]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Vectors, word pieces filled up with zeros to the longest, and how many there are of each."""
    sizes = [len(tokens) for _, tokens in read]
    filled = np.zeros((len(read), max(sizes), len(read[0][0])), dtype=np.float32)
    for row, (_, tokens) in enumerate(read):
        filled[row, : len(tokens)] = tokens
    vectors = np.stack([vector for vector, _ in read]).astype(np.float32)
    return torch.from_numpy(vectors), torch.from_numpy(filled), torch.tensor(sizes)


def measure(examples: Sequence[Example], encoded: Sequence[Encoding], policy: Policy, digest: str) -> None:
    """Prints, for what is from each place and of each kind, how many get no sign, and how many the right one."""
    for origin in dict.fromkeys(one.origin for one in examples):
        for kind in range(ORDINARY + 1):
            places = [n for n, one in enumerate(examples) if one.origin == origin and one.kind == kind]
            told = [
                find_need(examples[n].text, [encoded[n]], policy, digest, find_sign(examples[n].text, policy)).sign
                for n in places
            ]
            if told:
                wanted = KINDS[kind] if kind < ORDINARY else None
                right, none = (sum(got == one for got in told) / len(told) for one in (wanted, None))
                print(f"{origin:20}{wanted or 'ordinary':10}{len(told):5}  no sign {none:.3f}  right {right:.3f}")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
