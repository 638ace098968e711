"""Answered or not, how sure, and why: decided here and nowhere else.

Logistic regression over features, each of which can be read. Coefficients are part of the calibration, made by
`acobot calibrate`; how well they tell is in DECISIONS.md. A probability holds for some share of answerable questions:
that of the fit is the calibration's, and another is reached by shifting the odds (Saerens, Latinne & Decaestecker
2002).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import lru_cache

from acobot.calibration import Calibration
from acobot.evidence.asked import WORD_FOR_WORD
from acobot.languages import Language, base_forms, figure, plain_number, singular, without_possessive

MOST_UNNAMED = 2
# From which a question's best sentence and nearest passage are as near as those of questions on the sources' subject.
FAMILIAR_BEST, FAMILIAR_NEAREST, STRANGE_SCALE = 0.65, 0.6, 10.0
SEVERAL_NUMBERS = 2  # with which a word stands, from which it tells things apart by number
KEPT_TEXTS = 512  # whose words are kept, some 20 kB each
LEAST_ODDS = 1e-5  # probabilities nearer to 0 or 1 count as this near
# The probability below which a message that surely shows an urgent sign is not answered, though it asks something.
ANSWER_IN_NEED_FROM = 0.8
CERTAIN = 0.99  # rounded as all probabilities are: 0.985 and more
KNOWN_AT_LEAST = 0.9  # where an `asks:` line says word for word what is asked, or the question names what answers it
NO_ANSWER_AT_MOST = 0.1  # where nothing that is said can be the answer: a later year, an address that is not there
LIMIT_FROM = 0.93  # likeness from which what the sources do not say decides, if no `asks:` line is about as near
CLEARLY_NEARER = 0.04  # likeness by which it must be nearer for that, unless it is the question word for word
LIMIT_TOLD_FROM = 0.75  # likeness from which a refusal says it
LIMIT_COUNTS_FROM = 0.7  # likeness up to which a limit is merely about the same thing, and says nothing

# Abbreviations and whole numbers, none with a letter behind it; and words with a capital that does not only open a
# sentence.
_ABBREVIATION = r"\b[A-Z][A-Z\d]+s?\b|(?<!\d[.,])\b\d+(?:[.,]\d+)*+\b"
_NAME = rf"(?<![.?!] )(?<!^)\b[A-Z][\w'’-]+\b|{_ABBREVIATION}"
# What is told apart by a number ("ward 7"); years are names of their own.
_NUMBERED = re.compile(r"\b([^\W\d_]+) (?!(?:19|20)\d\d\b)(\d+)[a-z]?\b(?![.,:]\d)")
_AMID = re.compile(r".?[^\W\d_],? ")  # what stands before it is of the same sentence
_FOLLOWS = re.compile(r" ([^\W\d_]+)")
_HELD = re.compile(r"[\w'’-]+(?:[.,]\d+)*")
_TIME = re.compile(r"(?<![\d.,:])0?(\d{1,2}):(\d\d)(?![.,:]?\d)")  # "9:30" or "09:30", which others write as "9.30"
_NOUGHTS = re.compile(r"(?<=\d)[.,]00$")  # "5.00", "5,00", "8.00"
_NUMBER_WITH_LETTERS = re.compile(r"(?<!\w)(?<!\d[.,])(\d+(?:[.,]\d+)*+)[^\W\d_]")  # "7.30pm", "£3.5m"


class Reason(StrEnum):
    """Why the sources are said not to answer."""

    LIMIT = "limit"  # a maintainer wrote that they do not say this
    UNNAMED = "unnamed"  # a name or number of the question stands in none of the passages, or its day not in the table
    LACKING = "lacking"  # a date, a length, a number or an address is asked for, and no sentence holds one
    BEYOND = "beyond"  # it is about a year after all sources
    UNLIKELY = "unlikely"  # nothing found answers


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for an answer, or against one.

    `read` is the log-odds that what the reader read answers, `best` the score of the best sentence by late interaction,
    `nearest` the cosine of the nearest passage, `asked` how much the nearest `asks:` line says the same, from 0 to 1,
    `limited` how alike a limit is (`nearer_limit`) where there is no such line, `unnamed` how many names and numbers of
    the question no passage holds (two at most; where none, 1 for a day that the table of the best sentence lacks),
    `lacking` whether a date, a length or a number is asked for and no quote holds one. `met_more` is how much better
    the best met `asks:` line is met, word piece by word piece, than the best met limit. `strange` is how far `best` and
    `nearest` both are below what a question on the sources' subject has, 0 where one of them is not: there the reader
    knows least, and takes anything for an answer.
    """

    read: float
    best: float
    nearest: float
    asked: float
    limited: float
    unnamed: int
    lacking: bool
    met_more: float = 0.0

    @property
    def strange(self) -> float:
        return STRANGE_SCALE * max(0.0, FAMILIAR_BEST - self.best) * max(0.0, FAMILIAR_NEAREST - self.nearest)

    @property
    def values(self) -> tuple[float, ...]:
        """In the order of the calibration's weights."""
        return (*astuple(self), self.strange)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the sources answer, with what probability, and where they do not, why, the weightiest reason first."""

    answered: bool
    confidence: float
    reasons: tuple[Reason, ...] = ()


def decide(
    features: Features,
    calibration: Calibration,
    share: float,
    *,
    read: bool,
    beyond: bool = False,
    unwritten: bool = False,
    of_another: bool = False,
    limit: float = 0.0,
    nearer: float = 0.0,
    named: bool = False,
    known: bool = False,
    outright: bool = False,
    least: float,
) -> Verdict:
    """The verdict on one question, where `share` of all questions are answerable and a reader has `read` or not.

    `beyond` says that it is about a year after all sources, `unwritten` that it asks for what would have a form of its
    own, such as a telephone number, and nothing near has it, `of_another` that the best sentence is of somebody else,
    another year or other days; `limit` is the likeness of the nearest limit, `nearer` by how much it is nearer than any
    `asks:` line, and `named` that its question holds a name of this one which no passage holds; `known` that a source
    says, word for word, that it answers this; `outright` that the question names what answers it, as a row of a table:
    that may be of another year, or of what a limit is about.
    What is less likely than `least` is not answered.
    """
    confidence = probability(features, calibration, share, read=read)
    clearly = nearer >= CLEARLY_NEARER or (limit >= WORD_FOR_WORD and nearer > 0)
    limited = (limit >= LIMIT_FROM and clearly) or (named and limit >= LIMIT_TOLD_FROM)
    if known:
        confidence = max(confidence, KNOWN_AT_LEAST)
    elif beyond or unwritten or of_another or limited:
        confidence = min(confidence, NO_ANSWER_AT_MOST)
    elif outright:
        confidence = max(confidence, KNOWN_AT_LEAST)
    if confidence >= least:
        return Verdict(True, confidence)
    told = (
        (Reason.LIMIT, limit >= LIMIT_TOLD_FROM and (nearer > 0 or named)),
        (Reason.BEYOND, beyond),
        (Reason.UNNAMED, features.unnamed > 0),
        (Reason.LACKING, features.lacking or unwritten),
    )
    return Verdict(False, confidence, tuple(reason for reason, holds in told if holds) or (Reason.UNLIKELY,))


def probability(features: Features, calibration: Calibration, share: float, *, read: bool) -> float:
    """The probability that the sources answer, rounded to 0.01."""
    *weights, bias = (calibration.read if read else calibration.unread).weights
    logit = sum(weight * value for weight, value in zip(weights, features.values, strict=True)) + bias
    return round(1 / (1 + math.exp(-logit - log_odds(share) + log_odds(calibration.share))), 2)


def nearer_limit(limit: float, asked: float) -> float:
    """How much more alike a limit is than the nearest `asks:` line, above what any limit on the same thing is."""
    return round(max(0.0, limit - max(asked, LIMIT_COUNTS_FROM)), 4)


def is_unwritten(question: str, held: Sequence[str], language: Language) -> bool:
    """Whether a question asks for what has a form of its own, as a telephone number has, and no text holds one."""
    forms = [form for form in language.questions.written if form.asks.search(question)]
    return bool(forms) and not any(form.holds.search(text) for form in forms for text in held)


def unnamed(question: str, held: Iterable[str], language: Language) -> tuple[str, ...]:
    """The names and numbers of the question that stand in none of the texts as whole words, `MOST_UNNAMED` at most.

    So does "ward 7" where the texts have other wards alone, whatever else they have seven of. The age that askers give
    of themselves names nothing.
    """
    pattern = _ABBREVIATION if language.topic.nouns_in_capitals else _NAME
    question = language.questions.own_age.sub(" ", question)
    dotted = _TIME.sub(lambda time: time[0].replace(":", "."), question)  # of the same length
    found = (question[one.start() : one.end()] for one in re.finditer(pattern, dotted))
    names = dict.fromkeys(name for name in found if name.casefold() not in language.words.stop)
    if not names:  # nor is there a number
        return ()
    held = list(held)
    everything = [_held_forms(text, language) for text in held]
    forms = {name: _forms(name, language) for name in names}
    lacking = [name for name in names if all(one.isdisjoint(forms[name]) for one in everything)]
    return tuple([*lacking, *_other_numbers(question, held, language)][:MOST_UNNAMED])


def _other_numbers(question: str, held: Iterable[str], language: Language) -> list[str]:
    """What the question names by a number, where the texts have the word as a name with other numbers, not with it.

    It is a name where several numbers tell things apart by it, or where it is written as one ("Ward 4 is upstairs");
    of ranges and lists ("Wards 4 to 8") nothing is said.
    """
    asked = [
        (match[1].casefold(), match[2])
        for match in _NUMBERED.finditer(question)
        if _may_name(match, language) and not _is_several(match, language)
    ]
    if not asked:
        return []
    told: dict[str, dict[str, bool]] = {}  # of each word the numbers, and whether it is written as a name with them
    listed = set()
    for text in held:
        for match in _NUMBERED.finditer(text):
            word = singular(match[1].casefold(), language)
            numbers = told.setdefault(word, {})
            numbers[match[2]] = numbers.get(match[2], True) and _is_numbered_name(match, language)
            if language.topic.number_goes_on.match(text, match.end()):
                listed.add(word)
    return [
        f"{word} {number}"
        for word, number in dict.fromkeys(asked)
        if (one := singular(word, language)) not in listed and (others := told.get(one)) and number not in others
        if len(others) >= SEVERAL_NUMBERS or all(others.values())
    ]


def _may_name(match: re.Match[str], language: Language) -> bool:
    """Whether a word before a number may name something by it: no verb, month or participle, and no count."""
    word, topic = match[1].casefold(), language.topic
    if word in language.words.stop or word in map(str.casefold, language.figures.months):
        return False
    participle = bool(topic.participle_ending) and word.endswith(topic.participle_ending)
    said = _counted(match, language)
    return not participle and singular(said, language) == said and base_forms(word, language).isdisjoint(topic.verbs)


def _is_several(match: re.Match[str], language: Language) -> bool:
    """Whether a word before a number is a plural, and more numbers follow ("wards 4 to 8")."""
    word = match[1].casefold()
    return singular(word, language) != word and bool(language.topic.number_goes_on.match(match.string, match.end()))


def _counted(match: re.Match[str], language: Language) -> str:
    """The word right after a number that may be what is counted; "" where none is."""
    following = _FOLLOWS.match(match.string, match.end())
    said = following[1] if following else ""
    is_thing = said.islower() and said not in language.words.stop
    return said if is_thing and base_forms(said, language).isdisjoint(language.topic.verbs) else ""


def _is_numbered_name(match: re.Match[str], language: Language) -> bool:
    """Whether a word with a number is written as a name: "on Ward 4", and no count ("Allow 3 days")."""
    if not match[1][0].isupper() or not _may_name(match, language):
        return False
    amid = _AMID.match(match.string[max(0, match.start() - 3) : match.start()])
    return bool(amid) or not _counted(match, language)


@lru_cache(maxsize=KEPT_TEXTS)  # the same passages are looked through for every message
def _held_forms(text: str, language: Language) -> frozenset[str]:
    """The forms of a text's words and times, of the parts of those with hyphens, and of numbers that letters follow."""
    words = {part for word in _HELD.findall(text) for part in (word, *_parts(word, language))}
    words.update(_NUMBER_WITH_LETTERS.findall(text), (time[0] for time in _TIME.finditer(text)))
    return frozenset(form for word in words for form in _forms(word, language))


def _parts(word: str, language: Language) -> list[str]:
    """The parts of a word with hyphens; none of a number, which "twenty-five" is as a whole."""
    return [] if figure(word, language).isdecimal() else word.split("-")


def _forms(word: str, language: Language) -> set[str]:
    """A word as it is looked for: in small letters, without a possessive or plural ending, a number also in figures.

    A time is looked for with a full stop, too, and a whole number without the two noughts behind it.
    """
    folded = word.casefold().replace("’", "'").rstrip(".,'")
    bare = without_possessive(folded, language)
    whole = _NOUGHTS.sub("", bare)
    return {
        folded,
        bare,
        whole,
        bare.removesuffix(language.topic.plural_ending),
        plain_number(bare, language) if bare[:1].isdigit() else bare,
        plain_number(whole, language) if bare[:1].isdigit() else bare,
        figure(bare, language),
        _TIME.sub(r"\1.\2", bare),
    }


def log_odds(probability: float) -> float:
    """The logarithm of the odds, bounded so that certainty stays finite."""
    bounded = min(max(probability, LEAST_ODDS), 1 - LEAST_ODDS)
    return math.log(bounded / (1 - bounded))
