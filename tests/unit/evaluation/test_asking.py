from collections.abc import Sequence
from pathlib import Path

from acobot.answer import Answer, Status
from acobot.evaluation import Case, Span, Subject, make_subject, run_cases
from acobot.evaluation.retrieving import Ranks
from acobot.question import Message
from acobot.sources import Particulars, Source
from tests.fakes import make_assistant
from tests.unit.evaluation.made import A, B, make_answer


class Parrot:
    """Answers with what it was asked; keeps every question with its history."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self.searched: list[tuple[str, list[str]]] = []

    def ask(self, question: str, history: Sequence[Message] = ()) -> Answer:
        self.asked.append((question, [f"{one.role}: {one.content}" for one in history]))
        return make_answer(Status.ANSWERED, 0.9, A, reply=f"You said {question}")

    def search(self, question: str, history: Sequence[Message] = ()) -> list[Span]:
        self.searched.append((question, [f"{one.role}: {one.content}" for one in history]))
        return [B, A]

    def as_subject(self) -> Subject:
        def read_source(source_id: str) -> Source:
            return Source(source_id, Particulars(title=""), "", (), (), "", "")

        return Subject(self.ask, self.search, read_source, lambda source_id: [(source_id, 0, 10)])


def test_turns_are_asked_with_what_was_really_said_before_in_their_conversation() -> None:
    parrot = Parrot()
    cases = [
        Case("c.1", "opening", "one", False, conversation="c"),
        Case("c.2", "follow-up", "two", True, parts=((A,),), conversation="c"),
        Case("d.1", "opening", "other", False, conversation="d"),
        Case("1", "", "alone", False, history=(Message("user", "told"),)),
        Case("2", "", "last", False),
    ]
    assert [one.case.id for one in run_cases(cases, parrot.as_subject())] == ["c.1", "c.2", "d.1", "1", "2"]
    said = ["user: one", "assistant: You said one"]
    assert parrot.asked == [
        ("one", []),
        ("two", said),
        ("other", []),
        ("alone", ["user: told"]),
        ("last", []),
    ]
    assert parrot.searched == [("two", said)]  # only where there is something to find


def test_an_outcome_has_the_answer_the_places_of_the_evidence_and_the_time() -> None:
    (one,) = run_cases([Case("1", "", "Why?", True, parts=((A,),))], Parrot().as_subject())
    assert one.answered
    assert one.quoted == (A,)
    assert one.words == 4
    assert one.ranks == Ranks(((2,),), (2,), 1)
    assert 0 < one.milliseconds < 1000


def test_an_assistant_is_asked_and_searched_over_its_own_passages(tmp_path: Path) -> None:
    texts = {"a.md": "# Bridges\n\nThe harbour bridge opened in 1932.\n", "b.md": "# Parks\n\nThe park has ducks.\n"}
    subject = make_subject(make_assistant(tmp_path, texts))
    text = subject.read_source("a").text
    start = text.index("The harbour")
    evidence = ("a", start, start + len("The harbour bridge opened in 1932."))
    assert subject.read_passages("a") == [evidence]
    (one,) = run_cases([Case("1", "", "The harbour bridge opened when?", True, parts=((evidence,),))], subject)
    assert one.quoted == (evidence,)
    assert one.words == 6
    assert one.ranks == Ranks(((1,),), (1,), 1)
