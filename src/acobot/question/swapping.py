"""A short follow-up put in its place in the question before it: "and in Leeds?", "no, I meant the Cedar", "why?". Pure text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.languages import Language
from acobot.question.topic import Kind, Term, find_terms

LONGEST = 6  # words of what is put in place: longer messages ask for themselves

_BRACKET = re.compile(r"\s*\([^()]*\)")
_TOLD_APART = re.compile(r"\b([^\W\d_]+) (\d+[a-z]?|[A-HJ-Z])\b")  # "Ward 4", "Zone B"; "I" is a word
_ENDING = re.compile(r"\s*[?!.]*(?:\s*\([^()]*\))*\s*$")  # its mark, and what was carried over to it


def correction_of(question: str, language: Language) -> str:
    """What somebody meant instead ("no, I meant the Cedar" → "the Cedar"), or "" where they correct nothing.

    What is too long to stand for a word, and asks nothing, tells of its own ("I said I moved in May, and then …").
    """
    rules = language.follow_ups
    found = rules.corrects.fullmatch(question) or rules.contrasts.fullmatch(question)
    meant = rules.not_that.sub("", found["rest"]).strip() if found else ""
    return meant if len(meant.split()) <= LONGEST or asks_itself(meant, language) else ""


def asks_itself(text: str, language: Language) -> bool:
    """Whether a text opens as a question of its own."""
    return bool(language.questions.asks_itself.match(text))


def put_in_place(follow_up: str, question: str, language: Language, *, corrects: bool = False) -> str:
    """The earlier question with the follow-up in the place of what it stands for, or "" where it has none.

    A name stands for a name, an abbreviation for one, people for people; after a preposition, what stood after the same.
    A time stands for a time alone, and is added where the question has none. What is told apart by a number or a letter
    ("Ward 7") stands for another of the kind.
    """
    rules = language.follow_ups
    said = rules.begins.sub("", follow_up, count=1).strip(" ?!.,;")
    if not said or len(said.split()) > LONGEST or asks_itself(said, language):
        return ""
    brackets = [match.span() for match in _BRACKET.finditer(question)]
    old = [
        term for term in find_terms(question, language) if not any(start < term.start < end for start, end in brackets)
    ]
    preposition = rules.preposition.match(said)
    meant = rules.one.sub("", said[preposition.end() :] if preposition else said)
    bare = rules.determiner.sub("", meant, count=1)
    if other := _with_other_number(question, bare):
        return other
    if rules.time.fullmatch(bare):
        own = _own_time(question, old, language)
        if own:
            return _at_time(question, own, preposition[1] if preposition else "", meant, language)
        if not corrects and (preposition or not meant.isdigit()):
            return _added(question, said)
    if preposition:
        after = _after(question, preposition[1], old, language)
        if after and rules.time.fullmatch(after.text):
            return _added(question, said)
        return _swapped(question, after, meant, language) if after else ""
    old = [term for term in old if not rules.time.fullmatch(term.text)]
    stands_for = _counterpart(meant, old, language, corrects=corrects)
    return _swapped(question, stands_for, meant, language) if stands_for else ""


def reopen(follow_up: str, question: str, language: Language) -> str:
    """A question of yes or no opened with the word that is asked after it: "why?" → "Why does …?"; else ""."""
    rules = language.follow_ups
    opens, asked = rules.reopens.fullmatch(follow_up), rules.yes_or_no.fullmatch(question)
    if not opens or not asked:
        return ""
    first = asked["first"].lower()
    if opens["negated"] and not asked["negated"]:
        first = rules.negated.get(first, f"{first}{rules.negation}")
    elif asked["negated"]:
        first += asked["negated"]
    return f"{opens['word']} {first} {asked['rest']}"


def _with_other_number(question: str, meant: str) -> str:
    """The question with another number or letter behind the word that has one in what is meant, or ""."""
    new = _TOLD_APART.fullmatch(meant)
    old = [one for one in _TOLD_APART.finditer(question) if new and one[1].casefold() == new[1].casefold()]
    return f"{question[: old[-1].start(2)]}{new[2]}{question[old[-1].end(2) :]}" if new and old else ""


def _counterpart(meant: str, old: Sequence[Term], language: Language, *, corrects: bool) -> Term | None:
    """What in the earlier question the thing meant stands for: the last of its kind that it does not name itself.

    A correction may also put a name for an abbreviation, or the other way round.
    """
    told = find_terms(f"{language.topic.article} {meant}", language)
    both = {term.text.casefold() for term in told} & {term.text.casefold() for term in old}
    new = [term for term in told if term.text.casefold() not in both]
    left = [term for term in old if term.text.casefold() not in both]
    if len(new) != 1 or new[0].kind is Kind.PLAIN:
        return None
    alike = [term for term in left if term.kind is new[0].kind]
    if not alike and corrects and new[0].named:
        alike = [term for term in left if term.named]
    return alike[-1] if alike else None


def _after(question: str, preposition: str, old: Sequence[Term], language: Language) -> Term | None:
    """The last term that stands after a preposition."""
    determiner = language.follow_ups.determiner.pattern
    before = re.compile(rf"\b{re.escape(preposition)}\s+(?:{determiner})?$", re.IGNORECASE | re.VERBOSE)
    after = [term for term in old if before.search(question, 0, term.start)]
    return after[-1] if after else None


def _own_time(question: str, old: Sequence[Term], language: Language) -> tuple[int, int] | None:
    """Where the last time of a question stands that is no part of a name or term ("summer school")."""
    ending = _ENDING.search(question)
    times = language.follow_ups.time.finditer(question, 0, ending.start() if ending else len(question))
    own = [
        time.span()
        for time in times
        if not any(term.start < time.start() < term.end or term.start < time.end() < term.end for term in old)
    ]
    return own[-1] if own else None


def _at_time(question: str, own: tuple[int, int], preposition: str, meant: str, language: Language) -> str:
    """The question with a time in the place of its own, with the preposition of either."""
    rules, (start, end) = language.follow_ups, own
    before = re.compile(rf"\b{rules.preposition.pattern}(?:{rules.determiner.pattern})?$", re.IGNORECASE | re.VERBOSE)
    if preposition and (found := before.search(question, 0, start)):
        start = found.start()
    elif not preposition and before.search(question, 0, start):
        meant = rules.determiner.sub("", meant, count=1)
    return f"{question[:start]}{f'{preposition} {meant}'.strip()}{question[end:]}"


def _added(question: str, said: str) -> str:
    """The question with words more at its end, before its mark and the topic in brackets."""
    ending = _ENDING.search(question)
    place = ending.start() if ending else len(question)
    return f"{question[:place]} {said}{question[place:]}"


def _swapped(question: str, old: Term, meant: str, language: Language) -> str:
    rules, named = language.follow_ups, f"{language.topic.article} {meant}"
    new = next(iter(find_terms(named, language)), None)
    if new is None:
        return ""
    start, end = (old.name_start, old.name_end) if old.named and new.named else (old.start, old.end)
    name = meant
    if old.named and new.named:
        name = named[new.start : new.end]
        plain_tail = named[new.name_end : new.end].strip()
        if plain_tail and plain_tail.casefold() in question.casefold():
            name = named[new.name_start : new.name_end]
    else:
        name = rules.determiner.sub("", meant, count=1) if rules.determiner.search(question[:start][-8:]) else meant
    if _is_possessive(question[start:end], language) and not _is_possessive(name, language):
        name += rules.possessive
    told = _BRACKET.sub("", question[end:], count=1) if _BRACKET.match(question, end) else question[end:]
    return f"{question[:start]}{name}{told}"


def _is_possessive(text: str, language: Language) -> bool:
    ending = language.follow_ups.possessive
    return bool(ending) and text.replace("’", "'").endswith(ending)
