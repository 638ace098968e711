"""Everyday words in a question → beside them, in brackets, the terms that the sources use for the same thing.

"Will I be seen for nothing?" is searched for, and read, as "Will I be seen for nothing (free of charge)?" where the
sources have these words. Pure text: is given the sources' words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

from acobot.index import Vocabulary
from acobot.languages import WORD, Language, stemmed

MOST_TERMS = 2  # for one phrase
LEAST_STEM = 3  # letters: too many words begin like a shorter one

Phrase = tuple[str, ...]  # the stems of its words


def put_formally(text: str, vocabulary: Vocabulary, language: Language) -> str:
    """The text with the terms for each everyday phrase behind it, the longest phrase first; none that stands there."""
    phrases = _phrases(language)
    longest = max(map(len, phrases), default=0)
    words = list(WORD.finditer(text))
    stems = _plainly((word[0] for word in words), language)
    said, put, done, at = set(stems), list[str](), 0, 0
    while at < len(words):
        sizes = range(min(longest, len(words) - at), 0, -1)
        told = ((size, phrases.get(tuple(stems[at : at + size]), ())) for size in sizes)
        usable = ((size, _usable(terms, said, vocabulary, language)) for size, terms in told)
        size, terms = next((one for one in usable if one[1]), (1, []))
        at += size
        if terms:
            end = words[at - 1].end()
            put.append(f"{text[done:end]} ({', '.join(terms)})")
            done = end
            said.update(*(_stems(term, language) for term in terms))
    return "".join([*put, text[done:]])


def _usable(terms: Sequence[str], said: set[str], vocabulary: Vocabulary, language: Language) -> list[str]:
    """The first terms that the sources use and that are not `said`, by their stems."""
    used = (
        term for term in terms if not said.issuperset(_stems(term, language)) and _is_used(term, vocabulary, language)
    )
    return list(islice(used, MOST_TERMS))


def _is_used(term: str, vocabulary: Vocabulary, language: Language) -> bool:
    """Whether the sources have all words of a term, in whatever form, but those of grammar."""
    words = term.split()
    return all(
        word in language.words.stop or word in vocabulary or _has_form(wanted, vocabulary, language)
        for word, wanted in zip(words, stemmed(words, language), strict=True)
    )


def _has_form(wanted: str, vocabulary: Vocabulary, language: Language) -> bool:
    """Whether any of the sources' words has a stem; the last letter of a long one may be the stem's alone ("charity")."""
    if len(wanted) < LEAST_STEM:
        return False
    near = vocabulary.beginning(wanted[:-1] if len(wanted) > LEAST_STEM else wanted)
    return wanted in stemmed(near, language)


@lru_cache(maxsize=8)
def _phrases(language: Language) -> Mapping[Phrase, tuple[str, ...]]:
    """The terms for each phrase; of phrases that are forms of each other, those of all."""
    found: dict[Phrase, tuple[str, ...]] = {}
    words = [WORD.findall(phrase) for phrase in language.everyday]
    stems = iter(_plainly(chain.from_iterable(words), language))
    for own, terms in zip(words, language.everyday.values(), strict=True):
        phrase = tuple(islice(stems, len(own)))
        found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), *terms)))
    return found


def _stems(text: str, language: Language) -> Phrase:
    return tuple(_plainly(WORD.findall(text), language))


def _plainly(words: Iterable[str], language: Language) -> list[str]:
    """The stem of each word, of a form that no ending tells that of its verb: "paid" is a form of "pay"."""
    return stemmed((language.words.irregular.get(word.casefold(), word) for word in words), language)
