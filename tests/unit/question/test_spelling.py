import pytest

from acobot.index import Vocabulary
from acobot.languages import load_language
from acobot.question import mend_spelling, with_and_without_apostrophes

ENGLISH = load_language("en")

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
        "care": 7,
        "can": 9,
        "held": 2,
        "want": 3,
        "working": 4,
    }
)


def mend(text: str) -> str:
    return mend_spelling(text, VOCABULARY, lambda word: word in {"well", "known", "word", "bid"}, ENGLISH)


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


class Counting(Vocabulary):
    """Counts the lines that are taken apart."""

    taken = 0

    def _line(self, place: int) -> list[str]:
        self.taken += 1
        return super()._line(place)


def test_a_misspelt_word_takes_no_lines_apart_but_of_words_as_long() -> None:
    letters = "abcdefghijklmnopqrst"
    words = [f"r{one}{other}{third}" for one in letters for other in letters for third in letters]
    many = Counting("".join(f"{word} 1\n" for word in [*words, "rzabbit"]).encode())
    many.taken = 0
    assert mend_spelling("rzabit", many, lambda _: False, ENGLISH) == "rzabbit"
    assert many.taken < len(words) / 20


@pytest.mark.parametrize(
    "text",
    ["well known", "hawking", "wth", "ALOW", "alow3", "alow-cost", "e.g. alow/withh", "xeportr", "zzzzzz", "", "猫"],
)
def test_everything_else_stays(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    "word", ["carer", "carers", "wording", "bidders", "reports", "caring", "contractual", "withal"]
)
def test_a_known_word_with_an_ending_is_no_slip(word: str) -> None:
    assert mend(f"Is a {word} here?") == f"Is a {word} here?"


@pytest.mark.parametrize("word", ["heed", "cave", "wart"])
def test_a_short_word_is_not_taken_for_another_one_letter_away(word: str) -> None:
    assert mend(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"), [("why cant I", "why can't I"), ("Wont it", "Won't it"), ("whats", "what's"), ("CANT", "CANT")]
)
def test_two_words_in_one_get_their_apostrophe_and_are_not_taken_for_another(typed: str, meant: str) -> None:
    assert mend(typed) == meant


@pytest.mark.parametrize("text", ["mustn't", "reportr's", "o'clack"])
def test_what_is_written_with_an_apostrophe_stays(text: str) -> None:
    assert mend(text) == text


def test_what_is_mended_stays_when_asked_again() -> None:
    once = mend("wich reportr")
    assert mend(once) == once


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("Cant it, doesn’t it?", ("Can't it, doesn’t it?", "Cant it, doesnt it?")),
        ("i'll go, she's here", ("i'll go, she's here", "i'll go, shes here")),
        ("the carers' rota", ("the carers' rota", "the carers' rota")),
    ],
)
def test_a_message_is_written_with_and_without_the_apostrophes_of_its_contractions(
    typed: str, ways: tuple[str, str]
) -> None:
    assert with_and_without_apostrophes(typed, ENGLISH) == ways
