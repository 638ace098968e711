"""Abbreviations that texts introduce, such as "Clinical Commissioning Groups (CCGs)": text in, pairs out.

The method is Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text", with plurals put in the singular. Knows no source and no list of abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_IN_BRACKETS = re.compile(r"\(([A-Za-z][A-Za-z&/.-]{1,9})(?:[;,][^)]*)?\)")
_WORD = re.compile(r"[^\W_][\w'’&/-]*")
_PART = re.compile(r"[^\W_][\w'’&]*")
_POSSESSIVE = re.compile(r"['’]s?$")
# Words of small letters that are never meant as an abbreviation ("who pays" is not the WHO).
_PLAIN = re.compile(
    r"all|and|any|are|but|can|did|for|get|had|has|her|him|his|how|its|may|nor|not|now|off|one|our|out|own|per|she|the|too|"
    r"two|use|was|way|who|why|yet|you"
)
# Where a long form may begin: at a word, but for the small ones inside names.
_BEGINS = re.compile(r"(?<![^\W_])(?!(?:and|at|by|for|in|of|on|the|to|with)\b)")


def learn_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Pairs (short, long) as the text writes them, in the singular: ("CCG", "Clinical Commissioning Group")."""
    for match in _IN_BRACKETS.finditer(text):
        short = match[1]
        if sum(char.isupper() for char in short) < 2:
            continue
        plural = short.endswith("s") and short[:-1].isupper()
        short = short[:-1] if plural else short
        before = text[max(0, match.start() - 200) : match.start()].rstrip().rstrip("\"”'’")
        long = _long_form(short, _POSSESSIVE.sub("", re.split(r"[.;:!?()\[\]\n]", before)[-1]))
        if long:
            yield short, _singular(long) if plural else long


def spell_out(text: str, abbreviations: Mapping[str, str]) -> str:
    """The text with the long form in brackets after each known abbreviation's first use, unless it stands there.

    Written in capitals or small letters, an abbreviation of three letters and more is known either way.
    """
    said = text.casefold()
    done: set[str] = set()

    def expand(match: re.Match[str]) -> str:
        said_as = match[0]
        word = _POSSESSIVE.sub("", said_as)
        stem = word[:-1] if word.endswith("s") and word[:-1] in abbreviations else word
        stem = stem if stem in abbreviations else _known_in_capitals(word, abbreviations)
        long = abbreviations.get(stem, "")
        if not long and ("/" in word or "-" in word):
            return _PART.sub(expand, said_as)
        if not long or stem in done or long.casefold() in said:
            return said_as
        done.add(stem)
        return f"{said_as} ({long})"

    return _WORD.sub(expand, text)


def unspell(text: str, abbreviations: Mapping[str, str]) -> str:
    """The text without the long forms in brackets that `spell_out` adds, so that both ways of asking are alike."""
    for long in dict.fromkeys(abbreviations.values()):
        text = text.replace(f" ({long})", "")
    return text


def shorten(text: str, abbreviations: Mapping[str, str]) -> str:
    """The text with each long form that has an abbreviation put as that: "accountable care organisations" as "ACOs"."""
    folded = text.casefold()
    held = [(short, long) for short, long in abbreviations.items() if _singular(long).casefold() in folded]
    for short, long in sorted(held, key=lambda pair: (-len(pair[1]), pair[0])):
        pattern = re.compile(rf"\b{re.escape(_singular(long))}(s?)\b", re.IGNORECASE)
        text = pattern.sub(rf"{re.escape(short)}\1" if short.isalnum() else short, text)
    return text


def choose_long_forms(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One long form an abbreviation; one with two meanings is left out, for a wrong one would mislead.

    Capitals and a plural do not make another meaning; the shortest form stands for all.
    """
    forms: dict[str, dict[str, list[str]]] = {}
    for short, long in sorted(pairs):
        forms.setdefault(short, {}).setdefault(_singular(long).casefold(), []).append(long)
    return {short: min(next(iter(longs.values())), key=len) for short, longs in forms.items() if len(longs) == 1}


def _known_in_capitals(word: str, abbreviations: Mapping[str, str]) -> str:
    upper = "" if _PLAIN.fullmatch(word) else word.upper()
    if len(word) >= 3 and word.islower() and upper in abbreviations:
        return upper
    if len(word) >= 4 and word.islower() and word.endswith("s") and upper[:-1] in abbreviations:
        return upper[:-1]
    return ""


def _long_form(short: str, before: str) -> str:
    """The shortest run of words before the bracket that spells the letters, begun by the first; or nothing."""
    letters = [char for char in short.lower() if char.isalnum()]
    words = list(_WORD.finditer(before))
    window = words[-min(len(letters) + 5, len(letters) * 2) :]
    if not window:
        return ""
    text = before[window[0].start() :].lower()
    place = len(text)
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        place = text.rfind(letter, 0, place)
        while first and place >= 0 and not _BEGINS.match(text, place):
            place = text.rfind(letter, 0, place)
        if place < 0:
            return ""
    long = before[window[0].start() + place :].strip()
    spelled = len(long.split())
    return (
        long if spelled > 1 and spelled <= len(letters) + 5 and short.casefold() not in long.casefold().split() else ""
    )


def _singular(long: str) -> str:
    """The long form with its last word in the singular, for the plurals that names of bodies take."""
    if long.endswith("ies"):
        return long[:-3] + "y"
    return long[:-1] if long.endswith("s") and not long.endswith("ss") else long
