"""Fits the coefficients of `acobot.evidence.verdict`, and prints them with how well they tell.

    python tests/evaluation/fit_confidence.py QUESTIONS.jsonl=INDEX_FOLDER …

needs scikit-learn besides acobot. Each set weighs alike, and within it answerable questions make up
FITTED_SHARE. Each set is also judged by coefficients fitted to the others: those figures are the honest ones.
"""

import sys
from dataclasses import astuple
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from acobot.assistant import Assistant, open_assistant
from acobot.evaluation import read_cases
from acobot.evaluation.metrics import area_under_roc, calibration_curve, calibration_error
from acobot.evidence.verdict import FITTED_SHARE
from acobot.settings import read_settings

Numbers = npt.NDArray[np.float64]
Set = tuple[Numbers, npt.NDArray[np.bool_]]  # signs (n, 7), whether answerable (n,)
THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6)


def main() -> None:
    """Reads the sets, fits, prints."""
    sets = {}
    for argument in sys.argv[1:]:
        questions, index = argument.rsplit("=", 1)
        sets[argument] = read_set(Path(questions), open_assistant(read_settings(index=Path(index))))
    for name, (signs, answerable) in sets.items():
        others = [one for other, one in sets.items() if other != name] or [sets[name]]
        unseen = fit(others).predict_proba(signs)[:, 1]
        print(f"{name}: area under the curve, fitted to the others {area(unseen, answerable):.3f}")
    fitted = fit(list(sets.values()))
    print("WEIGHTS", tuple(np.round(fitted.coef_[0], 2).tolist()), "BIAS", round(float(fitted.intercept_[0]), 2))
    for name, (signs, answerable) in sets.items():
        told = fitted.predict_proba(signs)[:, 1]
        error = calibration_error(calibration_curve(list(zip(told.tolist(), answerable.tolist(), strict=True))))
        print(f"{name}: area {area(told, answerable):.3f}, calibration error {error:.3f}; answered / declined from")
        for least in THRESHOLDS:
            rates = (told[answerable] >= least).mean(), (told[~answerable] < least).mean()
            print(f"  {least:.2f}  {rates[0]:.2f} / {rates[1]:.2f}")


def read_set(questions: Path, assistant: Assistant) -> Set:
    """The signs of every question that is searched for, turns of conversations aside, and whether it is answerable."""
    signs, answerable = [], []
    for case in read_cases(questions, assistant.version().corpus.source):
        found = assistant.explain(case.question, case.history).findings.signs
        if found is not None and not case.conversation:
            signs.append([float(value) for value in astuple(found)])
            answerable.append(case.answerable)
    return np.array(signs), np.array(answerable)


def fit(sets: list[Set]) -> LogisticRegression:
    """Logistic regression over all sets."""
    signs = np.vstack([one for one, _ in sets])
    answerable = np.hstack([one for _, one in sets])
    weights = np.hstack([np.where(y, FITTED_SHARE / y.sum(), (1 - FITTED_SHARE) / max((~y).sum(), 1)) for _, y in sets])
    return LogisticRegression(C=1e4, max_iter=5000).fit(signs, answerable, sample_weight=weights * 200)


def area(told: Numbers, answerable: npt.NDArray[np.bool_]) -> float:
    """The area under the ROC curve."""
    return area_under_roc(told[answerable].tolist(), told[~answerable].tolist()) or 0.0


if __name__ == "__main__":
    main()
