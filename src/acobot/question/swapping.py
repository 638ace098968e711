"""A short follow-up put in its place in the question before it: "and in Leeds?", "no, I meant the Cedar", "why?". Pure text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.question.text import OPENERS
from acobot.question.topic import Kind, Term, find_terms

LONGEST = 6  # words of what is put in place: longer messages ask for themselves

_FLAGS = re.IGNORECASE | re.VERBOSE
_CORRECTS = re.compile(
    r"""
    \W*(?:(?:no|nope|nah|wrong|sorry|oops|not\ (?:that|this)(?:\ one)?|not\ what\ i\ (?:meant|asked)|that['’]?s\ (?:not\ (?:it|right)|wrong)|actually|oh|wait)\b\W*)*
    (?:i\ (?:really\ |actually\ )?(?:meant|mean|was\ (?:asking|talking|thinking)\ (?:about|of)|wanted(?:\ to\ ask\ about)?|asked\ about|said)\b|i['’]?m\ asking\ about\b|make\ that\b)
    \W*(?:to\ (?:ask|say)\ )?(?:about\ )?(?P<rest>.+)
    """,
    _FLAGS,
)
_CONTRASTS = re.compile(r"\W*(?:no|wrong|sorry|nope)?\W*not\ (?:the\ |an?\ )?.{1,40}?,?\ but\ (?P<rest>.+)", _FLAGS)
_NOT_THAT = re.compile(r",?\s+(?:not|instead of|rather than)\s.*$", re.IGNORECASE)
_ASKS_ITSELF = re.compile(rf"\W*(?:{OPENERS})\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\W*(?:(?:and|but|or|so|also|then|plus|ok(?:ay)?|now|yes|no)\b\W*)*(?:(?:what|how)\s+about\b|what\s+of\b)?\W*",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"(in|for|from|at|by|with|to|on|about|under|of|near|outside|within)\s+", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:the|an?|this|that|these|those|my|our|your)\s+", re.IGNORECASE)
_ONE = re.compile(r"\s+(?:ones?|version|instead|then|too|though|as well|please)\W*$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_POSSESSIVE = re.compile(r"['’]s$")
_OPENS = re.compile(
    r"\W*(?:(?:and|but|so|ok(?:ay)?|then)\b\W*)*(?P<word>why|when|where|how|how\ come|since\ when|by\ whom|how\ so)(?P<negated>\ not)?\W*",
    _FLAGS,
)
_YES_OR_NO = re.compile(
    r"\W*(?:(?:and|but|so)\W+)?(?P<first>is|are|was|were|do|does|did|will|can|could|would|should|has|have|had)(?P<negated>n['’]?t)?\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NEGATED = {"will": "won't", "can": "can't"}


def correction_of(question: str) -> str:
    """What somebody meant instead ("no, I meant the Cedar" → "the Cedar"), or "" where they correct nothing."""
    found = _CORRECTS.fullmatch(question) or _CONTRASTS.fullmatch(question)
    return _NOT_THAT.sub("", found["rest"]).strip() if found else ""


def asks_itself(text: str) -> bool:
    """Whether a text opens as a question of its own."""
    return bool(_ASKS_ITSELF.match(text))


def put_in_place(follow_up: str, question: str, *, corrects: bool = False) -> str:
    """The earlier question with the follow-up in the place of what it stands for, or "" where it has none.

    A name stands for a name, an abbreviation for one, people for people; after a preposition, what stood after the same.
    """
    said = _BEGINS.sub("", follow_up, count=1).strip(" ?!.,;")
    if not said or len(said.split()) > LONGEST or asks_itself(said):
        return ""
    brackets = [match.span() for match in _BRACKET.finditer(question)]
    old = [term for term in find_terms(question) if not any(start < term.start < end for start, end in brackets)]
    if preposition := _PREPOSITION.match(said):
        meant = _ONE.sub("", said[preposition.end() :])
        after = _after(question, preposition[1], old)
        return _swapped(question, after, meant) if after else ""
    meant = _ONE.sub("", said)
    stands_for = _counterpart(meant, old, corrects=corrects)
    return _swapped(question, stands_for, meant) if stands_for else ""


def reopen(follow_up: str, question: str) -> str:
    """A question of yes or no opened with the word that is asked after it: "why?" → "Why does …?"; else ""."""
    opens, asked = _OPENS.fullmatch(follow_up), _YES_OR_NO.fullmatch(question)
    if not opens or not asked:
        return ""
    first = asked["first"].lower()
    if opens["negated"] and not asked["negated"]:
        first = _NEGATED.get(first, f"{first}n't")
    elif asked["negated"]:
        first += asked["negated"]
    return f"{opens['word']} {first} {asked['rest']}"


def _counterpart(meant: str, old: Sequence[Term], *, corrects: bool) -> Term | None:
    """What in the earlier question the thing meant stands for: the last of its kind that it does not name itself.

    A correction may also put a name for an abbreviation, or the other way round.
    """
    told = find_terms(f"the {meant}")
    both = {term.text.casefold() for term in told} & {term.text.casefold() for term in old}
    new = [term for term in told if term.text.casefold() not in both]
    left = [term for term in old if term.text.casefold() not in both]
    if len(new) != 1 or new[0].kind is Kind.PLAIN:
        return None
    alike = [term for term in left if term.kind is new[0].kind]
    if not alike and corrects and new[0].named:
        alike = [term for term in left if term.named]
    return alike[-1] if alike else None


def _after(question: str, preposition: str, old: Sequence[Term]) -> Term | None:
    """The last term that stands after a preposition."""
    before = re.compile(rf"\b{preposition}\s+(?:(?:the|an?|this|our|my)\s+)?$", re.IGNORECASE)
    after = [term for term in old if before.search(question, 0, term.start)]
    return after[-1] if after else None


def _swapped(question: str, old: Term, meant: str) -> str:
    new = next(iter(find_terms(f"the {meant}")), None)
    if new is None:
        return ""
    start, end = (old.name_start, old.name_end) if old.named and new.named else (old.start, old.end)
    name = meant
    if old.named and new.named:
        name = f"the {meant}"[new.start : new.end]
        plain_tail = f"the {meant}"[new.name_end : new.end].strip()
        if plain_tail and plain_tail.casefold() in question.casefold():
            name = f"the {meant}"[new.name_start : new.name_end]
    else:
        name = _DETERMINER.sub("", meant, count=1) if _DETERMINER.search(question[:start][-8:]) else meant
    if _POSSESSIVE.search(question[start:end]) and not _POSSESSIVE.search(name):
        name += "'s"
    told = _BRACKET.sub("", question[end:], count=1) if _BRACKET.match(question, end) else question[end:]
    return f"{question[:start]}{name}{told}"
