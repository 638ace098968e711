"""Of lines that begin with dates the one of the date that is asked about leads."""

from pathlib import Path

import pytest

from acobot.evidence.calendar import date_begun_with
from tests.fakes import ENGLISH, make_assistant

EVENTS = (
    "# What is on in the hall\n\nOpen to all:\n\n- 10 October: a play in the hall on how to dance\n"
    "- Saturday 11 October: puppets\n- 13 to 15 October: book fair\n"
)
PLACES = (
    "# Places\n\n| Apply by | Begin on |\n|---|---|\n"
    "| 1 March | 11 October, in the hall |\n| 11 October | 5 January |\n"
)


def _lead(folder: Path, text: str, question: str) -> str:
    return make_assistant(folder, {"a.md": text}).explain(question).findings.chosen[0].text


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("How to dance in the hall on a play of 11 October?", "Saturday 11 October"),
        ("How to dance in the hall on a play of 14 October?", "13 to 15 October"),
        ("How to dance in the hall on a play of 12 October?", "10 October"),
        ("How to dance in the hall on a play of 10 or 11 October?", "10 October"),
        ("How to dance in the hall on a play in October?", "10 October"),
        ("I come on 11 October to you. How to dance in the hall on a play?", "10 October"),
    ],
)
def test_the_line_of_the_date_leads(tmp_path: Path, question: str, lead: str) -> None:
    assert _lead(tmp_path, EVENTS, question).startswith(lead)


def test_a_date_that_the_line_has_elsewhere_is_its_own(tmp_path: Path) -> None:
    assert _lead(tmp_path, PLACES, "Apply by when to begin on 11 October, in the hall?").startswith("1 March")


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("3 May: choir", "3 May"),
        ("Good Friday, 3 April | 9am", "3 April"),
        ("Mon 4 May", "4 May"),
        ("13 to 15 October: fair", "13 to 15 October"),
        ("The meeting on 5 May is off", ""),
        ("Ends 5 May", ""),
        ("May: choir", ""),
    ],
)
def test_the_date_that_a_line_begins_with(line: str, begins: str) -> None:
    found = date_begun_with(line, ENGLISH)
    assert (line[found.start : found.end] if found else "") == begins
