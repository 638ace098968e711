from dataclasses import replace

import pytest

from acobot.answer import date_in_words
from acobot.answer.messages import about_in_words, asks_about_now, date_notes, listed, only_this, refusal, small_talk
from acobot.evidence import About, Reason
from acobot.question import SmallTalk
from acobot.sources import Particulars, Source
from tests.fakes import ENGLISH

UNDATED = Source("a", Particulars("A"), "Text.", (), (), "0" * 64, "0" * 64)


def published(date: str) -> Source:
    return replace(UNDATED, particulars=Particulars("A", published=date))


@pytest.mark.parametrize(
    ("date", "words"), [("2018", "2018"), ("2018-04", "April 2018"), ("2018-04-06", "6 April 2018")]
)
def test_dates_are_read_out_as_precisely_as_they_are_known(date: str, words: str) -> None:
    assert date_in_words(date, ENGLISH) == words


def test_one_date_is_told_with_the_right_preposition() -> None:
    assert date_notes(ENGLISH, [published("2018-04-16")]) == (
        "The source quoted was published on 16 April 2018; things may have changed since.",
    )
    assert date_notes(ENGLISH, [published("2018-04")])[0].startswith("The source quoted was published in April 2018")


def test_several_dates_are_told_as_a_span() -> None:
    assert date_notes(ENGLISH, [published("2018-04"), published("2017-08-10")]) == (
        "The sources quoted were published between 10 August 2017 and April 2018; things may have changed since.",
    )


def test_a_source_without_a_date_is_told_beside_those_that_have_one() -> None:
    assert date_notes(ENGLISH, [UNDATED]) == ()
    assert date_notes(ENGLISH, [published("2018"), UNDATED]) == (
        "Of the sources quoted, one was published in 2018; the date of the others is not known; "
        "things may have changed since.",
    )


def test_a_less_precise_date_stands_for_those_within_it() -> None:
    assert date_notes(ENGLISH, [published("2018"), published("2018-04"), published("2018-04-16")]) == (
        "The sources quoted were published in 2018; things may have changed since.",
    )


def test_a_year_and_a_month_are_told_with_their_own_words() -> None:
    assert date_notes(ENGLISH, [published("2018-04"), published("2018-04"), UNDATED, UNDATED]) == (
        "Of the sources quoted, 2 were published in April 2018; the date of the others is not known; "
        "things may have changed since.",
    )


@pytest.mark.parametrize(
    ("question", "is_about_now"),
    [
        ("What is the latest on the merger?", True),
        ("What is the latest you have on it?", True),
        ("What is the current charge?", True),
        ("What is the latest time I can check in?", False),
        ("What is the latest I can check in?", False),
        ("Must I pay by Friday at the latest?", False),
        ("Do I need a current account?", False),
    ],
)
def test_a_question_is_about_now_where_it_asks_for_how_things_are(question: str, *, is_about_now: bool) -> None:
    assert asks_about_now(question, ENGLISH) is is_about_now


@pytest.mark.parametrize("kind", SmallTalk)
def test_small_talk_has_its_replies_and_names_only_whom_the_service_is_independent_of(kind: SmallTalk) -> None:
    alone, named = (small_talk(ENGLISH, kind, of) for of in ("", "the club"))
    assert ("I am not a person, the club, and I write nothing of my own." in named) is (kind is SmallTalk.ABOUT)
    assert ("I am not a person, and I write nothing of my own." in alone) is (kind is SmallTalk.ABOUT)


def test_a_refusal_says_why_and_what_was_searched_for() -> None:
    assert refusal(ENGLISH, "a mill?", [Reason.UNNAMED], ["Ann", "Bob"], nearest_follow=False) == (
        "The sources do not answer this question. They say nothing of “Ann” or “Bob”. They were searched for “a mill?”."
    )
    assert refusal(ENGLISH, "x", [Reason.LACKING], [], nearest_follow=True) == (
        "The sources do not answer this question. They speak of it, but do not give the date, number or address that "
        "you ask for. They were searched for “x”. The passages that come nearest are listed below; they are not an "
        "answer."
    )


def test_that_only_one_language_is_read_is_said_in_the_askers_where_it_can_be() -> None:
    assert only_this(ENGLISH, "es").startswith("Solo puedo leer en inglés.")
    assert only_this(ENGLISH, "fr") == only_this(ENGLISH, "en") == ENGLISH.only_this["en"]


def test_what_sources_differ_about_has_words() -> None:
    assert [about_in_words(ENGLISH, about) for about in About] == [
        "the date",
        "the length of time",
        "the number",
        "whether it is so",
    ]


def test_things_are_listed_as_the_language_does() -> None:
    assert listed(ENGLISH, ["a", "b", "c"]) == "a, b and c"
