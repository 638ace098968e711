import json
import time
from pathlib import Path

import pytest

from acobot.question.small_talk import SmallTalk, without_courtesies
from tests.fakes import ENGLISH

LABELLED = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "evaluation" / "small-talk.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", LABELLED, ids=[case["text"] for case in LABELLED])
def test_small_talk_is_told_from_questions(case: dict[str, object]) -> None:
    kind, rest = without_courtesies(str(case["text"]), ENGLISH)
    assert (kind is not None) == case["small_talk"]
    assert bool(rest) != case["small_talk"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("hi, what is an ACO?", "what is an ACO?"),
        ("Good morning! Hello! Who pays?", "Who pays?"),
        ("thanks, and when does it start?", "when does it start?"),
        ("What is an ACO, please?", "What is an ACO"),
        ("hi, what is an ACO, please?", "what is an ACO"),
        ("When is the next one? Thanks", "When is the next one?"),
        ("Is it open today? many thanks!", "Is it open today?"),
        ("When is it open - ta", "When is it open"),
        ("What is a TA?", "What is a TA?"),
        ("What does the ta do? ta", "What does the ta do?"),
        ("what is a ta", "what is a ta"),
        ("Evening clinics in ACOs", "Evening clinics in ACOs"),
    ],
)
def test_a_greeting_with_a_question_is_a_question(text: str, question: str) -> None:
    assert without_courtesies(text, ENGLISH) == (None, question)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Hello!", SmallTalk.GREETING), ("ta", SmallTalk.THANKS), ("bye", SmallTalk.GOODBYE), ("help", SmallTalk.ABOUT)],
)
def test_each_kind_is_named(text: str, kind: SmallTalk) -> None:
    assert without_courtesies(text, ENGLISH) == (kind, "")


@pytest.mark.parametrize("run", ["! ", ".", "? ", "- ", "... "])
def test_a_long_run_of_punctuation_takes_no_time(run: str) -> None:
    started = time.perf_counter()
    without_courtesies((run * 4000)[:4000], ENGLISH)
    assert time.perf_counter() - started < 0.5
