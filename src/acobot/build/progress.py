"""How a build says how far it is. Knows nothing of what is built."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    """What a build is doing with a file."""

    READING = "reading"
    INDEXING = "indexing"


class Progress(Protocol):
    """Told before each file that is read or indexed, and once with `done == total` and no name when a step is done."""

    def __call__(self, step: Step, done: int, total: int, name: str) -> None:
        """`done` of `total` files are done; `name` is at hand."""
        ...


def silent(step: Step, done: int, total: int, name: str) -> None:
    """Progress that nobody watches."""
