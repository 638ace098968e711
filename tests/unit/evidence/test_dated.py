"""Of lines that begin with dates the one of the date that is asked about leads."""

from pathlib import Path

import pytest

from acobot.evidence.calendar import date_begun_with
from tests.fakes import ENGLISH, make_assistant

EVENTS = (
    "# What is on in the hall\n\nOpen to all:\n\n- 10 October: a play on how\n"
    "- Saturday 11 October: puppets\n- 13 to 15 October: book fair\n"
)
PLACES = (
    "# Places\n\n| Apply by | Begin on |\n|---|---|\n"
    "| 1 March | 11 October, in the hall |\n| 11 October | 5 January |\n"
)


DEADLINES = (
    "# Show\n\nDates:\n\n- 20 September: entries close, to be judged\n- 11 October: the show\n"
    "- 18 October: cups are returned\n"
)


def _lead(folder: Path, text: str, question: str) -> str:
    return make_assistant(folder, {"a.md": text}).explain(question).findings.chosen[0].text


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("What of a play of 11 October?", "Saturday 11 October"),
        ("What of a play of 14 October?", "13 to 15 October"),
        ("What of a play of 12 October?", "10 October"),
        ("What of a play of 10 or 11 October?", "10 October"),
        ("What of a play in October?", "10 October"),
        ("I come on 11 October to you. What of a play?", "10 October"),
    ],
)
def test_the_line_of_the_date_leads(tmp_path: Path, question: str, lead: str) -> None:
    assert _lead(tmp_path, EVENTS, question).startswith(lead)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("When are cups returned for 11 October?", "18 October"),
        ("How are cups returned for 11 October?", "18 October"),
        ("What of cups for 11 October?", "11 October"),
        ("What of cups after 11 October?", "18 October"),
    ],
)
def test_a_date_that_only_tells_what_is_meant_moves_no_line(tmp_path: Path, question: str, lead: str) -> None:
    assert _lead(tmp_path, DEADLINES, question).startswith(lead)


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
