"""Which sentences of a message ask."""

import pytest

from acobot.evidence.asking import what_asks


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("My son was born in 2022. When can he start?", "When can he start?"),
        ("When is yoga? I was told on Tuesday. Who teaches it?", "When is yoga? Who teaches it?"),
        ("Is J. Smith in? I am 9.", "Is J. Smith in?"),
        ("fees for 2024", "fees for 2024"),
        ("I was told to come on Friday. Tell me when.", "I was told to come on Friday. Tell me when."),
    ],
)
def test_what_a_message_asks_is_told_from_what_it_tells(message: str, asks: str) -> None:
    assert what_asks(message) == asks
