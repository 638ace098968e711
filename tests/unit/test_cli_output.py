"""How an answer reads in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.cli.output import print_answer
from tests.browser import made
from tests.fakes import ENGLISH
from tests.handmade import HandmadeAssistant


@pytest.fixture(scope="module")
def handmade(tmp_path_factory: pytest.TempPathFactory) -> HandmadeAssistant:
    folder: Path = tmp_path_factory.mktemp("made")
    return made.make_answers(folder)


def printed(handmade: HandmadeAssistant, question: str, capsys: pytest.CaptureFixture[str]) -> str:
    print_answer(handmade.answers[question], ENGLISH)
    return capsys.readouterr().out


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    return places == sorted(places)


def test_what_is_too_old_to_tell_then_the_lead_then_the_rest(
    handmade: HandmadeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(handmade, made.MORE, capsys)
    assert in_order(
        out,
        "The latest of the sources is from 16 April 2018",
        f"{made.HUNT.text} [1]\n",
        "Also in the sources:\n",
        f"{made.SEE.text} [2]\n",
        f"“{made.BY_DAY.text}” [3]\n",
        "Sources:\n",
        made.TOLD,
        "People also ask:\n",
    )
    assert f"“{made.HUNT.text}" not in out


def test_what_a_lead_needs_to_be_understood_comes_before_it(
    handmade: HandmadeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_order(printed(handmade, made.LIST, capsys), made.WILL.text, made.TURN.text, "Also in the sources:")


def test_an_empty_line_parts_groups_and_nothing_else_does(
    handmade: HandmadeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(handmade, made.LIST, capsys)
    assert f"“{made.WILL.text}” [2]\n“{made.TURN.text}” [1]\n\nAlso in the sources:\n\n" in out


@pytest.mark.parametrize("question", [made.AGAINST, made.BESIDE])
def test_what_differs_stands_together(
    handmade: HandmadeAssistant, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    out = printed(handmade, question, capsys)
    assert "The sources differ about the time of day:\n" in out
    assert "Also in the sources" not in out
    said = [line for line in out.splitlines() if line.startswith(("“", "Most", "An owl"))]
    assert len(said) == len(handmade.answers[question].quotes)


@pytest.mark.parametrize(("question", "see"), [(made.LIMIT, "/sources/post?start="), (made.ELSEWHERE, "https://www.")])
def test_what_the_sources_do_not_say_and_where_to_read_on(
    handmade: HandmadeAssistant, capsys: pytest.CaptureFixture[str], question: str, see: str
) -> None:
    out = printed(handmade, question, capsys)
    said = "The sources end in April 2018, and do not say what came after.\n"
    assert in_order(out, said, f"Read on: {see}", "The latest of the sources", "Nearest passages:\n", "Questions that")


def test_numbers_in_need_come_first_and_advice_after_the_answer(
    handmade: HandmadeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_order(printed(handmade, made.CRISIS, capsys), "Samaritans", made.HUNT.text)
    assert in_order(printed(handmade, made.MEDICAL, capsys), made.HUNT.text, "it cannot give medical advice")
    assert printed(handmade, made.MEDICAL_ONLY, capsys).count("it cannot give medical advice") == 1
