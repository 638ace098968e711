from __future__ import annotations

from pathlib import Path

import pytest

from acobot.assistant import Assistant
from acobot.index import Version
from acobot.learning import Near
from acobot.learning.places import FAR, FOREIGN, Place, find_places, place_of
from tests.fakes import make_assistant
from tests.unit.learning.conftest import TEXTS


def key(assistant: Assistant, question: str) -> str:
    return place_of(assistant.version(), assistant.explain(question))


def place(version: Version, key: str) -> Place:
    return find_places(version, {key})[key]


def test_near_a_line_that_a_paragraph_answers(assistant: Assistant) -> None:
    found = place(assistant.version(), key(assistant, "What is food for kittens?"))
    assert (found.near, found.line, found.heading) == (Near.PARAGRAPH, "What do kittens eat?", ("Food",))
    assert (found.source_id, found.title) == ("cats", "About cats")
    text = assistant.source("cats").text
    start, end = (int(part.partition("=")[2]) for part in found.href.partition("?")[2].split("&")[:2])
    assert text[start:end] == "Kittens eat mice."


def test_near_a_limit(assistant: Assistant) -> None:
    told = assistant.explain("Which vet is open on Sundays?")
    assert told.answer.limit
    for question in (told.answer.question, "Which vet is open on Mondays?"):
        found = place(assistant.version(), key(assistant, question))
        assert found == Place(Near.LIMIT, line="Which vet is open on Sundays?")


def test_near_a_passage_that_no_line_stands_before(assistant: Assistant) -> None:
    found = place(assistant.version(), key(assistant, "Do owls see very well in the dark?"))
    assert (found.near, found.line, found.title) == (Near.HEADING, "", "Owls")


def test_near_nothing(assistant: Assistant) -> None:
    assert key(assistant, "Zyx wvu tsr?") == FAR
    assert place(assistant.version(), FAR) == Place(Near.NOTHING)


def test_in_another_language(assistant: Assistant) -> None:
    asked = "Wo kann ich denn jetzt bitte meinen Hund und seine Katze abgeben?"
    assert key(assistant, asked) == FOREIGN
    assert place(assistant.version(), FOREIGN) == Place(Near.LANGUAGE)


@pytest.mark.parametrize("question", ["What is food for kittens?", "Which vet is open on Mondays?"])
def test_a_place_is_found_again_while_its_text_stands(tmp_path: Path, assistant: Assistant, question: str) -> None:
    kept = key(assistant, question)
    others = {**TEXTS, "ants.md": "# Ants\n\nAnts are small.\n", "cats.md": "# A\n\nB is first.\n\n" + TEXTS["cats.md"]}
    moved = {**others, "cats.md": TEXTS["cats.md"].replace("## Food", "Much is to be said.\n\n## Food")}
    assert place(make_assistant(tmp_path, moved).version(), kept).line


def test_a_place_whose_text_is_gone_is_not_found(tmp_path: Path, assistant: Assistant) -> None:
    keys = {key(assistant, "What is food for kittens?"), key(assistant, "Which vet is open on Mondays?")}
    others = make_assistant(tmp_path, {"ants.md": "# Ants\n\nAnts are small.\n"})
    assert len(find_places(assistant.version(), keys)) == 2
    assert find_places(others.version(), keys) == {}
