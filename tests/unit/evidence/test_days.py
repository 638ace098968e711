from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.days import DayTable, day_tables, days_of, with_whole_days, without_held_days
from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import load_language
from tests.fakes import ENGLISH, make_assistant


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Tue", {1}),
        ("Tues.", {1}),
        ("Thurs", {3}),
        ("Wednesdays", {2}),
        ("Mon–Fri", {0, 1, 2, 3, 4}),
        ("Monday to Thursday", {0, 1, 2, 3}),
        ("Fri - Mon", {4, 5, 6, 0}),
        ("Mon and Thu", {0, 3}),
        ("Mon or Thu", {0, 3}),
        ("Monday not Friday", {0, 4}),
        ("Mon until Wed", {0, 1, 2}),
        ("Mon, Wed", {0, 2}),
        ("Sat & Sun", {5, 6}),
        ("Sun and bank holidays", {6}),
        ("Every Friday", set()),
        ("Monthly", set()),
        ("The pool", set()),
    ],
)
def test_the_days_that_a_cell_begins_with(cell: str, days: set[int]) -> None:
    assert days_of(cell, ENGLISH) == days


def test_the_days_of_another_language() -> None:
    german = load_language("de")
    assert days_of("Mo.–Mi.", german) == {0, 1, 2}
    assert days_of("Mo. und Do.", german) == {0, 3}
    assert days_of("Die Halle", german) == set()


def test_a_day_in_short_or_within_a_range_is_no_name_that_the_sources_lack() -> None:
    held = ("Open Mon–Wed, and on Sat mornings.",)
    assert without_held_days(("Tuesday", "Kirkby"), held, ENGLISH) == ("Kirkby",)
    assert without_held_days(("Thursday",), held, ENGLISH) == ("Thursday",)
    assert without_held_days(("Kirkby",), held, ENGLISH) == ("Kirkby",)


def test_a_list_of_days_is_no_range() -> None:
    assert without_held_days(("Tuesday",), ("- Monday\n- Friday",), ENGLISH) == ("Tuesday",)
    assert without_held_days(("Tuesday",), ("Monday to\nFriday",), ENGLISH) == ()


def test_a_day_in_short_is_the_day_in_a_question_too() -> None:
    held = ("The hall is open on Saturday and Sunday.",)
    assert without_held_days(("Sat",), held, ENGLISH) == ()
    assert without_held_days(("Tues",), held, ENGLISH) == ("Tues",)
    assert without_held_days(("SAT",), held, ENGLISH) == ("SAT",)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("No dogs from 1 May to 30 September.", True),
        ("No dogs from 1st June to 31st August.", True),
        ("No dogs June–August.", True),
        ("No dogs in Jul.", True),
        ("No dogs between 1 May and 30 September.", True),
        ("No dogs between May and September.", True),
        ("No dogs between bins, in May and September.", False),
        ("No dogs from November to February.", False),
        ("No dogs in June, and none in August.", False),
        ("No dogs at any time.", False),
    ],
)
def test_a_month_within_a_range_is_no_name_that_the_sources_lack(text: str, *, held: bool) -> None:
    assert without_held_days(("July",), (text,), ENGLISH) == (() if held else ("July",))


def test_so_is_a_month_in_german() -> None:
    german = load_language("de")
    assert without_held_days(("Juli",), ("Vom 1. Mai bis 30. September.",), german) == ()


def test_a_day_is_no_name_where_no_text_speaks_of_days() -> None:
    assert without_held_days(("Sunday", "Kirkby"), ("Ring us day or night.",), ENGLISH) == ("Kirkby",)


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("Tue | 6 to 9", "Tuesday | 6 to 9"),
        ("Wed–Fri | 7 to 8", "Wednesday, Thursday, Friday | 7 to 8"),
        ("Sun and bank holidays | closed", "Sunday (Sun and bank holidays) | closed"),
        ("Monday | 6 to 9", "Monday | 6 to 9"),
        ("Main hall | Tue", "Main hall | Tue"),
    ],
)
def test_a_row_is_read_with_the_whole_names_of_its_days(row: str, read: str) -> None:
    assert with_whole_days(row, ENGLISH) == read


HOURS = (
    "# Opening hours\n\n| Day | Pool |\n|---|---|\n| Mon | 7 to 9 |\n| Tue | 6 to 9 |\n| Wed–Fri | 7 to 8 |\n"
    "| Sat and Sun | 8 to 5 |\n"
)


@pytest.mark.parametrize(
    ("day", "row"),
    [
        ("Tuesday", "Tue | 6 to 9"),
        ("Thursday", "Wed–Fri | 7 to 8"),
        ("Sunday", "Sat and Sun | 8 to 5"),
        ("Tues", "Tue | 6 to 9"),
        ("Thur", "Wed–Fri | 7 to 8"),
        ("Sun", "Sat and Sun | 8 to 5"),
    ],
)
def test_the_row_that_holds_for_a_day_is_found(tmp_path: Path, day: str, row: str) -> None:
    found = (
        make_assistant(tmp_path, {"a.md": HOURS}).explain(f"What are the opening hours of the pool on {day}?").findings
    )
    assert found.chosen[0].text == row
    assert found.unnamed == ()


def test_words_that_only_look_like_days_make_no_table_of_days(tmp_path: Path) -> None:
    shop = "# Prices\n\n| Item | Price |\n|---|---|\n| Sun cream | £3 |\n| Sat nav, used, for a Sunday drive | £9 |\n"
    found = make_assistant(tmp_path, {"a.md": shop}).explain("What is the price of cream on a Saturday?").findings
    assert found.chosen[0].text == "Sun cream | £3"


def test_of_two_days_with_rows_of_their_own_a_row_of_one_is_found(tmp_path: Path) -> None:
    asked = "What are the opening hours of the pool on Thursday or Sunday?"
    found = make_assistant(tmp_path, {"a.md": HOURS}).explain(asked).findings
    assert found.chosen[0].text in {"Wed–Fri | 7 to 8", "Sat and Sun | 8 to 5"}


@pytest.mark.parametrize(
    ("rows", "lacks"),
    [
        ("| Mon–Fri | 7 to 9 |\n| Sat | 8 to 5 |\n", True),
        ("| Mon–Fri | 7 to 9 |\n| Sat | 8 to 5 |\n| Sun | 9 to 1 |\n", False),
        ("| Mon–Fri | 7 to 9 |\n| Sat | 8 to 5 |\n| Holidays and the like | 9 to 1 |\n", False),
        ("| Mon–Fri | 7 to 9 |\n| Fri–Mon | 8 to 5 |\n", False),
    ],
)
def test_a_day_that_only_another_table_has_is_lacking(tmp_path: Path, rows: str, lacks: bool) -> None:
    pools = "# Pools\n\n## Harbour pool\n\n| Day | Open |\n|---|---|\n" + rows
    pools += "\n## Mill\n\n| Day | Open |\n|---|---|\n| Mon | 7 to 9 |\n| Sun | 8 to 5 |\n"
    asked = "When is the Harbour pool open on Sunday?"
    assert any(one.lacks_day for one in _tables(tmp_path, pools, asked)) is lacks


def test_a_row_of_another_day_is_no_answer_where_its_table_lacks_the_day(tmp_path: Path) -> None:
    pools = "# Pools\n\n## Harbour pool\n\n| Day | Open |\n|---|---|\n| Mon–Fri | 7 to 9 |\n| Sat | 8 to 5 |\n"
    pools += "\n## Mill\n\n| Day | Open |\n|---|---|\n| Mon | 7 to 9 |\n| Sun | 8 to 5 |\n"
    assistant = make_assistant(tmp_path, {"a.md": pools})
    lacking, held = (
        assistant.explain(f"When is the Harbour pool open on {day}?").findings for day in ("Sunday", "Saturday")
    )
    assert [one.features and one.features.unnamed for one in (lacking, held)] == [1, 0]


def _tables(tmp_path: Path, text: str, asked: str) -> tuple[DayTable, ...]:
    version = make_assistant(tmp_path, {"a.md": text}).version()
    return day_tables(asked, [*_scored(version)], version)


def _scored(version: Version) -> Iterator[Scored]:
    for stored in map(version.corpus.passage, range(version.corpus.passages)):
        for sentence in stored.sentences:
            yield Scored(stored, sentence, stored.text_of(sentence), np.zeros(0, dtype=np.float32), 0.0)
