import pytest

from acobot.sources.dates import gives_day_or_time, iso_of, months


@pytest.mark.parametrize(
    "text", ["", "soon", "2018-4", "2018-13", "2018-02-30", "31 June 2018", "4 Maj 2023", "２０１８", "13/13/2018"]
)
def test_what_is_no_date_of_the_calendar_gives_none(text: str) -> None:
    assert iso_of(text) == ""


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018", "2018"),
        ("2018-04-16T08:00:00+02:00", "2018-04-16"),
        ("2018/04/16", "2018-04-16"),
        ("04/16/2018", "2018-04-16"),
        ("05/05/2018", "2018-05-05"),
        ("05/04/2018", "2018"),
        ("16. April 2018", "2018-04-16"),
        ("16-Apr-2018", "2018-04-16"),
        ("Mon, 16 Apr 2018 08:00:00 GMT", "2018-04-16"),
        ("Mai 2018", "2018-05"),
    ],
)
def test_dates_of_many_forms_are_read_in_the_precision_that_they_have(text: str, iso: str) -> None:
    assert iso_of(text) == iso


def test_months_are_those_of_a_language_and_of_no_language_none() -> None:
    assert months("de")["märz"] == months("en")["mar"] == 3
    assert months("klingon") == {}


@pytest.mark.parametrize(
    "text",
    [
        *("Shut on Tuesday 11 March.", "from 3 to 5 May", "the 2nd of June", "May 6th", "am 6. Mai", "06/05/2025"),
        *("on 2025-05-06", "from 9:30", "at 2pm", "until 9.30 a.m."),
    ],
)
def test_a_text_gives_a_day_or_a_time_of_day_wherever_it_stands(text: str) -> None:
    assert gives_day_or_time(text)


@pytest.mark.parametrize(
    "text", ["Your 1 item was added.", "£1.50 more", "Ring 01632 960 188.", "Version 2.10 of 7", "the May Fair"]
)
def test_other_figures_give_neither_a_day_nor_a_time(text: str) -> None:
    assert not gives_day_or_time(text)
