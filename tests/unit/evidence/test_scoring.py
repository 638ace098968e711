from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.scoring import Scored, score_sentences
from acobot.question import make_query
from acobot.retrieval import question_weights, retrieve
from tests.fakes import CALIBRATION, ENGLISH, UK, WordEncoder, make_assistant


def score(folder: Path, text: str, question: str) -> dict[str, Scored]:
    version = make_assistant(folder, {"a.md": text}).version()
    query = make_query(question, ENGLISH, UK)
    encoding = WordEncoder().encode([query.searched_for])[0]
    weights = question_weights(version, query.searched_for, encoding, CALIBRATION.retrieval.rarity)
    candidates = retrieve(version, query, encoding, CALIBRATION.retrieval).chosen
    found = score_sentences(version, encoding, weights, candidates, CALIBRATION.sentences)
    return {scored.text: scored for scored in found}


def test_a_word_of_the_sentence_is_met_in_full(tmp_path: Path) -> None:
    scored = score(tmp_path, "The bridge opened.", "bridge opened")["The bridge opened."]
    assert scored.matches.tolist() == pytest.approx([1, 1])


def test_a_word_of_the_heading_is_met_at_a_discount(tmp_path: Path) -> None:
    text = "# The story\n\n## Harbour\n\nTolls were raised.\n"
    scored = score(tmp_path, text, "harbour tolls")["Tolls were raised."]
    assert scored.matches.tolist() == pytest.approx(
        [(1 - CALIBRATION.sentences.passage) * CALIBRATION.sentences.context, 1]
    )


def test_a_word_of_the_sentence_before_is_met_at_a_discount(tmp_path: Path) -> None:
    text = "# Story\n\nThe harbour grew. It was dredged. It closed.\n"
    scored = score(tmp_path, text, "harbour")
    assert scored["The harbour grew."].matches.tolist() == pytest.approx([1])
    before = (1 - CALIBRATION.sentences.passage) * CALIBRATION.sentences.context + CALIBRATION.sentences.passage
    assert scored["It was dredged."].matches.tolist() == pytest.approx([before])
    assert scored["It closed."].matches.tolist() == pytest.approx([CALIBRATION.sentences.passage])


def test_matches_lie_between_nought_and_one(tmp_path: Path) -> None:
    for scored in score(tmp_path, "One bridge. Two bridges.\n", "bridges and bridge, or none?").values():
        assert np.all((scored.matches >= 0) & (scored.matches <= 1.0001))
