"""The words that the sources are written in, in small letters, and how often each stands there: a line a word, sorted.

The file is mapped into memory and looked up by halves, so that a large vocabulary costs nothing on opening.
"""

from __future__ import annotations

import mmap
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from acobot.index.reading import cannot_be_read
from acobot.languages import LETTERS

FILE = "vocabulary.txt"
_LAST = "\U0010ffff"


def count_words(texts: Iterable[str]) -> dict[str, int]:
    """Every word of the texts, in order of the alphabet."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(word.casefold() for word in LETTERS.findall(text))
    return dict(sorted(counted.items()))


def save_vocabulary(counted: Mapping[str, int], folder: Path) -> None:
    """Writes the file."""
    (folder / FILE).write_bytes(_lines(counted))


def _lines(counted: Mapping[str, int]) -> bytes:
    return "".join(f"{word} {count}\n" for word, count in counted.items()).encode()


class Vocabulary:
    """Words and how often each stands in the sources, from the lines of the file."""

    def __init__(self, lines: bytes | mmap.mmap) -> None:
        self._lines = lines
        ends = np.flatnonzero(np.frombuffer(lines, dtype=np.uint8) == ord("\n"))
        self._starts = np.concatenate([[0], ends + 1])
        self._count(0 if len(ends) == 0 else len(self) - 1)  # so that a cut line is found at once

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> Vocabulary:
        """The vocabulary of these words, in any order."""
        return cls(_lines(dict(sorted(counted.items()))))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __contains__(self, word: object) -> bool:
        place = self._place(str(word))
        return place < len(self) and self._word(place) == word

    def __getitem__(self, word: str) -> int:
        return self._count(self._place(word))

    def items(self) -> Iterator[tuple[str, int]]:
        """Every word, in order, with how often it stands there."""
        return ((self._word(place), self._count(place)) for place in range(len(self)))

    def beginning(self, letter: str) -> Iterator[str]:
        """The words that begin so, in order."""
        return map(self._word, range(self._place(letter), self._place(letter + _LAST)))

    def of_size(self, letter: str, sizes: range) -> list[str]:
        """The words that begin so and have so many letters, in order; the lines of all others are passed over."""
        first, last = (int(self._starts[self._place(end)]) for end in (letter, letter + _LAST))
        lines = self._lines[first:last].decode()
        return re.findall(rf"^(\S{{{sizes.start},{sizes.stop - 1}}}) ", lines, re.MULTILINE)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The letters that any word begins with."""
        found, place = [], 0
        while place < len(self):
            found.append(self._word(place)[0])
            place = self._place(found[-1] + _LAST)
        return frozenset(found)

    def _place(self, word: str) -> int:
        """Where a word stands, or would."""
        return bisect_left(range(len(self)), word, key=self._word)

    def _word(self, place: int) -> str:
        return self._line(place)[0]

    def _count(self, place: int) -> int:
        return int(self._line(place)[1]) if len(self) else 0

    def _line(self, place: int) -> list[str]:
        return self._lines[int(self._starts[place]) : int(self._starts[place + 1]) - 1].decode().split(" ")


def load_vocabulary(folder: Path) -> Vocabulary:
    """Opens the file. Raises `DamagedIndexError` or `UnreadableIndexError`."""
    path = folder / FILE
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""  # nothing cannot be mapped
        return Vocabulary(lines)
    except (OSError, ValueError, IndexError) as error:
        raise cannot_be_read(path, error) from None
