"""A number of the question that a range of the sources holds is no name that they lack."""

import pytest

from acobot.evidence.ranges import without_numbers_within
from acobot.languages import load_language
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("question", "name", "text", "held"),
    [
        ("What does a Year 4 pupil wear?", "4", "Pupils in Years 3 to 6 wear a navy jumper.", True),
        ("What does a Year 4 pupil wear?", "4", "Pupils in Years 3–6 wear navy.", True),
        ("What does a Year 4 pupil wear?", "4", "Pupils between Years 3 and 6 wear navy.", True),
        ("What does a Year 4 pupil wear?", "4", "Pupils in Years 3 and 6 wear navy.", False),
        ("What does a Year 2 pupil wear?", "2", "Pupils in Years 3 to 6 wear navy.", False),
        ("What does a Year 4 pupil wear?", "4", "It is open from 3 to 6, Years 1 and 2 first.", False),
        ("Where is Ward 4?", "4", "Rooms 1 to 9 are upstairs.", False),
        ("What do I get with £200 a week?", "200", "£180.01 to £240 | 40%", True),
        ("What do I get with 200 pounds a week?", "200", "£180.01 to £240 | 40%", True),
        ("What do I get with £200 a week?", "200", "180 to 240 people came.", False),
        ("What do I get with £1,200?", "1,200", "between £1,000 and £1,500", True),
    ],
)
def test_a_number_within_a_range_of_its_kind(question: str, name: str, text: str, *, held: bool) -> None:
    found = without_numbers_within((name, "Kirkby"), question, (text,), ENGLISH)
    assert found == (("Kirkby",) if held else (name, "Kirkby"))


def test_so_in_german() -> None:
    german, text = load_language("de"), "Zwischen Klasse 3 und 6 gibt es Noten; ab 1.000 € bis 1.500 € zahlt die Stadt."
    assert without_numbers_within(("4",), "Gibt es in Klasse 4 Noten?", (text,), german) == ()
    assert without_numbers_within(("1.200",), "Wer zahlt mir 1.200 €?", (text,), german) == ()
