"""What a run depended on: versions, the index, the model, and every number that steers search, choice and refusal."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

import acobot
from acobot.assistant import Assistant

STEERING = ("abbreviations", "question", "retrieval", "evidence", "answer")  # the modules whose numbers decide answers
LIBRARIES = ("torch", "sentence-transformers", "faiss-cpu", "bm25s", "numpy")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What made a run what it is: what was fitted, and the other `constants` by module and name, in that order."""

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
    calibration: dict[str, Any]
    constants: dict[str, Any]


def describe_circumstances(assistant: Assistant) -> Circumstances:
    """The circumstances in which this assistant answers here and now."""
    manifest = assistant.version().manifest
    return Circumstances(
        acobot=acobot.__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        cores=os.cpu_count() or 1,
        libraries={name: version(name) for name in LIBRARIES},
        index=manifest.id,
        index_settings=manifest.settings,
        sources=len(manifest.sources),
        passages=manifest.passages,
        model=manifest.model,
        model_sha256=manifest.model_sha256,
        calibration=asdict(assistant.means.calibration),
        constants=steering_constants(),
    )


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
