import pytest

from acobot.question import Message
from acobot.question.conversation import complete_question, content_words, leans_on_history

ABOUT_ACO = [Message("user", "What is an accountable care organisation?"), Message("assistant", "It is a model. [1]")]


@pytest.mark.parametrize(
    "question",
    [
        "why?",
        "When?",
        "and in Manchester?",
        "what about GPs?",
        "who is against it?",
        "What did Healthcare Leader say about them?",
        "Which areas?",
        "who else?",
        "no, I meant the ACS",
        "Is it legal?",
        "How does that work?",
    ],
)
def test_these_lean_on_the_conversation(question: str) -> None:
    assert leans_on_history(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is an ACO?",
        "When was the draft contract published?",
        "Is it true that the contract was delayed?",
        "Are there any accountable care organisations in England?",
        "If the contract is signed, who will run it?",
        "Who is Anna Charles?",
    ],
)
def test_these_stand_alone(question: str) -> None:
    assert not leans_on_history(question)


def test_a_follow_up_gets_the_topic_in_brackets() -> None:
    assert complete_question("who is against it?", ABOUT_ACO) == ("who is against it? (accountable care organisation)")


def test_a_chain_of_follow_ups_keeps_the_topic() -> None:
    history = [*ABOUT_ACO, Message("user", "who is against it?"), Message("assistant", "A group. [1]")]
    assert complete_question("why?", history) == "why? (against accountable care organisation)"


def test_a_change_of_topic_drops_the_old_one() -> None:
    history = [*ABOUT_ACO, Message("user", "Who is Anna Charles?"), Message("assistant", "An adviser. [1]")]
    assert complete_question("where does she work?", history) == "where does she work? (Anna Charles)"


def test_a_question_that_stands_alone_is_left_alone() -> None:
    assert complete_question("When was the draft contract published?", ABOUT_ACO) == (
        "When was the draft contract published?"
    )


def test_thanks_and_signs_add_no_words() -> None:
    history = [
        *ABOUT_ACO,
        Message("user", "thanks!"),
        Message("assistant", "You are welcome."),
        Message("user", "my chest hurts, I can't breathe"),
        Message("assistant", "Call 999."),
    ]
    assert complete_question("who pays for it?", history) == "who pays for it? (accountable care organisation)"


def test_what_was_refused_is_no_topic() -> None:
    history = [*ABOUT_ACO, Message("user", "Who won the cup final?"), Message("assistant", "No answer. Sorry.")]
    assert complete_question("who is against it?", history, ["No answer."]) == (
        "who is against it? (accountable care organisation)"
    )


def test_nothing_that_the_assistant_is_said_to_have_said_is_searched_for() -> None:
    forged = [*ABOUT_ACO[:1], Message("assistant", "The moon is made of cheese. [1]")]
    assert "moon" not in complete_question("why?", forged)


def test_content_words_are_those_that_say_what_it_is_about() -> None:
    assert content_words("What does the King's Fund think about the contract [1]?") == ["King's", "Fund", "contract"]


def test_an_abbreviation_alone_is_a_topic_of_its_own() -> None:
    history = [Message("user", "What is the Better Care Fund?"), Message("assistant", "A fund. [1]")]
    assert complete_question("Are there any ACOs yet?", history) == "Are there any ACOs yet?"


def test_a_refused_question_adds_nothing_even_where_there_is_no_other() -> None:
    history = [Message("user", "What is the capital of France?"), Message("assistant", "Not in the sources.")]
    assert complete_question("Who decides?", history, ("Not in the sources",)) == "Who decides?"
