import pytest

from acobot.policies import Sign
from acobot.question import Message, Query, SmallTalk, Turn, make_query
from tests.fakes import ENGLISH, UK

KNOWN = {"ACO": "accountable care organisation"}


def test_abbreviations_are_spelled_out_for_the_search_only() -> None:
    query = make_query("What is an ACO?", ENGLISH, UK, (), KNOWN)
    assert query.question == "What is an ACO?"
    assert query.searched_for == "What is an ACO (accountable care organisation)?"


def test_searching_for_what_was_searched_for_searches_for_the_same() -> None:
    history = [Message("user", "What is an ACO?")]
    first = make_query("who is against it?", ENGLISH, UK, history, KNOWN)
    assert first.searched_for == "who is against it? (ACO (accountable care organisation))"
    assert make_query(first.searched_for, ENGLISH, UK, (), KNOWN).searched_for == first.searched_for


def test_nothing_is_searched_for_where_nothing_is_asked() -> None:
    assert make_query("hello", ENGLISH, UK).small_talk is SmallTalk.GREETING
    assert make_query("hello", ENGLISH, UK).searched_for == ""


def test_a_sign_takes_no_question_away() -> None:
    query = make_query("hi, what is an ACO? my chest hurts and I want to die", ENGLISH, UK, (), KNOWN)
    assert query.sign is Sign.CRISIS
    assert query.searched_for == ("what is an ACO (accountable care organisation)? my chest hurts and I want to die")
    said = "I want to die"
    assert make_query(said, ENGLISH, UK) == Query(
        said, said, sign=Sign.CRISIS, unspelled=said, shortened=said, as_question=said
    )


def test_letters_are_searched_for_as_what_they_mean() -> None:
    typed = "Ｗｈａｔ ｉｓ ａｎ ＡＣＯ？"
    query = make_query(typed, ENGLISH, UK, (), KNOWN)
    assert query.question == typed
    assert query.searched_for == "What is an ACO (accountable care organisation)?"
    assert make_query("Ｉ ｗａｎｔ ｔｏ ｄｉｅ", ENGLISH, UK).sign is Sign.CRISIS
    assert make_query("ｈｅｌｌｏ", ENGLISH, UK).small_talk is SmallTalk.GREETING


def test_a_question_without_its_mark_is_encoded_with_one() -> None:
    assert make_query("what is an aco", ENGLISH, UK).as_question == "what is an aco?"
    assert make_query("What is an ACO?", ENGLISH, UK).as_question == "What is an ACO?"
    assert make_query("private companies", ENGLISH, UK).as_question == "private companies"


@pytest.mark.parametrize(
    "question",
    ["How does this work?", "How does it all work?", "What is this for?", "Who runs this?", "Can I trust this?"],
)
def test_what_is_asked_of_an_answer_is_no_small_talk(question: str) -> None:
    assert make_query(question, ENGLISH, UK).small_talk is SmallTalk.ABOUT
    history = [Message("user", "What is an ACO?"), Message("assistant", "It is a model. [1]", "answered")]
    assert make_query(question, ENGLISH, UK, history).searched_for == f"{question} (ACO)"
    refused = [Message("user", "What is an ACO?"), Message("assistant", "No answer.", "not_in_sources")]
    assert make_query(question, ENGLISH, UK, refused).small_talk is SmallTalk.ABOUT


@pytest.mark.parametrize("question", ["Where does this come from?", "where do you get this from?"])
def test_where_an_answer_is_from_is_asked_of_it(question: str) -> None:
    assert make_query(question, ENGLISH, UK).small_talk is SmallTalk.ABOUT
    history = [Message("user", "What is an ACO?"), Message("assistant", "It is a model. [1]", "answered")]
    assert make_query(question, ENGLISH, UK, history).turn is Turn.SOURCE


@pytest.mark.parametrize(
    ("typed", "alone"),
    [
        ("My bin was missed. When is the next collection? Thanks", "When is the next collection?"),
        ("Does it open at 9.30?", ""),
        ("Who pays the £3.50 fare?", ""),
        ("Is Dr. Smith in on Fridays?", ""),
        ("I am new here. Is Dr. Smith in at 9.30?", "Is Dr. Smith in at 9.30?"),
        ("Who pays? Who decides?", ""),
    ],
)
def test_the_one_question_of_a_message_is_looked_up_alone_too(typed: str, alone: str) -> None:
    query = make_query(typed, ENGLISH, UK)
    assert query.alone == alone
    assert (alone in query.other_forms) == bool(alone)


def test_what_is_typed_with_the_capitals_locked_is_no_row_of_abbreviations() -> None:
    query = make_query("CAN I BRING MY DOG INTO THE ACO?", ENGLISH, UK, (), KNOWN)
    assert query.question == "CAN I BRING MY DOG INTO THE ACO?"
    assert query.searched_for == "can i bring my dog into the ACO (accountable care organisation)?"
    assert make_query("NHS BMA AND GPS", ENGLISH, UK, (), KNOWN).searched_for == "nhs bma and gps"
    assert make_query("NHS and BMA and GPs", ENGLISH, UK, (), KNOWN).searched_for == "NHS and BMA and GPs"
    assert make_query("IS IT FREE", ENGLISH, UK).searched_for == "IS IT FREE"
