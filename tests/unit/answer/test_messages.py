from dataclasses import replace

import pytest

from acobot.answer import date_in_words
from acobot.answer.messages import date_notes
from acobot.sources import Particulars, Source

UNDATED = Source("a", Particulars("A"), "Text.", (), (), "0" * 64, "0" * 64)


def published(date: str) -> Source:
    return replace(UNDATED, particulars=Particulars("A", published=date))


@pytest.mark.parametrize(
    ("date", "words"), [("2018", "2018"), ("2018-04", "April 2018"), ("2018-04-06", "6 April 2018")]
)
def test_dates_are_read_out_as_precisely_as_they_are_known(date: str, words: str) -> None:
    assert date_in_words(date) == words


def test_one_date_is_told_with_the_right_preposition() -> None:
    assert date_notes([published("2018-04-16")]) == (
        "The source quoted was published on 16 April 2018; things may have changed since.",
    )
    assert date_notes([published("2018-04")])[0].startswith("The source quoted was published in April 2018")


def test_several_dates_are_told_as_a_span() -> None:
    assert date_notes([published("2018-04"), published("2017-08-10")]) == (
        "The sources quoted were published between 10 August 2017 and April 2018; things may have changed since.",
    )


def test_a_source_without_a_date_is_told_beside_those_that_have_one() -> None:
    assert date_notes([UNDATED]) == ()
    assert date_notes([published("2018"), UNDATED]) == (
        "Of the sources quoted, one was published in 2018; the date of the others is not known; "
        "things may have changed since.",
    )


def test_a_less_precise_date_stands_for_those_within_it() -> None:
    assert date_notes([published("2018"), published("2018-04"), published("2018-04-16")]) == (
        "The sources quoted were published in 2018; things may have changed since.",
    )
