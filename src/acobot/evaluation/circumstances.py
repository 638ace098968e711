"""What a run depended on: versions, the index, the model, and every number that steers search, choice and refusal."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import acobot
from acobot.assistant import Assistant

# The modules whose numbers decide answers.
STEERING = ("abbreviations", "question", "retrieval", "evidence", "reader", "answer")
# What answers, and what makes models; the latter is not installed where an index is only served.
LIBRARIES = ("onnxruntime", "tokenizers", "faiss-cpu", "bm25s", "numpy", "torch", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What made a run what it is: what was fitted, and the other `constants` by module and name, in that order.

    `reader` is its SHA-256, and `policy` its name; "" where the settings do without. `share` of the questions are
    expected to be answerable.
    """

    acobot: str
    python: str
    platform: str
    cores: int
    libraries: dict[str, str]
    index: str
    index_settings: dict[str, bool]
    sources: int
    passages: int
    model: str
    model_sha256: str
    reader: str
    policy: str
    share: float
    calibration: dict[str, Any]
    constants: dict[str, Any]


def describe_circumstances(assistant: Assistant) -> Circumstances:
    """The circumstances in which this assistant answers here and now."""
    manifest, means = assistant.version().manifest, assistant.means
    return Circumstances(
        acobot=acobot.__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        cores=os.cpu_count() or 1,
        libraries=dict(installed(LIBRARIES)),
        index=manifest.id,
        index_settings=manifest.settings,
        sources=len(manifest.sources),
        passages=manifest.passages,
        model=manifest.model,
        model_sha256=manifest.model_sha256,
        reader=means.reader.digest if means.reader else "",
        policy=means.policy.name if means.policy else "",
        share=means.calibration.share if means.share is None else means.share,
        calibration=asdict(means.calibration),
        constants=steering_constants(),
    )


def installed(libraries: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Those of the libraries that are installed, with their versions."""
    for name in libraries:
        with suppress(PackageNotFoundError):
            yield name, version(name)


def steering_constants() -> dict[str, Any]:
    """Numbers, and rows or tables of numbers, that the steering modules hold under a name in capitals."""
    modules = sorted(name for name in sys.modules if name.startswith(tuple(f"acobot.{part}" for part in STEERING)))
    return {
        f"{module.removeprefix('acobot.')}.{name}": value
        for module in modules
        for name, value in sorted(vars(sys.modules[module]).items())
        if name.isupper() and _is_number(value)
    }


def _is_number(value: object) -> bool:
    """Whether it is a number, or made of numbers."""
    if isinstance(value, dict):
        return _is_number(list(value.values())) and all(isinstance(key, str) for key in value)
    if isinstance(value, tuple | list):
        return bool(value) and all(_is_number(one) for one in value)
    return type(value) in {int, float}  # no truth values, no flags
