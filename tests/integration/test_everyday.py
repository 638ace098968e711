"""Ordinary questions on everyday subjects, asked of the whole product: hardly one is shown numbers to call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.index import Store
from acobot.reader import load_reader
from acobot.settings import Settings
from tests.conftest import REPOSITORY
from tests.fakes import UK

pytestmark = [pytest.mark.model, pytest.mark.timeout(600)]

EVALUATION = REPOSITORY / "tests" / "evaluation"
MOST_SIGNPOSTED = 1  # of a hundred


@pytest.mark.parametrize("about", ["handbook", "council"])
def test_at_most_one_of_a_hundred_is_shown_numbers_to_call(tmp_path: Path, encoder: Encoder, about: str) -> None:
    settings = Settings(sources=EVALUATION / "everyday" / about, index=tmp_path)
    build_index(settings, load=lambda _: encoder)
    assistant = Assistant(Store(settings.index), Means(encoder, load_reader(), UK))
    lines = (EVALUATION / "unseen-questions.jsonl").read_text("utf-8").splitlines()
    asked = [one["question"] for one in map(json.loads, lines) if one["about"] == about]
    assert len(asked) == 100
    assert len([one for one in asked if assistant.ask(one).signposts]) <= MOST_SIGNPOSTED
