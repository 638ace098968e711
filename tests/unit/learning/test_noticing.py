from __future__ import annotations

import gc
import hashlib
import weakref
from dataclasses import replace
from pathlib import Path

import pytest

from acobot.answer import LimitSaid, Signpost, Status
from acobot.answering import Explained
from acobot.assistant import Assistant
from acobot.languages import Language, terms
from acobot.learning import Outcome, notice, noticing
from acobot.learning.noticing import LOOKED_AT, UNSURE_BELOW, source_words
from acobot.policies import Sign
from acobot.question import Turn
from tests.fakes import make_assistant
from tests.unit.evidence.test_finding import TOWER
from tests.unit.learning.conftest import TEXTS

TOLD = LimitSaid("The sources name no vets.", None)
HELP = Signpost(Sign.MEDICAL, "Call somebody.")


@pytest.fixture
def explained(assistant: Assistant) -> Explained:
    return assistant.explain("What do kittens eat?")


def outcome(assistant: Assistant, explained: Explained, **values: object) -> Outcome | None:
    answer = replace(explained.answer, **values)  # type: ignore[arg-type]
    noticed = notice(assistant.version(), replace(explained, answer=answer))
    return noticed.outcome if noticed else None


def test_an_answer_is_counted_by_how_it_ended(assistant: Assistant, explained: Explained) -> None:
    refused = {"status": Status.NOT_IN_SOURCES, "confidence": 0.1}
    assert outcome(assistant, explained, confidence=UNSURE_BELOW) is Outcome.ANSWERED
    assert outcome(assistant, explained, confidence=UNSURE_BELOW - 0.01) is Outcome.UNSURE
    assert outcome(assistant, explained, **refused) is Outcome.REFUSED
    assert outcome(assistant, explained, **refused, limit=TOLD) is Outcome.LIMIT
    assert outcome(assistant, explained, signposts=(HELP,)) is Outcome.SIGNPOSTED
    assert outcome(assistant, explained, **refused, limit=TOLD, signposts=(HELP,)) is Outcome.SIGNPOSTED
    assert outcome(assistant, explained, status=Status.SMALL_TALK) is None


def test_of_two_questions_one_that_is_not_answered_is_counted(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, TOWER)
    both = assistant.explain("Who was the mayor of Peru? When was the lighthouse tower painted?")
    assert both.findings.unanswered == ("Who was the mayor of Peru?",)
    sure = replace(both, answer=replace(both.answer, confidence=1.0))
    noticed = notice(assistant.version(), sure)
    alone = notice(assistant.version(), replace(sure, findings=replace(both.findings, unanswered=())))
    assert noticed is not None
    assert alone is not None
    assert (noticed.outcome, alone.outcome) == (Outcome.UNSURE, Outcome.ANSWERED)
    assert noticed.quoted


def test_an_earlier_question_asked_again_is_not_counted(assistant: Assistant, explained: Explained) -> None:
    again = replace(explained, query=replace(explained.query, turn=Turn.SURE))
    assert notice(assistant.version(), again) is None


def test_the_passages_that_were_quoted_are_those_of_the_index(assistant: Assistant, explained: Explained) -> None:
    noticed = notice(assistant.version(), explained)
    assert noticed is not None
    digests = {sha256 for _, _, sha256 in assistant.version().corpus.passage_digests()}
    assert noticed.quoted
    assert set(noticed.quoted) <= digests
    assert noticed.quoted[0] == hashlib.sha256(explained.answer.citations[0].passage.text.encode()).hexdigest()


def test_words_are_those_of_the_sources_in_their_form_the_rarest_first(assistant: Assistant) -> None:
    version = assistant.version()
    assert source_words(version, "Do BADGERS like chips, Xylophone, or the milk?") == ("badger", "chipped", "milk")
    assert source_words(version, "Is an owl a kitten?") == ("kittens",)  # owls stand in every passage on average
    assert source_words(version, "Who is it?") == ()


def test_a_word_is_known_in_a_form_that_begins_otherwise_than_its_stem(tmp_path: Path) -> None:
    texts = {"trees.md": "# Trees\n\nTrees are dying.\n\n## Who helps\n\nA charity plants them. Two charities do.\n"}
    version = make_assistant(tmp_path, texts).version()
    assert source_words(version, "Is it dying?") == ("dying",)
    assert source_words(version, "Which charities?") == ("charity",)


def test_of_however_many_words_that_begin_so_few_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = " ".join(f"con{a}{b}{c}ing" for a in "abcdefghij" for b in "klmnopqrst" for c in "aeiou")
    version = make_assistant(tmp_path, {"a.md": f"# Pier\n\nThe pros and cons.\n\nSaid: {many}.\n"}).version()
    looked_at = []

    def terms_of(text: str, language: Language) -> list[str]:
        looked_at.append(text)
        return terms(text, language)

    monkeypatch.setattr(noticing, "terms", terms_of)
    assert source_words(version, "What are the cons?") == ("cons",)
    assert len(looked_at) < 2 * LOOKED_AT + 10


def test_a_version_that_words_were_looked_up_in_is_not_held(tmp_path: Path) -> None:
    version = make_assistant(tmp_path, TEXTS).version()
    assert source_words(version, "Is it a badger?") == ("badger",)
    held = weakref.ref(version)
    del version
    gc.collect()
    assert held() is None


def test_no_word_is_counted_of_who_is_in_need(assistant: Assistant) -> None:
    version, asked = assistant.version(), assistant.explain("Can a badger go to the xylophone?")
    assert asked.answer.status is Status.NOT_IN_SOURCES
    refused = notice(version, asked)
    in_need = notice(version, replace(asked, answer=replace(asked.answer, signposts=(HELP,))))
    assert refused is not None
    assert in_need is not None
    assert (refused.words, in_need.words) == (("badger",), ())
