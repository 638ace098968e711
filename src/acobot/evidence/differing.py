"""Where two sources answer the same question differently: another date, number or length, a no against a yes.

Only what the question asks for is compared, and only between sentences of different sources that both have most of what
sets the question apart: its words that are not in half of all sentences. Knows no source and no subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from acobot.evidence.figures import MONTHS, NUMBERS
from acobot.index import terms

FEW = 8  # sentences: too few to tell which words are common
# Of the words that set the question apart, the share that must stand in both sentences; more where only a "no" is told
# from a "yes", which any sentence is one of.
HELD_SHARE, HELD_SHARE_WHETHER = 0.5, 0.75

_MONTHS = tuple(month.casefold() for month in MONTHS)
_VALUES = {word: str(number) for number, word in enumerate(NUMBERS, start=1)}
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:1[89]|20)\d\d"
_DATE = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\b,?\s+)?(?P<year>{_YEAR})\b"
    rf"|\b(?:in|on|since|by|until|from|of|early|late)\s+(?P<alone>{_MONTH})\b(?!,?\s+{_YEAR})",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\b(?P<number>\d[\d,]*(?:\.\d+)?|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
_LENGTH = re.compile(rf"{_NUMBER.pattern}[\s-]+(?P<unit>day|week|month|year)s?\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NEGATIVE = re.compile(r"\b(?:no|not|never|none|nobody|cannot|neither|nor|without|unlikely)\b|n['’]t\b", re.IGNORECASE)
_WORDS = re.compile(r"[\w&-]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_ASKING = re.compile(r"\bhow (?:long|many|much)\b|\b(?:what|which) (?:year|month|date|day)\b", re.IGNORECASE)
_ASKS_WHEN = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|month|date|day)\b", re.IGNORECASE)
_ASKS_HOW_LONG = re.compile(r"\bhow (?:long|many (?:days|weeks|months|years))\b", re.IGNORECASE)
_ASKS_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
# Where "when" can only ask for a date, not for an occasion ("when do they march").
_ASKS_THE_DATE = re.compile(
    r"(?:^|[,;?]|\b(?:and|so|but|since|until|by))\s*when (?:was|were|did|will|has|had)\b"
    r"|\b(?:what|which) (?:year|month|date|day)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:1[0-7]\d\d|(?:1\d|20)\d0s)\b|\bcentur(?:y|ies)\b", re.IGNORECASE)
_ASKS_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_ASKS_WHETHER = re.compile(
    r"^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|will|would|can|could|should|has|have|had)(?:n['’]t)?\b",
    re.IGNORECASE,
)

WHETHER = "whether it is so"

Value = tuple[str, str]  # two parts, of which one may be unknown: ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with the id of its source and that source's date of publication, or ""."""

    text: str
    source_id: str
    published: str


def can_differ(question: str) -> bool:
    """Whether a question asks for something that sources can be compared in."""
    return any(kind.search(question) for kind in (_ASKS_WHEN, _ASKS_HOW_LONG, _ASKS_HOW_MANY, _ASKS_WHETHER))


def find_difference(
    question: str, told: Sequence[Told], background: Sequence[str], abbreviations: Mapping[str, str] | None = None
) -> tuple[str, int, int] | None:
    """What two sentences of different sources differ about, and their places; the first such pair, or None.

    `background` is all sentences that were found, by which common words are told. What `abbreviations` stand for, short
    form → long form, is a thing of its own: eight of one and ten of another are no difference.
    """
    apart = _set_apart(question, background)
    compared = _comparison(question, apart)
    if compared is None or not apart:
        return None
    about, read = compared
    share = HELD_SHARE_WHETHER if about == WHETHER else HELD_SHARE
    values = [read(one) if _holds(one.text, apart, share) else frozenset() for one in told]
    things = [_things(one.text, abbreviations or {}) for one in told]
    for one, other in combinations(range(len(told)), 2):
        of_other_things = things[one] - things[other] and things[other] - things[one]
        if told[one].source_id == told[other].source_id or of_other_things:
            continue
        if _disagree(values[one], values[other]):
            return about, one, other
    return None


def lacks_value(question: str, read: Callable[[], Sequence[Told]]) -> bool:
    """Whether a question asks for a date, a length or a number, and no sentence holds one.

    The sentences are read only where one is asked for.
    """
    if _ASKS_THE_DATE.search(question):
        return not any(_dates(one) or _AGE.search(one.text) for one in read())
    if _ASKS_HOW_MUCH.search(question) or _ASKS_HOW_LONG.search(question):
        return not any(_NUMBER.search(_DATE.sub(" ", one.text)) for one in read())
    if _ASKS_HOW_MANY.search(question):
        asked = _asked(question)
        return not any(_numbers(one.text, asked) for one in read())
    return False


def _set_apart(question: str, background: Sequence[str]) -> frozenset[str]:
    """The question's stems, without what spells out abbreviations, that are not in half of the sentences."""
    held = Counter(stem for text in background for stem in set(terms(text)))
    return frozenset(stem for stem in _asked(question) if held[stem] * 2 < len(background) or len(background) <= FEW)


def _asked(question: str) -> frozenset[str]:
    """The question's stems, without what spells out abbreviations and words of asking."""
    return frozenset(terms(_ASKING.sub(" ", _BRACKETS.sub(" ", _BRACKETS.sub(" ", question)))))


def _holds(text: str, apart: frozenset[str], share: float) -> bool:
    return len(apart & set(terms(text))) >= share * len(apart)


def _comparison(question: str, apart: frozenset[str]) -> tuple[str, Callable[[Told], frozenset[Value]]] | None:
    """What a question asks for, in words, and how it is read off a sentence."""
    if _ASKS_WHEN.search(question):
        return "the date", _dates
    if _ASKS_HOW_LONG.search(question):
        return "the length of time", lambda told: _lengths(told.text)
    if _ASKS_HOW_MANY.search(question):
        return "the number", lambda told: _numbers(told.text, apart)
    if _ASKS_WHETHER.search(question) and len(apart) > 1:  # one word alone is too little to contradict
        return WHETHER, lambda told: frozenset({("no" if _NEGATIVE.search(told.text) else "yes", "")})
    return None


def _things(text: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """The abbreviations that a sentence speaks of, by their short or long forms."""
    words = {word.removesuffix("s") for word in _WORDS.findall(text)} | set(_WORDS.findall(text))
    folded = text.casefold()
    return frozenset(short for short, long in abbreviations.items() if short in words or long.casefold() in folded)


def _disagree(one: frozenset[Value], other: frozenset[Value]) -> bool:
    """Whether both say something, and nothing that could be the same."""
    return bool(one and other) and not any(_compatible(here, there) for here in one for there in other)


def _compatible(one: Value, other: Value) -> bool:
    known = [(here, there) for here, there in zip(one, other, strict=True) if here and there]
    return bool(known) and all(here == there for here, there in known)


def _dates(told: Told) -> frozenset[Value]:
    """The (year, month) pairs of a sentence, but for the one that only says when its source was written."""
    found = set()
    for match in _DATE.finditer(told.text):
        month = match["month"] or match["alone"]
        found.add((match["year"] or "", f"{_MONTHS.index(month.casefold()) + 1:02}" if month else ""))
    written = (told.published[:4], told.published[5:7])
    return frozenset(date for date in found if not _compatible(date, written))


def _lengths(text: str) -> frozenset[Value]:
    """Lengths of time in days, as text."""
    return frozenset(
        (str(float(_value(m["number"])) * _DAYS[m["unit"].casefold()]), "") for m in _LENGTH.finditer(text)
    )


def _numbers(text: str, apart: frozenset[str]) -> frozenset[Value]:
    """The numbers that count what is asked about: those that one of its words follows within four words."""
    undated = _DATE.sub(" ", text)
    return frozenset(
        (_value(match["number"]), "")
        for match in _NUMBER.finditer(undated)
        if apart & set(terms(" ".join(undated[match.end() :].split()[:4])))
    )


def _value(number: str) -> str:
    folded = number.casefold().replace(",", "")
    return _VALUES.get(folded, folded)
