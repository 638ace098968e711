import pytest

from acobot.languages import base_forms, bracketed, figure, little_words, load_language, singular, without_possessive
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("plans", "plan"),
        ("planned", "plan"),
        ("planning", "plan"),
        ("makes", "make"),
        ("making", "make"),
        ("tries", "try"),
    ],
)
def test_base_forms_hold_the_verb(word: str, base: str) -> None:
    assert base in base_forms(word, ENGLISH)


def test_endings_are_taken_off() -> None:
    assert singular("authorities", ENGLISH) == "authority"
    assert singular("groups", ENGLISH) == "group"
    assert singular("process", ENGLISH) == "process"
    assert without_possessive("King's", ENGLISH) == "King"
    assert without_possessive("doctors’", ENGLISH) == "doctors"


def test_numbers_in_words_are_figures() -> None:
    assert figure("Twelve", ENGLISH) == "12"
    assert figure("bridge", ENGLISH) == "bridge"


@pytest.mark.parametrize(
    ("tag", "word", "number"),
    [
        ("en", "forty-two", "42"),
        ("en", "Ninety nine", "99"),
        ("de", "zweiundvierzig", "42"),
        ("de", "Dreißig", "30"),
        ("de", "dreissig", "30"),
    ],
)
def test_numbers_of_two_words_are_figures_too(tag: str, word: str, number: str) -> None:
    assert figure(word, load_language(tag)) == number


def test_little_words_are_known_with_and_without_their_marks() -> None:
    assert {"się", "sie"} <= little_words()["pl"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a (b) c", ["(b)"]),
        ("a (b (c)) d", ["(c)", "(b (c))"]),
        ("I am sad :( who pays?", []),
        ("a) who pays (b) fees", ["(b)"]),
        ("sad :( but (free)", ["(free)"]),
    ],
)
def test_only_what_is_closed_stands_in_brackets(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in bracketed(text)] == inside
