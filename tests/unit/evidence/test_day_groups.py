"""A day that a text holds in a word for several."""

import pytest

from acobot.evidence.day_groups import days_within
from acobot.languages import load_language
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("question", "text", "put"),
    [
        ("Is the shop open on Friday?", "The shop is open daily, except on Monday.", "Friday (daily)"),
        ("Is the shop open on Fridays?", "The shop is open on weekdays.", "Fridays (weekdays)"),
        ("Is the shop open on Sunday?", "The shop is closed at weekends.", "Sunday (weekends)"),
        ("Is the shop open on Sunday?", "The shop is open on weekdays.", ""),
        ("Is the shop open on Monday?", "The shop is open daily, except on Monday.", ""),
        ("Is the shop open on Tuesday?", "The shop is open daily, but not Mon to Wed.", ""),
        ("Is the shop open on Friday?", "It is open on Monday. Eggs come daily.", ""),
        ("Can I use the shop on Sunday?", "The shop is swept every evening.", ""),
        ("Can I use the shop on Sunday?", "Use the shop every evening.", "Sunday (every evening)"),
        ("Is the shop open on Sunday?", "The shop café is open daily. The shop opens Tuesday to Friday.", ""),
        ("Is the shop open on 3 May?", "The shop is open daily.", ""),
    ],
)
def test_a_day_is_put_with_the_word_that_holds_it(question: str, text: str, put: str) -> None:
    assert [one.put for one in days_within(question, (text,), ENGLISH)] == ([put] if put else [])


def test_so_in_german() -> None:
    found = days_within("Hat das Bad am Freitag offen?", ("Das Bad hat täglich offen.",), load_language("de"))
    assert [one.put for one in found] == ["Freitag (täglich)"]
