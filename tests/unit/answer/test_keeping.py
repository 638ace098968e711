from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from acobot.answer import Answer, KeptAnswers, Status
from acobot.answering import Explained
from acobot.assistant import Assistant
from acobot.index import Version
from acobot.question import Message, Query
from tests.fakes import make_assistant

TEXTS = {
    "bridge.md": "---\nasks:\n  - When did the harbour bridge open?\n---\nThe harbour bridge opened in 1932.\n",
    "mill.md": "---\nvalid_until: 2020\nasks:\n  - When does the mill open?\n---\nThe water mill opens at nine.\n",
}
OPENED = "When did the harbour bridge open?"


class Counting(Assistant):
    """Counts how often something is encoded, which is what an answer that is kept saves."""

    encoded = 0


@pytest.fixture
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = make_assistant(tmp_path, TEXTS)
    counting = Counting(made._store, made.means)
    encode = made.means.encoder.encode

    def counted(*args: object, **kwargs: object) -> object:
        counting.encoded += 1
        return encode(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(made.means.encoder, "encode", counted)
    return counting


def kept(assistant: Assistant) -> list[Answer]:
    return [answer for answer, _ in assistant._kept._answers.values()]


def test_who_asks_the_same_again_gets_the_same_without_a_search(assistant: Counting) -> None:
    first = assistant.ask(OPENED)
    before = assistant.encoded
    assert assistant.ask(OPENED) == first == assistant.explain(OPENED).answer
    assert assistant.encoded == before + 1  # by `explain`, which shows how an answer is found


def test_the_query_is_told_of_a_kept_answer_too(assistant: Counting) -> None:
    told: list[Query] = []
    for _ in range(2):
        assistant.ask(OPENED, tell=told.append)
    assert told[0] == told[1]


def test_a_kept_answer_is_counted_as_one_that_is_found(assistant: Counting) -> None:
    told: list[str] = []

    def tell(_: Version, explained: Explained) -> Callable[[], None]:
        told.append(explained.answer.status)
        return lambda: told.append("again")

    assistant.ask(OPENED)  # what was kept before is not counted
    telling, before = assistant.telling(tell), assistant.encoded
    assert telling.ask(OPENED) == telling.ask(OPENED) == telling.ask(OPENED)
    assert told == ["answered", "again", "again"]
    assert assistant.encoded == before + 1


def test_what_cannot_be_counted_again_is_not_kept(assistant: Counting) -> None:
    telling = assistant.telling(lambda *_: None)
    telling.ask(OPENED)
    assert kept(telling) == []


def test_whatever_else_an_answer_depends_on_is_asked_anew(assistant: Counting) -> None:
    assistant.ask("When does the mill open?")
    assert assistant.ask("When does the mill open?", max_quotes=1).quotes != ()
    other = assistant.ask("When does the mill open?", source_ids=["bridge"])
    assert {quote.source_id for quote in other.quotes} <= {"bridge"}
    history = [Message("user", "Tell me about the water mill"), Message("assistant", "It is old. [1]")]
    assert assistant.ask("When does it open?", history).searched_for == "When does it open? (water mill)"
    before = assistant.encoded
    object.__setattr__(assistant.means, "today", lambda: date(2019, 1, 1))
    assert not assistant.ask("When does the mill open?").cautions
    assert assistant.encoded > before


def test_nothing_that_was_typed_is_kept(assistant: Counting) -> None:
    asked = "Hello, mynameissam: when did the harbour bridge open?"
    assert assistant.ask(asked).status is Status.ANSWERED
    assert kept(assistant)
    assert "mynameissam" not in repr(vars(assistant._kept)).casefold()
    assert assistant.ask(asked).question == asked


@pytest.mark.parametrize(
    "asked",
    [
        "Who was Napoleon?",  # a refusal names what is not there
        "The harbour bridge opened in 1932? And who was Napoleon?",  # so does an answer to half a message
        "thank you",
    ],
)
def test_what_is_about_who_asks_is_not_kept(assistant: Counting, asked: str) -> None:
    assistant.ask(asked)
    assert kept(assistant) == []


def test_no_message_that_shows_need_is_kept(assistant: Counting) -> None:
    answer = assistant.ask(f"My baby stopped breathing. {OPENED}")
    assert (answer.status, len(answer.signposts)) == (Status.ANSWERED, 1)
    assert kept(assistant) == []


def test_no_more_are_kept_than_there_is_room_for() -> None:
    answers = KeptAnswers(most=2)
    made = Answer(
        *(Status.ANSWERED, (), None, "asked", "searched", "said", (), (), (), 0.9, (), (), (), ()),
        index=None,  # type: ignore[arg-type]
    )
    for number in (1, 2, 1, 3):
        answers.keep(answers.digest(number), made)
    found = [answers.find(answers.digest(number), "again", "so") is not None for number in (1, 2, 3)]
    assert found == [True, False, True]


def test_digests_tell_nothing_to_another_process() -> None:
    assert KeptAnswers().digest(OPENED) != KeptAnswers().digest(OPENED)


@pytest.mark.parametrize(("most", "part"), [(1, "And when does the WaTeR mill open?"), (4, "And what is a qUokka?")])
def test_what_repeats_a_part_of_the_message_is_not_kept(assistant: Counting, most: int, part: str) -> None:
    answer = assistant.ask(f"{OPENED} {part}", max_quotes=most)
    assert part in "".join(answer.notes)
    assert kept(assistant) == []
