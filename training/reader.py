"""Makes the reader from the data's folder: `python -m training.reader DATA OUT`. See README.md.

DATA has reader/ and evaluation/. OUT gets the pools, the checkpoints, and the finished reader in reader/.
"""

from __future__ import annotations

import argparse
import os
import random
from dataclasses import asdict
from pathlib import Path

from acobot.encoder import find_model
from acobot.reader.loading import TOKENIZER, load_tokenizer
from acobot.settings import PACKAGED_MODEL
from training.examples import SHARES, Mixer
from training.network import ReaderNetwork
from training.sets import read_articles, read_pools
from training.splitting import split
from training.training import Plan, load_weights, train


def main() -> None:
    """Reads the arguments, and does the steps."""
    options = _arguments()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    plan = Plan(minutes=options.minutes, threads=options.threads, seed=options.seed)
    pools = read_pools(options.data, options.pools or options.out / "pools")
    articles = {
        "squad1": read_articles(options.data / "reader" / "squad1-train.jsonl.gz"),
        "squad2": read_articles(options.data / "reader" / "squad2-dev.jsonl.gz"),
    }
    parts = split(pools, articles)
    tokenizer_file = find_model(PACKAGED_MODEL).path / TOKENIZER
    network = ReaderNetwork()
    load_weights(network, options.init)
    mixer = Mixer(parts.pools, parts.articles, random.Random(plan.seed))
    print(f"plan {asdict(plan)}, shares {SHARES}", flush=True)
    train(network, mixer, load_tokenizer(tokenizer_file), plan, options.out, lambda line: print(line, flush=True))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument("data", type=Path, help="the data's folder, with reader/ and evaluation/")
    parser.add_argument("out", type=Path, help="folder for pools, checkpoints and the finished reader")
    parser.add_argument("--init", type=Path, required=True, help="weights to start from: trunk.pt or a checkpoint")
    parser.add_argument("--pools", type=Path, help="folder of pools made before (default: OUT/pools)")
    parser.add_argument("--minutes", type=float, default=90, help="how long to train (default: 90)")
    parser.add_argument("--threads", type=int, default=2, help="cores to compute on (default: 2)")
    parser.add_argument("--seed", type=int, default=11, help="of what is drawn (default: 11)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
