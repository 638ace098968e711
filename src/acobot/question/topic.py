"""What a question is about: its names and terms, with their places. Pure text; no tagger.

A term is a run of neighbouring words that are neither grammar nor verbs nor chatter. Whether a word is a verb is told by
the language's lists, and for those that are nouns as well ("cost", "plan") by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from acobot.languages import Language, base_forms, without_possessive

_MARKER = re.compile(r"\[\d{1,2}\]")
_TERM_WORD = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")  # with what joins the parts of a term
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z&.\d]*s?(?:['’]s)?|(?=.*[A-Z])[A-Za-z]*\d[\w-]*|\d{3,}")
_LETTER = re.compile(r"[A-HJ-Z]")  # that tells things apart ("Zone B"); "I" is a word
_MARK = re.compile(rf"\d{{1,2}}|{_LETTER.pattern}")
_BETWEEN = re.compile(r"[ ]|['’] ")  # what may stand between two words of a term
SHORT_WORD = 3  # letters: of so short a word an ending is part of the word
_SENTENCE_END = re.compile(r"(?:[.!?:;]\s+|\n|^)\W*$")


class Kind(Enum):
    """What sort of thing a term names: only things of one sort can stand for each other."""

    NAME = "name"
    ABBREVIATION = "abbreviation"
    PEOPLE = "people"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term at [start, end) of its text; `name_start` and `name_end` are of the words in capitals within.

    So they are of a number or letter right behind those, by which things of one name are told apart ("Ward 4").
    """

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


def find_terms(text: str, language: Language) -> list[Term]:
    """The names and terms of a text in order, each once."""
    text = _MARKER.sub(lambda match: " " * len(match[0]), text)
    words = list(_TERM_WORD.finditer(text))
    verb = _main_verb(text, words, language)
    runs: list[list[re.Match[str]]] = []
    for place, word in enumerate(words):
        if place == verb or not _says_something(text, words, place, language):
            continue
        before = runs[-1][-1] if runs else None
        if before and _joins(text, runs[-1], word, language):
            runs[-1].append(word)
        else:
            runs.append([word])
    found = {term.text.casefold(): term for term in reversed([_term(text, run, language) for run in runs])}
    return list(found.values())[::-1]


def content_words(text: str, language: Language) -> list[str]:
    """The words of a text that are not grammar or words of asking, in order, each once."""
    words = [match[0] for match in _TERM_WORD.finditer(_MARKER.sub("", text))]
    kept = [word for word in words if not is_grammar(word, language)]
    return list({word.casefold(): word for word in reversed(kept)}.values())[::-1]


def is_grammar(word: str, language: Language) -> bool:
    """Whether a word says how a question is put, not what it is about."""
    folded, stop = word.casefold().replace("’", "'"), language.words.stop
    folded = language.words.contractions.get(folded, folded)
    return folded in stop or folded in language.topic.asking or without_possessive(folded, language) in stop


def bare(word: str, language: Language) -> str:
    """A word without its possessive or plural ending, in small letters."""
    folded = without_possessive(word.casefold(), language)
    ending = language.topic.plural_ending
    return folded.removesuffix(ending) if len(folded) > SHORT_WORD else folded


def _term(text: str, run: Sequence[re.Match[str]], language: Language) -> Term:
    start, end = run[0].start(), run[-1].end()
    capitals = [word for word in run if _in_capitals(text, word, language)]
    if any(not _ABBREVIATION.fullmatch(word[0]) for word in capitals) and (
        run[0][0][0].isupper() or run[0][0].isdigit()
    ):
        capitals = [run[0], *(word for word in capitals if word is not run[0])]
    kind = Kind.PLAIN
    if any(_ABBREVIATION.fullmatch(word[0]) for word in run):
        kind = Kind.ABBREVIATION
    if any(not _ABBREVIATION.fullmatch(word[0]) for word in capitals):
        kind = Kind.NAME
    if run[-1][0].casefold() in language.topic.people and kind is not Kind.NAME:
        kind = Kind.PEOPLE
    named = capitals if kind in {Kind.NAME, Kind.ABBREVIATION} and capitals else run
    marks = [word for word in run if word.start() == named[-1].end() + 1 and _MARK.fullmatch(word[0])]
    return Term(text[start:end], start, end, kind, named[0].start(), [*named, *marks][-1].end())


def _in_capitals(text: str, word: re.Match[str], language: Language) -> bool:
    """Whether a word is a name by its capital, which at the beginning of a sentence says nothing.

    Where all nouns have capitals, no capital does, nor does that of a letter alone.
    """
    if _LETTER.fullmatch(word[0]):
        return False
    if not word[0][0].isupper() or language.topic.nouns_in_capitals:
        return bool(_ABBREVIATION.fullmatch(word[0]))
    return bool(_ABBREVIATION.fullmatch(word[0])) or not _SENTENCE_END.search(text, 0, word.start())


def _joins(text: str, run: Sequence[re.Match[str]], word: re.Match[str], language: Language) -> bool:
    between = text[run[-1].end() : word.start()]
    if _BETWEEN.fullmatch(between):
        return True
    if not (run[-1][0][0].isupper() and word[0][0].isupper()):
        return False
    inside = bool(language.topic.inside_a_name.search(text, run[0].start(), run[-1].end()))
    return bool(language.topic.inside_a_name.fullmatch(between)) or (
        between == f" {language.topic.conjunction} " and inside
    )


def _says_something(text: str, words: Sequence[re.Match[str]], place: int, language: Language) -> bool:
    topic = language.topic
    word = words[place][0]
    folded = word.casefold().replace("’", "'")
    if (
        _in_capitals(text, words[place], language)
        and (len(word) > 1 or word.isdigit())
        and not is_grammar(word, language)
    ):
        return True
    if _LETTER.fullmatch(word) and place and text[words[place - 1].end() : words[place].start()] == " ":
        return _says_something(text, words, place - 1, language)  # "Zone B", "Plan A"
    if is_grammar(word, language) or folded in topic.chatter or (len(folded) < 2 and not folded.isdigit()):
        return False
    if _ends(folded, topic.adverb_ending) and folded not in topic.not_adverbs:
        return False
    bases = base_forms(folded, language)
    if bases & topic.verbs:
        return False
    before = words[place - 1][0] if place else ""
    if bases & topic.verbs_and_nouns and topic.leads_to_a_verb.match(before):
        return False
    is_doing = _ends(folded, topic.gerund_ending) and folded not in topic.nouns_in_ing and bases & topic.verbs_and_nouns
    return not ((is_doing or _is_participle(folded, language)) and not _noun_follows(text, words, place, language))


def _main_verb(text: str, words: Sequence[re.Match[str]], language: Language) -> int | None:
    """The place of the verb of a question that opens with an auxiliary ("do", "will" …), where the verb may be a noun as well.

    It is the last such word of its run that has another after it, or the last of all.
    """
    asks = language.topic.asks_first.search(text)
    if asks is None:
        return None
    run: list[int] = []
    for place, word in enumerate(words):
        if word.start() < asks.end():
            continue
        if not is_grammar(word[0], language) and (not run or run[-1] == place - 1):
            run.append(place)
        elif run:
            break
    if any(base_forms(words[place][0].casefold(), language) & language.topic.verbs for place in run):
        return None
    either = language.topic.verbs_and_nouns
    also = [place for place in run[1:] if words[place][0].islower() and base_forms(words[place][0], language) & either]
    with_object = [place for place in also if place != run[-1]]
    return next(reversed(with_object or also), None)


def _noun_follows(text: str, words: Sequence[re.Match[str]], place: int, language: Language) -> bool:
    if place + 1 >= len(words) or not _BETWEEN.fullmatch(text[words[place].end() : words[place + 1].start()]):
        return False
    return (
        not is_grammar(words[place + 1][0], language) and words[place + 1][0].casefold() not in language.topic.chatter
    )


def _is_participle(folded: str, language: Language) -> bool:
    topic = language.topic
    return _ends(folded, topic.participle_ending) and not topic.not_participles.fullmatch(folded)


def _ends(folded: str, ending: str) -> bool:
    """Whether a word has an ending, which a language may lack: ""."""
    return bool(ending) and folded.endswith(ending)
