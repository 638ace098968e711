import pytest

from acobot.evidence.answerability import MOST_UNNAMED, Signs, answerability, unnamed
from acobot.evidence.differing import Told, lacks_value

GOOD = Signs(best=0.9, nearest=0.8, unnamed=0, lacking=False)


@pytest.mark.parametrize(
    "worse",
    [
        Signs(best=0.4, nearest=0.8, unnamed=0, lacking=False),
        Signs(best=0.9, nearest=0.3, unnamed=0, lacking=False),
        Signs(best=0.9, nearest=0.8, unnamed=1, lacking=False),
        Signs(best=0.9, nearest=0.8, unnamed=0, lacking=True),
    ],
)
def test_each_sign_against_an_answer_lowers_the_probability(worse: Signs) -> None:
    assert answerability(worse) < answerability(GOOD)


def test_the_odds_follow_the_share_of_answerable_questions() -> None:
    middling = Signs(best=0.4, nearest=0.4, unnamed=0, lacking=False)
    told = answerability(middling, 0.8)
    shifted = answerability(middling, 0.5)  # a quarter of the odds
    assert shifted / (1 - shifted) == pytest.approx(told / (1 - told) / 4, rel=0.05)


def test_names_and_numbers_that_no_text_holds_are_counted_up_to_two() -> None:
    held = ["The bridge in Bristol opened in 1932."]
    assert unnamed("Was the Bristol bridge opened in 1932?", held) == 0
    assert unnamed("Was the bridge in Glasgow opened in 1932?", held) == 1
    assert unnamed("Did Ann, Bob and Carol open it?", held) == MOST_UNNAMED


def test_a_capital_that_only_opens_a_sentence_is_no_name() -> None:
    assert unnamed("Explain the bridge. Describe it.", ["A bridge."]) == 0


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("When was it opened?", "It was opened in May 1932.", False),
        ("When was it opened?", "It was opened by the mayor.", True),
        ("When was it written?", "It was written in the second century.", False),
        ("When do the ducks march?", "They march each morning.", False),  # an occasion, not a date
        ("How many people work there?", "Some 400 people work there.", False),
        ("How many people work there?", "It was built in 12 months.", True),
        ("How many people work there?", "People work there.", True),
        ("How much did it cost?", "It cost ten pounds.", False),
        ("How much did it cost?", "In May 2018 it was dear.", True),
        ("How long is the contract?", "It runs for 15 years.", False),
        ("How long is the contract?", "It runs.", True),
        ("Who opened it?", "It was opened by the mayor.", False),
    ],
)
def test_a_date_length_or_number_that_is_asked_for_has_to_be_there(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_value(question, lambda: [Told(text, "a", "")]) is lacks


def test_the_month_of_writing_is_no_date_that_was_asked_for() -> None:
    told = Told("It was opened, the guide of April 2018 says.", "a", "2018-04")
    assert lacks_value("When was it opened?", lambda: [told])
