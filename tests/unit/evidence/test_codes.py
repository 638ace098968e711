"""Things that are told apart by a code, a number or a letter are not taken for one another."""

from pathlib import Path

import pytest

from acobot.evidence.codes import lacks_row
from tests.fakes import make_assistant

HEATERS = (
    "# Heaters\n\nThe HX200 may be used in a small bathroom. {other}\n\nThe HX150 is sold no more.\n\n"
    "## MK3\n\nIt may hang in a shed.\n"
)
OTHER = "The HX2000 and the HX2000-S must not be."
BUSES = (
    "# Buses\n\n| Service | Days | Last bus |\n|---|---|---|\n| 17 | Saturday | 22:40 |\n"
    "| 17A | Saturday | 22:10 |\n| 71 | Sunday | 22:00 |\n"
)
TAX = "# Council tax\n\n| Band | Charge |\n|---|---|\n| A | £1,301 |\n| {second} | £1,518 |\n"


def _lead(folder: Path, text: str, question: str) -> str:
    return make_assistant(folder, {"a.md": text}).explain(question).findings.chosen[0].text


@pytest.mark.parametrize(
    ("question", "other", "lead"),
    [
        ("May the HX2000 be used in a small bathroom?", OTHER, "The HX2000 and"),
        ("May the hx2000 be used in a small bathroom?", OTHER, "The HX2000 and"),
        ("May the HX200 be used in a small bathroom?", OTHER, "The HX200 may"),
        ("May the HX2000 be used in a small bathroom?", "The HX2000-S must not be.", "The HX200 may"),
        ("May the MK3 be used in a small bathroom?", OTHER, "The HX200 may"),
    ],
)
def test_what_is_said_of_the_code_that_is_asked_about_leads(
    tmp_path: Path, question: str, other: str, lead: str
) -> None:
    assert _lead(tmp_path, HEATERS.format(other=other), question).startswith(lead)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("When is the last bus of the 17 on a Sunday?", "17 | Saturday | 22:40"),
        ("When is the last bus of the 71 on a Sunday?", "71 | Sunday | 22:00"),
        ("When is the last bus on Sunday, at 22:00?", "71 | Sunday | 22:00"),
    ],
)
def test_the_row_of_the_number_that_is_asked_about_leads(tmp_path: Path, question: str, row: str) -> None:
    assert _lead(tmp_path, BUSES, question) == row


@pytest.mark.parametrize("told", ["on? I come at 3.", "on for a 3 pm visit?"])
def test_a_number_told_in_passing_picks_no_row(tmp_path: Path, told: str) -> None:
    floors = "# Floors\n\n| Floor | Department |\n|---|---|\n| 2 | Eye clinic |\n| 3 | Maternity unit |\n"
    assert _lead(tmp_path, floors, f"Which floor is the eye clinic {told}") == "2 | Eye clinic"


@pytest.mark.parametrize(
    ("second", "question", "lacks"),
    [
        ("B", "What is the charge for band B?", False),
        ("B", "What is the charge for band H?", True),
        ("B", "What is the charge for the band I am in?", False),
        ("Band B", "What is the charge for band H?", True),
        ("Band B", "What is the charge for band B?", False),
        ("B reduced", "What is the charge for band H?", False),  # a table of other names, too
        ("B", "What is the charge for flat H?", False),
        ("B", "What is the charge?", False),
    ],
)
def test_a_table_may_lack_the_row_that_is_asked_for(tmp_path: Path, second: str, question: str, *, lacks: bool) -> None:
    assistant = make_assistant(tmp_path, {"a.md": TAX.format(second=second)})
    row = next(one for one in assistant.explain("What is the charge for band A?").findings.chosen if "£" in one.text)
    assert lacks_row(question, row, assistant.version()) is lacks


def test_a_table_that_lacks_the_row_does_not_answer(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": TAX.format(second="B")})
    assert assistant.explain("What is the council tax charge for band B?").findings.verdict.answered
    assert not assistant.explain("What is the council tax charge for band H?").findings.verdict.answered


def test_a_long_table_is_looked_through_to_its_end(tmp_path: Path) -> None:
    text = "# Bays\n\n| Bay | Charge |\n|---|---|\n" + "".join(f"| {one} | £{one + 100} |\n" for one in range(1, 90))
    assistant = make_assistant(tmp_path, {"a.md": text})
    row = next(one for one in assistant.explain("What is the charge for bay 1?").findings.chosen if "£" in one.text)
    assert not lacks_row("What is the charge for bay 88?", row, assistant.version())
    assert lacks_row("What is the charge for bay 90?", row, assistant.version())


STAGES = "# Complaints\n\nStage 2 is done by a panel in how long a time it takes. {other}\n\nAllow 3 days."


@pytest.mark.parametrize(
    ("question", "other", "lead"),
    [
        ("How long a time does a panel take in stage 3?", "Stage 3 is done elsewhere.", "Stage 3"),
        ("How long a time does a panel take in Stage 3?", "Stage 3 is done elsewhere.", "Stage 3"),
        ("How long a time does a panel take in stage 2 and stage 3?", "Stage 3 is done elsewhere.", "Stage 2"),
        ("How long a time does a panel take in stage 2?", "Stage 3 is done elsewhere.", "Stage 2"),
        ("How long a time does a panel take in stage 3?", "It takes up to stage 3.", "Stage 2"),
        ("How long a time does a panel take after stage 3?", "Stage 3 is done elsewhere.", "Stage 2"),
        ("How long a time does a panel take by 3?", "By 3 it is done.", "Stage 2"),
    ],
)
def test_what_is_said_of_the_number_that_is_asked_about_leads(
    tmp_path: Path, question: str, other: str, lead: str
) -> None:
    assert _lead(tmp_path, STAGES.format(other=other), question).startswith(lead)


@pytest.mark.parametrize("years", ["Year 5 and 6", "Year 5 to 7"])
def test_what_is_said_of_the_number_and_another_is_said_of_it(tmp_path: Path, years: str) -> None:
    text = f"# Trips\n\n{years} go on a trip by coach. Year 6 sit a test.\n"
    assert _lead(tmp_path, text, "Is the trip by coach for Year 6 to go on?").startswith(years)
