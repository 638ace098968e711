"""Misspelt words → the sources' words that were meant. Pure text: is given the words and who knows a word.

Only what neither the sources nor the model's own vocabulary knows is mended, in this form or in the one that an ending
was put to, and only into a word of the sources that begins alike and is one or two slips away (optimal string alignment:
a letter wrong, missing, too many, or two swapped; Damerau 1964). What stands for two words ("cant") gets its apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from acobot.index import Vocabulary
from acobot.languages import Language, base_forms

SHORTEST = 4  # letters: shorter words have too many neighbours
LONG_FROM = 6  # letters: shorter words are mostly other words ("heed", "canes") unless a letter is missing or swapped
TWO_SLIPS_FROM = 10  # letters: from this length on two slips are forgiven

# Words in capitals, and parts of what is written with digits, signs or apostrophes, are left alone.
_MENDABLE = re.compile(r"(?<![\w'’&/-])[^\W\d_](?:(?![A-Z])[^\W\d_])+(?!['’]?[\w&/-])")
_CONTRACTED = re.compile(r"(?<![\w'’&/-])[^\W\d_]+['’][^\W\d_]+(?!['’]?[\w&/-])")


def mend_spelling(text: str, vocabulary: Vocabulary, is_word: Callable[[str], bool], language: Language) -> str:
    """The text with its misspelt words replaced; `vocabulary` are the sources' words in small letters, and how often."""

    def is_known(word: str) -> bool:
        return word in vocabulary or is_word(word)

    def mend(match: re.Match[str]) -> str:
        word, folded = match[0], match[0].casefold()
        if (meant := language.words.contractions.get(folded)) is None:
            known = len(word) < SHORTEST or is_known(folded) or _is_formed(folded, is_known, language)
            meant = None if known else _meant(folded, vocabulary)
        return word if meant is None else _like(meant, word)

    return _MENDABLE.sub(mend, text)


def with_and_without_apostrophes(text: str, language: Language) -> tuple[str, str]:
    """The text with the apostrophes of its contractions, and with none in them; twice the same where it has none."""
    contractions = language.words.contractions
    written_out = _MENDABLE.sub(lambda match: _like(contractions.get(match[0].casefold(), match[0]), match[0]), text)
    bare = {meant: typed for typed, meant in contractions.items()}
    return written_out, _CONTRACTED.sub(
        lambda match: _like(bare.get(match[0].casefold().replace("’", "'"), match[0]), match[0]), written_out
    )


def _like(word: str, typed: str) -> str:
    """A word with a capital where the typed one has it."""
    return word[:1].upper() + word[1:] if typed[0].isupper() else word


def _is_formed(folded: str, is_known: Callable[[str], bool], language: Language) -> bool:
    """Whether it is a known word with an ending: nobody needs to have written "carer" where "care" is known."""
    bases = base_forms(folded, language, (*language.words.verb_endings, *language.words.endings))
    return any(len(base) >= SHORTEST - 1 and base not in language.words.stop and is_known(base) for base in bases)


def _meant(folded: str, vocabulary: Vocabulary) -> str | None:
    """The word of the sources that is likeliest meant, if any is."""
    slips = 2 if len(folded) >= TWO_SLIPS_FROM else 1
    alike = vocabulary.of_size(folded[0], range(len(folded) - slips, len(folded) + slips + 1))
    near = process.extract(folded, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    meant = [found for found, _, _ in near if len(folded) >= LONG_FROM or not _oddness(folded, found)]
    return min(meant, key=lambda found: (_oddness(folded, found), -vocabulary[found], found), default=None)


def _oddness(typed: str, meant: str) -> int:
    """Letters are left out or swapped more often than put in, and more often than mistaken for others."""
    if len(meant) > len(typed) or sorted(meant) == sorted(typed):
        return 0
    return 1 if len(meant) < len(typed) else 2
