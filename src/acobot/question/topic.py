"""What a question is about: its names and terms, with their places. Pure text; no tagger, only lists and places of words.

A term is a run of neighbouring words that are neither grammar nor verbs nor chatter. Whether a word is a verb is told by
lists, and for those that are nouns as well ("cost", "plan") by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from acobot.index import STOP_WORDS
from acobot.question.words import ASKING, CHATTER, NOUNS_IN_ING, PEOPLE, VERBS, VERBS_AND_NOUNS

_MARKER = re.compile(r"\[\d{1,2}\]")
_WORD = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z&.\d]*s?(?:['’]s)?|(?=.*[A-Z])[A-Za-z]*\d[\w-]*|\d{3,}")
_LEADS_TO_A_VERB = re.compile(
    r"(?:to|not|who|i|you|we|they|he|she|it|will|would|can|could|should|may|might|must|shall|\w+n['’]?t)$",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(
    r"\b(?:do|does|did|will|would|can|could|should|may|might|must|shall|(?:do|does|did|wo|would|ca|could|should)n['’]?t)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[ ]|['’] ")  # what may stand between two words of a term
_INSIDE_A_NAME = re.compile(r" (?:of|for)(?: the)? ")
_AND = " and "
_SENTENCE_END = re.compile(r"(?:[.!?:;]\s+|\n|^)\W*$")
_NOT_PARTICIPLES = re.compile(r".*eed|hundred|sacred|\w{1,4}")
_NOT_ADVERBS = frozenset(
    ["family", "assembly", "supply", "reply", "italy", "july", "monopoly", "anomaly", "ally", "fly"]
)


class Kind(Enum):
    """What sort of thing a term names: only things of one sort can stand for each other."""

    NAME = "name"
    ABBREVIATION = "abbreviation"
    PEOPLE = "people"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term at [start, end) of its text; `name_start` and `name_end` are of the words in capitals within."""

    text: str
    start: int
    end: int
    kind: Kind
    name_start: int
    name_end: int

    @property
    def named(self) -> bool:
        """Whether it is a name or an abbreviation."""
        return self.kind in {Kind.NAME, Kind.ABBREVIATION}


def find_terms(text: str) -> list[Term]:
    """The names and terms of a text in order, each once."""
    text = _MARKER.sub(lambda match: " " * len(match[0]), text)
    words = list(_WORD.finditer(text))
    verb = _main_verb(text, words)
    runs: list[list[re.Match[str]]] = []
    for place, word in enumerate(words):
        if place == verb or not _says_something(text, words, place):
            continue
        before = runs[-1][-1] if runs else None
        if before and _joins(text, runs[-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    found = {term.text.casefold(): term for term in reversed([_term(text, run) for run in runs])}
    return list(found.values())[::-1]


def content_words(text: str) -> list[str]:
    """The words of a text that are not grammar or words of asking, in order, each once."""
    words = [match[0] for match in _WORD.finditer(_MARKER.sub("", text))]
    kept = [word for word in words if not is_grammar(word)]
    return list({word.casefold(): word for word in reversed(kept)}.values())[::-1]


def is_grammar(word: str) -> bool:
    """Whether a word says how a question is put, not what it is about."""
    folded = word.casefold().replace("’", "'")
    return folded in STOP_WORDS or folded in ASKING or folded.removesuffix("'s") in STOP_WORDS


def stem(word: str) -> str:
    """A word without its possessive or plural ending, in small letters."""
    folded = word.casefold().removesuffix("'s").removesuffix("’s")
    return folded.removesuffix("s") if len(folded) > 3 else folded


def _term(text: str, run: Sequence[re.Match[str]]) -> Term:
    start, end = run[0].start(), run[-1].end()
    capitals = [word for word in run if _in_capitals(text, word)]
    if any(not _ABBREVIATION.fullmatch(word[0]) for word in capitals) and (
        run[0][0][0].isupper() or run[0][0].isdigit()
    ):
        capitals = [run[0], *(word for word in capitals if word is not run[0])]
    kind = Kind.PLAIN
    if any(_ABBREVIATION.fullmatch(word[0]) for word in run):
        kind = Kind.ABBREVIATION
    if any(not _ABBREVIATION.fullmatch(word[0]) for word in capitals):
        kind = Kind.NAME
    if run[-1][0].casefold() in PEOPLE and kind is not Kind.NAME:
        kind = Kind.PEOPLE
    named = capitals if kind in {Kind.NAME, Kind.ABBREVIATION} and capitals else run
    return Term(text[start:end], start, end, kind, named[0].start(), named[-1].end())


def _in_capitals(text: str, word: re.Match[str]) -> bool:
    """Whether a word is a name by its capital, which at the beginning of a sentence says nothing."""
    if not word[0][0].isupper():
        return bool(_ABBREVIATION.fullmatch(word[0]))
    return bool(_ABBREVIATION.fullmatch(word[0])) or not _SENTENCE_END.search(text, 0, word.start())


def _joins(text: str, run: Sequence[re.Match[str]], word: re.Match[str]) -> bool:
    between = text[run[-1].end() : word.start()]
    if _BETWEEN.fullmatch(between):
        return True
    if not (run[-1][0][0].isupper() and word[0][0].isupper()):
        return False
    inside = bool(_INSIDE_A_NAME.search(text, run[0].start(), run[-1].end()))
    return bool(_INSIDE_A_NAME.fullmatch(between)) or (between == _AND and inside)


def _says_something(text: str, words: Sequence[re.Match[str]], place: int) -> bool:
    word = words[place][0]
    folded = word.casefold().replace("’", "'")
    if _in_capitals(text, words[place]) and (len(word) > 1 or word.isdigit()) and not is_grammar(word):
        return True
    if is_grammar(word) or folded in CHATTER or (len(folded) < 2 and not folded.isdigit()):
        return False
    if folded.endswith("ly") and folded not in _NOT_ADVERBS:
        return False
    bases = set(_bases(folded))
    if bases & VERBS:
        return False
    before = words[place - 1][0] if place else ""
    if bases & VERBS_AND_NOUNS and _LEADS_TO_A_VERB.match(before):
        return False
    is_doing = folded.endswith("ing") and folded not in NOUNS_IN_ING and bases & VERBS_AND_NOUNS
    return not ((is_doing or _is_participle(folded)) and not _noun_follows(text, words, place))


def _main_verb(text: str, words: Sequence[re.Match[str]]) -> int | None:
    """The place of the verb of a question that opens with "do", "will" …, where the verb may be a noun as well.

    It is the last such word of its run that has another after it, or the last of all.
    """
    asks = _ASKS_FIRST.search(text)
    if asks is None:
        return None
    run: list[int] = []
    for place, word in enumerate(words):
        if word.start() < asks.end():
            continue
        if not is_grammar(word[0]) and (not run or run[-1] == place - 1):
            run.append(place)
        elif run:
            break
    if any(set(_bases(words[place][0].casefold())) & VERBS for place in run):
        return None
    also = [place for place in run[1:] if words[place][0].islower() and set(_bases(words[place][0])) & VERBS_AND_NOUNS]
    with_object = [place for place in also if place != run[-1]]
    return next(reversed(with_object or also), None)


def _noun_follows(text: str, words: Sequence[re.Match[str]], place: int) -> bool:
    if place + 1 >= len(words) or not _BETWEEN.fullmatch(text[words[place].end() : words[place + 1].start()]):
        return False
    return not is_grammar(words[place + 1][0]) and words[place + 1][0].casefold() not in CHATTER


def _is_participle(folded: str) -> bool:
    return folded.endswith("ed") and not _NOT_PARTICIPLES.fullmatch(folded)


def _bases(folded: str) -> Iterator[str]:
    """What a word may be a form of."""
    yield folded
    for ending in ("s", "es", "d", "ed", "ing"):
        if folded.endswith(ending) and len(folded) > len(ending) + 1:
            bare = folded.removesuffix(ending)
            yield bare
            if ending == "ing":
                yield f"{bare}e"
            if ending in {"ed", "ing"} and len(bare) > 2 and bare[-1] == bare[-2]:
                yield bare[:-1]
            if ending in {"es", "ed"} and bare.endswith("i"):
                yield f"{bare[:-1]}y"
