"""A number of the question that a range of the sources holds, and the words of that range."""

import pytest

from acobot.evidence.ranges import numbers_within
from acobot.languages import load_language
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("question", "text", "held_by"),
    [
        ("What does a Year 4 pupil wear?", "Pupils in Years 3 to 6 wear a navy jumper.", "Years 3 to 6"),
        ("What does a Year 4 pupil wear?", "Pupils in Years 3–6 wear navy.", "Years 3–6"),
        ("What does a Year 4 pupil wear?", "Pupils between Years 3 and 6 wear navy.", "between Years 3 and 6"),
        ("What does a Year 4 pupil wear?", "Pupils in Years 3 and 6 wear navy.", ""),
        ("What does a Year 4 pupil wear?", "Pupils in Years 3 to 6 wear navy, in Year 4 red.", ""),
        ("What does a Year 2 pupil wear?", "Pupils in Years 3 to 6 wear navy.", ""),
        ("What does a Year 4 pupil wear?", "It is open from 3 to 6, Years 1 and 2 first.", ""),
        ("Where is Ward 4?", "Rooms 1 to 9 are upstairs.", ""),
        ("What do I get with £200 a week?", "£180.01 to £240 | 40%", "£180.01 to £240"),
        ("What do I get with 200 pounds a week?", "£180.01 to £240 | 40%", "£180.01 to £240"),
        ("What do I get with £200 a week?", "180 to 240 people came.", ""),
        ("What may an 8 year old take?", "Children aged 6 to 11: one tablet.", "aged 6 to 11"),
        ("What may an 8-year-old take?", "Tickets: £5 for children from 6 to 11", "from 6 to 11"),
        ("What may my son, aged 8, take?", "For 6 to 11 year olds one tablet", "For 6 to 11"),
        ("What may a child of 8 take?", "Children between 6 and 11 take one.", "between 6 and 11"),
        ("What may a 5 year old take?", "Children aged 6 to 11: one tablet.", ""),
        ("What may an 8 year old take?", "Pupils in Years 6 to 11 and rooms 6 to 11, open 6 to 11.", ""),
        ("What may I take in 8 years?", "Children aged 6 to 11: one tablet.", ""),
        ("What may a family of 8 take?", "Children aged 6 to 11: one tablet.", ""),
        ("Is it open at Gate 8?", "Gates 6 to 11:30 at night", ""),
        ("What do I get with £200?", "- Ludlow, £180\n- £240 in Leominster", ""),
        ("What do I get with £1,200?", "between £1,000 and £1,500", "between £1,000 and £1,500"),
    ],
)
def test_a_number_within_a_range_of_its_kind(question: str, text: str, held_by: str) -> None:
    put = [one.put.partition(" ")[2] for one in numbers_within(question, (text,), ENGLISH)]
    assert put == ([f"({held_by})"] if held_by else [])


def test_so_in_german() -> None:
    german, text = load_language("de"), "Zwischen Klasse 3 und 6 gibt es Noten; ab 1.000 € bis 1.500 € zahlt die Stadt."
    asked = "Gibt es in Klasse 4 Noten, und wer zahlt mir 1.200 €?"
    put = ["4 (Zwischen Klasse 3 und 6)", "1.200 (ab 1.000 € bis 1.500)"]
    assert [one.put for one in numbers_within(asked, (text,), german)] == put
    text = "Zwischen 25.000,50 € und 40.000 € Einkommen zahlt die Stadt die Hälfte."
    put = ["35.000 (Zwischen 25.000,50 € und 40.000)"]
    assert [one.put for one in numbers_within("Was gilt bei 35.000 Euro?", (text,), german)] == put
    text = "Kinder im Alter von 6 bis 11 zahlen nichts."
    assert [one.put for one in numbers_within("Was zahlt ein 8-jähriges Kind?", (text,), german)] == [
        "8 (von 6 bis 11)"
    ]
