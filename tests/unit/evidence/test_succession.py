"""Expired sources are quoted only with that said first, replaced ones after what replaced them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from acobot.answer import Answer, Role
from acobot.answering import find_answer
from acobot.evidence.succession import replaces
from acobot.index import Store
from tests.fakes import build, fake_means, fake_settings, write_sources

PARKING = "---\ntitle: Winter offer\npublished: 2019-11\nvalid_until: {until}\n---\n\nParking is free on Saturdays.\n"
OLD = "---\ntitle: Old fees\npublished: 2019\nsuperseded_by: {by}\n---\n\nThe parking permit costs £20 a year.\n"
NEW = "---\ntitle: New fees\npublished: 2021\n---\n\nThe parking permit costs £25 per year.\n"


def ask(folder: Path, texts: dict[str, str], question: str, day: date = date(2021, 1, 1), most: int = 4) -> Answer:
    settings = fake_settings(folder)
    write_sources(settings.sources, texts)
    build(settings)
    means = replace(fake_means(), today=lambda: day)
    return find_answer(Store(settings.index).open_current(), means, question, most=most).answer


@pytest.mark.parametrize(
    ("until", "day", "said"),
    [
        ("2020-03-31", date(2020, 4, 1), "31 March 2020"),
        ("2020-03-31", date(2020, 3, 31), ""),
        ("2020-03", date(2020, 3, 31), ""),
        ("2020-03", date(2020, 4, 1), "March 2020"),
        ("2020", date(2020, 12, 31), ""),
        ("2020", date(2021, 1, 1), "2020"),
    ],
)
def test_what_expired_is_said_first_and_quoted_all_the_same(tmp_path: Path, until: str, day: date, said: str) -> None:
    answer = ask(tmp_path, {"a.md": PARKING.format(until=until)}, "Is parking free on Saturdays?", day)
    assert [quote.text for quote in answer.quotes] == ["Parking is free on Saturdays."]
    note = f"“Winter offer” was valid until {said}, so what it says may no longer hold."
    assert answer.cautions == answer.notes[:1] * bool(said) == ((note,) if said else ())
    assert answer.citations[0].source.valid_until == until


QUESTION = "The parking permit costs a year?"


@pytest.mark.parametrize("by", ["new", "new.md"])
def test_what_replaced_a_source_leads_and_the_two_do_not_differ(tmp_path: Path, by: str) -> None:
    answer = ask(tmp_path, {"old.md": OLD.format(by=by), "new.md": NEW}, QUESTION)
    assert [(quote.source_id, quote.role) for quote in answer.quotes] == [("new", Role.LEAD), ("old", Role.ALSO)]
    assert answer.differing == ()
    assert answer.cautions == ("“Old fees” has been replaced by “New fees”.",)
    alone = ask(tmp_path, {}, QUESTION, most=1)
    assert [quote.source_id for quote in alone.quotes] == ["new"]
    assert alone.cautions == ()


def test_without_that_the_older_one_might_have_led(tmp_path: Path) -> None:
    texts = {"old.md": OLD.replace("superseded_by: {by}\n", ""), "new.md": NEW}
    assert ask(tmp_path, texts, QUESTION).quotes[0].source_id == "old"


def test_what_only_a_replaced_source_says_is_quoted_with_that_said_first(tmp_path: Path) -> None:
    texts = {"old.md": OLD.format(by="new"), "new.md": "---\ntitle: New fees\n---\n\nOwls hoot at night.\n"}
    answer = ask(tmp_path, texts, QUESTION)
    assert [quote.source_id for quote in answer.quotes] == ["old"]
    assert answer.cautions == ("“Old fees” has been replaced by “New fees”.",)


def test_a_successor_that_is_not_there_is_named_as_it_was_written(tmp_path: Path) -> None:
    answer = ask(tmp_path, {"old.md": OLD.format(by="Fees 2021")}, QUESTION)
    assert answer.cautions == ("“Old fees” has been replaced by “Fees 2021”.",)


def test_succession_goes_on_and_ends_where_it_turns_in_a_circle() -> None:
    chain = {"a": "b", "b": "c", "x": "y", "y": "x"}
    assert replaces(chain, "b", "a")
    assert replaces(chain, "c", "a")
    assert not replaces(chain, "a", "c")
    assert not replaces(chain, "a", "a")
    assert not replaces(chain, "c", "x")


def hall_fees(front: str, fees: str) -> str:
    head = "| Hall | Adult fee | Child fee | Group fee |\n|---|---|---|---|\n"
    return f"---\ntitle: Fees\n{front}---\n\n# Fees\n\n{head}{fees}"


@pytest.mark.parametrize("most", [1, 4])
def test_of_two_tables_the_newer_row_of_what_is_named_leads_whatever_its_head_shares(tmp_path: Path, most: int) -> None:
    old = hall_fees("superseded_by: new\n", "| Denton Hall | £20 | £30 | £90 |\n| Marsh Hall | £21 | £31 | £91 |\n")
    new = hall_fees("", "| Denton Hall | £25 | £35 | £95 |\n| Marsh Hall | £26 | £36 | £96 |\n")
    texts = {"old.md": old, "new.md": new}
    answer = ask(tmp_path, texts, "How much is the adult fee at Marsh Hall?", most=most)
    lead = next(quote for quote in answer.quotes if quote.role is Role.LEAD)
    assert (lead.source_id, lead.text) == ("new", "Marsh Hall | £26 | £36 | £96")


def test_a_line_that_asks_before_the_older_sentence_alone_changes_nothing(tmp_path: Path) -> None:
    old = OLD.format(by="new").replace("The parking", "<!-- asks: What does parking cost? -->\nThe parking")
    answer = ask(tmp_path, {"old.md": old, "new.md": NEW}, "What does parking cost?")
    assert answer.quotes[0].source_id == "new"
