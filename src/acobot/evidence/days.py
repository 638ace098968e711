"""Days of the week that a question names → the row of a table that holds for them: "Tue", "Mon–Fri", "Sat and Sun".

The names come from the locale data of the language. A short name may be another word ("Sun", "Sat"): in a table it
counts only where several rows have first cells that are days alone, in a question where it has a capital or is longer.
Months are told in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

import numpy as np
import numpy.typing as npt
from babel import Locale
from babel.dates import get_day_names, get_month_names

from acobot.evidence.ranges import PARTS_ENDS, range_from
from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language
from acobot.sources import CELL_GAP, BlockKind, Source

MOST_ROWS = 40  # of a table that is looked through for a day
LEAST_ROWS = 2  # whose first cells are days and nothing else, in a table of days
PREFIX_LETTERS = 4  # of a name cut short in its own way: "Tues", "Thurs"; fewer may be another word
_WORD = re.compile(r"[^\W\d_]+")
# The ends of a range are parted by a dash or a word; before the second of two months may stand its day.
_BETWEEN = re.compile(rf"\.?{PARTS_ENDS}\s*(?:\d{{1,2}}(?:[^\W\d_]{{2}})?\.?\s+)?")

# Names that follow one another and come again, whole and shortened, in small letters.
_Cycle = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DayTable:
    """A table of days: the places of its rows, and of those that hold for a day that is asked about.

    `lacks_day` says that its rows are all of days, looked at or not, and none of the one that is asked about.
    """

    rows: frozenset[int]
    holding: tuple[int, ...]
    lacks_day: bool


@dataclass(frozen=True, slots=True)
class _DayRow:
    """A table's row: its block in the source, the days that its first cell names, and whether it names only those."""

    source: Source
    block: int
    days: frozenset[int]
    is_alone: bool


def day_tables(question: str, scored: Sequence[Scored], version: Version) -> tuple[DayTable, ...]:
    """The tables of days among the sentences that hold for a day which the question names, or surely lack it."""
    asked = asked_days(question, version.language)
    if not asked:
        return ()
    rows = dict(_day_rows(scored, version))
    tables: dict[tuple[str, int], dict[int, _DayRow]] = {}
    for place, row in rows.items():
        tables.setdefault((row.source.id, row.source.table_head(row.block)), {})[place] = row
    found = (
        DayTable(
            frozenset(table),
            tuple(place for place, row in table.items() if asked & row.days),
            _lacks(asked, version.corpus.source(source), head, version.language),
        )
        for (source, head), table in tables.items()
        if len({row.days for row in table.values() if row.days and row.is_alone}) >= LEAST_ROWS
    )
    return tuple(table for table in found if table.holding or table.lacks_day)


def _lacks(asked: frozenset[int], source: Source, head: int, language: Language) -> bool:
    """Whether every row of a table, but for a head, is of days alone, and none of a day that is asked about.

    What "weekends" or "bank holidays" are is not known; nor is a long table looked through.
    """
    numbers = range(head, min(head + MOST_ROWS + 1, len(source.blocks)))
    rows = list(takewhile(lambda number: source.table_head(number) == head, numbers))
    if len(rows) > MOST_ROWS:
        return False
    cells = [source.text[source.blocks[n].start : source.blocks[n].end].partition(CELL_GAP)[0] for n in rows]
    told = [days_of(cell, language) if _is_alone(cell, language) else frozenset() for cell in cells]
    return all(told[1:]) and not asked & frozenset[int]().union(*told)


def held_days_first(scores: npt.NDArray[np.float64], tables: Iterable[DayTable], weight: float) -> None:
    """Adds a weight to the best row that holds for the day asked about, where another row of its table is the best."""
    best = int(scores.argmax())
    for table in tables:
        if table.holding and best in table.rows and best not in table.holding:
            scores[max(table.holding, key=scores.__getitem__)] += weight


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
    days = _days(language.tag)
    first = next(_named(cell, days, language, whole=False), None)
    return frozenset() if first is None or cell[: first[0].start()].strip("| ") else _told(cell, days, language)


def asked_days(question: str, language: Language) -> frozenset[int]:
    """The days that a question names, from 0 for Monday."""
    return _asked(question, _days(language.tag), language)


def days_told(text: str, language: Language) -> frozenset[int]:
    """The days that a text names, and those between the two of a range."""
    return _told(text, _days(language.tag), language)


def day_words(text: str, language: Language) -> Iterator[tuple[re.Match[str], int]]:
    """The words of a text that name days, whole or in short, with their numbers from 0 on."""
    return _named(text, _days(language.tag), language, whole=False)


def is_of_days(cell: str, language: Language) -> bool:
    """Whether a cell says days and nothing else."""
    return bool(days_of(cell, language)) and _is_alone(cell, language)


def with_whole_days(row: str, language: Language) -> str:
    """A row with the whole names of the days that its first cell names in short or as a range; any other as it is."""
    cell, gap, rest = row.partition(CELL_GAP)
    days = days_of(cell, language) if gap else frozenset()
    whole = {day for _, day in _named(cell, _days(language.tag), language, whole=True)}
    if days <= whole:
        return row
    names = get_day_names("wide", "format", Locale.parse(language.tag, sep="-"))
    own = "" if _is_alone(cell, language) else f" ({cell})"
    return f"{', '.join(names[day] for day in sorted(days))}{own}{gap}{rest}"


def _is_alone(cell: str, language: Language) -> bool:
    """Whether a cell that begins with a day holds no more words than its days and those between them."""
    return len(_WORD.findall(cell)) < 2 * sum(1 for _ in _named(cell, _days(language.tag), language, whole=False))


def without_held_days(names: Sequence[str], held: Iterable[str], language: Language) -> tuple[str, ...]:
    """Names that no text holds, without the days and months that some text has in short, or within a range.

    Where no text speaks of days, a day is a circumstance of what is asked ("my dog is ill on a Sunday"), and no name. A
    month is not: what happened in July is asked of July.
    """
    texts = list(held) if names else []
    for cycle, is_circumstance in ((_days(language.tag), True), (_months(language.tag), False)):
        asked = {name: _asked(name, cycle, language) for name in names}
        if any(asked.values()):
            told = frozenset[int]().union(*(_told(text, cycle, language) for text in texts))
            excused = is_circumstance and not told
            names = [name for name in names if not asked[name] or not (excused or asked[name] <= told)]
    return tuple(names)


def _asked(question: str, cycle: _Cycle, language: Language) -> frozenset[int]:
    """What a question names: in short only where that is hardly another word ("Sat", "tues"; no "sat", "SAT")."""
    return frozenset(
        number
        for word, number in _named(question, cycle, language, whole=False)
        if (word[0].istitle() or len(word[0]) >= PREFIX_LETTERS) and word[0].casefold() not in language.words.stop
    )


def _told(text: str, cycle: _Cycle, language: Language) -> frozenset[int]:
    """What a text names, and what lies between the two of a range."""
    named = list(_named(text, cycle, language, whole=False))
    told = {number for _, number in named}
    for (before, first), (after, last) in pairwise(named):
        between = _BETWEEN.fullmatch(text, before.end(), after.start())
        if between and range_from(between["word"] or "", text, before.start(), language) is not None:
            told |= {(first + step) % len(cycle) for step in range((last - first) % len(cycle))}
    return frozenset(told)


def named_months(text: str, language: Language) -> Iterator[tuple[re.Match[str], int]]:
    """The words of a text that name months, whole or in short, with their numbers from 0 on."""
    return _named(text, _months(language.tag), language, whole=False)


def _named(text: str, cycle: _Cycle, language: Language, *, whole: bool) -> Iterator[tuple[re.Match[str], int]]:
    """The words of a text that are names; where `whole`, only whole names, which are no other words."""
    for word in _WORD.finditer(text):
        said = word[0].casefold()
        for number, (name, short) in enumerate(cycle):
            is_whole = said.removesuffix(language.topic.plural_ending) == name or said == name
            shortened = said in {short, short + language.topic.plural_ending} or (
                len(said) >= PREFIX_LETTERS and name.startswith(said)
            )
            if is_whole or (not whole and shortened):
                yield word, number
                break


@lru_cache(maxsize=8)
def _days(tag: str) -> _Cycle:
    """The names of the days in a language, from Monday on."""
    known = Locale.parse(tag, sep="-")
    return _cycle(*(get_day_names(width, "format", known) for width in ("wide", "abbreviated")))


@lru_cache(maxsize=8)
def _months(tag: str) -> _Cycle:
    """The names of the months in a language."""
    known = Locale.parse(tag, sep="-")
    return _cycle(*(get_month_names(width, "format", known) for width in ("wide", "abbreviated")))


def _cycle(wide: Mapping[int, str], short: Mapping[int, str]) -> _Cycle:
    return tuple((wide[one].casefold(), short[one].casefold().rstrip(".")) for one in sorted(wide))
