"""What a question names outright → the sentence that is it.

A clause by its number ("What does clause 2.1 say?") is the sentence that begins so. A thing in a table ("Is Denton Hall
step-free?") is the row that has its name for a cell, where the table's head speaks of what is asked; in a form, whose
rows are labels with values ("Name: R. Marsh", "Gift: a ticket"), it is the row whose label is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, has_words, plain_number, stems, terms
from acobot.sources import CELL_GAP, BlockKind, Source

WEIGHT = 30.0  # log-odds: what is named outright is wanted before anything that is only alike
NAME_WORDS = 2
LABEL_AND_VALUE = 2  # cells of a form's row
FIGURE = re.compile(r"\d")
_PART = re.compile(r" ?\(([a-z]{1,4})\)")
_CLAUSE = re.compile(r"^(?:- )?\(?\d+(?:\.\d+)*[.) ]", re.MULTILINE)
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]\s+")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The place of the sentence among those looked at, and whether the question asks for nothing but what it says."""

    place: int
    alone: bool


def find_named(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """What a question names outright, of the sentences looked at; None where it names nothing."""
    language = version.language
    clause = find_clause(question, (_numbered(one, version) for one in scored), language)
    if clause is None:  # the number may stand in the heading over the clause
        clause = find_clause(question, (_heading_over(one, version) for one in scored), language)
    is_meant = clause and (clause.alone or _is_about(scored[clause.place], _beside_number(question, language), version))
    return (
        (clause and is_meant and _part_of(clause, question, scored, version))
        or find_row(question, scored, version)
        or find_field(question, scored, version)
    )


def find_clause(question: str, texts: Iterable[str], language: Language) -> Named | None:
    """The first sentence that begins with the number of the clause that a question names; None where it names none.

    Where none does, the first of the clauses below it: 2.1 for "clause 2". The texts are looked at only where it names
    one.
    """
    named = language.questions.asks_clause.search(question)
    if named is None:
        return None
    number, said = re.escape(_PART.sub("", named["number"])), list(texts)
    word = rf"(?:(?i:{re.escape(question[named.start() : named.start('number')].strip())})\s+)?"
    begins = (
        re.compile(rf"{word}\(?{number}[.):](?!\d)"),
        # "3 boats are kept" begins with a count; "3 Boats" may be a clause, though it may be an address as well.
        re.compile(rf"{word}\(?{number}\b(?![.\d]|\s[a-z])"),
        re.compile(rf"{word}\(?{number}\.\d"),
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
    source, number = _block(version, one)
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
            if is_below and one.text.startswith((f"({letter})", f"{letter})")) and not _CLAUSE.search(between):
                clause = Named(place, clause.alone)
                break
    return clause


def _numbered(one: Scored, version: Version) -> str:
    """A sentence with the number of the list's item that it opens, which is no part of its text."""
    source, start = version.corpus.source(one.stored.passage.source_id), one.sentence.sentence.start
    before = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    return f"{before.strip()} {one.text}" if _LIST_NUMBER.fullmatch(before) else one.text


def find_row(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """The row that has a name from the question for a cell, in a table whose head speaks of the rest of it.

    What several rows of a table hold names none of them. A name of one word alone may be anything: it counts as a row's
    first cell only, and where head and headings have all the rest of the question ("How many seats has the library?").
    So does a first cell with a range, "£300 to £500", in which the question's only number lies. A table's head
    names none of its rows.
    """
    asked = question.casefold()
    numbers = _numbers(asked, version.language)
    for place, one in enumerate(scored):
        said = one.text.casefold()
        cells = _cells(said)
        in_range = bool(cells) and len(numbers) == 1 and _lies_within(numbers[0], cells[0], version.language)
        if in_range and _speaks_of(_number(version.language).sub(" ", asked), one, version, whole=True):
            return Named(place, alone=True)
        for number, name in enumerate(cells, start=said.startswith("|")):
            if not has_words(asked, name) or is_head(one, version):
                continue
            several = len(name.split()) >= NAME_WORDS
            if not (several or number == 0) or _is_shared(name, one, scored, version):
                continue
            if _speaks_of(asked.replace(name, " "), one, version, whole=not several):
                return Named(place, alone=True)
    return None


def _is_shared(name: str, row: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether another row of a row's table has the name for a cell, too."""
    table = table_of(version, row)
    return any(
        other is not row and name in _cells(other.text.casefold()) and table_of(version, other) == table
        for other in scored
    )


def _cells(said: str) -> list[str]:
    """The cells of a row in small letters; none of what is no row. An empty first one is left out."""
    return [cell.strip() for cell in said.strip("| ").split(CELL_GAP)] if CELL_GAP in said else []


@lru_cache(maxsize=8)
def _number(language: Language) -> re.Pattern[str]:
    """A number in figures, as the language parts its thousands and decimals."""
    thousands, decimal = re.escape(language.figures.thousands), re.escape(language.figures.decimal)
    return re.compile(rf"\d+(?:{thousands}\d{{3}})*(?:{decimal}\d+)?")


def _numbers(text: str, language: Language) -> list[float]:
    return [float(plain_number(found, language)) for found in _number(language).findall(text)]


@lru_cache(maxsize=8)
def _range(language: Language) -> re.Pattern[str]:
    """A range of numbers (groups 1 and 2), of money or with short units or without: "£300 to £500", "5–10"."""
    number, words = _number(language).pattern, "|".join(map(re.escape, sorted(language.figures.range_words)))
    money, unit = r"[^\w\s.:/-]?", r"(?:\s?(?:%|[^\W\d_]{1,4}))?"
    return re.compile(rf"({number}){unit}\s*(?:[–—-]|\b(?:{words})\b)\s*{money}({number})", re.IGNORECASE)


def _lies_within(number: float, cell: str, language: Language) -> bool:
    """Whether a cell says a range in which a number lies."""
    said = _range(language).search(cell)
    return bool(said and _numbers(said[1], language)[0] <= number <= _numbers(said[2], language)[0])


def find_field(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """The first row of a form whose label the question has, where another row of that form has a name from it."""
    asked = question.casefold()
    fields = [
        (place, one, tuple(cells))
        for place, one in enumerate(scored)
        if len(cells := _cells(one.text.casefold())) == LABEL_AND_VALUE
    ]
    for _, one, (_, name) in fields:
        if len(name.split()) < NAME_WORDS or not has_words(asked, name):
            continue
        rest, form = set(terms(asked.replace(name, " "), version.language)), table_of(version, one)
        for place, other, (label, _) in fields:
            said = set(terms(label, version.language))
            if other is not one and said and said <= rest and table_of(version, other) == form:
                return Named(place, alone=True)
    return None


def _speaks_of(rest: str, row: Scored, version: Version, *, whole: bool) -> bool:
    """Whether the head of a row's table has words of the rest of a question; all, with the headings, where `whole`."""
    language = version.language
    asked, told = set(terms(rest, language)), set(terms(_head(version, row), language))
    headings = set(terms(row.stored.passage.prefix, language))
    openers = set(terms(" ".join(language.topic.asking), language))
    return bool(asked & told) and (not whole or asked - openers <= told | headings)


def _head(version: Version, row: Scored) -> str:
    """The first row of the table that a row stands in."""
    source_id, number = table_of(version, row)
    source = version.corpus.source(source_id)
    return source.text[source.blocks[number].start : source.blocks[number].end]


def with_heads(one: Scored, version: Version) -> str:
    """A sentence with what stands over it: the title, the headings, and of a row its table's head."""
    source, number = _block(version, one)
    head = _head(version, one) if source.blocks[number].kind is BlockKind.ROW else ""
    return f"{one.stored.passage.prefix} {head} {one.text}"


def is_head(one: Scored, version: Version) -> bool:
    """Whether a sentence is a table's first row, without a figure: one with figures may be a row like the others."""
    source, number = _block(version, one)
    is_row = source.blocks[number].kind is BlockKind.ROW
    return is_row and source.table_head(number) == number and not FIGURE.search(one.text)


def table_of(version: Version, row: Scored) -> tuple[str, int]:
    """The source of the table that a row stands in, and the number of the table's first block."""
    source, number = _block(version, row)
    return source.id, source.table_head(number)


def _block(version: Version, one: Scored) -> tuple[Source, int]:
    """The source of a sentence, and the number of the block that it stands in."""
    source = version.corpus.source(one.stored.passage.source_id)
    return source, source.block_at(one.sentence.sentence.start)
