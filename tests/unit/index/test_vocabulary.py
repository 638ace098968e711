from pathlib import Path

import pytest

from acobot.errors import DamagedIndexError
from acobot.index.vocabulary import FILE, count_words, load_vocabulary, save_vocabulary


def test_words_are_counted_in_small_letters_and_kept(tmp_path: Path) -> None:
    counted = count_words(["Cats and cats.", "Ten 10 cafés, and İstanbul"])
    assert counted["cats"] == 2
    assert counted["and"] == 2
    assert "10" not in counted
    save_vocabulary(counted, tmp_path)
    assert load_vocabulary(tmp_path) == counted


@pytest.mark.parametrize("written", ["cats two\n", "cats\n", "a b 3\n"])
def test_a_damaged_file_is_named(tmp_path: Path, written: str) -> None:
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(DamagedIndexError, match="vocabulary"):
        load_vocabulary(tmp_path)
