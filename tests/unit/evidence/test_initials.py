"""What an abbreviation of the question stands for in a text that does not have it."""

import pytest

from acobot.evidence.initials import initials_within
from acobot.languages import load_language
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("Who is the WCAB?", "Ask the Wick Citizens Advice Bureau first.", "Wick Citizens Advice Bureau"),
        ("Are EHCPs free?", "An Education, Health and Care plan is free.", "Education, Health and Care plan"),
        ("Who is the WCAB?", "Ask the Wick Citizens Advice Bureau (WCAB) first.", ""),  # the text has it
        ("Who is the WCAB?", "What chairs ask Ben.", ""),  # no name
        ("Who is the WCAB?", "It is for Wick Citizens. Advice is free at the Bureau.", ""),  # of two sentences
        ("When is the CAB open?", "The Community Arts Barn opens at ten.", ""),  # three letters may be anything
        ("Who is the wcab?", "Ask the Wick Citizens Advice Bureau first.", ""),
    ],
)
def test_a_name_by_its_initials(question: str, text: str, name: str) -> None:
    found = [one.put.partition(" (")[2].removesuffix(")") for one in initials_within(question, [text], ENGLISH)]
    assert found == ([name] if name else [])


def test_so_in_german() -> None:
    text = "Fragen Sie den Allgemeinen Deutschen Auto Club."
    put = [one.put for one in initials_within("Wo ist der ADAC?", [text], load_language("de"))]
    assert put == ["ADAC (Allgemeinen Deutschen Auto Club)"]
