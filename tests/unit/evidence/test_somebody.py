"""What is said of somebody answers nothing about somebody else."""

from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.scoring import Scored
from acobot.evidence.somebody import is_of_somebody_else
from tests.fakes import make_assistant

CLERGY = (
    "# Clergy\n\nThe vicar, the Revd Susan Blake, lives in Church Lane. The curate, Oliver Dunn, was ordained in 2021. "
    "Ella Brandt plays the organ. Jon Tavener rings the bells. The hall has 80 seats. Mill Street is closed. "
    "The manager of Ella Brandt, Ann Lee, is out.\n"
)


@pytest.mark.parametrize(
    ("question", "begins", "is_so"),
    [
        ("When was the vicar ordained?", "The curate", True),
        ("When was Susan Blake ordained?", "The curate", True),
        ("When does Susan Blake ring?", "The curate", True),
        ("When does Jon Tavener play?", "Ella Brandt plays", False),  # a name alone may be of no person
        ("When can I be wed by the vicar?", "The curate", False),
        ("When was the curate ordained?", "The curate", False),
        ("When was Oliver Dunn ordained?", "The curate", False),
        ("Who works with the vicar?", "The curate", False),
        ("When was the sexton ordained?", "The curate", False),
        ("When was the vicar's curate ordained?", "The curate", False),
        ("How many seats has the hall of the vicar?", "The hall", False),
        ("When does the tavener play?", "Ella Brandt plays", False),
        ("When does Ella Brandt come?", "The manager", False),
        ("I know Jon Tavener. When is the organ played?", "Ella Brandt plays", False),
    ],
)
def test_what_is_said_of_another(tmp_path: Path, question: str, begins: str, *, is_so: bool) -> None:
    version = make_assistant(tmp_path, {"a.md": CLERGY}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    said = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    (best,) = (one for one in said if one.text.startswith(begins))
    assert is_of_somebody_else(question, best, said, version) is is_so
