from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from acobot.assistant import Assistant
from acobot.learning import Learned, Learner, Outcome, asker
from acobot.learning import learner as module
from tests.fakes import WordEncoder
from tests.unit.learning.conftest import Calendar

MARKER = "xylophone"
QUESTION = f"Can a badger go to the {MARKER}?"


def test_answers_are_counted_with_their_clients(assistant: Assistant, learned: Learned) -> None:
    learner = Learner(learned)
    telling = assistant.telling(learner.tell)
    with learner.running():
        for number in range(5):
            asker.set(f"192.0.2.{number}")
            telling.ask(QUESTION)
        telling.ask("Hello")
    counts = learned.read()
    assert counts is not None
    assert counts.totals == {Outcome.REFUSED: 5}
    assert [(fed.asked, [word.word for word in fed.words]) for fed in counts.fed] == [(5, ["badger"])]


def test_only_the_assistant_that_tells_is_counted(assistant: Assistant, learned: Learned) -> None:
    learner = Learner(learned)
    assistant.telling(learner.tell)
    with learner.running():
        assistant.ask(QUESTION)
    assert learned.read() is None


def test_who_asks_the_same_again_is_counted_without_a_search(assistant: Assistant, learned: Learned) -> None:
    learner, asked = Learner(learned), "What do kittens eat?"
    telling = assistant.telling(learner.tell)
    assert isinstance(telling.means.encoder, WordEncoder)
    with learner.running():
        telling.ask(asked)
        encoded = len(telling.means.encoder.texts)
        assert telling.ask(asked) == telling.ask(asked)
        assert len(telling.means.encoder.texts) == encoded
    counts = learned.read()
    assert counts is not None
    assert counts.totals == {Outcome.ANSWERED: 3}
    assert set(counts.quoted.values()) == {3}


def test_nothing_is_kept_in_memory_that_holds_a_word_of_a_message(assistant: Assistant, learned: Learned) -> None:
    version, explained = assistant.version(), assistant.explain("What do kittens eat?")
    learner, unsure = Learner(learned), replace(explained.answer, confidence=0.5)
    assert learner.tell(version, explained) is not None
    assert learner.tell(version, replace(explained, answer=unsure)) is None  # "kittens" is counted of it


def test_it_can_run_again(assistant: Assistant, learned: Learned) -> None:
    learner = Learner(learned)
    for times in (1, 2):
        with learner.running():
            assistant.telling(learner.tell).ask(QUESTION)
        counts = learned.read()
        assert counts is not None
        assert counts.totals == {Outcome.REFUSED: times}


def test_an_answer_does_not_wait_for_the_file(assistant: Assistant, learned: Learned) -> None:
    learner = Learner(learned)
    telling = assistant.telling(learner.tell)
    with learner.running():
        telling.ask(QUESTION)
    with closing(sqlite3.connect(learned.path)) as other:
        other.execute("begin immediate")
        with learner.running():
            assert telling.ask(QUESTION) == assistant.ask(QUESTION)
            other.rollback()


@pytest.mark.parametrize("kind", ["folder", "other", "full"])
def test_a_file_that_cannot_be_written_breaks_no_answer_and_is_told_without_the_question(
    tmp_path: Path, assistant: Assistant, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    path = tmp_path / "learned.sqlite"
    if kind == "folder":
        path.mkdir()
    elif kind == "full":
        path = Path("/dev/full")
    else:
        path.write_bytes(b"something else" * 100)
    learner = Learner(Learned(path, 10))
    telling = assistant.telling(learner.tell)
    with caplog.at_level(logging.DEBUG), learner.running():
        assert telling.ask(QUESTION) == assistant.ask(QUESTION)
    assert f"{path} cannot be written" in caplog.text
    assert "answers that are not counted: 1" in caplog.text
    assert MARKER not in caplog.text


def test_a_fault_of_counting_breaks_no_answer_and_is_told_without_the_question(
    assistant: Assistant, learned: Learned, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(QUESTION)

    monkeypatch.setattr(module, "notice", fail)
    assert assistant.telling(Learner(learned).tell).ask(QUESTION) == assistant.ask(QUESTION)
    assert "an answer could not be counted: ValueError" in caplog.text
    (fault,) = caplog.records
    assert fault.getMessage() == "an answer could not be counted: ValueError"
    assert fault.exc_info
    assert MARKER not in caplog.text


def test_what_is_too_much_is_left_out(
    assistant: Assistant, learned: Learned, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    learner = Learner(learned)
    telling = assistant.telling(learner.tell)
    for _ in range(3):
        telling.ask(QUESTION)
    assert "too much waits to be counted" in caplog.text
    with learner.running():
        pass
    counts = learned.read()
    assert counts is not None
    assert counts.totals == {Outcome.REFUSED: 2}


def test_what_is_past_is_thrown_away_while_nobody_asks(
    assistant: Assistant, learned: Learned, calendar: Calendar
) -> None:
    learner = Learner(learned)
    with learner.running():
        assistant.telling(learner.tell).ask(QUESTION)
    calendar.go_on()
    with learner.running():
        pass
    with closing(sqlite3.connect(learned.path)) as db:
        assert db.execute("select count(*) from clients").fetchone() == (0,)
        assert db.execute("select count(*) from salts").fetchone() == (0,)


def test_that_what_is_past_cannot_be_thrown_away_is_told_once_and_not_each_second(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.01)
    path = tmp_path / "learned.sqlite"
    path.write_bytes(b"something else" * 100)
    with Learner(Learned(path, 10)).running():
        time.sleep(0.3)
    (told,) = caplog.messages
    assert told.startswith(f"{path} cannot be written (")
    assert told.endswith("; what is past is not thrown away")


def test_what_is_past_is_thrown_away_once_the_file_can_be_written_again(
    learned: Learned, calendar: Calendar, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.1)
    learner = Learner(learned)
    with learner.running():
        assistant.telling(learner.tell).ask(QUESTION)
    written = learned.path.read_bytes()
    learned.path.write_bytes(b"something else" * 100)
    calendar.go_on()
    with learner.running():
        time.sleep(0.05)
        learned.path.write_bytes(written)
        time.sleep(0.5)
    with closing(sqlite3.connect(learned.path)) as db:
        assert db.execute("select count(*) from clients").fetchone() == (0,)
