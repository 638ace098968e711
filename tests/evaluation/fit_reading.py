"""Fits the weights by which passages are read best first (`acobot.evidence.reading`), and prints them.

    python tests/evaluation/fit_reading.py QUESTIONS.jsonl=INDEX_FOLDER …

needs scipy besides acobot. A conditional logit: of a question's candidates, those that hold its evidence should be the
most promising (McFadden 1974). Each set is also judged by weights fitted to the others: those figures are the honest
ones.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from acobot.assistant import Assistant, open_assistant
from acobot.calibration import packaged_calibration
from acobot.encoder import Encoder, find_model, load_encoder
from acobot.evaluation import Case, read_cases
from acobot.evidence.reading import passage_features
from acobot.evidence.scoring import score_sentences
from acobot.index import StoredPassage
from acobot.retrieval import question_weights
from acobot.settings import read_settings

Numbers = npt.NDArray[np.float64]
Question = tuple[Numbers, npt.NDArray[np.bool_]]  # features of each candidate (n, 3), whether it holds evidence (n,)
DEPTHS = (1, 2, 3, 4, 6, 8)
KEEP_SMALL = 1e-3  # of the weights' squares, so that they stay finite where a set is parted cleanly


def main() -> None:
    """Reads the sets, fits, prints."""
    sets, encoder = {}, load_encoder(find_model(read_settings()))
    for argument in sys.argv[1:]:
        questions, index = argument.rsplit("=", 1)
        sets[argument] = read_set(Path(questions), open_assistant(read_settings(index=Path(index))), encoder)
    for name, own in sets.items():
        others = [one for other, told in sets.items() if other != name for one in told] or own
        before = [first_right(np.arange(len(right))[::-1].astype(float), right) for _, right in own]
        after = [first_right(features @ fit(others), right) for features, right in own]
        for told, places in (("as retrieved", before), ("fitted to the others", after)):
            shares = [f"{np.mean(np.array(places) < depth):.2f}" for depth in DEPTHS]
            print(f"{name}, {told}: evidence among the first {DEPTHS}: {' '.join(shares)}")
    print("WEIGHTS", np.round(fit([one for told in sets.values() for one in told]), 1).tolist())


def read_set(questions: Path, assistant: Assistant, encoder: Encoder) -> list[Question]:
    """The questions whose evidence is among the candidates."""
    read, calibration = [], packaged_calibration()
    for case in read_cases(questions, assistant.version().corpus.source):
        explained = assistant.explain(case.question, case.history)
        candidates, query = explained.candidates.chosen, explained.query
        if case.answerable and not case.conversation and candidates:
            encoding, version = encoder.encode([query.as_question])[0], assistant.version()
            weights = question_weights(version, query.searched_for, encoding, calibration.retrieval.rarity)
            scored = score_sentences(version, encoding, weights, candidates, calibration.sentences)
            late = np.array([one.matches @ weights + one.bonus for one in scored], dtype=np.float32)
            features = passage_features(candidates, scored, late, explained.findings.asks)
            right = np.array([holds(case, one.stored) for one in candidates])
            if right.any():
                read.append((features, right))
    return read


def holds(case: Case, stored: StoredPassage) -> bool:
    """Whether a passage holds some evidence."""
    own = stored.passage
    spans = [span for part in case.parts for span in part]
    return any(source == own.source_id and own.start <= start < own.end for source, start, _ in spans)


def fit(questions: list[Question]) -> Numbers:
    """The weights that make what holds the evidence the likeliest."""

    def loss(weights: Numbers) -> float:
        lost = 0.0
        for features, right in questions:
            scores = features @ weights
            lost += np.logaddexp.reduce(scores) - np.logaddexp.reduce(scores[right])
        return float(lost / len(questions) + KEEP_SMALL * weights @ weights)

    return np.asarray(minimize(loss, np.zeros(questions[0][0].shape[1]), method="L-BFGS-B").x)


def first_right(scores: Numbers, right: npt.NDArray[np.bool_]) -> int:
    """The place of the first candidate that holds evidence, best score first."""
    return int(np.flatnonzero(right[np.argsort(-scores, kind="stable")])[0])


if __name__ == "__main__":
    main()
