import json
import re
from pathlib import Path

import pytest

from acobot.policies import Phrase, Sign
from acobot.question import find_sign
from tests.fakes import UK

EVALUATION = Path(__file__).parents[2] / "evaluation"
ORDINARY = [
    json.loads(line)["question"]
    for name in ("questions.jsonl", "more-questions.jsonl")
    for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines()
]
assert UK is not None
POLICY = UK
PHRASES = [(sign, phrase) for sign, phrases in POLICY.phrases.items() for phrase in phrases]
WITH_PHRASES = pytest.mark.parametrize(("sign", "phrase"), PHRASES, ids=[phrase.shows[0] for _, phrase in PHRASES])


@WITH_PHRASES
def test_each_phrase_finds_what_it_is_for(sign: Sign, phrase: Phrase) -> None:
    assert phrase.shows
    for text in phrase.shows:
        assert phrase.pattern.search(text), text
        assert find_sign(text, POLICY) is sign, text


@WITH_PHRASES
def test_each_phrase_leaves_ordinary_messages_alone(sign: Sign, phrase: Phrase) -> None:
    assert phrase.ordinary
    assert [text for text in phrase.ordinary if find_sign(text, POLICY)] == []


def test_no_question_about_the_sources_is_taken_for_a_sign() -> None:
    assert [question for question in ORDINARY if find_sign(question, POLICY)] == []


def test_curly_apostrophes_and_capitals_do_not_matter() -> None:
    assert find_sign("I CAN’T BREATHE", POLICY) is None  # a sentence is told by its meaning
    assert find_sign("CAN’T BREATHE", POLICY) is Sign.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "I want to die of boredom reading this, what is an ACO?",
        "Is the NHS (National Health Service) bleeding to death?",
        "I nearly had a heart attack when I saw the bill",
        "killing myself laughing",
        "fire",
    ],
)
def test_figures_of_speech_are_no_signs(text: str) -> None:
    assert find_sign(text, POLICY) is None


def test_every_sign_has_its_words_with_a_number_to_call() -> None:
    assert set(POLICY.texts.signs) == set(Sign)
    for said in (*POLICY.texts.signs.values(), POLICY.texts.notice, POLICY.texts.cannot):
        assert POLICY.call.search(said)
        assert not re.search(r"\s{2}|\n", said)


def test_without_a_policy_nothing_is_looked_for() -> None:
    assert find_sign("999", None) is None
