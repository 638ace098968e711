"""The composition root: a live index and an encoder make an assistant. `Assistant.ask` is the list of its steps."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from acobot.answer import REFUSALS, SIGNPOSTS, Answer, compose_answer, compose_reply
from acobot.encoder import Encoder, find_model, load_encoder
from acobot.errors import IndexFault
from acobot.evidence import FITTED_SHARE, Findings, find_evidence
from acobot.index import Store, Version
from acobot.question import Message, Query, likely_sign, make_query, speaks_of_a_person
from acobot.retrieval import CANDIDATES, Candidates, retrieve
from acobot.settings import Settings

log = logging.getLogger(__name__)

NO_CANDIDATES = Candidates((), ())
NO_FINDINGS = Findings((), (), 0.0)


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with everything that led to it."""

    answer: Answer
    query: Query
    candidates: Candidates
    findings: Findings


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, in the version that it was asked of."""

    version: Version
    query: Query
    candidates: Candidates


class Assistant:
    """Answers from the live index. Safe to use from several threads."""

    def __init__(self, store: Store, encoder: Encoder, answerable_share: float = FITTED_SHARE) -> None:
        self._store = store
        self._encoder = encoder
        self._share = answerable_share
        self._version: Version | None = None
        self._told = ""

    def ask(self, question: str, history: Sequence[Message] = (), source_ids: Sequence[str] | None = None) -> Answer:
        """The answer to a question, from the named sources or from all.

        Raises `QuestionError`, `SourceChoiceError` or `IndexFault`.
        """
        return self.explain(question, history, source_ids).answer

    def explain(
        self, question: str, history: Sequence[Message] = (), source_ids: Sequence[str] | None = None
    ) -> Explained:
        """As `ask`, with what was found, chosen and rejected."""
        version = self.version()
        query = self._look_for_need(make_query(question, history, version.abbreviations, REFUSALS, SIGNPOSTS))
        if reply := compose_reply(version, query):
            return Explained(reply, query, NO_CANDIDATES, NO_FINDINGS)
        encoding = self._encoder.encode([query.searched_for])[0]
        candidates = retrieve(version, query, encoding, CANDIDATES, source_ids)
        findings = find_evidence(version, query, encoding, candidates.chosen, self._share)
        answer = compose_answer(version, query, findings, candidates.chosen)
        return Explained(answer, query, candidates, findings)

    def search(self, question: str, history: Sequence[Message], limit: int) -> Found:
        """The `limit` passages that are nearest to a question. Raises `QuestionError` or `IndexFault`."""
        version = self.version()
        query = make_query(question, history, version.abbreviations, REFUSALS, SIGNPOSTS)
        query = replace(query, searched_for=query.searched_for or query.question)
        encoding = self._encoder.encode([query.searched_for])[0]
        return Found(version, query, retrieve(version, query, encoding, limit))

    def _look_for_need(self, query: Query) -> Query:
        """The query with the sign of need that its meaning shows, where its words show none."""
        if query.sign or query.small_talk or not speaks_of_a_person(query.question):
            return query
        sign = likely_sign(self._encoder.encode([query.question])[0].vector, self._encoder.digest)
        return replace(query, searched_for="", sign=sign) if sign else query

    def version(self) -> Version:
        """The live version, opened at the first use. Raises `IndexFault`."""
        if self._version is None:
            self._version = self._open()
        return self._version

    def refresh(self) -> None:
        """Goes over to the version that is live now, if it is another; keeps the one it has where that fails."""
        try:
            if self._version is None or self._store.current_id() != self._version.id:
                self._version = self._open()
                log.info("answering from index %s", self._version.id)
            self._told = ""
        except IndexFault as error:
            if str(error) != self._told:  # once, not at every look
                self._told = str(error)
                log.warning("the live index cannot be used, so nothing changes: %s", error)

    def _open(self) -> Version:
        version = self._store.open_current()
        version.check_model(self._encoder.digest)
        return version


def open_assistant(settings: Settings) -> Assistant:
    """An assistant over `settings.index` with the real model, loaded. Raises `IndexFault` or `ModelError`.

    The index is looked at first, because it takes no time and the model takes seconds.
    """
    store, model = Store(settings.index), find_model(settings.model)
    store.open_current().check_model(model.digest)
    assistant = Assistant(store, load_encoder(model), settings.answerable_share)
    assistant.version()
    return assistant
