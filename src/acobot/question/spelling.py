"""Misspelt words → the sources' words that were meant. Pure text: is given the words and who knows a word.

Only what neither the sources nor the model's own vocabulary knows is mended, and only into a word of the sources that
begins alike and is one or two slips away (optimal string alignment: a letter wrong, missing, too many, or two swapped;
Damerau 1964).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from acobot.index import Vocabulary

SHORTEST = 4  # letters: shorter words have too many neighbours
TWO_SLIPS_FROM = 10  # letters: from this length on two slips are forgiven

# Words in capitals, and parts of what is written with digits or signs, are left alone.
_MENDABLE = re.compile(r"(?<![\w'’&/-])[^\W\d_](?:(?![A-Z])[^\W\d_])+(?![\w&/-])")


def mend_spelling(text: str, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> str:
    """The text with its misspelt words replaced; `vocabulary` are the sources' words in small letters, and how often."""
    return _MENDABLE.sub(lambda match: _mend(match[0], vocabulary, is_word), text)


def _mend(word: str, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> str:
    folded = word.casefold()
    if len(word) < SHORTEST or folded in vocabulary or is_word(folded):
        return word
    slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
    beginning_alike = [one for one in vocabulary.beginning(folded[0]) if abs(len(one) - len(folded)) <= slips]
    near = process.extract(folded, beginning_alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    alike = [found for found, _, _ in near]
    if not alike:
        return word
    meant = min(alike, key=lambda found: (_oddness(folded, found), -vocabulary[found], found))
    return meant.capitalize() if word[0].isupper() else meant


def _oddness(typed: str, meant: str) -> int:
    """Letters are left out or swapped more often than put in, and more often than mistaken for others."""
    if len(meant) > len(typed) or sorted(meant) == sorted(typed):
        return 0
    return 1 if len(meant) < len(typed) else 2
