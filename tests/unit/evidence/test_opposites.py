"""Of two lists that are led in alike but for a "not", the one that was asked about is quoted."""

from pathlib import Path

import pytest

from tests.fakes import make_assistant

PASSES = """# Passes

Pupils cannot have a pass if they:

- were given one by another school

Pupils can have a pass if they:

- live far away
"""


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Which pupils can have a pass?", "Pupils can have a pass if they:"),
        ("Which pupils cannot have a pass?", "Pupils cannot have a pass if they:"),
        ("Which pupils can't have a pass?", "Pupils cannot have a pass if they:"),
    ],
)
def test_the_lead_in_that_says_what_was_asked_comes_first(tmp_path: Path, question: str, lead: str) -> None:
    found = make_assistant(tmp_path, {"a.md": PASSES}).explain(question).findings
    scores = {one.text: one.score for one in (*found.chosen, *found.rejected)}
    assert scores[lead] == max(scores[one] for one in scores if one.endswith(":"))


def test_lead_ins_of_other_things_keep_their_scores(tmp_path: Path) -> None:
    text = PASSES.replace("cannot have a pass", "cannot ride on the bus to a pass")
    found = make_assistant(tmp_path, {"a.md": text}).explain("Which pupils ride on the bus to a pass?").findings
    assert found.chosen[0].text == "Pupils cannot ride on the bus to a pass if they:"
