"""The composition root: a live index, an encoder, a reader and a policy make an assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from acobot.answer import Answer, KeptAnswers
from acobot.answering import Explained, Means, Tell, find, find_answer, understand
from acobot.calibration import find_calibration
from acobot.encoder import find_model, load_encoder
from acobot.errors import DamagedIndexError, IndexFault, ModelError, RemovedSourceError, UnknownSourceError
from acobot.evidence import MOST_QUOTES
from acobot.index import Corpus, Leftovers, LiveVersion, Store, Version, open_store
from acobot.languages import load_language
from acobot.observing import Observer, Step, Stopwatch, Unobserved
from acobot.policies import load_policy
from acobot.question import Message, Query, as_question
from acobot.reader import Reader, load_reader
from acobot.retrieval import Candidates, retrieve
from acobot.settings import READER_ON, Settings
from acobot.sources import Site, Source

SHORT_DIGEST = 12  # characters of a source's SHA-256 that a link carries
WARMING = "Is the index ready?"  # asked of a version before anybody waits for what is only loaded on use
Read = TypeVar("Read")
Count = Callable[[], None]  # notes once more an answer that is given again


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, in the version that it was asked of."""

    version: Version
    query: Query
    candidates: Candidates


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source, and the version that it was read in."""

    version: Version
    source: Source


class Assistant:
    """Answers from the live index, or from the version `preview`, live or not. Safe to use from several threads."""

    def __init__(self, store: Store, means: Means, preview: str = "") -> None:
        self._store = store
        self.means = means
        self.preview = preview
        self.observer: Observer = Unobserved()  # who is told how questions are answered, from when it is set
        self._live = LiveVersion(store, means.encoder.digest, preview, self._warm)
        self._kept = KeptAnswers()
        self._texts_before = lru_cache(maxsize=1)(self._find_texts)
        self.told: Callable[[Version, Explained], Count | None] = lambda *_: _uncounted

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        source_ids: Sequence[str] | None = None,
        max_quotes: int = MOST_QUOTES,
        tell: Tell | None = None,
    ) -> Answer:
        """The answer to a question, from the named sources or from all, with at most so many quotes.

        `tell` is given the query as soon as it is known. Raises `QuestionError`, `SourceChoiceError` or `IndexFault`.
        """
        watch = Stopwatch(self.observer)

        def answer(version: Version) -> Answer:
            query = understand(version, self.means, question, history)
            watch(Step.UNDERSTANDING)
            digest = self._kept.digest(version.id, query, source_ids, max_quotes, self.means.today())
            if kept := self._kept.find(digest, query.question, query.searched_for):
                if tell:
                    tell(query)
                return kept
            found = find(version, self.means, query, source_ids, max_quotes, tell, watch)
            count = self.told(version, found)
            if count and not (query.sign or found.query.sign or found.findings.names_parts):
                self._kept.keep(digest, found.answer, count)
            return found.answer

        given = self._read(answer)
        watch.stop(given.status, given.confidence)
        return given

    def explain(
        self,
        question: str,
        history: Sequence[Message] = (),
        source_ids: Sequence[str] | None = None,
        max_quotes: int = MOST_QUOTES,
        tell: Tell | None = None,
    ) -> Explained:
        """As `ask`, with what was found, chosen and rejected; `tell` is given the query as soon as it is known."""
        watch = Stopwatch(self.observer)

        def explain(version: Version) -> Explained:
            explained = find_answer(version, self.means, question, history, source_ids, max_quotes, tell, watch)
            self.told(version, explained)
            return explained

        explained = self._read(explain)
        watch.stop(explained.answer.status, explained.answer.confidence)
        return explained

    def telling(self, told: Callable[[Version, Explained], Count | None]) -> Assistant:
        """The same assistant, which tells each answer that it finds, with the version that it is from.

        What it then gets is called whenever the same answer is given again; where it gets nothing, that is found anew.
        """
        other = copy(self)
        other.told = told
        other._kept = KeptAnswers()  # noqa: SLF001  its own: what is kept there is not told of
        return other

    def search(
        self, question: str, history: Sequence[Message], limit: int, source_ids: Sequence[str] | None = None
    ) -> Found:
        """The `limit` passages, of these sources only, that are nearest to a question.

        Raises `QuestionError` or `IndexFault`.
        """

        def search(version: Version) -> Found:
            query = understand(version, self.means, question, history)
            if not query.searched_for:  # small talk is searched for as it was typed
                said = query.question
                query = replace(query, searched_for=said, as_question=as_question(said, version.language))
            encoding = self.means.encoder.encode([query.as_question], as_question=True)[0]
            weights = self.means.calibration.retrieval
            return Found(version, query, retrieve(version, query, encoding, weights, limit, source_ids))

        return self._read(search)

    def version(self) -> Version:
        """The version that is answered from, opened at the first use. Raises `IndexFault`."""
        return self._live.get()

    def check_readable(self) -> None:
        """Raises `IndexFault` where no file of the version that is answered from can be opened now."""
        self._read(Version.check_readable)

    def leftovers(self) -> Leftovers:
        """What the last build of the index could not read."""
        return self._store.leftovers()

    def site(self) -> Site:
        """What the service is about, as the version at hand has it; nothing said where there is none."""
        try:
            return self.version().manifest.site
        except IndexFault:
            return Site()

    def warm(self) -> None:
        """Loads what is only loaded with a first question, before anybody waits for it. Raises `IndexFault`.

        A version that turns out to be damaged is given up for the one before.
        """
        version = self.version()
        try:
            self._read(lambda version: find_answer(version, self.means, WARMING))
        except DamagedIndexError:
            self.check_contents()
            if self.version() is version:
                raise
            self.warm()

    def refresh(self) -> None:
        """Goes over to the version that is live now, if it is another; keeps the one it has where that fails."""
        self._live.refresh()

    def check_contents(self) -> None:
        """Reads the files of the version at hand once, and gives it up where they are not what was written."""
        self._live.check_contents()

    def source(self, source_id: str) -> Source:
        """A source of the version that is answered from. Raises as `find_source` does."""
        return self.find_source(source_id).source

    def find_source(self, source_id: str) -> FoundSource:
        """A source, with the version that is answered from.

        Raises `UnknownSourceError`, `RemovedSourceError` where there was one of this id, or `IndexFault`.
        """
        try:
            return self._read(lambda version: FoundSource(version, version.corpus.source(source_id)))
        except UnknownSourceError:
            removed = self._store.history().removed.get(source_id)
            if removed is None:
                raise
            values = {"source": repr(source_id), "date": removed[:10]}
            raise RemovedSourceError("problem.removed-source.detail", **values) from None

    def words_before(self, source_id: str, sha256: str, start: int, end: int) -> str:
        """What stood at [start, end) of a source when its digest began so; "" where no kept version has it."""
        kept = self._texts_before(self.version().id).get((source_id, sha256[:SHORT_DIGEST]))
        if kept is None:
            return ""
        try:
            return Corpus(self._store.path(kept)).source(source_id).text[start:end]
        except (IndexFault, UnknownSourceError):
            return ""

    def _warm(self, version: Version) -> None:
        """Warms another version: what is loaded of each, and so not the reader."""
        find_answer(version, replace(self.means, reader=None), WARMING)

    def _read(self, work: Callable[[Version], Read]) -> Read:
        """Does the work with the version at hand, or once more with the one that is live now.

        A version that is no longer kept can go away while it is read. Where it is still the live one, its files are
        looked at again.
        """
        version = self.version()
        try:
            return work(version)
        except DamagedIndexError as error:
            self.refresh()
            if self.version() is version:
                self._live.doubt(version, error)
                raise
            return work(self.version())

    def _find_texts(self, _live: str) -> dict[tuple[str, str], str]:
        """Id and short digest of every source of the kept versions → a version that has it."""
        found: dict[tuple[str, str], str] = {}
        for kept in self._store.versions():
            with suppress(IndexFault):
                sources = kept.manifest.sources
                found.update({(entry.id, entry.sha256[:SHORT_DIGEST]): kept.manifest.id for entry in sources})
        return found


def _uncounted() -> None:
    """Where nobody is told of answers, none is noted."""


def open_assistant(settings: Settings, preview: str = "") -> Assistant:
    """An assistant over `settings.index` with the real model, loaded; it stays with the version `preview`, if named.

    Raises `IndexFault`, `ModelError` or `PackError`.

    The index is looked at first, because it takes no time and the model takes seconds.
    """
    LiveVersion(open_store(settings), find_model(settings).digest, preview).get()
    assistant = wait_for_version(settings, preview)
    assistant.version()
    return assistant


def wait_for_version(settings: Settings, preview: str = "") -> Assistant:
    """As `open_assistant`, but does without a version until one can be used. Raises `ModelError` or `PackError`."""
    return Assistant(open_store(settings), open_means(settings), preview)


def open_means(settings: Settings) -> Means:
    """The model, the reader, the policy and what was fitted to them, loaded. Raises `ModelError` or `PackError`."""
    model = find_model(settings)
    calibration = find_calibration(settings.index, model.name, model.digest)
    policy = load_policy(settings.policy, load_language(settings.language))
    reader = open_reader(settings)
    if reader and reader.digest != calibration.reader_sha256:
        raise ModelError(
            f"nothing was fitted to the reader {reader.name} ({reader.digest[:12]}) beside {model.name}; run "
            "'acobot calibrate QUESTIONS…', or set ACOBOT_READER=off"
        )
    return Means(load_encoder(model), reader, policy, calibration, settings.answerable_share)


def open_reader(settings: Settings) -> Reader | None:
    """The reader, loaded, or None where the settings do without. Raises `ModelError`."""
    return load_reader() if settings.reader == READER_ON else None
