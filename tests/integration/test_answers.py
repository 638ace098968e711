"""The shipped sources, the real model: how good the answers are, and what holds for every one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acobot.answer import Answer, Status
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.evaluation import Report, read_cases, report, run_case
from acobot.index import Store
from acobot.question import Message
from acobot.settings import Settings

pytestmark = pytest.mark.model

REPOSITORY = Path(__file__).parents[2]
EVALUATION = REPOSITORY / "tests" / "evaluation"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    settings = Settings(sources=REPOSITORY / "sources", index=tmp_path_factory.mktemp("index"))
    build_index(settings, load=lambda _: encoder)
    return Assistant(Store(settings.index), encoder)


def conversations() -> Iterator[list[dict[str, Any]]]:
    for name in ("conversations.jsonl", "more-conversations.jsonl"):
        for line in (EVALUATION / name).read_text("utf-8").splitlines():
            yield json.loads(line)["turns"]


def is_verbatim(assistant: Assistant, answer: Answer) -> bool:
    texts = {quote.source_id: assistant.version().corpus.source(quote.source_id).text for quote in answer.quotes}
    return all(texts[quote.source_id][quote.start : quote.end] == quote.text for quote in answer.quotes)


def test_the_question_of_the_readme_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("What is the difference between an ACS and an ACO?")
    assert answer.status is Status.ANSWERED
    assert any("integrated by contract" in quote.text for quote in answer.quotes)


@pytest.mark.parametrize("name", ["questions.jsonl", "more-questions.jsonl"])
def test_answers_are_as_good_as_the_floors_ask(assistant: Assistant, name: str) -> None:
    cases = read_cases(EVALUATION / name, assistant.version().corpus.source)
    measured: Report = report([run_case(case, assistant.ask) for case in cases])
    for metric, least in json.loads((EVALUATION / "floors.json").read_text("utf-8")).items():
        assert getattr(measured, metric) >= least, metric


def test_follow_ups_find_their_evidence_and_can_be_asked_alone(assistant: Assistant) -> None:
    needing: list[bool] = []
    for turns in conversations():
        history: list[Message] = []
        for turn in turns:
            answer = assistant.ask(turn["question"], history)
            history += [Message("user", turn["question"]), Message("assistant", answer.answer)]
            assert (answer.status is Status.SMALL_TALK) == bool(turn.get("small_talk"))
            assert is_verbatim(assistant, answer)
            if answer.searched_for:
                assert assistant.ask(answer.searched_for).quotes == answer.quotes
            if turn["needs_history"] and turn["answerable"]:
                quoted = {quote.text for quote in answer.quotes}
                needing.append(all(any(one["text"] in quoted for one in part) for part in turn["evidence"]))
    assert sum(needing) / len(needing) >= 0.85
