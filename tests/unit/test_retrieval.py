from pathlib import Path

import pytest

from acobot.assistant import Assistant
from acobot.errors import SourceChoiceError
from acobot.question import make_query
from acobot.retrieval import question_weights, retrieve
from tests.fakes import CALIBRATION, ENGLISH, UK, WordEncoder, make_assistant

SOURCES = {
    "trains.md": "# Trains\n\nThe train to Leeds leaves at nine.\n\n# Dogs\n\nDogs travel free on every train.\n",
    "bread.txt": "Bread costs two pounds in the village shop.\n",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return make_assistant(tmp_path, SOURCES)


def found(assistant: Assistant, question: str, **options: object) -> list[str]:
    query = make_query(question, ENGLISH, UK)
    encoding = WordEncoder().encode([query.searched_for])[0]
    candidates = retrieve(assistant.version(), query, encoding, CALIBRATION.retrieval, **options)  # type: ignore[arg-type]
    return [one.stored.text for one in candidates.chosen]


def test_the_passage_that_shares_most_words_comes_first(assistant: Assistant) -> None:
    assert found(assistant, "Do dogs travel free?")[0] == "Dogs travel free on every train."
    assert found(assistant, "What does bread cost?")[0] == "Bread costs two pounds in the village shop."


def test_what_is_beyond_the_limit_is_kept_as_rejected(assistant: Assistant) -> None:
    query = make_query("When does the train leave?", ENGLISH, UK)
    encoding = WordEncoder().encode([query.searched_for])[0]
    candidates = retrieve(assistant.version(), query, encoding, CALIBRATION.retrieval, limit=1)
    assert [one.stored.text for one in candidates.chosen] == ["The train to Leeds leaves at nine."]
    assert len(candidates.rejected) == 2
    assert all(score <= candidates.chosen[0].score for _, score in candidates.rejected)


def test_only_the_named_sources_are_searched(assistant: Assistant) -> None:
    assert found(assistant, "When does the train leave?", source_ids=["bread"]) == [
        "Bread costs two pounds in the village shop."
    ]


def test_a_source_that_is_not_there_is_named(assistant: Assistant) -> None:
    with pytest.raises(SourceChoiceError, match=r"unknown-source-ids\.detail: source 'cake'"):
        found(assistant, "What does cake cost?", source_ids=["cake"])


def test_asking_for_more_than_there_is_gives_all(assistant: Assistant) -> None:
    assert len(found(assistant, "train", limit=100)) == 3


def test_a_question_of_unknown_words_still_finds_the_nearest(assistant: Assistant) -> None:
    assert len(found(assistant, "xylophone zebra")) == 3


def test_scores_lie_between_nought_and_one_and_are_rounded(assistant: Assistant) -> None:
    query = make_query("When does the train leave?", ENGLISH, UK)
    encoding = WordEncoder().encode([query.searched_for])[0]
    for one in retrieve(assistant.version(), query, encoding, CALIBRATION.retrieval).chosen:
        assert 0 <= one.score <= 1
        assert one.score == round(one.score, 4)


def test_rare_words_weigh_more_and_punctuation_nothing(assistant: Assistant) -> None:
    text = "train dogs?"
    weights = question_weights(assistant.version(), text, WordEncoder().encode([text])[0], 1.5)
    train, dogs, mark = weights.tolist()
    assert mark == 0
    assert dogs > train  # dogs stand in one of three sentences, the train in two
    assert train + dogs == pytest.approx(1)


def test_words_in_brackets_weigh_half(assistant: Assistant) -> None:
    text = "bread (shop)"
    bread, _, shop, _ = question_weights(assistant.version(), text, WordEncoder().encode([text])[0], 1.5).tolist()
    assert shop == pytest.approx(bread / 2)
