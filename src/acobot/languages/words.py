"""Words of a text in a language: what counts as one, its base forms, what a text is searched by. Pure text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

from acobot.languages.record import Language

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # letters and figures, and apostrophes inside
LETTERS = re.compile(r"[^\W\d_]+")  # letters alone
KEPT_TEXTS = 8192  # whose stems are kept, some 1 kB each
SPOKEN = re.compile(r"[^\W_][\w'’&/-]*")  # a word as it is written, with what joins its parts: "CCG/PCT", "R&D"

_BETWEEN_TWO = re.compile("[ ‐‑]")  # of the two words of a number, beside the common hyphen


def terms(text: str, language: Language) -> list[str]:
    """The stems of a text's words, in order, without words of grammar."""
    words = (match[0].casefold().replace("’", "'") for match in WORD.finditer(text))
    kept = [without_possessive(word, language) for word in words if word not in language.words.stop]
    return [str(stem) for stem in _stemmer(language.stemmer).stemWords([word for word in kept if word])]


def stemmed(words: Iterable[str], language: Language) -> list[str]:
    """The stem of each word, of grammar or not."""
    folded = [word.casefold().replace("’", "'") for word in words]
    return [str(stem) for stem in _stemmer(language.stemmer).stemWords(folded)]


@lru_cache(maxsize=KEPT_TEXTS)
def stems(text: str, language: Language) -> frozenset[str]:
    """The stems of a text of the sources, kept for the next message: not for what somebody typed."""
    return frozenset(terms(text, language))


def bracketed(text: str) -> list[tuple[int, int]]:
    """The spans of a text that stand in brackets, inner ones too; a bracket that is not closed is none."""
    opened: list[int] = []
    found = []
    for place, char in enumerate(text):
        if char == "(":
            opened.append(place)
        elif char == ")" and opened:
            found.append((opened.pop(), place + 1))
    return found


def has_words(text: str, words: str) -> bool:
    """Whether a text has some words one after another, each whole; both in small letters."""
    return bool(words) and words in text and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def without_possessive(word: str, language: Language) -> str:
    """The word without what makes it somebody's."""
    return language.words.possessive.sub("", word)


def singular(word: str, language: Language) -> str:
    """The word without its plural ending."""
    for ending, base in language.words.plurals:
        if word.endswith(ending) and not word.endswith(f"s{ending}"):
            return word.removesuffix(ending) + base
    return word


def base_forms(word: str, language: Language, endings: Sequence[tuple[str, str]] | None = None) -> set[str]:
    """What a word in small letters may be a form of, itself among them, by the verbs' endings or by others."""
    found = {word}
    for ending, base in language.words.verb_endings if endings is None else endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            bare = word.removesuffix(ending)
            found.add(bare + base)
            if ending in language.words.doubling and len(bare) > 2 and bare[-1] == bare[-2]:
                found.add(bare[:-1])
    return found


def figure(word: str, language: Language) -> str:
    """A number in words, two of them with a blank or a hyphen, in figures; any other word in small letters as it is."""
    folded = word.casefold()
    return _figures(language).get(_BETWEEN_TWO.sub("-", folded), folded)


def plain_number(written: str, language: Language) -> str:
    """A number in figures without what parts its thousands, its decimals after a point."""
    marks = language.figures
    return written.replace(marks.thousands, "").replace(marks.decimal, ".")


@lru_cache(maxsize=8)
def _figures(language: Language) -> dict[str, str]:
    return {word.casefold(): str(number) for number, word in enumerate(language.figures.numbers, start=1)}


@lru_cache(maxsize=8)
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm)
