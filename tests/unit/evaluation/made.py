"""Cases, answers and outcomes made up for tests, with spans of sources that need not exist."""

from acobot.answer import Answer, IndexName, Quote, Role, Status
from acobot.evaluation import Case, Outcome, Span
from acobot.evaluation.retrieving import Ranks

A: Span = ("a", 0, 10)
B: Span = ("b", 0, 10)
ANSWERED, REFUSED, SMALL_TALK = Status.ANSWERED, Status.NOT_IN_SOURCES, Status.SMALL_TALK


def make_case(*parts: tuple[Span, ...], kind: str = "fact", documents: tuple[str, ...] = (), missing: int = 0) -> Case:
    """A case that is answerable if it has parts or documents."""
    answerable = bool(parts or documents)
    return Case("1", kind, "Why?", answerable, parts=parts, documents=documents, missing_spans=missing)


def make_answer(status: Status, confidence: float = 0.5, *quoted: Span, reply: str = "") -> Answer:
    """An answer whose quotes have four words each."""
    quotes = tuple(
        Quote("four words are here", Role.LEAD, 1, 1, source, start, end, "") for source, start, end in quoted
    )
    return Answer(status, (), None, "Why?", "Why?", reply, quotes, (), (), confidence, (), (), (), (), IndexName("i"))


def make_outcome(
    case: Case,
    status: Status,
    confidence: float = 0.5,
    *quoted: Span,
    ranks: Ranks | None = None,
    milliseconds: float = 5.0,
) -> Outcome:
    """What a case got, as if it had been asked."""
    return Outcome(case, make_answer(status, confidence, *quoted), ranks or Ranks(), milliseconds)
