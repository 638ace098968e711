import numpy as np
import pytest

from acobot.encoder import Encoding
from acobot.evidence.parts import PART_SHARE, split_parts
from acobot.languages import Language, load_language
from tests.fakes import ENGLISH

GERMAN = load_language("de")
TWO = "When was it opened, and who collects tolls?"


def encoding_of(text: str) -> Encoding:
    """A word piece a word; its vectors do not matter here."""
    places: list[tuple[int, int]] = []
    for word in text.split():
        start = text.index(word, places[-1][1] if places else 0)
        places.append((start, start + len(word)))
    size = len(places)
    return Encoding(np.zeros(2, np.float32), np.zeros((size, 2), np.float32), np.array(places), np.zeros(size, int))


def even(size: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.full(size, 1 / size, dtype=np.float32)


def test_one_question_is_one_part() -> None:
    (part,) = split_parts("Who runs it and pays?", encoding_of("Who runs it and pays?"), even(5), ENGLISH)
    assert part.text == "Who runs it and pays?"
    assert part.weights == pytest.approx(even(5))


def test_each_of_two_questions_weighs_its_own_words_most() -> None:
    first, second = split_parts(TWO, encoding_of(TWO), even(8), ENGLISH)
    assert (first.text, second.text) == ("When was it opened", "who collects tolls?")
    assert first.weights.sum() == pytest.approx(1)
    assert first.weights[0] == pytest.approx(PART_SHARE / 4 + (1 - PART_SHARE) / 8)
    assert first.weights[-1] == pytest.approx((1 - PART_SHARE) / 8)


def test_what_is_asked_twice_is_one_part() -> None:
    text = "Who pays? Who pays? WHO PAYS?"
    (part,) = split_parts(text, encoding_of(text), even(6), ENGLISH)
    assert part.whole


def test_what_was_spelled_out_is_not_told_as_typed() -> None:
    text = "What is an ACO (accountable care organisation)? Who pays?"
    first, second = split_parts(text, encoding_of(text), even(9), ENGLISH)
    assert (first.as_typed, second.as_typed) == ("What is an ACO?", "Who pays?")


def parts_of(text: str, language: Language = ENGLISH) -> list[str]:
    return [part.text for part in split_parts(text, encoding_of(text), even(len(text.split())), language)]


@pytest.mark.parametrize(
    "text",
    [
        "I lost my job and can't pay my council tax. What help is there?",
        "I live alone and am over 75, can I get a discount?",
        "My mum has dementia and is in hospital, who pays?",
        "Can I park outside my house? I have a blue badge.",
        "Is it free or do I have to pay?",
        "Who sets the price and can change it?",
        "What is free and is always open?",
        "Where and when does the club meet?",
        "How, and when, do I pay?",
        "Who and what is covered?",
        "How do I know if and when it applies?",
        "Can you tell me how and when I pay?",
        "Can I come as and when I like?",
    ],
)
def test_what_is_told_beside_a_question_is_no_question_of_its_own(text: str) -> None:
    assert parts_of(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who pays and when does it start?", ["Who pays", "when does it start?"]),
        ("What is an ACO? And who runs it?", ["What is an ACO?", "And who runs it?"]),
        ("Which areas are first, and will everywhere follow?", ["Which areas are first", "will everywhere follow?"]),
        ("Where and when does it start and who pays?", ["Where and when does it start", "who pays?"]),
        ("Do you meet there , and when does it start?", ["Do you meet there", "when does it start?"]),
        ("When do you open and are dogs allowed?", ["When do you open", "are dogs allowed?"]),
        (
            "My bin was missed, when is the next one and can I get a refund?",
            ["My bin was missed, when is the next one", "can I get a refund?"],
        ),
        (
            "Who pays? I have a blue badge. Is it free? Where do I park?",
            ["Who pays?", "I have a blue badge. Is it free?", "Where do I park?"],
        ),
    ],
)
def test_two_questions_are_two_parts(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


def test_parts_are_told_in_german() -> None:
    assert parts_of("Wer zahlt und wann beginnt es?", GERMAN) == ["Wer zahlt", "wann beginnt es?"]
    assert parts_of("Gibt es noch was und wann beginnt es?", GERMAN) == ["Gibt es noch was", "wann beginnt es?"]


@pytest.mark.parametrize(
    "text",
    [
        "Darf ich hier parken? Ich habe einen blauen Ausweis.",
        "Wo und wann trifft sich der Verein?",
        "Was und wie viel wird bezahlt?",
        "Ab wann und bis wann gilt es?",
        "Wie erfahre ich, ob und wann es gilt?",
    ],
)
def test_one_question_is_one_part_in_german(text: str) -> None:
    assert parts_of(text, GERMAN) == [text]
