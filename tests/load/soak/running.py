"""A soak from its beginning to its end: learn, serve, measure, ask while the turns go round, and say what was seen."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import acobot
from acobot.settings import Settings
from tests.load.soak.clients import CLIENTS, Asked, Live, Load
from tests.load.soak.disk import SmallDisk
from tests.load.soak.known import learn, make_requests
from tests.load.soak.pace import Pace, Pacer, spent_since
from tests.load.soak.server import MemoryWatch, Server
from tests.load.soak.turns import TURNS, Seen, Stage, killed_server
from tests.paths import MODELS

SHARE = 0.8  # of capacity
AT_CAPACITY = 8  # clients without a pause
SHORTEST, LONGEST = 8.0, 25.0  # seconds of a turn
SHOWN = 20  # of what is wrong
SAMPLES = 400  # of memory that are saved, about


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, over which sources, and with how many questions of which files.

    Each version is given so many that hardly an answer is a kept one, as while capacity is measured.
    """

    seconds: float
    sources: Path
    questions: tuple[Path, ...]
    most: int
    workers: int = 2


def soak(plan: Plan, work: Path, tell: Callable[[str], None] = print) -> dict[str, Any]:
    """Runs it in the folder `work`; everything that was seen, as JSON has it."""
    disk = SmallDisk(work / "disk")
    try:
        return _soak(plan, work, disk, tell)
    finally:
        disk.close()


def _soak(plan: Plan, work: Path, disk: SmallDisk, tell: Callable[[str], None]) -> dict[str, Any]:
    index, sources = disk.folder / "index", work / "sources"
    settings = Settings(sources=sources, index=index, models=MODELS, workers=plan.workers)
    tell("building a version of each state, and asking it everything in process")
    known, live = learn(settings, plan.sources, make_requests(plan.questions, plan.most)), Live()
    server = Server(settings, disk.folder / "server.log")
    load = Load(server.host, server.port, known, live)
    try:
        server.start()
        live.only(known.ids[0])
        idle = server.processor()
        capacity = load.capacity(AT_CAPACITY)
        pace = Pace(SHARE, capacity, spent_since(idle, server.processor()) / len(known.requests))
        tell(f"{capacity:.1f} answers a second at most; now {SHARE:.0%} of that")
        stage = Stage(server, settings, plan.sources, disk, known, live, Random(5))
        pacer = Pacer(pace, server.processor, lambda: len(load.asked), load.pace)
        load.start(pace.rate, CLIENTS)
        pacer.start()
        turns, memory = _take_turns(plan, stage, load, tell)
        load.turn = "end"
        pacer.ended.set()
        load.stop()
        log = server.logged()
    finally:
        load.give_up()
        server.stop()
    rates = {"rates": [round(rate, 2) for rate in pacer.rates]}
    return _summary(plan, capacity, load, turns, memory) | rates | {"log": log}


def _take_turns(plan: Plan, stage: Stage, load: Load, tell: Callable[[str], None]) -> tuple[list[Seen], dict[str, Any]]:
    """All turns in order, over and over until the time is up, each at least once; the server is killed first and last.

    With them the memory, from after the first round until before the server is killed again.
    """
    each = min(LONGEST, max(SHORTEST, plan.seconds / (len(TURNS) + 1)))
    began, seen = time.monotonic(), list[Seen]()
    watch = MemoryWatch(stage.server)
    watch.start()

    def take(turn: Callable[[Stage, float], Seen]) -> None:
        load.turn, at = turn.__name__, time.monotonic()
        found = turn(stage, at + each)
        time.sleep(max(0.0, at + each - time.monotonic()))
        if turn is killed_server:
            load.catch_up()
        seen.append({"turn": turn.__name__, "lasted": round(time.monotonic() - at, 1), **found})
        tell(f"{time.monotonic() - began:6.0f} s  {seen[-1]}")

    take(killed_server)
    rounds = 0
    warm = time.monotonic()
    while not rounds or time.monotonic() - began + each * len(TURNS) <= plan.seconds - each:
        for turn in TURNS:
            take(turn)
        rounds += 1
        warm = time.monotonic() if rounds == 1 else warm
    span = (time.monotonic() - warm) / rounds
    memory = watch.growth(warm, time.monotonic(), span) if rounds > 2 else None
    watch.ended.set()
    watch.join()
    if rounds > 1:
        take(killed_server)
    megabytes = [one.kb / 1000 for one in watch.samples]
    some = watch.samples[:: max(1, len(watch.samples) // SAMPLES)]
    told: dict[str, Any] = {"most_mb": round(max(megabytes, default=0.0), 1)}
    told["samples"] = [[round(one.at - began), one.pid, one.kb // 1000] for one in some]  # second, process, MB
    if memory:
        told |= {"first_mb": memory[0], "last_mb": memory[1], "growth": round(memory[1] / memory[0] - 1, 4)}
    return seen, told


def _summary(plan: Plan, capacity: float, load: Load, turns: list[Seen], memory: dict[str, Any]) -> dict[str, Any]:
    # While the whole server starts anew nobody can be answered: how long that takes, and its queue, are told by turn.
    asked = [one for one in load.asked if one.turn != "capacity"]
    by_turn: dict[str, list[Asked]] = {}
    for one in asked:
        by_turn.setdefault(_turn(one), []).append(one)
    wrong = [one for one in load.asked if one.wrong]
    lost = [one for one in load.asked if one.lost]
    return {
        "plan": {**asdict(plan), "sources": plan.sources.name, "questions": [one.name for one in plan.questions]},
        "capacity": round(capacity, 2),
        "rate": round(len(asked) / max(1e-9, asked[-1].at - asked[0].at), 2) if len(asked) > 1 else 0.0,
        "asked": len(load.asked),
        "wrong": len(wrong),
        "lost": len(lost),
        "left_out": load.left_out,
        "seconds": _centiles([one for one in asked if _turn(one) != killed_server.__name__]),
        "by_turn": {name: _centiles(own) | _tries(own) for name, own in by_turn.items()},
        "memory": memory,
        "turns": turns,
        "what_is_wrong": [one.wrong or one.lost for one in (*wrong, *lost)][:SHOWN],
        "machine": {
            "acobot": acobot.__version__,
            "python": platform.python_version(),
            "system": platform.platform(),
            "cores": len(os.sched_getaffinity(0)),
            "load": os.getloadavg()[1],
        },
    }


def _turn(one: Asked) -> str:
    """The turn that a question belongs to: what is being answered when the whole server is killed, to that."""
    return one.ended if one.ended == killed_server.__name__ else one.turn


def _centiles(asked: list[Asked]) -> dict[str, float]:
    """Seconds since a question was due until it was answered."""
    took = sorted(one.seconds for one in asked) or [0.0]
    at = {f"p{part}": round(took[min(len(took) - 1, len(took) * part // 100)], 4) for part in (50, 95, 99)}
    return {
        "answers": len(asked),
        **at,
        "most": round(took[-1], 3),
        "p99_to_p50": round(at["p99"] / max(1e-9, at["p50"]), 2),
    }


def _tries(asked: list[Asked]) -> dict[str, int]:
    return {"broke_off": sum(one.tries > 1 for one in asked)}
