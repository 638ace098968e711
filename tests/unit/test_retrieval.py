from pathlib import Path

import numpy as np
import pytest

from acobot.answer import Status
from acobot.assistant import Assistant
from acobot.errors import SourceChoiceError
from acobot.question import make_query
from acobot.retrieval import POOL, _greatest, question_weights, retrieve
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


def test_what_the_named_sources_hold_is_found_however_much_others_hold_of_it(tmp_path: Path) -> None:
    # Three hundred passages of another source are nearer, by meaning and by words.
    many = "".join(f"# Part {number}\n\nDogs travel free on every train.\n\n" for number in range(300))
    assistant = make_assistant(tmp_path, SOURCES | {"dogs.md": many})
    assert found(assistant, "Do dogs travel free?", source_ids=["bread", "trains"])[0] == (
        "Dogs travel free on every train."
    )
    assert len(found(assistant, "Do dogs travel free?", source_ids=["bread", "trains"])) == 3


def test_a_passage_that_is_found_by_words_is_as_near_as_its_nearest_question(tmp_path: Path) -> None:
    # More than a pool of others are nearer, so that the one about the quagga is found by that word alone.
    quagga = (
        "<!-- asks: Which old quagga? -->\nThe quagga was an animal of the south, and nobody has seen one for long.\n"
    )
    texts = {"a.md": quagga} | {f"b{number}.md": f"Zebra {number}.\n" for number in range(POOL + 10)}
    assistant = make_assistant(tmp_path, texts)
    version, encoding = assistant.version(), WordEncoder().encode(["zebra quagga"])[0]
    assert 0 not in version.dense.search(encoding.vector, POOL)
    query = make_query("zebra quagga", ENGLISH, UK)
    chosen = retrieve(version, query, encoding, CALIBRATION.retrieval).chosen
    (found,) = [one for one in chosen if one.stored.number == 0]
    ask, own = WordEncoder().encode(["Which old quagga?"])[0], version.dense.vector(0)
    assert found.dense == pytest.approx(float(ask.vector @ encoding.vector), abs=1e-4)
    assert found.dense > float(own @ encoding.vector) + 0.1


def test_a_question_of_a_source_that_was_not_named_makes_nothing_known(tmp_path: Path) -> None:
    asked = "# Cheese\n\n<!-- asks: What does cheese cost? -->\nIt costs three pounds.\n"
    assistant = make_assistant(tmp_path, SOURCES | {"cheese.md": asked})
    assert assistant.ask("What does cheese cost?").status is Status.ANSWERED
    assert assistant.ask("What does cheese cost?", source_ids=["trains"]).status is Status.NOT_IN_SOURCES


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


@pytest.mark.parametrize("most", [1, 3, 5, 99])
def test_the_greatest_scores_are_found_ties_by_place_and_never_nothing(most: int) -> None:
    scores = np.array([0, 2, 1, 2, 0, 1, 2, 0.5], dtype=np.float32)
    assert _greatest(scores, most) == [1, 3, 6, 2, 5, 7][:most]
    assert _greatest(np.zeros(4, dtype=np.float32), most) == []
