"""Days of the week that a question names → the row of a table that holds for them: "Tue", "Mon–Fri", "Sat and Sun".

The names come from the locale data of the language. A short name may be another word ("Sun", "Sat"): of a table it counts
only where several rows have first cells that are days alone, of a question where it has a capital or is longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from babel import Locale
from babel.dates import get_day_names

from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language
from acobot.sources import CELL_GAP, BlockKind, Source

LEAST_ROWS = 2  # whose first cells are days and nothing else, in a table of days
WEEK = 7
PREFIX_LETTERS = 4  # of a name cut short in its own way: "Tues", "Thurs"; fewer may be another word
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[.\s]*(?:[–—-]|(?P<word>[^\W\d_]+))\s*")


@dataclass(frozen=True, slots=True)
class DayTable:
    """A table of days: the places of its rows, and of those that hold for a day that is asked about."""

    rows: frozenset[int]
    holding: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _DayRow:
    """A table's row: its block in the source, the days that its first cell names, and whether it names only those."""

    source: Source
    block: int
    days: frozenset[int]
    is_alone: bool


def day_tables(question: str, scored: Sequence[Scored], version: Version) -> tuple[DayTable, ...]:
    """The tables of days among the sentences looked at, if a question names a day and a row of theirs holds for it."""
    asked = _asked_days(question, version.language)
    if not asked:
        return ()
    rows = dict(_day_rows(scored, version))
    tables: dict[tuple[str, int], dict[int, _DayRow]] = {}
    for place, row in rows.items():
        tables.setdefault((row.source.id, row.source.table_head(row.block)), {})[place] = row
    found = (
        DayTable(frozenset(table), tuple(place for place, row in table.items() if asked & row.days))
        for table in tables.values()
        if len({row.days for row in table.values() if row.days and row.is_alone}) >= LEAST_ROWS
    )
    return tuple(table for table in found if table.holding)


def _day_rows(scored: Sequence[Scored], version: Version) -> Iterator[tuple[int, _DayRow]]:
    """The rows among the sentences looked at, by their places."""
    for place, one in enumerate(scored):
        source = version.corpus.source(one.stored.passage.source_id)
        number = source.block_at(one.sentence.sentence.start)
        if source.blocks[number].kind is BlockKind.ROW:
            cell = one.text.partition(CELL_GAP)[0]
            yield place, _DayRow(source, number, days_of(cell, version.language), _is_alone(cell, version.language))


def days_of(cell: str, language: Language) -> frozenset[int]:
    """The days that a cell begins with and names, from 0 for Monday, and those between the two of a range."""
    first = next(_named(cell, language, whole=False), None)
    return frozenset() if first is None or cell[: first[0].start()].strip("| ") else _days_in(cell, language)


def with_whole_days(row: str, language: Language) -> str:
    """A row with the whole names of the days that its first cell names in short or as a range; any other as it is."""
    cell, gap, rest = row.partition(CELL_GAP)
    days = days_of(cell, language) if gap else frozenset()
    whole = {day for _, day in _named(cell, language, whole=True)}
    if days <= whole:
        return row
    names = get_day_names("wide", "format", Locale.parse(language.tag, sep="-"))
    own = "" if _is_alone(cell, language) else f" ({cell})"
    return f"{', '.join(names[day] for day in sorted(days))}{own}{gap}{rest}"


def _is_alone(cell: str, language: Language) -> bool:
    """Whether a cell that begins with a day holds no more words than its days and those between them."""
    return len(_WORD.findall(cell)) < 2 * sum(1 for _ in _named(cell, language, whole=False))


def without_held_days(names: Sequence[str], held: Iterable[str], language: Language) -> tuple[str, ...]:
    """Names that no text holds, without the days that some text has in short, or within a range.

    Where no text speaks of days, a day is a circumstance of what is asked ("my dog is ill on a Sunday"), and no name.
    """
    days = {name: _asked_days(name, language) for name in names}
    if any(days.values()):
        told = frozenset[int]().union(*(_days_in(text, language) for text in held))
        return tuple(name for name in names if not days[name] or (told and not days[name] <= told))
    return tuple(names)


def _asked_days(question: str, language: Language) -> frozenset[int]:
    """The days that a question names: in short only where that is hardly another word ("Sat", "tues"; no "sat", "SAT")."""
    return frozenset(
        day
        for word, day in _named(question, language, whole=False)
        if (word[0].istitle() or len(word[0]) >= PREFIX_LETTERS) and word[0].casefold() not in language.words.stop
    )


def _days_in(text: str, language: Language) -> frozenset[int]:
    """The days that a text names, and those between the two of a range."""
    named = list(_named(text, language, whole=False))
    days = {day for _, day in named}
    for (before, first), (after, last) in pairwise(named):
        between = _BETWEEN.fullmatch(text, before.end(), after.start())
        if between and (between["word"] is None or between["word"].casefold() in language.figures.range_words):
            days |= {(first + step) % WEEK for step in range((last - first) % WEEK)}
    return frozenset(days)


def _named(text: str, language: Language, *, whole: bool) -> Iterator[tuple[re.Match[str], int]]:
    """The words that name days, with the days; where `whole`, only by their whole names, which are no other words."""
    for word in _WORD.finditer(text):
        said = word[0].casefold()
        for number, (name, short) in enumerate(_names(language.tag)):
            is_whole = said.removesuffix(language.topic.plural_ending) == name or said == name
            shortened = said in {short, short + language.topic.plural_ending} or (
                len(said) >= PREFIX_LETTERS and name.startswith(said)
            )
            if is_whole or (not whole and shortened):
                yield word, number
                break


@lru_cache(maxsize=8)
def _names(tag: str) -> tuple[tuple[str, str], ...]:
    """The names of the days in a language, from Monday on, whole and shortened, in small letters."""
    known = Locale.parse(tag, sep="-")
    wide, short = (get_day_names(width, "format", known) for width in ("wide", "abbreviated"))
    return tuple((wide[day].casefold(), short[day].casefold().rstrip(".")) for day in range(WEEK))
