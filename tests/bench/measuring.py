"""What is measured in a process, of acobot and of the bare script alike. Knows neither.

Seconds of the processor stand beside those of the clock: on a machine that others use too, they are what compares.
"""

from __future__ import annotations

import json
import os
import re
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

WARM = 10  # questions that are asked before any is counted


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    @property
    def seconds(self) -> float:
        """By the clock."""
        return time.perf_counter() - self._clock

    @property
    def processor(self) -> float:
        """Of the processor, by all threads of this process."""
        return time.process_time() - self._processor


def age() -> float:
    """Seconds since this process was started, by the clock, to a hundredth: before anything was imported."""
    started = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def measure_answers(ask: Callable[[str], object], questions: Path) -> dict[str, float]:
    """Cold start, from when the process was started; time of an answer, and memory. `questions` is a JSON list."""
    asked = json.loads(questions.read_text(encoding="utf-8"))
    ask(asked[0])
    cold, cold_processor = age(), time.process_time()
    clock, processor = [], []
    for question in asked:  # each once: an answer that is given again is none of what is measured here
        watch = Stopwatch()
        ask(question)
        clock.append(watch.seconds)
        processor.append(watch.processor)
    return {
        "cold": cold,
        "cold_processor": cold_processor,
        **centiles(clock[WARM:]),
        "p50_processor": float(np.median(processor[WARM:])),
        "megabytes": megabytes(),
    }


def centiles(seconds: Sequence[float]) -> dict[str, float]:
    """The median, and what all but a twentieth and a hundredth keep below."""
    return {f"p{part}": float(np.percentile(seconds, part)) for part in (50, 95, 99)}


def megabytes(process: int | str = "self") -> float:
    """What a process holds in memory, with all that it maps."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def shared_megabytes(process: int) -> float:
    """What a process and its children hold in memory; of what several hold together, each has its part."""
    kept = "".join(Path(f"/proc/{one}/smaps_rollup").read_text() for one in _family(process))
    return sum(map(int, re.findall(r"^Pss:\s+(\d+)", kept, re.MULTILINE))) * 1024 / 1e6


def processor_seconds(process: int) -> float:
    """What a process and its children have taken of the processor so far."""
    ticks = 0
    for one in _family(process):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))
