"""Word search over passages: BM25 (Robertson & Zaragoza 2009) by bm25s, over stems; higher is better.

Knows only texts and passage numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from acobot.encoder import Floats
from acobot.errors import DamagedIndexError
from acobot.index.arrays import UNREADABLE
from acobot.index.bm25 import bm25s
from acobot.index.reading import cannot_be_read
from acobot.languages import Language, terms

FOLDER = "words"


class Words:
    """A BM25 index over passages, numbered as they were given."""

    def __init__(self, bm25: bm25s.BM25, size: int, language: Language) -> None:
        self._bm25 = bm25
        self._size = size
        self._language = language

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]], language: Language) -> Words:
        """An index of the terms of every passage; there is at least one."""
        # Left to itself, bm25s numbers the terms in the order of a set, which is another one in every process.
        vocabulary: dict[str, int] = {}
        # bm25s cannot index a text without words: an empty term, which no question holds, stands for "none".
        numbered = [[vocabulary.setdefault(term, len(vocabulary)) for term in found or [""]] for found in passages]
        bm25 = bm25s.BM25(csc_backend="numpy")  # the same way, whether scipy is installed or not
        bm25.index((numbered, vocabulary), show_progress=False)
        return cls(bm25, len(numbered), language)

    def save(self, folder: Path) -> None:
        self._bm25.save(folder / FOLDER, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int, language: Language) -> Words:
        """The index of `size` passages. Raises `DamagedIndexError` or `UnreadableIndexError`."""
        try:
            bm25 = bm25s.BM25.load(folder / FOLDER, mmap=True)
            found = int(bm25.scores["num_docs"])
        except (*UNREADABLE, KeyError, TypeError, AttributeError) as error:
            raise cannot_be_read(folder / FOLDER, error) from None
        if found != size:
            raise DamagedIndexError(
                f"{folder / FOLDER} has {found} passages instead of {size}; run 'acobot index --full'"
            )
        return cls(bm25, size, language)

    def scores(self, text: str, among: Sequence[range] | None = None) -> Floats:
        """The BM25 score of every passage (passages,), 0 for those in none of the ranges `among`.

        All zero where no word of the text is known.
        """
        known = [term for term in terms(text, self._language) if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores = np.asarray(self._bm25.get_scores(known), dtype=np.float32)
        if among is None:
            return scores
        kept = np.zeros_like(scores)
        for own in among:
            kept[own.start : own.stop] = scores[own.start : own.stop]
        return kept
