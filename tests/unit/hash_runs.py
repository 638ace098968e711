"""Texts → hashes of their runs of nine words, by which a test knows a copied sentence without holding any.

    python -m tests.unit.hash_runs FOLDER

writes those of all texts (*.txt) in a folder to original_runs.u64 beside this file: 64-bit numbers, sorted.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

RUN = 9  # words
HASHES = Path(__file__).with_name("original_runs.u64")


def runs(text: str) -> Iterator[str]:
    """Each run of nine words, in small letters, parted by single blanks."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def run_hash(run: str) -> int:
    """The first 64 bits of the run's BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(run.encode()).digest()[:8], "big")


def hashes_of(*texts: str) -> set[int]:
    return {run_hash(run) for text in texts for run in runs(text)}


def write_hashes(folder: Path) -> None:
    found = hashes_of(*(path.read_text(encoding="utf-8") for path in folder.glob("*.txt")))
    HASHES.write_bytes(np.array(sorted(found), dtype="<u8").tobytes())


def read_hashes() -> set[int]:
    return set(np.frombuffer(HASHES.read_bytes(), dtype="<u8").tolist())


if __name__ == "__main__":
    write_hashes(Path(sys.argv[1]))
