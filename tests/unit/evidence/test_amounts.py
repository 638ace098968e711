"""On an invented subject: a lighthouse with a pool and a car park, as two publishers tell of it."""

import time
from pathlib import Path

import pytest

from acobot.evidence import Evidence
from acobot.evidence.amounts import find_other_amount
from acobot.evidence.differing import About, Told, find_difference
from acobot.evidence.disagreeing import told_by
from acobot.languages import load_language
from tests.fakes import ENGLISH, make_assistant

GERMAN = load_language("de")
SWIM, PARK, REPLY = "How much does a swim cost?", "How long can I park?", "How long does a reply take?"


def told(one: str, other: str, titles: tuple[str, str] = ("", ""), over: tuple[str, str] = ("", "")) -> list[Told]:
    return [
        Told(text, str(number), "", title=titles[number], over=over[number]) for number, text in enumerate((one, other))
    ]


@pytest.mark.parametrize(
    ("question", "one", "other", "about"),
    [
        (SWIM, "A swim costs £5.", "A swim costs £6.", "number"),
        (SWIM, "Swim | £5", "You pay £5.50 for each swim.", "number"),
        (SWIM, "Swims: five pounds", "Swims: £6", "number"),
        ("What does a swim cost?", "A swim costs £5.", "A swim costs £6.", "number"),
        ("What is the price of a swim?", "A swim costs £5.", "A swim costs £6.", "number"),
        ("What's the standard hire charge?", "Standard hire: £40.", "The standard hire charge is £1,040.", "number"),
        (SWIM, "An adult swim costs £5 a day.", "Adult swims cost £6 per day.", "number"),
        (PARK, "You can park for two hours.", "Park for 3 hours: you can.", "length"),
        (PARK, "You can park for two hours.", "You can park for 90 minutes.", "length"),
        (REPLY, "A reply takes 10 working days.", "A reply takes twenty working days.", "length"),
    ],
)
def test_two_sources_tell_another_amount_of_the_same(question: str, one: str, other: str, about: str) -> None:
    assert find_other_amount(question, told(one, other), ENGLISH) == (about, 0, 1)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (SWIM, "A swim costs £5.", "A swim costs £5.00."),
        (SWIM, "A swim costs £5.", "A swim costs five pounds."),
        (SWIM, "A swim costs £5.", "A swim costs €6."),
        (SWIM, "An adult swim costs £5.", "A child swim costs £3."),
        (SWIM, "A swim costs £5.", "A child swim costs £3."),
        (SWIM, "A swim costs £5.", "A swim costs £6 at peak times."),
        (SWIM, "A swim costs £5.", "A swim costs from £3."),
        (SWIM, "A swim costs £5.", "A swim costs up to £6."),
        (SWIM, "A swim costs £5.", "A swim costs £4–6."),
        (SWIM, "A swim costs £5.", "A swim costs £6+."),
        (SWIM, "A swim costs £5*.", "A swim costs £6."),
        (SWIM, "A swim costs £5.", "A swim may cost £6."),
        (SWIM, "A swim costs £5.", "A swim will cost £6."),
        (SWIM, "A swim costs £5.", "A swim no longer costs £6."),
        (SWIM, "A swim costs £5.", "A swim costs £6, or £4 for members."),
        (SWIM, "A swim costs £5.", "Two swims cost £9."),
        (SWIM, "A swim costs £20 a month.", "A swim costs £200 a year."),
        (SWIM, "A swim costs £5.", "From 1 May a swim costs £6."),
        (SWIM, "A locker costs £1.", "A locker costs £2."),
        ("How much is it?", "It is £1.", "It is £2."),
        ("Is a swim free?", "A swim costs £5.", "A swim costs £6."),
        (PARK, "You can park for two hours.", "You can park for 120 minutes."),
        (PARK, "You can park for two hours.", "You can park for three hours at the pier."),
        (PARK, "You can park for two hours.", "You must park for three hours."),
        (PARK, "You can park for two hours.", "You can park for 1 hour 30 minutes."),
        (REPLY, "A reply takes 10 working days.", "A reply takes two weeks."),
        (REPLY, "A reply takes 10 working days.", "An urgent reply takes two working days."),
    ],
)
def test_other_things_and_other_respects_are_no_difference(question: str, one: str, other: str) -> None:
    both = told(one, other)
    assert find_other_amount(question, both, ENGLISH) is None
    assert find_difference(question, both, [one, other], ENGLISH) is None


@pytest.mark.parametrize(
    ("titles", "over", "differ"),
    [
        (("Swims 2023", "Fees and charges 2024"), ("", ""), True),
        (("The pool", "Prices"), ("", ""), True),
        (("The harbour pool", "The hill pool"), ("", ""), False),
        (("", ""), ("Charges", "Price"), True),
        (("", ""), ("Children", ""), False),
        (("", ""), ("How much is a swim for children?", "How much is a swim?"), False),
        (("", ""), ("Adults", "Adults"), True),
    ],
)
def test_titles_and_what_stands_above_say_what_a_price_is_of(
    titles: tuple[str, str], over: tuple[str, str], *, differ: bool
) -> None:
    both = told("A swim costs £5.", "A swim costs £6.", titles, over)
    assert bool(find_other_amount(SWIM, both, ENGLISH)) == differ


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        ("Was kostet der Eintritt?", "Der Eintritt kostet 5 €.", "Für den Eintritt zahlen Sie 6,50 Euro.", True),
        ("Wie viel kostet der Eintritt?", "Eintritt | € 5", "Eintritt: fünf Euro", False),
        ("Was kostet der Eintritt?", "Der Eintritt kostet 5,- €.", "Eintritt für Kinder: 3 €", False),
        ("Was kostet der Eintritt?", "Der Eintritt kostet 1.000 €.", "Der Eintritt kostet 1000 EUR.", False),
        ("Wie lange dauert die Prüfung?", "Die Prüfung dauert zwei Stunden.", "Die Prüfung dauert 90 Minuten.", True),
        ("Wie lange dauert die Prüfung?", "Die Prüfung dauert zehn Arbeitstage.", "Prüfung: 20 Arbeitstage", True),
        ("Wie lange dauert die Prüfung?", "Die Prüfung dauert 30 Werktage.", "Prüfung: 20 Arbeitstage", False),
    ],
)
def test_so_it_is_in_german(question: str, one: str, other: str, *, differ: bool) -> None:
    assert bool(find_other_amount(question, told(one, other), GERMAN)) == differ
    assert bool(find_difference(question, told(one, other), [one, other], GERMAN)) is False


def test_a_row_of_numbers_is_looked_at_once() -> None:
    began = time.process_time()
    assert ENGLISH.figures.length.search("1,1" * 30_000) is None
    assert time.process_time() - began < 1
    found = ENGLISH.figures.length.search("Monday,1,200.5 days")
    assert found is not None
    assert found["number"] == "1,200.5"


POOL = "# Swims\n\nA swim costs £5.\n\nThe lamp burns oil.\n"


@pytest.mark.parametrize(
    ("other", "differ"),
    [
        ("A swim costs £6.", True),
        ("| Activity | Price |\n|---|---|\n| Row | £9 |\n| Swim | £6 |", True),
        ("| Activity | Child |\n|---|---|\n| Row | £2 |\n| Swim | £3 |", False),
        ("## Children\n\nA swim costs £3.", False),
        ("Children\n\nA swim costs £3.", False),
        ("For children:\n\n- A swim costs £3.", False),
        ("- For children\n  - A swim costs £3.", False),
        ("| Monday | £5 |\n|---|---|\n| Swim | £6 |", True),
        ("## Prices\n\n- For children\n  - A boat costs £3.\n- Swims\n  - A swim costs £6.", True),
        ("All prices:\n\n- A swim costs £6.", False),
        ("Our prices are:\n\n- Swim: £6", True),
        ("How much is it?\n\nA swim costs £6.", True),
        ("How much is it for children?\n\nA swim costs £3.", False),
    ],
)
def test_prices_differ_where_all_that_they_stand_under_is_the_same(tmp_path: Path, other: str, *, differ: bool) -> None:
    texts = {"a.md": POOL, "b.md": f"# Prices\n\nThe pier is old.\n\n{other}\n"}
    version = make_assistant(tmp_path, texts).version()
    passages = [version.corpus.passage(number) for number in range(version.corpus.passages)]
    lines = [Evidence(one, said, one.text_of(said), 0.0) for one in passages for said in one.sentences]
    assert bool(find_other_amount(SWIM, told_by(version, lines), ENGLISH)) == differ


def test_what_is_found_says_that_prices_differ(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": POOL, "b.md": "# Prices\n\nThe pier is old.\n\nA swim costs £6.\n"})
    difference = assistant.explain(SWIM).findings.difference
    assert difference
    assert difference.about is About.NUMBER
    assert {difference.one.text, difference.other.text} == {"A swim costs £5.", "A swim costs £6."}
