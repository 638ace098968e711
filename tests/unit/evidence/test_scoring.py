from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.scoring import CONTEXT_SHARE, KIND_SHARE, PASSAGE_MATCH, Scored, score_sentences
from acobot.question import make_query
from acobot.retrieval import retrieve
from tests.fakes import WordEncoder, make_assistant


def score(folder: Path, text: str, question: str) -> dict[str, Scored]:
    version = make_assistant(folder, {"a.md": text}).version()
    query = make_query(question)
    encoding = WordEncoder().encode([query.searched_for])[0]
    found = score_sentences(query.searched_for, encoding, retrieve(version, query, encoding).chosen)
    return {scored.text: scored for scored in found}


def test_a_word_of_the_sentence_is_met_in_full(tmp_path: Path) -> None:
    scored = score(tmp_path, "The bridge opened.", "bridge opened")["The bridge opened."]
    assert scored.matches.tolist() == pytest.approx([1, 1])


def test_a_word_of_the_heading_is_met_at_a_discount(tmp_path: Path) -> None:
    text = "# The story\n\n## Harbour\n\nTolls were raised.\n"
    scored = score(tmp_path, text, "harbour tolls")["Tolls were raised."]
    assert scored.matches.tolist() == pytest.approx([(1 - PASSAGE_MATCH) * CONTEXT_SHARE, 1])


def test_a_word_of_the_sentence_before_is_met_at_a_discount(tmp_path: Path) -> None:
    text = "# Story\n\nThe harbour grew. It was dredged. It closed.\n"
    scored = score(tmp_path, text, "harbour")
    assert scored["The harbour grew."].matches.tolist() == pytest.approx([1])
    before = (1 - PASSAGE_MATCH) * CONTEXT_SHARE + PASSAGE_MATCH
    assert scored["It was dredged."].matches.tolist() == pytest.approx([before])
    assert scored["It closed."].matches.tolist() == pytest.approx([PASSAGE_MATCH])


@pytest.mark.parametrize(
    ("question", "with_it", "without"),
    [
        ("When did it open?", "It opened in 1932.", "It opened at last."),
        ("How many came?", "Twelve came to it.", "People came to it."),
        ("Why was it shut?", "It shut because of rain.", "It shut after the rain."),
        ("Who opened it?", "It was opened, said Mary Brown.", "It was opened by the mayor."),
    ],
)
def test_the_kind_of_thing_that_is_asked_for_counts(tmp_path: Path, question: str, with_it: str, without: str) -> None:
    scored = score(tmp_path, f"# Story\n\n{with_it} {without}\n", question)
    difference = scored[with_it].bonus - scored[without].bonus
    assert difference == pytest.approx(KIND_SHARE, abs=0.03)


def test_matches_lie_between_nought_and_one(tmp_path: Path) -> None:
    for scored in score(tmp_path, "One bridge. Two bridges.\n", "bridges and bridge, or none?").values():
        assert np.all((scored.matches >= 0) & (scored.matches <= 1.0001))
