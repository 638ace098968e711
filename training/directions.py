"""Fits the directions that token vectors of a large index are stored along: `python -m training.directions [MODEL]`.

Principal directions of the vectors of word pieces, turned so that each takes an equal part: then a bit a direction says
most. Fitted on the invented passages of this folder, none of which is a source or is used to measure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from acobot.calibration.files import directions_path
from acobot.encoder import Encoder, Floats, find_model, load_encoder
from acobot.index.compact import LAST_PIECE
from acobot.settings import read_settings

INVENTED = Path(__file__).parent / "invented"
KEPT = 256  # directions, a bit each
SEED = 7


def fit_directions(vectors: Floats, kept: int = KEPT) -> Floats:
    """From unit vectors (n, d) the directions (kept, d), at right angles to each other."""
    spread = vectors.T.astype(np.float64) @ vectors.astype(np.float64)
    principal = np.linalg.eigh(spread)[1][:, ::-1][:, :kept]
    turned, _ = np.linalg.qr(np.random.default_rng(SEED).standard_normal((kept, kept)))
    return np.asarray(turned @ principal.T, dtype=np.float32)


def read_texts() -> list[str]:
    """The invented passages, each under its title."""
    lines = [line for path in sorted(INVENTED.glob("*/*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    said = [json.loads(line) for line in lines]
    return [f"{one.get('title', '')}\n{one['text']}" for one in said if "text" in one]


def read_vectors(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """The vectors of all word pieces (n, d). Leaves where a large index could not store the numbers of these."""
    read = [encoder.encode([text])[0] for text in texts]
    if any(int(one.pieces.max(initial=0)) > LAST_PIECE for one in read):
        sys.exit(
            f"{encoder.name} numbers its word pieces beyond {LAST_PIECE}, which along directions are stored in two "
            "bytes; without directions a large index keeps them in eight bits a number"
        )
    return np.concatenate([one.tokens for one in read])


def main() -> None:
    """Writes the file beside the calibrations."""
    model = find_model(read_settings(model=sys.argv[1] if len(sys.argv) > 1 else None))
    vectors = read_vectors(load_encoder(model), read_texts())
    np.save(directions_path(model.digest), fit_directions(vectors).astype(np.float16))
    print(f"{len(vectors)} word pieces; {directions_path(model.digest)} was written")


if __name__ == "__main__":
    main()
