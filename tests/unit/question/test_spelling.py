import pytest

from acobot.index import Vocabulary
from acobot.question import mend_spelling

VOCABULARY = Vocabulary.of(
    {
        "which": 2,
        "with": 9,
        "report": 9,
        "reporter": 1,
        "dudley": 3,
        "organisation": 2,
        "allow": 1,
        "having": 4,
        "contract": 1,
        "contact": 5,
    }
)


def mend(text: str) -> str:
    return mend_spelling(text, VOCABULARY, lambda word: word in {"well", "known"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wich", "which"),  # a letter left out is likelier than one mistaken
        ("reportr", "reporter"),
        ("Dudly", "Dudley"),
        ("contarct", "contract"),  # letters swapped, likelier than one too many
        ("alow", "allow"),
        ("oragnisaton", "organisation"),  # two slips in a long word
    ],
)
def test_misspelt_words_become_words_of_the_sources(typed: str, meant: str) -> None:
    assert mend(f"{typed}?") == f"{meant}?"


@pytest.mark.parametrize(
    "text",
    ["well known", "hawking", "wth", "ALOW", "alow3", "alow-cost", "e.g. alow/withh", "xeportr", "zzzzzz", "", "猫"],
)
def test_everything_else_stays(text: str) -> None:
    assert mend(text) == text


def test_what_is_mended_stays_when_asked_again() -> None:
    once = mend("wich reportr")
    assert mend(once) == once
