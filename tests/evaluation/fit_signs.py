"""Fits the coefficients of `acobot.question.need` to the packaged model, and writes them.

    python tests/evaluation/fit_signs.py

needs scikit-learn besides acobot. `unseen-signposting.jsonl` is not fitted to: on its messages it is measured.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

import acobot.question
from acobot.encoder import find_model, load_encoder
from acobot.question.need import COEFFICIENTS
from acobot.settings import PACKAGED_MODEL

HERE = Path(__file__).parent
ORDINARY = "ordinary"
STRENGTH = 10.0  # inverse of the penalty on large weights
DECIMALS = 3


def main() -> None:
    """Reads the messages, fits, writes."""
    texts, kinds = read_messages()
    model = find_model(PACKAGED_MODEL)
    encoder = load_encoder(model)
    vectors = np.stack([encoder.encode([text])[0].vector for text in texts])
    fitted = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced").fit(vectors, kinds)
    order = sorted(range(len(fitted.classes_)), key=lambda place: fitted.classes_[place] == ORDINARY)
    written = {
        "model": model.digest,
        "biases": {str(fitted.classes_[n]): round(float(fitted.intercept_[n]), DECIMALS) for n in order},
        "weights": {str(fitted.classes_[n]): [round(float(w), DECIMALS) for w in fitted.coef_[n]] for n in order},
    }
    path = Path(acobot.question.__file__).parent / COEFFICIENTS
    path.write_text(json.dumps(written).replace("], ", "],\n") + "\n", encoding="utf-8")
    print(f"fitted to {len(texts)} messages; wrote {COEFFICIENTS}")


def read_messages() -> tuple[list[str], list[str]]:
    """Every message with its kind, and our own questions as ordinary ones."""
    labelled = [*read_lines("signposting.jsonl"), *read_lines("more-signposting.jsonl")]
    found = [(one["text"], one["signpost"] or ORDINARY) for one in labelled]
    for name in ("questions.jsonl", "more-questions.jsonl"):
        found += [(one["question"], ORDINARY) for one in read_lines(name)]
    for name in ("conversations.jsonl", "more-conversations.jsonl"):
        found += [(turn["question"], ORDINARY) for one in read_lines(name) for turn in one["turns"]]
    return [text for text, _ in found], [kind for _, kind in found]


def read_lines(name: str) -> list[dict[str, Any]]:
    """The objects of a file here, one a line."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
