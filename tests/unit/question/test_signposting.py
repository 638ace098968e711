import json
from pathlib import Path

import pytest

from acobot.question.signposting import find_sign

EVALUATION = Path(__file__).parents[2] / "evaluation"
LABELLED = [json.loads(line) for line in (EVALUATION / "signposting.jsonl").read_text(encoding="utf-8").splitlines()]
ORDINARY = [
    json.loads(line)["question"]
    for name in ("questions.jsonl", "more-questions.jsonl")
    for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", LABELLED, ids=[case["text"] for case in LABELLED])
def test_signs_are_told_from_ordinary_questions(case: dict[str, str | None]) -> None:
    assert find_sign(str(case["text"])) == case["signpost"]


def test_at_least_thirty_phrases_are_tried_each_way() -> None:
    signs = [case for case in LABELLED if case["signpost"]]
    assert len(signs) >= 30
    assert len(LABELLED) - len(signs) >= 30


def test_no_question_about_the_sources_is_taken_for_a_sign() -> None:
    assert [question for question in ORDINARY if find_sign(question)] == []


def test_curly_apostrophes_and_capitals_do_not_matter() -> None:
    assert find_sign("I CAN’T BREATHE") == "emergency"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("999", "emergency"),
        ("can you book me an ambulance", "emergency"),
        ("my wife is pregnant and bleeding", "emergency"),
        ("I hear voices", "crisis"),
        ("pharmacist near me", "medical"),
        ("How do ACOs help people with chest pain?", None),
        ("Is this plan suicide for the NHS?", None),
        ("I want to die of boredom reading this, what is an ACO?", None),
        ("Is the NHS (National Health Service) bleeding to death?", None),
        ("will my local A&E close because of this", None),
    ],
)
def test_short_calls_figures_of_speech_and_what_was_searched_for(text: str, sign: str | None) -> None:
    assert find_sign(text) == sign
