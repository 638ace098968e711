"""Makes the reader from the data's folder: `python -m training.reader DATA OUT`. See README.md.

DATA has reader/ and evaluation/. OUT gets the pools, the checkpoints, and the finished reader in OUT/reader/.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from acobot.encoder.models import packaged_folder
from acobot.reader import load_reader
from acobot.reader.loading import load_tokenizer
from acobot.reader.pieces import Batch, Tokenizer, make_batch, passage_pieces, question_pieces, room_beside
from training.dequantising import float_weights
from training.examples import SHARES, Mixer
from training.export import NAME, NEVER, export_reader, write_card
from training.figures import MOST, SpanFigures, all_figures
from training.network import ReaderNetwork
from training.records import Pool
from training.sets import read_all
from training.splitting import split
from training.training import Plan, load_weights, train
from training.trunk import fetch_trunk

SAMPLES = 40  # rows that show which channels are the largest
GOOD_EMPHASIS = 0.9  # mean F1 of characters with the answer string, from which words are emphasised


def main() -> None:
    """Reads the arguments, and does the steps."""
    options = _arguments()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    pools = options.pools or options.out / "pools"
    tokenizer = packaged_folder() / "tokenizer.json"
    pieces, network = load_tokenizer(tokenizer.read_bytes()), ReaderNetwork()
    load_weights(network, options.weights or options.init or _trunk(options.out))
    plan = Plan(minutes=options.minutes, threads=options.threads, seed=options.seed)
    parts, steps = split(*read_all(options.data, pools)), 0
    if not options.weights:
        mixer = Mixer(parts.pools, parts.articles, random.Random(plan.seed))
        print(f"plan {asdict(plan)}, shares {SHARES}", flush=True)
        steps = train(
            network,
            mixer,
            pieces,
            plan,
            options.out,
            lambda line: print(line, flush=True),
        )
    finished = options.out / "reader"
    export_reader(network, tokenizer, finished, sample_rows(parts.pools["written"], pieces))
    reader = load_reader(finished, plan.threads)
    figures, spans = all_figures(reader, options.data, pools, options.beside, options.most)
    write_card(
        finished,
        {
            "name": NAME,
            "emphasis": {"from_probability": emphasis_from(spans), "figures": [asdict(one) for one in spans]},
            "plan": asdict(plan) | {"steps": steps, "shares": SHARES},
            "figures": {name: asdict(one) for name, one in figures.items()},
        },
    )
    print(f"the reader is in {finished}")


def emphasis_from(spans: Sequence[SpanFigures]) -> float:
    """The lowest probability from which emphases are good enough; one that is never reached where none are."""
    return next((one.least for one in spans if one.f1 >= GOOD_EMPHASIS), NEVER)


def sample_rows(pool: Pool, tokenizer: Tokenizer) -> list[Batch]:
    """Some questions of a pool, each with the passage that it was written on, as the reader reads them."""
    rows = []
    for asked in pool.asked[:: max(1, len(pool.asked) // SAMPLES)]:
        question, text = question_pieces(asked.question, tokenizer), pool.texts[asked.home]
        pieces = passage_pieces(text.read_as(text.title), tokenizer, room_beside(question))
        rows.append(make_batch([(question, pieces)]))
    return rows


def _trunk(out: Path) -> Path:
    path = out / "trunk.pt"
    if not path.exists():
        out.mkdir(parents=True, exist_ok=True)
        torch.save(float_weights(fetch_trunk()), path)
    return path


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument("data", type=Path, help="the data's folder, with reader/ and evaluation/")
    parser.add_argument("out", type=Path, help="folder for pools, checkpoints and the finished reader")
    parser.add_argument("--init", type=Path, help="weights to start from (default: the trunk, which is fetched)")
    parser.add_argument("--weights", type=Path, help="finish these weights, without training")
    parser.add_argument("--pools", type=Path, help="folder of pools made before (default: OUT/pools)")
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help="pools to judge by only")
    parser.add_argument("--most", type=int, default=MOST, help=f"questions a set to judge by (default: {MOST})")
    parser.add_argument("--minutes", type=float, default=90, help="how long to train (default: 90)")
    parser.add_argument("--threads", type=int, default=2, help="cores to compute on (default: 2)")
    parser.add_argument("--seed", type=int, default=11, help="of what is drawn (default: 11)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
