import json
from math import log
from pathlib import Path

import numpy as np
import pytest

from acobot.errors import DamagedIndexError
from acobot.index import Words
from acobot.languages import terms
from tests.fakes import ENGLISH

K1, B = 1.5, 0.75

TEXTS = ["Cats drink milk.", "Dogs chase cats, and cats chase dogs.", "Birds sing."]
LENGTHS = [3, 6, 2]  # without words of grammar


def words_of(texts: list[str]) -> Words:
    """The index of these texts."""
    return Words.build([terms(text, ENGLISH) for text in texts], ENGLISH)


def bm25(texts_with_term: int, count: int, length: int) -> float:
    """One term's score in one text of `length` words that holds it `count` times (Lucene's variant)."""
    rarity = log(1 + (len(TEXTS) - texts_with_term + 0.5) / (texts_with_term + 0.5))
    average = sum(LENGTHS) / len(LENGTHS)
    return rarity * count / (count + K1 * (1 - B + B * length / average))


def test_terms_are_stems_without_words_of_grammar() -> None:
    assert terms("What are the Organisations' plans?", ENGLISH) == ["organis", "plan"]
    assert terms("The NHS’s plan isn’t done", ENGLISH) == ["nhs", "plan"]
    assert terms("how to do it", ENGLISH) == []
    assert terms("…", ENGLISH) == []


def test_scores_are_those_of_bm25_worked_out_by_hand() -> None:
    words = words_of(TEXTS)
    cats = [bm25(2, 1, 3), bm25(2, 2, 6), 0]
    milk = [bm25(1, 1, 3), 0, 0]
    assert words.scores("cats") == pytest.approx(cats)
    # "drink" stands in the same texts as "milk", as often.
    assert words.scores("Does a cat drink the milk?") == pytest.approx(np.array([cats, milk, milk]).sum(axis=0))


def test_a_word_that_is_asked_for_twice_counts_twice() -> None:
    words = words_of(TEXTS)
    assert words.scores("cats cats") == pytest.approx(2 * words.scores("cats"))


def test_a_word_that_is_not_known_changes_nothing() -> None:
    words = words_of(TEXTS)
    assert words.scores("purple cats").tolist() == words.scores("cats").tolist()


@pytest.mark.parametrize("question", ["purple zebras", "what is it", "", "…"])
def test_a_question_without_a_known_word_scores_zero_everywhere(question: str) -> None:
    assert words_of(TEXTS).scores(question).tolist() == [0, 0, 0]


def test_one_passage_is_enough() -> None:
    words = words_of(["Cats drink milk."])
    assert words.scores("cats") == pytest.approx([log(1 + 0.5 / 1.5) / (1 + K1)])
    assert words.scores("dogs").tolist() == [0]


@pytest.mark.parametrize("silent", ["", "…", "It is what it is."])
def test_a_passage_without_words_of_its_own_is_never_found(silent: str) -> None:
    words = words_of(["Cats drink milk.", silent, "Dogs bark."])
    assert words.scores("cats milk")[0] > 0
    assert set(words._bm25.vocab_dict) == {"cat", "drink", "milk", "dog", "bark", ""}
    for question in ("cats", "dogs", "what is it", ""):
        assert words.scores(question)[1] == 0


def test_passages_without_any_word_are_never_found() -> None:
    assert words_of(["…", "It is."]).scores("cats").tolist() == [0, 0]


def test_what_was_saved_is_found_again(tmp_path: Path) -> None:
    built = words_of(TEXTS)
    built.save(tmp_path)
    loaded = Words.load(tmp_path, size=3, language=ENGLISH)
    for question in ("cats", "Do dogs chase birds?", "purple"):
        assert loaded.scores(question).tolist() == built.scores(question).tolist()


def test_terms_are_numbered_as_they_come_so_that_every_process_writes_the_same(tmp_path: Path) -> None:
    words_of(TEXTS).save(tmp_path)
    vocabulary = json.loads((tmp_path / "words" / "vocab.index.json").read_text())
    known = [term for term in sorted(vocabulary, key=vocabulary.__getitem__) if term]
    assert known == ["cat", "drink", "milk", "dog", "chase", "bird", "sing"]


def test_another_number_of_passages_is_refused_with_both_counts(tmp_path: Path) -> None:
    words_of(TEXTS).save(tmp_path)
    with pytest.raises(DamagedIndexError, match=r"words has 3 passages instead of 4; run 'acobot index --full'"):
        Words.load(tmp_path, size=4, language=ENGLISH)


@pytest.mark.parametrize(
    "name",
    [
        "data.csc.index.npy",
        "indices.csc.index.npy",
        "indptr.csc.index.npy",
        "params.index.json",
        "vocab.index.json",
    ],
)
@pytest.mark.parametrize("content", [b"", b"[]", b'{"a', None], ids=["empty", "list", "cut off", "missing"])
def test_files_that_cannot_be_read_are_named(tmp_path: Path, name: str, content: bytes | None) -> None:
    words_of(TEXTS).save(tmp_path)
    path = tmp_path / "words" / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match="words cannot be read"):
        Words.load(tmp_path, size=3, language=ENGLISH)


def test_parameters_of_another_version_are_refused(tmp_path: Path) -> None:
    words_of(TEXTS).save(tmp_path)
    (tmp_path / "words" / "params.index.json").write_text('{"num_docs": 3, "k9": 1}')
    with pytest.raises(DamagedIndexError, match=r"words cannot be read.*'k9'"):
        Words.load(tmp_path, size=3, language=ENGLISH)


def test_the_files_are_plain(tmp_path: Path) -> None:
    words_of(TEXTS).save(tmp_path)
    files = sorted(path.name for path in (tmp_path / "words").iterdir())
    assert all(name.endswith((".npy", ".json")) for name in files)
    for name in files:
        if name.endswith(".npy"):
            np.load(tmp_path / "words" / name, allow_pickle=False)
