"""On an invented subject: a lighthouse and its two chroniclers."""

from dataclasses import replace
from pathlib import Path

import pytest

from acobot.evidence.differing import Told, find_difference
from acobot.languages import load_language
from tests.fakes import ENGLISH, make_assistant

BACKGROUND = ["The lighthouse stands on a rock.", "Gulls nest on the lighthouse.", "The lamp burns oil."] * 4


def told(*texts: str) -> list[Told]:
    return [Told(text, f"source-{number}", "") for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("question", "one", "other", "about"),
    [
        (
            "When was the tower painted?",
            "The tower was painted in May 1990.",
            "They say the tower was painted in June 1990.",
            "date",
        ),
        ("When was it painted?", "It was painted in 1990.", "It was painted in 1991, by hand.", "date"),
        ("When was it painted?", "It was painted in 2017/18.", "It was painted in May 2019, by hand.", "date"),
        ("How many people came?", "Two million people came.", "In all 2.5 million people came.", "number"),
        (
            "How much funding do the keepers get?",
            "There is £200 million of funding for the keepers.",
            "The keepers got £100 million of funding in 2016.",
            "number",
        ),
        ("How long did repairs take?", "Repairs took 10 to 15 years.", "The repairs lasted 20 years.", "length"),
        (
            "How many keepers were there?",
            "The rock had two keepers.",
            "Three keepers lived on the rock, with 14 hens.",
            "number",
        ),
        (
            "How long did repairs take?",
            "Repairs took two months.",
            "The repairs lasted a 12-week spell.",
            "length",
        ),
        (
            "Will ferries stop there?",
            "No ferries will stop at the pier.",
            "Some ferries may stop at the pier.",
            "whether",
        ),
        (
            "Will ferries stop there?",
            "No, ferries will pass the pier and stop without a pause at the rock.",
            "Ferries will stop at the pier, though not in winter.",
            "whether",
        ),
        (
            "Will ferries stop there?",
            "If you do not wave, ferries stop.",
            "Where it is safe, no ferries stop.",
            "whether",
        ),
    ],
)
def test_two_sources_differ(question: str, one: str, other: str, about: str) -> None:
    assert find_difference(question, told(one, other), [*BACKGROUND, one, other], ENGLISH) == (about, 0, 1)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("When was the tower painted?", "The tower was painted in May 1990.", "In 1990 the tower was painted."),
        ("When was the tower painted?", "The tower was painted in May 1990.", "Hens came to the rock in June 1991."),
        ("How many keepers were there?", "The rock had two keepers.", "There were 2 keepers, and 14 hens."),
        ("How long did repairs take?", "Repairs took two weeks.", "The repairs lasted 14 days."),
        ("How long did repairs take?", "Repairs took twelve months.", "The repairs lasted one year."),
        ("How long did repairs take?", "Repairs took 24 months.", "The repairs lasted two years."),
        ("How long did repairs take?", "Repairs took 25 days.", "The repairs lasted twenty-five days."),
        ("How long did repairs take?", "Repairs took 25 days.", "The repairs lasted twenty five days."),
        ("How long did repairs take?", "Repairs took 30 days.", "The repairs lasted one month."),
        ("How long did repairs take?", "Repairs took 90 days.", "The repairs lasted three months."),
        ("How long did repairs take?", "Repairs took 365 days.", "The repairs lasted a spell of one year."),
        ("How many metres of wall fell?", "Some 100m of metres of wall fell.", "Some 100 metres of wall fell."),
        ("When was the tower painted?", "The tower was painted on 2017-10-05.", "The tower was painted in 2017."),
        ("How long did repairs take?", "Repairs took 10 to 15 years.", "The repairs lasted ten years."),
        ("How long did repairs take?", "Repairs took 10–15 years.", "The repairs lasted ten years."),
        ("When was the tower painted?", "The tower was painted in April.", "The tower was painted in 1990."),
        ("When was the tower painted?", "The tower was painted in 2017/18.", "The tower was painted in May 2018."),
        ("How many people came?", "Two million people came.", "In all 2,000,000 people came."),
        ("How many people came?", "Some 1.2m people came.", "Some 1.2 million people came."),
        ("Will ferries stop there?", "No ferries will stop at the pier.", "Ferries do not stop at the pier."),
        ("Will ferries stop there?", "Ferries, not only barges, will stop at the pier.", "Ferries stop at the pier."),
        ("Will ferries stop there?", "No fewer than three ferries will stop at it.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Yes, ferries will stop, but not in winter.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Yes, ferries do not pass: they stop.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "No. Ferries will stop at the rock.", "No ferries will stop at the pier."),
        ("Will ferries stop there?", "Ferries will stop (not in winter) at it.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Ferries stop there if you do not wave.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Ferries stop without extra charge.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Ferries stop, and no lamp does.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "No. 7 ferries will stop at the pier.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "The No 7 ferries will stop at the pier.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Ferries, if they stop, do not wait.", "Ferries will stop at the pier."),
        ("Will ferries stop there?", "Ferries, sadly, never stop at the pier.", "Ferries will stop at the pier."),
        ("Who painted the tower?", "Ann painted the tower in 1990.", "Bob painted the tower in 1991."),
    ],
)
def test_these_do_not_differ_in_what_is_asked(question: str, one: str, other: str) -> None:
    assert find_difference(question, told(one, other), [*BACKGROUND, one, other], ENGLISH) is None


@pytest.mark.parametrize(
    ("one", "differ"),
    [
        ("Nein, Hunde sind im Café nur an der Leine erlaubt.", True),
        ("Es ist so, dass Hunde im Café nicht erlaubt sind.", True),
        ("Ja, Hunde sind erlaubt, aber nicht am Buffet im Café.", False),
        ("Hunde sind im Café ohne Aufpreis erlaubt.", False),
        ("Hunde sind im Café erlaubt, wenn sie nicht bellen.", False),
    ],
)
def test_a_no_is_told_from_a_yes_in_german(one: str, *, differ: bool) -> None:
    german, other = load_language("de"), "Hunde sind im Café erlaubt."
    found = find_difference("Sind Hunde im Café erlaubt?", told(one, other), [one, other], german)
    assert bool(found) == differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Dogs are allowed in the garden, but not in the café.", "Dogs are not allowed in the café.", False),
        ("Dogs are allowed in the garden, but not in the café.", "Dogs are allowed in the café.", False),
        ("Dogs are allowed in the café.", "Dogs are not allowed in the café.", True),
        ("Dogs are not allowed in the café, but on the pier.", "Dogs are allowed in the café.", True),
    ],
)
def test_a_clause_with_another_word_that_is_asked_may_say_otherwise(one: str, other: str, *, differ: bool) -> None:
    found = find_difference("Are dogs allowed in the café?", told(one, other), BACKGROUND, ENGLISH)
    assert (found == ("whether", 0, 1)) is differ


def test_what_only_names_a_thing_says_neither_yes_nor_no() -> None:
    question = "Are ferries allowed at the pier?"
    one, other = "Ferries allowed at the pier", "No ferries are allowed at the pier."
    sides = [Told(one, "a", ""), Told(other, "b", "")]
    assert find_difference(question, sides, [*BACKGROUND, one, other], ENGLISH)
    named = [replace(sides[0], bare=True), sides[1]]
    assert find_difference(question, named, [*BACKGROUND, one, other], ENGLISH) is None


def test_one_source_does_not_differ_from_itself() -> None:
    one, other = "The tower was painted in May 1990.", "The tower was painted in June 1990."
    same = [Told(one, "a", ""), Told(other, "a", "")]
    assert find_difference("When was the tower painted?", same, [*BACKGROUND, one, other], ENGLISH) is None


def test_the_date_of_writing_is_no_answer() -> None:
    one = Told("In May 2019 Ann wrote that the tower was painted in 1990.", "a", "2019-05")
    other = Told("In June 2020 Bob wrote that the tower was painted in 1990.", "b", "2020-06")
    assert (
        find_difference("When was the tower painted?", [one, other], [*BACKGROUND, one.text, other.text], ENGLISH)
        is None
    )


def test_the_answer_quotes_both_and_says_what_they_differ_about(tmp_path: Path) -> None:
    assistant = make_assistant(
        tmp_path,
        {
            "ann.md": "The lighthouse tower was painted in May 1990.\n\nGulls nest on the rock.\n",
            "bob.md": "The lighthouse tower was painted in June 1990.\n\nThe lamp burns oil.\n",
        },
    )
    answer = assistant.ask("When was the lighthouse tower painted?")
    assert {quote.source_id for quote in answer.quotes} >= {"ann", "bob"}
    (difference,) = answer.differing
    assert difference.about == "the date"
    numbers = {citation.number: citation.source.id for citation in answer.citations}
    assert sorted(numbers[number] for side in difference.citations for number in side) == ["ann", "bob"]


def test_numbers_of_two_different_things_are_no_difference() -> None:
    told = [
        Told("NHS England named eight areas as accountable care systems.", "a", ""),
        Told("NHS England chose ten areas as integrated care systems (ICSs).", "b", ""),
    ]
    question, background = "How many areas are there?", [one.text for one in told]
    assert find_difference(question, told, background, ENGLISH)
    known = {"ACS": "accountable care system", "ICS": "integrated care system", "NHS": "National Health Service"}
    assert find_difference(question, told, background, ENGLISH, known) is None
