"""Questions are compared by their vectors, also where there are none."""

from pathlib import Path

from training.lines import _encoded

from acobot.assistant import Assistant
from acobot.index import Store
from tests.fakes import fake_means


def test_no_questions_can_be_compared_with_some(tmp_path: Path) -> None:
    assistant = Assistant(Store(tmp_path), fake_means())
    none, some = _encoded(assistant, []), _encoded(assistant, ["Who pays?", "When is it due?"])
    assert (none @ some.T).shape == (0, 2)
    assert (some @ none.T).shape == (2, 0)
