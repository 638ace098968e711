"""The words that the sources are written in, in small letters, and how often each stands there: a line a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from acobot.errors import DamagedIndexError
from acobot.languages import LETTERS

FILE = "vocabulary.txt"


def count_words(texts: Iterable[str]) -> dict[str, int]:
    """Every word of the texts, in order of the alphabet."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(word.casefold() for word in LETTERS.findall(text))
    return dict(sorted(counted.items()))


def save_vocabulary(vocabulary: dict[str, int], folder: Path) -> None:
    """Writes the file."""
    lines = "".join(f"{word} {count}\n" for word, count in vocabulary.items())
    (folder / FILE).write_text(lines, encoding="utf-8", newline="\n")


def load_vocabulary(folder: Path) -> dict[str, int]:
    """Reads the file. Raises `DamagedIndexError`."""
    try:
        pairs = (line.split(" ") for line in (folder / FILE).read_text(encoding="utf-8").splitlines())
        return {word: int(count) for word, count in pairs}
    except (OSError, ValueError) as error:
        raise DamagedIndexError(f"{folder / FILE} cannot be read ({error}); run 'acobot index --full'") from None
