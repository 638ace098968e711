"""The table that a row stands in, and whether its first row is its head: not where it is a row like the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.amounts import telling_stems
from acobot.evidence.bare_lines import is_label
from acobot.evidence.days import days_of, names_time_of
from acobot.evidence.records import Evidence
from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import CELL_GAP, BlockKind, Source

_BAR = re.compile(r"(?<!\S)\|(?!\S)")  # between two cells, of which either may be empty
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def heads_row(first: str, row: str, language: Language) -> bool:
    """Whether a table's first row says what another of its rows holds; not where it is a row like that one.

    It is where both begin with days, or have figures of one form in one column ("£5" over "£7"). Years, and numbers
    with nothing beside them, may also be the names of columns.
    """
    of_both = list(zip(_cells(first), _cells(row), strict=False))
    by_days = all(days_of(cell, language) for cell in of_both[0])
    return not by_days and not any(_form(one) and _form(one) == _form(other) for one, other in of_both)


def is_empty_where_asked(question: str, row: Scored, version: Version) -> bool:
    """Whether a sentence is a row, and what a question asks of it is empty: a cell, or all but the row's name."""
    source, number = block_of(version, row)
    if source.blocks[number].kind is not BlockKind.ROW:
        return False
    if CELL_GAP in row.text:
        about = row.stored.passage.prefix
        return asks_empty_cell(question, row.text, head_over(version, row), version.language, about)
    is_named = set(terms(question, version.language)) & set(terms(row.text, version.language))
    asks_more = is_named and not version.language.questions.asks_whether.search(question)
    is_field = is_label(row.text) and _is_among_full_rows(source, number) and not _names_rows_below(source, number)
    return bool(asks_more) and is_field


def _is_among_full_rows(source: Source, number: int) -> bool:
    """Whether a row with a name alone stands below one with values, and does not name the row below it."""
    own = source.blocks[number]
    above = source.text[source.blocks[source.table_head(number)].start : own.start]
    below = source.blocks[number + 1] if number + 1 < len(source.blocks) else own
    begins = source.text[below.start : below.end].startswith(f"{source.text[own.start : own.end]} ")
    return bool(_BAR.search(above.strip("| \n"))) and not begins


def _names_rows_below(source: Source, number: int) -> bool:
    """Whether a row with a name alone names a group: the first row below the head has a name alone, too.

    Right below it stand values: several in a row, or one each in two rows, with figures of one form. The fields of a
    form have one each, of several forms.
    """
    head = source.table_head(number)
    first, below, after = ([*_row(source, head, one), "", ""][:3] for one in (head + 1, number + 1, number + 2))
    if any(first[1:]) or not below[1]:
        return False
    return bool(below[2]) or _form(below[1]) == _form(after[1]) != ""


def _row(source: Source, head: int, number: int) -> list[str]:
    """The cells of a block of the table with this head; none of another block."""
    if number >= len(source.blocks) or source.table_head(number) != head:
        return []
    return _cells(source.text[source.blocks[number].start : source.blocks[number].end])


def asks_empty_cell(question: str, row: str, head: str, language: Language, about: str = "") -> bool:
    """Whether a question asks for an empty cell of a row: by a word of the row's name, and by the column's head.

    The heads of empty columns have all of the question's other words, as a day within their range is one, but for those
    that the row stands under (`about`) or that only ask; and no column with a value has as many. A row's only value may
    hold for all of its columns, and one that tells when answers who asks when.
    """
    (name, *values), (over_name, *columns) = _cells(row), _cells(head)
    values += [""] * (len(columns) - len(values))
    if all(values) or len(values) > len(columns) or not any(values[1:]):
        return False
    asked, named = set(terms(question, language)), set(terms(name, language))
    if not (asked - set(terms(over_name, language))) & named:
        return False
    rest = asked - named
    met = [len(rest & set(terms(one, language))) + names_time_of(question, one, language) for one in columns]
    if not any(met) or any(value for value, words in zip(values, met, strict=True) if words == max(met)):
        return False
    empty = CELL_GAP.join(one for one, value in zip(columns, values, strict=True) if not value)
    said = telling_stems(language).union(named, terms(f"{over_name} {about} {empty}", language))
    return _are_said(question, said, empty, language) and not _tells_when(question, empty, values, language)


def _are_said(question: str, said: frozenset[str], heads: str, language: Language) -> bool:
    """Whether all words of a question, but those of asking, are among some stems, or are times that heads name."""
    words = language.questions.asks_value.sub(" ", question).split()
    return all(said.issuperset(terms(word, language)) or names_time_of(word, heads, language) for word in words)


def _tells_when(question: str, empty: str, values: Sequence[str], language: Language) -> bool:
    """Whether a question asks when, names no time that heads of empty columns name, and a value tells one."""
    if not language.questions.asks_when.search(question) or names_time_of(question, empty, language):
        return False
    return any(language.figures.occasion.search(one) or language.figures.date.search(one) for one in values)


def head_over(version: Version, row: Evidence | Scored) -> str:
    """The first row of the table that a row stands in; "" where that is a row like this one."""
    source, number = block_of(version, row)
    first = source.blocks[source.table_head(number)]
    said = source.text[first.start : first.end]
    return said if heads_row(said, row.text, version.language) else ""


def is_head(one: Scored, version: Version) -> bool:
    """Whether a sentence is a table's first row, without a figure: one with figures may be a row like the others."""
    source, number = block_of(version, one)
    is_row = source.blocks[number].kind is BlockKind.ROW
    return is_row and source.table_head(number) == number and not has_figure(one.text)


def table_of(version: Version, row: Scored) -> tuple[str, int]:
    """The source of the table that a row stands in, and the number of the table's first block."""
    source, number = block_of(version, row)
    return source.id, source.table_head(number)


def block_of(version: Version, one: Evidence | Scored) -> tuple[Source, int]:
    """The source of a sentence, and the number of the block that it stands in."""
    source = version.corpus.source(one.stored.passage.source_id)
    return source, source.block_at(one.sentence.sentence.start)


def has_figure(said: str) -> bool:
    """Whether a row has a figure: only a table with one is sure to have a head."""
    return bool(_FIGURE.search(said))


def _cells(row: str) -> list[str]:
    """The cells of a row; one that begins with a bar has an empty first cell."""
    return [cell.strip() for cell in _BAR.split(row)]


def _form(cell: str) -> str:
    """How a cell with a figure is written, whatever the figure; empty for one without, a year, or a bare number."""
    form = _NUMBER.sub("0", _YEAR.sub("", cell))
    return form if "0" in form and form != "0" else ""
