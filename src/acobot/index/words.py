"""Word search over passages: BM25 (Robertson & Zaragoza 2009) by bm25s, over stems; higher is better.

Knows only texts and passage numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from acobot.encoder import Floats
from acobot.errors import DamagedIndexError
from acobot.index.arrays import UNREADABLE

FOLDER = "words"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# Words of grammar: they say how a question is put, not what it is about.
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "aren't",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "between",
        "both",
        "but",
        "by",
        "can",
        "can't",
        "could",
        "couldn't",
        "did",
        "didn't",
        "do",
        "does",
        "doesn't",
        "doing",
        "don't",
        "done",
        "down",
        "during",
        "each",
        "else",
        "few",
        "for",
        "from",
        "further",
        "get",
        "gets",
        "give",
        "given",
        "go",
        "goes",
        "going",
        "got",
        "had",
        "has",
        "hasn't",
        "have",
        "haven't",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "herself",
        "him",
        "himself",
        "his",
        "how",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "if",
        "in",
        "into",
        "is",
        "isn't",
        "it",
        "it's",
        "its",
        "itself",
        "just",
        "let",
        "like",
        "made",
        "make",
        "may",
        "me",
        "might",
        "mine",
        "more",
        "most",
        "much",
        "must",
        "my",
        "myself",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "ought",
        "our",
        "ours",
        "ourselves",
        "out",
        "over",
        "own",
        "please",
        "same",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "tell",
        "than",
        "that",
        "that's",
        "the",
        "their",
        "theirs",
        "them",
        "themselves",
        "then",
        "there",
        "there's",
        "these",
        "they",
        "they're",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "was",
        "wasn't",
        "we",
        "we're",
        "were",
        "weren't",
        "what",
        "what's",
        "when",
        "where",
        "which",
        "while",
        "who",
        "who's",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "won't",
        "would",
        "wouldn't",
        "yes",
        "yet",
        "you",
        "you'll",
        "you're",
        "your",
        "yours",
        "yourself",
        "yourselves",
    ]
)
_STEMMER = Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """The stems of a text's words, in order, without words of grammar."""
    words = (match[0].casefold().replace("’", "'") for match in _WORD.finditer(text))
    kept = [_POSSESSIVE.sub("", word) for word in words if word not in STOP_WORDS]
    return [str(stem) for stem in _STEMMER.stemWords([word for word in kept if word])]


class Words:
    """A BM25 index over passages, numbered as they were given."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25 = bm25
        self._size = size

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]]) -> Words:
        """An index of the terms of every passage; there is at least one."""
        # Left to itself, bm25s numbers the terms in the order of a set, which is another one in every process.
        vocabulary: dict[str, int] = {}
        # bm25s cannot index a text without words: an empty term, which no question holds, stands for "none".
        numbered = [[vocabulary.setdefault(term, len(vocabulary)) for term in found or [""]] for found in passages]
        bm25 = bm25s.BM25()
        bm25.index((numbered, vocabulary), show_progress=False)
        return cls(bm25, len(numbered))

    def save(self, folder: Path) -> None:
        self._bm25.save(folder / FOLDER, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Words:
        """The index of `size` passages. Raises `DamagedIndexError`."""
        try:
            bm25 = bm25s.BM25.load(folder / FOLDER, mmap=True)
            found = int(bm25.scores["num_docs"])
        except (*UNREADABLE, KeyError, TypeError, AttributeError) as error:
            raise DamagedIndexError(f"{folder / FOLDER} cannot be read ({error}); run 'acobot index --full'") from None
        if found != size:
            raise DamagedIndexError(
                f"{folder / FOLDER} has {found} passages instead of {size}; run 'acobot index --full'"
            )
        return cls(bm25, size)

    def scores(self, text: str) -> Floats:
        """The BM25 score of every passage (passages,); all zero where no word of the text is known."""
        known = [term for term in terms(text) if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)
