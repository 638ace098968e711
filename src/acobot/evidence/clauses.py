"""A clause by its number: "What does clause 2.1 say?" is answered by the sentence that begins so; its parts alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of
from acobot.index import Version
from acobot.languages import Language, stems, terms
from acobot.sources import BlockKind

_PART = re.compile(r" ?\(([a-z]{1,4})\)")
_CLAUSE = re.compile(r"^(?:- )?\(?\d+(?:\.\d+)*[.) ]", re.MULTILINE)
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The place of the sentence among those looked at, and whether the question asks for nothing but what it says."""

    place: int
    alone: bool


def named_clause(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """The clause that a question names by its number, or the part of it: its sentence, or the first below its heading.

    A heading comes before an item, for any list may have one with the number. None where the question names none, or is
    about something else. Nothing but what it says is asked where all the rest of the question names who published it:
    "rule 6 of the angling club".
    """
    language, ways = version.language, (_heading_over, _numbered)
    found = find_clause(question, (way(one, version) for way in ways for one in scored), language)
    if found is None:
        return None
    clause, rest = scored[found.place % len(scored)], _beside_number(question, language)
    publisher = version.corpus.source(clause.stored.passage.source_id).particulars.publisher
    alone = rest <= stems(publisher, language)
    if not (alone or _is_about(clause, rest, version)):
        return None
    return _part_of(Named(found.place % len(scored), alone), question, scored, version)


def find_clause(question: str, texts: Iterable[str], language: Language) -> Named | None:
    """The first sentence that begins with the number of the clause that a question names; None where it names none.

    Where none does, the first of the clauses below it: 2.1 for "clause 2". The texts are looked at only where it names
    one.
    """
    named = language.questions.asks_clause.search(question)
    if named is None:
        return None
    number, said = re.escape(_PART.sub("", named["number"])), list(texts)
    word = rf"(?:(?i:{re.escape(question[named.start() : named.start('number')].strip())})\s+)"
    begins = (
        # An item of any list may have the number of a section that is headed so.
        re.compile(rf"{word}{number}(?:[.):](?!\d)|\b(?![.\d]|\s[a-z]))"),
        re.compile(rf"{word}?\(?{number}[.):](?!\d)"),
        # "3 boats are kept" begins with a count; "3 Boats" may be a clause, though it may be an address as well.
        re.compile(rf"{word}?\(?{number}\b(?![.\d]|\s[a-z])"),
        re.compile(rf"{word}?\(?{number}\.\d"),
    )
    undated = [(place, text) for place, text in enumerate(said) if not _begins_with_date(text, language)]
    place = next((place for begin in begins for place, text in undated if begin.match(text)), None)
    return Named(place, not _beside_number(question, language)) if place is not None else None


def _beside_number(question: str, language: Language) -> frozenset[str]:
    """The stems that a question has beside the number of a clause, without those of asking."""
    rest = language.questions.asks_clause.sub(" ", question, count=1)
    return frozenset(terms(rest, language)) - set(terms(" ".join(language.topic.asking), language))


def _is_about(clause: Scored, asked: frozenset[str], version: Version) -> bool:
    """Whether a clause, up to the next one, or its headings have a word of those that are asked.

    Where none does, the number may be that of another text: "a section 21 notice" is an Act's.
    """
    text, start = version.corpus.source(clause.stored.passage.source_id).text, clause.sentence.sentence.start
    end = clause.stored.passage.end
    following = _CLAUSE.search(text, clause.sentence.sentence.end, end)
    said = text[start : following.start() if following else end]
    return any(asked & stems(one, version.language) for one in (said, *clause.stored.passage.heading))


def _begins_with_date(text: str, language: Language) -> bool:
    """Whether a sentence opens with a day of a month: "5 March: the shop opens"."""
    day = _DAY.match(text)
    return bool(day and text[day.end() :].casefold().startswith(tuple(map(str.casefold, language.figures.months))))


def _heading_over(one: Scored, version: Version) -> str:
    """The heading right above a sentence; "" where none is."""
    source, number = block_of(version, one)
    above = source.blocks[number - 1] if number else None
    is_first = source.blocks[number].start == one.sentence.sentence.start
    return source.text[above.start : above.end] if above and is_first and above.kind is BlockKind.HEADING else ""


def _part_of(clause: Named, question: str, scored: Sequence[Scored], version: Version) -> Named:
    """The part of a clause that a question names, the "(b)" below 3.3 for "3.3(b)"; the clause where it has none."""
    asked = version.language.questions.asks_clause.search(question)
    for letter in _PART.findall(asked["number"]) if asked else ():
        above = scored[clause.place]
        text = version.corpus.source(above.stored.passage.source_id).text
        for place, one in enumerate(scored):
            between = text[above.sentence.sentence.end : one.sentence.sentence.start]
            is_below = one.stored.passage.source_id == above.stored.passage.source_id and bool(between)
            begins = _numbered(one, version).startswith((f"({letter})", f"{letter})", f"{letter}. "))
            if is_below and begins and not _CLAUSE.search(between):
                clause = Named(place, clause.alone)
                break
    return clause


def _numbered(one: Scored, version: Version) -> str:
    """A sentence with the number of the list's item that it opens, which is no part of its text."""
    source, start = version.corpus.source(one.stored.passage.source_id), one.sentence.sentence.start
    before = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    return f"{before.strip()} {one.text}" if _LIST_NUMBER.fullmatch(before) else one.text
