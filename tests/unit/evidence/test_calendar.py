"""Dates, months and holidays of a question that a text holds in another way, and the words that hold them."""

import pytest

from acobot.evidence.calendar import dates_within
from acobot.languages import load_language
from tests.fakes import ENGLISH

CLOSED = "Between 24 and 27 December the museum is closed. On 1 January we open at noon."


@pytest.mark.parametrize(
    ("question", "text", "put"),
    [
        ("Are you open on Boxing Day?", CLOSED, "26 December (Between 24 and 27 December)"),
        ("Are you open on boxing day?", CLOSED, "26 December (Between 24 and 27 December)"),
        ("Are you open on 25th December?", CLOSED, "25th December (Between 24 and 27 December)"),
        ("Are you open on December 25?", CLOSED, "December 25 (Between 24 and 27 December)"),
        ("Are you open on New Year’s Day?", CLOSED, "1 January"),
        ("Are you open on 1 January?", CLOSED, ""),
        ("Are you open on 28 December?", CLOSED, ""),
        ("Are you open on Christmas Day?", "We close on 25 and 26 December.", ""),
        ("Are you open on Christmas Day?", "We close on Christmas Day and on 25 December.", ""),
        (
            "Are you open on New Year's Eve?",
            "Closed from 24 December 2026 to 2 January 2027.",
            "31 December (24 December 2026 to 2 January)",
        ),
        (
            "Are dogs allowed in July?",
            "No dogs between 1 May and 30 September.",
            "July (between 1 May and 30 September)",
        ),
        ("Are dogs allowed in July?", "No dogs from May until September.", "July (May until September)"),
        ("Are dogs allowed in July?", "No dogs in May and September.", ""),
        ("Are dogs allowed in July?", "No dogs from May to September, but in July.", ""),
        ("Are dogs allowed in January?", "No dogs from November to February.", "January (November to February)"),
        ("Are dogs allowed in April?", "No dogs from November to February.", ""),
        ("May I bring dogs?", "No dogs from April to June.", ""),
        ("Are dogs allowed on 24 December?", "No dogs from 20 to\n28 December.", "24 December (20 to\n28 December)"),
        ("What is on on 20 May?", "- Choir, 17 May, £14\n- 25 May: quiz", ""),
        ("What is on on 20 May?", "- the fair, 17 May\n- 25 May, a quiz", ""),
    ],
)
def test_a_date_is_put_with_what_holds_it(question: str, text: str, put: str) -> None:
    assert [one.put for one in dates_within(question, (text,), ENGLISH)] == ([put] if put else [])


def test_so_in_german() -> None:
    german, text = load_language("de"), "Vom 24. bis 26. Dezember ist zu, zwischen dem 1. Mai und 3. Juni offen."
    put = "24. Dezember (24. bis 26. Dezember)"
    assert [one.put for one in dates_within("Ist Heiligabend offen?", (text,), german)] == [put]
