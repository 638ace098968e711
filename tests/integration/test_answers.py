"""The shipped sources, the real model: how good the answers are, and what holds for every one of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acobot.answer import Answer, Status
from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.evaluation import Outcome, find_too_low, make_subject, read_cases, read_floors, report, run_cases
from acobot.index import Store
from acobot.reader import load_reader
from acobot.settings import Settings
from tests.fakes import UK

pytestmark = [pytest.mark.model, pytest.mark.timeout(900)]

REPOSITORY = Path(__file__).parents[2]
EVALUATION = REPOSITORY / "tests" / "evaluation"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    settings = Settings(sources=REPOSITORY / "sources", index=tmp_path_factory.mktemp("index"))
    build_index(settings, load=lambda _: encoder)
    return Assistant(Store(settings.index), Means(encoder, load_reader(), UK))


def run(assistant: Assistant, name: str) -> list[Outcome]:
    subject = make_subject(assistant)
    return list(run_cases(read_cases(EVALUATION / name, subject.read_source), subject))


def is_verbatim(assistant: Assistant, answer: Answer) -> bool:
    texts = {quote.source_id: assistant.version().corpus.source(quote.source_id).text for quote in answer.quotes}
    return all(texts[quote.source_id][quote.start : quote.end] == quote.text for quote in answer.quotes)


def test_the_question_of_the_readme_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("What is the difference between an ACS and an ACO?")
    assert answer.status is Status.ANSWERED
    assert any("integrated by contract" in quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    "name",
    [
        "questions.jsonl",
        "more-questions.jsonl",
        "public.jsonl",
        "more-public.jsonl",
        "third-public.jsonl",
        "fourth-public.jsonl",
        "fifth-public.jsonl",
        "sixth-public.jsonl",
        "unread-public.jsonl",
        "second-unread-public.jsonl",
        "third-unread-public.jsonl",
        "fourth-unread-public.jsonl",
        "fifth-unread-public.jsonl",
    ],
)
def test_answers_are_as_good_as_the_floors_ask(assistant: Assistant, name: str) -> None:
    (floors,) = read_floors(EVALUATION / "floors.json", [Path(name)])
    assert find_too_low(report(run(assistant, name)), floors) == ()


def test_questions_about_other_matters_are_declined(assistant: Assistant) -> None:
    lines = (EVALUATION / "unseen-questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    answered = [one for one in asked if assistant.ask(one).status is Status.ANSWERED]
    assert len(answered) <= 0.12 * len(asked), answered


@pytest.mark.parametrize("name", ["conversations.jsonl", "more-conversations.jsonl"])
def test_follow_ups_find_their_evidence_and_can_be_asked_alone(assistant: Assistant, name: str) -> None:
    outcomes = run(assistant, name)
    for one in outcomes:
        assert (one.answer.status is Status.SMALL_TALK) == one.case.small_talk
        assert is_verbatim(assistant, one.answer)
        if one.answer.searched_for:
            assert assistant.ask(one.answer.searched_for).quotes == one.answer.quotes
    (floors,) = read_floors(EVALUATION / "floors.json", [Path(name)])
    assert find_too_low(report(outcomes), floors) == ()
