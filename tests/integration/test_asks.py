"""Questions that stand before paragraphs of the shipped sources, and those of the limits, asked for real.

One in `STEP` of each, and in `make test-long` all of them, which takes half an hour; that no two places claim a
question is looked at in all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.answer import Answer, Role, Status
from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.index import Store
from acobot.reader import load_reader
from acobot.review import find_twins
from acobot.settings import Settings
from tests.fakes import UK

pytestmark = [pytest.mark.model, pytest.mark.long, pytest.mark.timeout(1200)]

REPOSITORY = Path(__file__).parents[2]
STEP = 9  # odd, so that it falls on other lines of each paragraph
some_and_all = pytest.mark.parametrize(
    "step", [STEP, pytest.param(1, marks=[pytest.mark.whole, pytest.mark.timeout(7200)])]
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    settings = Settings(sources=REPOSITORY / "sources", index=tmp_path_factory.mktemp("index"))
    build_index(settings, load=lambda _: encoder)
    return Assistant(Store(settings.index), Means(encoder, load_reader(), UK))


def lead(answer: Answer) -> str:
    """The words of the first quote, or what was said in place of one."""
    return answer.quotes[0].text if answer.quotes and answer.quotes[0].role is Role.LEAD else answer.answer


@some_and_all
def test_an_asks_line_is_answered_with_the_first_sentence_of_its_paragraph(assistant: Assistant, step: int) -> None:
    corpus = assistant.version().corpus
    wrong = []
    for ask in list(corpus.asks_of(range(corpus.passages)))[::step]:
        stored = corpus.passage(ask.passage)
        said = next(stored.text_of(one) for one in stored.sentences if one.sentence.start == ask.start)
        answer = assistant.ask(ask.text)
        if answer.status is not Status.ANSWERED or lead(answer) != said or answer.signposts:
            wrong.append((ask.text, lead(answer), said))
    assert wrong == []


@some_and_all
def test_a_question_of_a_limit_gets_its_words(assistant: Assistant, step: int) -> None:
    corpus = assistant.version().corpus
    wrong = []
    for number in range(0, corpus.limit_asks, step):
        one = corpus.limit_ask(number)
        limit, asked = one.limit, one.text
        answer = assistant.ask(asked)
        if answer.status is not Status.NOT_IN_SOURCES or answer.answer != limit.say or answer.limit is None:
            wrong.append((asked, lead(answer)))
        assert answer.quotes == ()
    assert wrong == []


def test_no_question_is_claimed_by_two_places(assistant: Assistant) -> None:
    assert find_twins(assistant.version()) == []
