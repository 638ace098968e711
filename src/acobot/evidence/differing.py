"""Where two sources answer the same question differently: another date, number or length, a no against a yes.

Only what the question asks for is compared, and only between sentences of different sources that both have most of what
sets the question apart: its words that are not in half of all sentences. Knows no source and no subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from acobot.languages import Language, figure, plain_number, stems, terms

FEW = 8  # sentences: too few to tell which words are common
# Of the words that set the question apart, the share that must stand in both sentences; more where only a "no" is told
# from a "yes", which any sentence is one of.
HELD_SHARE, HELD_SHARE_WHETHER = 0.5, 0.75
WHOLE_DAY = 1  # in days: shorter lengths, and working days, are compared as prices are
COUNTED_WITHIN = 4  # words after a number, of which one says what it counts
SAME_LENGTH = 0.03  # of a length: 30 days are a month, 90 three

_NAMELIKE = re.compile(r"[\w&-]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_DASHES = frozenset("-–—")
_YEAR_ON = re.compile(r"\b(1[89]|20)\d\d[/–—-](\d\d)\b(?!-)")  # "2017/18"

Value = tuple[str, str]  # two parts, of which one may be unknown: ""


class About(StrEnum):
    """What two sources differ about."""

    DATE = "date"
    LENGTH = "length"
    NUMBER = "number"
    WHETHER = "whether"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with the id of its source and that source's date of publication, or "", and its title.

    What it stands under is `over`: headings, a table's head, a label, a lead-in.
    `bare` ones only name something: what is said of it stands in another line.
    """

    text: str
    source_id: str
    published: str
    bare: bool = False
    title: str = ""
    over: str = ""


def can_differ(question: str, language: Language) -> bool:
    """Whether a question asks for something that sources can be compared in."""
    asks = language.questions
    kinds = (asks.asks_when, asks.asks_how_long, asks.asks_how_many, asks.asks_price, asks.asks_whether)
    return any(kind.search(question) for kind in kinds)


def find_difference(
    question: str,
    told: Sequence[Told],
    background: Sequence[str],
    language: Language,
    abbreviations: Mapping[str, str] | None = None,
) -> tuple[About, int, int] | None:
    """What two sentences of different sources differ about, and their places; the first such pair, or None.

    `background` is all sentences that were found, by which common words are told. What `abbreviations` stand for, short
    form → long form, is a thing of its own: eight of one and ten of another are no difference.
    """
    apart = _set_apart(question, background, language)
    compared = _comparison(question, apart, language)
    if compared is None or not apart:
        return None
    about, read = compared
    share = HELD_SHARE_WHETHER if about is About.WHETHER else HELD_SHARE
    values = [read(one) if _holds(one.text, apart, share, language) else frozenset() for one in told]
    things = [_things(one.text, abbreviations or {}) for one in told]
    for one, other in combinations(range(len(told)), 2):
        of_other_things = things[one] - things[other] and things[other] - things[one]
        if told[one].source_id == told[other].source_id or of_other_things:
            continue
        if _disagree(values[one], values[other], _is_other_length if about is About.LENGTH else _contradict):
            return about, one, other
    return None


def lacks_value(question: str, read: Callable[[], Sequence[Told]], language: Language) -> bool:
    """Whether a question asks for a date, a length or a number, and no sentence holds one.

    Where it asks for a day, or for what is to come, a day of the week, a time or a length says it too; where it asks
    how much, so does that nothing is charged.
    The sentences are read only where one is asked for.
    """
    asks, figures = language.questions, language.figures
    if asks.asks_the_date.search(question):
        any_time = bool(asks.asks_the_day.search(question))
        return not any(
            _dates(one, language) or figures.age.search(one.text) or (any_time and figures.occasion.search(one.text))
            for one in read()
        )
    if asks.asks_how_much.search(question) or asks.asks_how_long.search(question):
        price = bool(asks.asks_how_much.search(question))
        return not any(
            figures.number.search(figures.date.sub(" ", one.text)) or (price and figures.no_charge.search(one.text))
            for one in read()
        )
    if asks.asks_how_many.search(question):
        asked = asked_words(question, language)
        return not any(_numbers(one.text, asked, language) for one in read())
    return False


def years_on(text: str) -> frozenset[str]:
    """The years that spans of two years end in: 2018 for "2017/18"."""
    return frozenset(century + year for century, year in _YEAR_ON.findall(text))


def _set_apart(question: str, background: Sequence[str], language: Language) -> frozenset[str]:
    """The question's stems, without what spells out abbreviations, that are not in half of the sentences."""
    held = Counter(stem for text in background for stem in stems(text, language))
    few = len(background) <= FEW
    return frozenset(stem for stem in asked_words(question, language) if few or held[stem] * 2 < len(background))


def asked_words(question: str, language: Language) -> frozenset[str]:
    """The question's stems, without what spells out abbreviations and words of asking."""
    bare = _BRACKETS.sub(" ", _BRACKETS.sub(" ", question))
    return frozenset(terms(language.questions.asks_value.sub(" ", bare), language))


def _holds(text: str, apart: frozenset[str], share: float, language: Language) -> bool:
    return len(apart & stems(text, language)) >= share * len(apart)


def _comparison(
    question: str, apart: frozenset[str], language: Language
) -> tuple[About, Callable[[Told], frozenset[Value]]] | None:
    """What a question asks for, and how it is read off a sentence."""
    asks = language.questions
    if asks.asks_when.search(question):
        return About.DATE, lambda told: _dates(told, language)
    if asks.asks_how_long.search(question):
        return About.LENGTH, lambda told: _lengths(told.text, language)
    if asks.asks_how_many.search(question):
        is_price = bool(asks.asks_price.search(question))
        return About.NUMBER, lambda told: _numbers(
            _without_prices(told.text, language) if is_price else told.text, apart, language
        )
    if asks.asks_whether.search(question) and len(apart) > 1:  # one word alone is too little to contradict
        return About.WHETHER, lambda told: _denials(told, apart, language)
    return None


def _things(text: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """The abbreviations that a sentence speaks of, by their short or long forms."""
    words = {word.removesuffix("s") for word in _NAMELIKE.findall(text)} | set(_NAMELIKE.findall(text))
    folded = text.casefold()
    return frozenset(short for short, long in abbreviations.items() if short in words or long.casefold() in folded)


def _disagree(one: frozenset[Value], other: frozenset[Value], contradict: Callable[[Value, Value], bool]) -> bool:
    """Whether both say something, and nothing that could be the same."""
    return bool(one and other) and all(contradict(here, there) for here in one for there in other)


def _is_other_length(one: Value, other: Value) -> bool:
    """Whether two lengths are further apart than the same length in other units."""
    here, there = float(one[0]), float(other[0])
    return abs(here - there) > SAME_LENGTH * max(here, there)


def _contradict(one: Value, other: Value) -> bool:
    """Whether what is known of both is not the same: "in April" contradicts no year."""
    return any(here != there for here, there in _known(one, other))


def _says_no_more(one: Value, other: Value) -> bool:
    """Whether something is known of both, and all of it is the same."""
    return bool(_known(one, other)) and not _contradict(one, other)


def _known(one: Value, other: Value) -> list[tuple[str, str]]:
    return [(here, there) for here, there in zip(one, other, strict=True) if here and there]


def _dates(told: Told, language: Language) -> frozenset[Value]:
    """The (year, month) pairs of a sentence, but for the one that only says when its source was written."""
    months = [month.casefold() for month in language.figures.months]
    found = set()
    for match in language.figures.date.finditer(told.text):
        month = match["month"] or match["alone"]
        found.add((match["year"] or "", f"{months.index(month.casefold()) + 1:02}" if month else ""))
    found |= {(year, "") for year in years_on(told.text)}
    written = (told.published[:4], told.published[5:7])
    return frozenset(date for date in found if not _says_no_more(date, written))


def _lengths(text: str, language: Language) -> frozenset[Value]:
    """Lengths of time in days, as text, from one day on; of a range ("10 to 15 years") both ends."""
    figures, found = language.figures, set()
    numbers = [*figures.number.finditer(text)]
    for match in figures.length.finditer(text):
        unit = figures.units[match["unit"].casefold()]
        if match["working"] or unit < WHOLE_DAY:
            continue
        before = (one for one in numbers if _is_range(text[one.end() : match.start()], language))
        for number in (match["number"], *(one["number"] for one in before)):
            found.add((value_of(number, language, unit), ""))
    return frozenset(found)


def _is_range(between: str, language: Language) -> bool:
    """Whether what stands between two numbers makes a range of them."""
    said = between.strip().casefold()
    return said in _DASHES or said in language.figures.range_words


def _numbers(text: str, apart: frozenset[str], language: Language) -> frozenset[Value]:
    """The numbers that count what is asked about: those that one of its words follows within a few words.

    A letter may multiply a number or measure it: "100m" is read either way.
    """
    undated, found = language.figures.date.sub(" ", text), set()
    for match in language.figures.number.finditer(undated):
        if apart & set(terms(" ".join(undated[match.end() :].split()[:COUNTED_WITHIN]), language)):
            multiple = (match["multiple"] or "").strip().casefold()
            either = {1, language.figures.multiples.get(multiple, 1)}
            for times in either if len(multiple) == 1 else {max(either)}:
                found.add((value_of(match["number"], language, times), ""))
    return frozenset(found)


def _without_prices(text: str, language: Language) -> str:
    """A text without sums of money, which are compared more closely; large ones stay: no price is told in millions."""
    return language.figures.price.sub(lambda found: found[0] if found["multiple"] else " ", text)


def _denials(told: Told, apart: frozenset[str], language: Language) -> frozenset[Value]:
    """Whether a sentence says no, as text: by how it opens, or in the clauses that have most of the question's words.

    Nothing of one that says neither yes nor no by itself, nor where a clause that has another of them says otherwise:
    "allowed in the garden, but not in the café" says neither of dogs in the café.
    """
    if told.bare:
        return frozenset()
    cues = language.cues
    if opening := cues.yes_or_no.match(told.text):
        return frozenset({(str(opening["yes"] is None), "")})
    clauses = [
        (apart & set(terms(clause, language)), bool(cues.negative.search(clause)))
        for clause in cues.clause.split(told.text)
    ]
    most = max(len(words) for words, _ in clauses)
    held = frozenset[str]().union(*(words for words, _ in clauses if len(words) == most))
    said = {denies for words, denies in clauses if len(words) == most}
    if any(words - held and denies not in said for words, denies in clauses):
        return frozenset()
    return frozenset((str(denies), "") for denies in said)


def value_of(number: str, language: Language, times: float = 1) -> str:
    """So many times a number, in one way of writing it."""
    said = figure(plain_number(number, language), language)
    try:
        return str(float(said) * times)
    except ValueError:  # no number after all, such as a version ("1.2.3")
        return said
