"""Abbreviations that texts introduce, such as "Clinical Commissioning Groups (CCGs)": text in, pairs out.

The method is Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text", with plurals put in the singular. Knows no source and no list of abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from acobot.languages import LETTERS, SPOKEN, Language, singular, without_possessive

_IN_BRACKETS = re.compile(r"\(([A-Za-z][A-Za-z&/.-]{1,9})(?:[;,][^)]{0,200})?\)")
_PART = re.compile(r"[^\W_][\w'’&]*")
_NEW_WORD = re.compile(r"(?<![^\W_])")


def learn_abbreviations(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Pairs (short, long) as the text writes them, in the singular: ("CCG", "Clinical Commissioning Group")."""
    for match in _IN_BRACKETS.finditer(text):
        short = match[1]
        if sum(char.isupper() for char in short) < 2:
            continue
        plural = short.endswith("s") and short[:-1].isupper()
        short = short[:-1] if plural else short
        before = text[max(0, match.start() - 200) : match.start()].rstrip().rstrip("\"”'’")
        long = _long_form(short, without_possessive(re.split(r"[.;:!?()\[\]\n]", before)[-1], language), language)
        if long:
            yield short, singular(long, language) if plural else long


def spell_out(text: str, abbreviations: Mapping[str, str], language: Language) -> str:
    """The text with the long form in brackets after each known abbreviation's first use, unless it stands there.

    Written in capitals or small letters, an abbreviation of three letters and more is known either way.
    """
    said = text.casefold()
    done: set[str] = set()

    def expand(match: re.Match[str]) -> str:
        said_as = match[0]
        word = without_possessive(said_as, language)
        stem = word[:-1] if word.endswith("s") and word[:-1] in abbreviations else word
        stem = stem if stem in abbreviations else _known_in_capitals(word, abbreviations, language)
        long = abbreviations.get(stem, "")
        if not long and ("/" in word or "-" in word):
            return _PART.sub(expand, said_as)
        if not long or stem in done or long.casefold() in said:
            return said_as
        done.add(stem)
        return f"{said_as} ({long})"

    return SPOKEN.sub(expand, text)


def unspell(text: str, abbreviations: Mapping[str, str]) -> str:
    """The text without the long forms in brackets that `spell_out` adds, so that both ways of asking are alike."""
    for long in dict.fromkeys(abbreviations.values()):
        text = text.replace(f" ({long})", "")
    return text


def shorten(text: str, abbreviations: Mapping[str, str], language: Language) -> str:
    """The text with each long form that has an abbreviation put as that: "clinical commissioning groups" as "CCGs"."""
    folded = text.casefold()
    held = [(short, long) for short, long in abbreviations.items() if singular(long, language).casefold() in folded]
    for short, long in sorted(held, key=lambda pair: (-len(pair[1]), pair[0])):
        pattern = re.compile(rf"\b{re.escape(singular(long, language))}(s?)\b", re.IGNORECASE)
        text = pattern.sub(rf"{re.escape(short)}\1" if short.isalnum() else short, text)
    return text


def choose_long_forms(pairs: Iterable[tuple[str, str]], language: Language) -> dict[str, str]:
    """One long form an abbreviation; one with two meanings is left out, for a wrong one would mislead.

    Capitals and a plural do not make another meaning; the shortest form stands for all.
    """
    forms: dict[str, dict[str, list[str]]] = {}
    for short, long in sorted(pairs):
        forms.setdefault(short, {}).setdefault(singular(long, language).casefold(), []).append(long)
    return {short: min(next(iter(longs.values())), key=len) for short, longs in forms.items() if len(longs) == 1}


def _known_in_capitals(word: str, abbreviations: Mapping[str, str], language: Language) -> str:
    upper = "" if word in language.words.never_abbreviations else word.upper()
    if len(word) >= 3 and word.islower() and upper in abbreviations:
        return upper
    if len(word) >= 4 and word.islower() and word.endswith("s") and upper[:-1] in abbreviations:
        return upper[:-1]
    return ""


def _long_form(short: str, before: str, language: Language) -> str:
    """The shortest run of words before the bracket that spells the letters, begun by the first; or nothing."""
    letters = [char for char in short.lower() if char.isalnum()]
    words = list(SPOKEN.finditer(before))
    window = words[-min(len(letters) + 5, len(letters) * 2) :]
    if not window:
        return ""
    text = before[window[0].start() :].lower()
    place = len(text)
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        place = text.rfind(letter, 0, place)
        while first and place >= 0 and not _begins(text, place, language):
            place = text.rfind(letter, 0, place)
        if place < 0:
            return ""
    long = before[window[0].start() + place :].strip()
    spelled = len(long.split())
    return (
        long if spelled > 1 and spelled <= len(letters) + 5 and short.casefold() not in long.casefold().split() else ""
    )


def _begins(text: str, place: int, language: Language) -> bool:
    """Whether a long form may begin there: at a word, but for the small ones inside names."""
    word = LETTERS.match(text, place)
    return bool(_NEW_WORD.match(text, place)) and not (word and word[0] in language.words.small)
