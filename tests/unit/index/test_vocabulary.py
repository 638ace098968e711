from pathlib import Path

import pytest

from acobot.errors import DamagedIndexError
from acobot.index.vocabulary import FILE, Vocabulary, count_words, load_vocabulary, save_vocabulary


def test_words_are_counted_in_small_letters_and_kept(tmp_path: Path) -> None:
    counted = count_words(["Cats and cats.", "Ten 10 cafés, and İstanbul"])
    assert counted["cats"] == 2
    assert counted["and"] == 2
    assert "10" not in counted
    save_vocabulary(counted, tmp_path)
    kept = load_vocabulary(tmp_path)
    assert {word: kept[word] for word in counted} == counted
    assert len(kept) == len(counted)


def test_words_are_found_by_their_beginning(tmp_path: Path) -> None:
    words = Vocabulary.of({"cat": 2, "çay": 1, "cats": 1, "dog": 3, "许可": 1})
    assert list(words.beginning("c")) == ["cat", "cats"]
    assert list(words.beginning("x")) == []
    assert words.initials == {"c", "ç", "d", "许"}
    assert "cat" in words
    assert "ca" not in words
    assert "zebra" not in words


def test_words_are_found_by_their_beginning_and_size_in_letters() -> None:
    words = Vocabulary.of({"c": 1, "cat": 20, "cats": 1, "catnip": 7, "crème": 3, "i̇zmir": 1, "ça": 1, "çay": 1})
    assert words.of_size("c", range(3, 6)) == ["cat", "cats", "crème"]
    assert words.of_size("ç", range(3, 4)) == ["çay"]
    assert words.of_size("i", range(6, 7)) == ["i̇zmir"]
    assert words.of_size("ç", range(4, 9)) == words.of_size("x", range(1, 9)) == []


def test_sources_may_have_no_words(tmp_path: Path) -> None:
    save_vocabulary({}, tmp_path)
    assert list(load_vocabulary(tmp_path).beginning("c")) == []
    assert load_vocabulary(tmp_path).of_size("c", range(1, 9)) == []
    assert "cat" not in load_vocabulary(tmp_path)


@pytest.mark.parametrize("written", ["cats two\n", "cats\n", "a b 3\n"])
def test_a_damaged_file_is_named(tmp_path: Path, written: str) -> None:
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(DamagedIndexError, match="vocabulary"):
        load_vocabulary(tmp_path)
