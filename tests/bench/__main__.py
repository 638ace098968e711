"""`python -m tests.bench [OUT]`: acobot and the bare script measured in turn, as ratios, saved as JSON.

Both answer the same questions over the same passages, with the same model; acobot without its
reader, which the bare script has no like of. Each number is the median of the rounds.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from acobot.build import build_index
from acobot.index import open_store
from acobot.settings import Settings, read_settings
from tests.bench.measuring import Stopwatch
from tests.paths import MODELS, REPOSITORY

ROUNDS = 3
CLIENTS = (1, 8, 32)
SERVED_SECONDS = 8.0
QUESTIONS = REPOSITORY / "tests/evaluation/questions.jsonl"
Numbers = dict[str, float]


def main() -> None:
    """Builds, measures both in turn, prints the ratios and saves everything."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else f"artefacts/bench/{datetime.now(UTC):%Y%m%d-%H%M%S}.json")
    with tempfile.TemporaryDirectory() as scratch:
        measured = measure(Path(scratch))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    for name, ratio in measured["ratios"].items():
        print(f"{name:16} acobot {measured['acobot'][name]:9.3f}   bare {measured['bare'][name]:9.3f}   {ratio:5.2f}×")
    print(f"saved in {out}")


def measure(work: Path, rounds: int = ROUNDS, clients: Sequence[int] = CLIENTS) -> dict[str, dict[str, Any]]:
    """Medians of what was measured of each, their ratios, and the machine."""
    folders = {"sources": REPOSITORY / "sources", "index": work / "index", "models": MODELS}
    settings = read_settings(**folders, asks=False, reader="off", rate_limit="off")
    environment = {"ACOBOT_ASKS": "false", "ACOBOT_READER": "off", "ACOBOT_RATE_LIMIT": "off"}
    environment["ACOBOT_MODELS"] = str(MODELS)
    passages, questions = work / "passages.json", work / "questions.json"
    build_index(settings)
    corpus = open_store(settings).open_current().corpus
    passages.write_text(json.dumps(list(corpus.texts())), encoding="utf-8")
    asked = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    questions.write_text(json.dumps(asked), encoding="utf-8")
    index = str(settings.index)
    found: dict[str, list[Numbers]] = {"acobot": [], "bare": []}
    for number in range(rounds):
        own = run("tests.bench.own", index, str(questions), **environment)
        own["build"] = _build(settings, work / f"again-{number}", corpus.passages)
        bare = run("tests.bench.bare", str(passages), str(questions))
        for many in clients:
            port = _free_port()
            serve = ["acobot", "serve", "--index", index, "--sources", str(settings.sources), "--port", str(port)]
            with serving(port, *serve, **environment):
                own[f"served_{many}"] = load(port, asked, many)
            port = _free_port()
            with serving(port, "tests.bench.bare", str(passages), str(port)):
                bare[f"served_{many}"] = load(port, asked, many)
        found["acobot"].append(own)
        found["bare"].append(bare)
    medians = {
        name: {key: statistics.median(one[key] for one in told) for key in told[0]} for name, told in found.items()
    }
    ratios = {name: medians["acobot"][name] / value for name, value in medians["bare"].items()}
    machine: dict[str, Any] = {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processor": _processor(),
    }
    machine |= {"cores": len(os.sched_getaffinity(0)), "load": os.getloadavg()[0]}
    return {**medians, "ratios": ratios, "machine": machine}


def run(module: str, *arguments: str, **environment: str) -> Numbers:
    """What a module prints as the last line, in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    numbers: Numbers = json.loads(said.stdout.splitlines()[-1])
    return numbers


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _build(settings: Settings, index: Path, passages: int) -> float:
    """Passages a second: read, split, encoded, written and checked."""
    watch = Stopwatch()
    build_index(settings.model_copy(update={"index": index}))
    return passages / watch.seconds


@contextmanager
def serving(port: int, module: str, *arguments: str, **environment: str) -> Iterator[None]:
    """A module that serves on a port, from when it answers on."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                    connection.request("GET", "/readyz")
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


def load(port: int, questions: Sequence[str], clients: int) -> float:
    """Answers a second to so many clients, each with one connection and no pause."""
    until = time.perf_counter() + SERVED_SECONDS
    counts = [0] * clients

    def ask(number: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            while time.perf_counter() < until:
                question = questions[(counts[number] * clients + number) % len(questions)]
                body = json.dumps({"question": question})
                connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
                reply = connection.getresponse()
                assert reply.status == 200, reply.read()
                reply.read()
                counts[number] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
