"""What an abbreviation of the question stands for in a text that does not have it."""

import pytest

from acobot.evidence.initials import initials_within
from acobot.languages import load_language
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("Who is the CAB?", "Ask the Citizens Advice Bureau first.", "Citizens Advice Bureau"),
        ("Are EHCPs free?", "An Education, Health and Care plan is free.", "Education, Health and Care plan"),
        ("Who is the CAB?", "Ask the Citizens Advice Bureau (CAB) first.", ""),  # the text has it
        ("Who is the CAB?", "The chair asks Ben.", ""),  # no name
        ("Who is the CAB?", "It is for Citizens. Advice is free at the Bureau.", ""),  # of two sentences
        ("Who is the CA?", "Ask Citizens Advice.", ""),  # two letters may be anything
        ("Who is the cab?", "Ask the Citizens Advice Bureau first.", ""),
    ],
)
def test_a_name_by_its_initials(question: str, text: str, name: str) -> None:
    found = [one.put.partition(" (")[2].removesuffix(")") for one in initials_within(question, [text], ENGLISH)]
    assert found == ([name] if name else [])


def test_so_in_german() -> None:
    text = "Fragen Sie den Allgemeinen Deutschen Automobilclub."
    put = [one.put for one in initials_within("Wo ist der ADA?", [text], load_language("de"))]
    assert put == ["ADA (Allgemeinen Deutschen Automobilclub)"]
