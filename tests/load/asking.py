"""A large index is opened and asked (`python -m tests.load.asking FOLDER`): times, memory, and recall. Prints JSON.

Seconds of the processor stand beside those of the clock, for others may use the machine.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from acobot.answering import Means, find_answer
from acobot.encoder import Encoder, find_model, load_encoder
from acobot.index import Store, Version
from tests.load.made_text import make_sources
from tests.load.scale import settings_of

QUESTIONS, WARM, NEAREST = 100, 10, 100
TOGETHER = 50_000  # vectors compared at a time


def megabytes() -> dict[str, float]:
    """Memory of this process: all, and what is its own and not mapped from files."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    kept = {"VmRSS": "all", "RssAnon": "own"}
    return {kept[key]: int(rest.split()[0]) / 1024 for key, rest in (one.split(":", 1) for one in lines) if key in kept}


def questions(passages: int) -> list[str]:
    """One about a passage of each of some of the first sources: these were encoded or not, as it comes."""
    return [source.passages[0][0].question for source in make_sources(min(QUESTIONS + WARM, passages // 10))]


def centiles(seconds: list[float]) -> dict[str, float]:
    """Milliseconds."""
    return {f"p{part}": round(float(np.percentile(seconds, part)) * 1000, 1) for part in (50, 95)}


def recall(version: Version, encoder: Encoder, asked: list[str]) -> dict[str, float]:
    """Of the nearest passages by brute force, the share that the search finds, and how often it finds the first."""
    vectors = np.array([encoder.encode([text], as_question=True)[0].vector for text in asked])
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    for first in range(0, version.corpus.passages, TOGETHER):
        part = version.dense.vectors(first, min(TOGETHER, version.corpus.passages - first))
        for own, products in zip(best, vectors @ part.T, strict=True):
            near = np.argpartition(-products, min(NEAREST, len(products) - 1))[:NEAREST]
            own.extend((float(products[place]), first + int(place)) for place in near)
    exact = [[number for _, number in sorted(own, key=lambda one: (-one[0], one[1]))[:NEAREST]] for own in best]
    found = [version.dense.search(vector, NEAREST) for vector in vectors]
    shares = [len(set(near) & set(own)) / len(near) for near, own in zip(exact, found, strict=True)]
    firsts = [near[0] in own for near, own in zip(exact, found, strict=True)]
    return {f"recall at {NEAREST}": round(float(np.mean(shares)), 4), "first found": float(np.mean(firsts))}


def main(folder: Path) -> dict[str, object]:
    settings = settings_of(folder)
    encoder = load_encoder(find_model(settings))
    before = megabytes()
    clock, processor = time.perf_counter(), time.process_time()
    version = Store(settings.index).open_current()
    opened = {"clock": time.perf_counter() - clock, "processor": time.process_time() - processor}
    asked, means = questions(version.corpus.passages), Means(encoder)
    times: dict[str, list[float]] = {"clock": [], "processor": []}
    for question in asked:
        clock, processor = time.perf_counter(), time.process_time()
        find_answer(version, means, question)
        times["clock"].append(time.perf_counter() - clock)
        times["processor"].append(time.process_time() - processor)
    after = megabytes()
    dense: list[float] = []
    words: list[float] = []
    for question in asked[WARM:]:
        [encoding] = encoder.encode([question], as_question=True)
        started = time.process_time()
        version.dense.search(encoding.vector, NEAREST)
        dense.append(time.process_time() - started)
        started = time.process_time()
        version.words.scores(question)
        words.append(time.process_time() - started)
    return {
        "seconds to open": opened,
        "first question": round(times["clock"][0], 3),
        "milliseconds": {name: centiles(found[WARM:]) for name, found in times.items()},
        "of them vectors": centiles(dense),
        "of them words": centiles(words),
        "megabytes": {"before": before, "after": after},
        "vectors": recall(version, encoder, asked[WARM:]),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
