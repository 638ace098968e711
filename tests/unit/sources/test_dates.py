import pytest

from acobot.sources.dates import iso_of, months


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
