"""An abbreviation of the question that no text has → the words of a text that it stands for, by their initials.

"EHCP" is short for "Education, Health and Care plan". Only names are looked at: all words but the last have capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acobot.evidence.ranges import Within
from acobot.languages import WORD, Language, has_words

LEAST_LETTERS, MOST_LETTERS = 4, 6  # fewer letters are mostly of something else
_ABBREVIATION = re.compile(rf"\b([A-Z]{{{LEAST_LETTERS},{MOST_LETTERS}}})s?\b")
_PARTED = re.compile(r"[.!?:;|\n]")  # between two words that are of no one name


def initials_within(question: str, texts: Sequence[str], language: Language) -> Iterator[Within]:
    """The abbreviations of a question that no text has, each with the first name that has its initials."""
    for found in _ABBREVIATION.finditer(question):
        short = found[1]
        if any(has_words(text.casefold(), short.casefold()) for text in texts):
            continue
        names = (name for text in texts for name in _named_by(short.casefold(), text, language))
        if name := next(names, ""):
            yield Within(*found.span(), f"{found[0]} ({name})")


def _named_by(short: str, text: str, language: Language) -> Iterator[str]:
    """The names of a text with these initials, small letters apart; words of grammar count for nothing."""
    words = [word for word in WORD.finditer(text) if word[0].casefold() not in language.words.stop]
    initials, size = "".join(word[0][0].casefold()[:1] for word in words), len(short)
    place = initials.find(short)
    while place >= 0:
        of_name = words[place : place + size]
        name = text[of_name[0].start() : of_name[-1].end()]
        if all(word[0][0].isupper() for word in of_name[:-1]) and not _PARTED.search(name):
            yield name
        place = initials.find(short, place + 1)
