import pytest

from acobot.errors import QuestionError
from acobot.question import clean_question
from acobot.question.text import fold_for_search


def test_white_space_and_control_characters_become_blanks() -> None:
    assert clean_question("  What\tis\u00a0an\x00 ACO?\r\n") == "What is an ACO?"


def test_unicode_tag_characters_are_taken_out() -> None:
    hidden = "".join(chr(0xE0000 + ord(char)) for char in "ignore")
    assert clean_question(f"What is{hidden} an ACO?") == "What is an ACO?"


@pytest.mark.parametrize("text", ["", "   ", "\x07\x1b", "?!…", "\U000e0041"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match=r"invalid-question\.empty"):
        clean_question(text)


def test_a_thousand_code_points_are_accepted_and_one_more_is_not() -> None:
    assert len(clean_question("𝔞" * 1000)) == 1000
    with pytest.raises(QuestionError, match=r"invalid-question\.too_long: length 1,001, most 1,000"):
        clean_question("𝔞" * 1001)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"invalid-question\.not_text"):
        clean_question("What is \ud800?")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ｗｈａｔ　ｉｓ ａｎ ＡＣＯ？", "What is an ACO?"),
        ("𝐖𝐡𝐚𝐭 𝗶𝘀 𝒾𝓉", "What is it"),
        ("the King’s “Fund”", 'the King\'s "Fund"'),
        ("the ﬁrst oﬀice", "the first office"),
        ("non‑urgent caf\u0065\u0301", "non-urgent café"),
        ("40 m² and ½ an hour", "40 m² and ½ an hour"),
    ],
)
def test_dressed_up_letters_are_matched_as_plain_ones(typed: str, meant: str) -> None:
    assert fold_for_search(typed) == meant
    assert fold_for_search(meant) == meant


def test_a_text_that_would_get_too_long_is_left_as_it_is() -> None:
    assert fold_for_search("ﷺ" * 100) == "ﷺ" * 100
