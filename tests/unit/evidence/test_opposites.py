"""Of two lists that are led in alike but for a "not", the one that was asked about is quoted."""

from pathlib import Path

import pytest

from acobot.evidence import finding
from tests.fakes import make_assistant

PASSES = """# Passes

Pupils cannot have a pass if they:

- were given one by another school

Pupils can have a pass if they:

- live far away
"""


def _scores(tmp_path: Path, question: str, text: str = PASSES) -> dict[str, float]:
    found = make_assistant(tmp_path, {"a.md": text}).explain(question).findings
    return {one.text: one.score for one in (*found.chosen, *found.rejected) if one.text.endswith(":")}


def test_the_lead_in_that_says_what_was_asked_comes_first(tmp_path: Path) -> None:
    scores = _scores(tmp_path, "Which pupils can have a pass?")
    assert max(scores, key=scores.__getitem__) == "Pupils can have a pass if they:"


@pytest.mark.parametrize(
    "question", ["I don't live far away, which pupils can have a pass?", "Which pupils cannot have a pass?"]
)
def test_a_question_with_a_negation_leaves_them_as_they_are(
    tmp_path: Path, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = _scores(tmp_path, question)
    monkeypatch.setattr(finding, "asked_before_opposite", lambda *_: None)
    assert _scores(tmp_path, question) == scores


def test_lead_ins_of_other_things_keep_their_scores(tmp_path: Path) -> None:
    text = PASSES.replace("cannot have a pass", "cannot ride on the bus to a pass")
    found = make_assistant(tmp_path, {"a.md": text}).explain("Which pupils ride on the bus to a pass?").findings
    assert found.chosen[0].text == "Pupils cannot ride on the bus to a pass if they:"
