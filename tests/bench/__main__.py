"""`python -m tests.bench [OUT]`: acobot and the bare script measured in turn, as ratios, saved as JSON.

Both answer the same questions over the same passages, with the same model; acobot without its reader, which the bare
script has no like of. It answers from the index as it is shipped: without the `asks:` lines it would refuse most of
these questions, and a refusal is no answer; nor is it asked what the sources have nothing about. What the bare script
has not, `asks:` lines and limits, is left out where the build is measured, and so is loading the model, of both.
`cold` is from the start of the process to its first answer. `served_N` is of questions that were not asked before,
`again_N` of the same asked again, `served_p95_N` how long a client waits for a new one, `served_processor_N` the
processor's time for it. Both are asked some others first, which are not counted. Of acobot alone there is also what it
does with its reader, and as two processes. Each number is the median of the rounds.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from acobot.build import build_index
from acobot.encoder import find_model, load_encoder
from acobot.evaluation.circumstances import LIBRARIES, installed
from acobot.index import open_store
from acobot.settings import read_settings
from tests.bench.measuring import WARM, Stopwatch, centiles, megabytes, processor_seconds, shared_megabytes
from tests.paths import MODELS, REPOSITORY

ROUNDS = 3
CLIENTS = (1, 8, 32)
CLOSER = 8  # clients, with so many of which it is also measured with its reader, and as two processes
SERVED_SECONDS = 8.0
EVALUATION = REPOSITORY / "tests/evaluation"
QUESTIONS = EVALUATION / "questions.jsonl"
OTHERS = [EVALUATION / f"{name}.jsonl" for name in ("public", "more-public", "more-questions")]
WARMING = 4  # questions of each client before any is counted
REPEATED = 40  # questions that are asked again and again
BUILT = (
    REPOSITORY / "sources",
    *(EVALUATION / name for name in ("other-subject/sources", "everyday/council", "everyday/handbook")),
)
SERVERS = ("fastapi", "starlette", "uvicorn", "h11")
Numbers = dict[str, float]


def main() -> None:
    """Builds, measures both in turn, prints the ratios and saves everything."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else f"artefacts/bench/{datetime.now(UTC):%Y%m%d-%H%M%S}.json")
    with tempfile.TemporaryDirectory() as scratch:
        measured = measure(Path(scratch))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    for name, ratio in measured["ratios"].items():
        print(f"{name:20} acobot {measured['acobot'][name]:9.3f}   bare {measured['bare'][name]:9.3f}   {ratio:5.2f}×")
    for name in sorted(measured["acobot"].keys() - measured["ratios"].keys()):
        print(f"{name:32} acobot {measured['acobot'][name]:9.3f}")
    print(f"saved in {out}")


def measure(work: Path, rounds: int = ROUNDS, clients: Sequence[int] = CLIENTS) -> dict[str, dict[str, Any]]:
    """Medians of what was measured of each, their ratios, and the machine."""
    folders = {"index": work / "index", "models": MODELS}
    settings = read_settings(**folders, sources=REPOSITORY / "sources", reader="off", rate_limit="off")
    plain = settings.model_copy(update={"sources": _plain_sources(work / "plain"), "asks": False})
    environment = {"ACOBOT_READER": "off", "ACOBOT_RATE_LIMIT": "off", "ACOBOT_MODELS": str(MODELS)}
    build_index(settings)
    encoder = load_encoder(find_model(settings))
    passages, built, questions, few = (work / f"{name}.json" for name in ("passages", "built", "questions", "few"))
    passages.write_text(json.dumps(list(open_store(settings).open_current().corpus.texts())), encoding="utf-8")
    asked = _questions(QUESTIONS)
    questions.write_text(json.dumps(asked), encoding="utf-8")
    few.write_text(json.dumps(asked[: WARM + 1]), encoding="utf-8")
    others = list(dict.fromkeys(one for path in OTHERS for one in _questions(path)))
    index = str(settings.index)
    found: dict[str, list[Numbers]] = {"acobot": [], "bare": []}
    for number in range(rounds):
        again = plain.model_copy(update={"index": work / f"again-{number}"})
        watch = Stopwatch()
        report = build_index(again, load=lambda _: encoder)
        rates = {"build": report.passages / watch.seconds, "build_processor": report.passages / watch.processor}
        built.write_text(json.dumps(list(open_store(again).open_current().corpus.texts())), encoding="utf-8")
        own = run("tests.bench.own", index, str(questions), **environment) | rates
        read = run("tests.bench.own", index, str(questions), **environment | {"ACOBOT_READER": "on"})
        own |= {f"{key}_with_reader": read[key] for key in ("p50", "p95", "p50_processor", "megabytes")}
        bare = run("tests.bench.bare", str(passages), str(questions))
        bare |= {key: run("tests.bench.bare", str(built), str(few))[key] for key in rates}
        for many in clients:
            serve = ["acobot", "serve", "--index", index, "--sources", str(settings.sources)]
            with serving([*serve, "--port"], **environment) as (process, port):
                own |= _served(process, port, asked, others, many)
            with serving(["tests.bench.bare", str(passages)]) as (process, port):
                bare |= _served(process, port, asked, others, many)
            if many == CLOSER:
                own |= _served_otherwise(serve, environment, asked, others, many)
        found["acobot"].append(own)
        found["bare"].append(bare)
    medians = {
        name: {key: statistics.median(one[key] for one in told) for key in told[0]} for name, told in found.items()
    }
    ratios = {name: medians["acobot"][name] / value for name, value in medians["bare"].items()}
    return {**medians, "ratios": ratios, "machine": describe_machine()}


def describe_machine() -> dict[str, Any]:
    """What was measured on, and of which commit ("" where there is no telling); `memory` in GB."""
    commit = ""
    described = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    with suppress(OSError):  # no git
        commit = subprocess.run(described, cwd=REPOSITORY, capture_output=True, text=True, check=False).stdout.strip()
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1),
        "load": os.getloadavg()[0],
        "commit": commit,
        "libraries": dict(installed((*LIBRARIES, *SERVERS))),
    }


def _plain_sources(folder: Path) -> Path:
    """All sources that lie here, some 200 passages, without limits."""
    for number, sources in enumerate(BUILT):
        (folder / str(number)).mkdir(parents=True)
        for path in sources.glob("[!_]*.md"):
            shutil.copy(path, folder / str(number))
    return folder


def _questions(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]


def _served(
    process: subprocess.Popen[bytes], port: int, warm: Sequence[str], questions: Sequence[str], clients: int
) -> Numbers:
    """Answers a second to questions that are new, and to some of them asked again; the memory after that."""
    load(port, warm[: WARMING * clients], clients, rounds=1)
    before = processor_seconds(process.pid)
    new = load(port, questions, clients, rounds=1)
    processor = processor_seconds(process.pid) - before
    again = load(port, questions[:REPEATED], clients, rounds=len(questions))
    return {
        f"served_{clients}": new.rate,
        **{f"served_{centile}_{clients}": seconds for centile, seconds in centiles(new.waits).items()},
        f"served_processor_{clients}": processor / new.answers,
        f"again_{clients}": again.rate,
        f"serving_megabytes_{clients}": megabytes(process.pid),
    }


def _served_otherwise(
    serve: Sequence[str], environment: dict[str, str], warm: Sequence[str], questions: Sequence[str], clients: int
) -> Numbers:
    """New answers a second, and memory, with the reader; and without it as two processes, what they share once."""
    with serving([*serve, "--port"], **environment | {"ACOBOT_READER": "on"}) as (process, port):
        load(port, warm[: WARMING * clients], clients, rounds=1)
        read, holds = load(port, questions, clients, rounds=1).rate, megabytes(process.pid)
    with serving([*serve, "--workers", "2", "--port"], **environment) as (process, port):
        load(port, warm[: WARMING * clients], clients, rounds=1)
        two, hold = load(port, questions, clients, rounds=1).rate, shared_megabytes(process.pid)
    return {
        f"served_{clients}_with_reader": read,
        f"serving_megabytes_{clients}_with_reader": holds,
        f"served_{clients}_by_two": two,
        f"serving_megabytes_{clients}_by_two": hold,
    }


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


@contextmanager
def serving(module: Sequence[str], **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A module that serves on the port that it is told last, from when it answers on; its process, and the port."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *module, str(port)],
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
                    connection.getresponse().read()  # it listens before it is ready
                break
            except OSError:
                time.sleep(0.2)
        yield process, port
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True, slots=True)
class Load:
    """How many seconds each answer took, and all of them, for several were given at a time."""

    waits: Sequence[float]
    seconds: float

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return len(self.waits)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def load(port: int, questions: Sequence[str], clients: int, rounds: int) -> Load:
    """The answers to so many clients, each with one connection and no pause, for some seconds or rounds."""
    until = time.perf_counter() + SERVED_SECONDS
    waiting = iter([*questions] * rounds)  # whose `next` is one step, so that the clients share it
    waits: list[float] = []

    def ask() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            while time.perf_counter() < until and (question := next(waiting, None)):
                body, asked = json.dumps({"question": question}), Stopwatch()
                connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
                reply = connection.getresponse()
                assert reply.status == 200, reply.read()
                reply.read()
                waits.append(asked.seconds)

    began = time.perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(waits, time.perf_counter() - began)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
