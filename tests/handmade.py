"""Answers made by hand from words that stand in an index's sources: for what they look like, whatever is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from acobot.answer import (
    Answer,
    Citation,
    CitedPassage,
    Difference,
    IndexName,
    Quote,
    Role,
    Status,
    cite_source,
    source_href,
)
from acobot.answering import Tell
from acobot.assistant import Assistant
from acobot.index import Store
from acobot.question import Message
from tests.fakes import fake_means


@dataclass(frozen=True)
class Said:
    """Words of a source, what they are there for, and those in them that answer."""

    source_id: str
    text: str
    role: Role = Role.LEAD
    group: int = 1
    emphasis: str = ""


class HandmadeAssistant(Assistant):
    """Gives the answers that it was handed, by their questions; all else it answers as any other."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, fake_means())
        self.answers: dict[str, Answer] = {}
        self.histories: list[Sequence[Message]] = []

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        source_ids: Sequence[str] | None = None,
        max_quotes: int = 4,
        tell: Tell | None = None,
    ) -> Answer:
        self.histories.append(history)
        return self.answers.get(question) or super().ask(question, history, source_ids, max_quotes, tell)

    def add(
        self, question: str, *said: Said, differing: Mapping[str, Sequence[int]] | None = None, **values: Any
    ) -> None:
        """Hands it an answer of these words; each is a passage of its own. `differing`: about what which of them do."""
        version = self.version()
        quotes, citations = [], []
        for number, one in enumerate(said, start=1):
            source = version.corpus.source(one.source_id)
            start = source.text.index(one.text)
            end = start + len(one.text)
            first = start + one.text.index(one.emphasis)
            emphasis = ((first, first + len(one.emphasis)),) if one.emphasis else ()
            href = source_href(source, start, end)
            quotes.append(Quote(one.text, one.role, one.group, number, source.id, start, end, href, emphasis))
            passage = CitedPassage(("A heading",), one.text, start, end)
            citations.append(Citation(number, cite_source(source), passage, href))
        known: dict[str, Any] = {
            "status": Status.ANSWERED if said else Status.NOT_IN_SOURCES,
            "signposts": (),
            "limit": None,
            "question": question,
            "searched_for": question,
            "answer": " ".join(f"{quote.text} [{quote.citation}]" for quote in quotes),
            "quotes": tuple(quotes),
            "citations": tuple(citations),
            "differing": tuple(
                Difference(about, tuple((number,) for number in them)) for about, them in (differing or {}).items()
            ),
            "confidence": 0.9,
            "nearest": (),
            "notes": (),
            "cautions": (),
            "suggestions": (),
            "index": IndexName(version.id),
        }
        self.answers[question] = Answer(**{**known, **values})
