"""The table that a row stands in, and whether its first row is its head: not where it is a row like the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.bare_lines import is_label
from acobot.evidence.days import days_of, is_of_days
from acobot.evidence.records import Evidence
from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import BlockKind, Source

SENTENCE_WORDS = 4  # the fewest of one in a table's cell
_BAR = re.compile(r"(?<!\S)\|(?!\S)")  # between two cells, of which either may be empty
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def heads_row(first: str, row: str, language: Language) -> bool:
    """Whether a table's first row says what another of its rows holds; not where it is a row like that one.

    It is where both begin with days, or have days or figures of one form in one column ("£5" over "£7"), or where it
    has a sentence. Years, and numbers with nothing beside them, may also be the names of columns.
    """
    of_both = list(zip(_cells(first), _cells(row), strict=False))
    if all(days_of(cell, language) for cell in of_both[0]) or any(_is_sentence(cell) for cell, _ in of_both):
        return False
    if any(_form(one) and _form(one) == _form(other) for one, other in of_both):
        return False
    return not any(all(is_of_days(cell, language) for cell in pair) for pair in of_both)


def is_empty_where_asked(question: str, row: Scored, version: Version) -> bool:
    """Whether a sentence is a row that a question names and that has nothing where it asks for more.

    That is a row with a name alone, as a field that nobody filled in, or one with an empty cell in the column that the
    question names.
    """
    source, number = block_of(version, row)
    language, asked = version.language, set(terms(question, version.language))
    if source.blocks[number].kind is not BlockKind.ROW or language.questions.asks_whether.search(question):
        return False
    name, *cells = _cells(row.text)
    named = set(terms(name, language))
    if not asked & named:
        return False
    if any(cells):
        columns = _named_columns(asked - named, _cells(head_over(version, row)), language)
        return _is_empty_below(columns, cells, language)
    return is_label(row.text) and _is_among_full_rows(source, number) and not _names_rows_below(source, number)


def _named_columns(asked: set[str], heads: Sequence[str], language: Language) -> list[int]:
    """The columns after the first whose heads a question names by all that tells them from the others."""
    said = [set(terms(head, language)) for head in heads]
    apart = [one.difference(*said[:at], *said[at + 1 :]) for at, one in enumerate(said)]
    return [at - 1 for at, one in enumerate(apart) if at and one and one <= asked]


def _is_empty_below(columns: Sequence[int], cells: Sequence[str], language: Language) -> bool:
    """Whether all of some columns are empty in a row.

    A text may stand in several columns, and be told in the first of them; so it is sure only behind a figure or a day.
    """
    if not columns or any(cells[at : at + 1] and cells[at] for at in columns):
        return False
    before = (next(filter(None, reversed(cells[:at])), "") for at in columns)
    return all(not said or has_figure(said) or days_of(said, language) for said in before)


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


def _is_sentence(cell: str) -> bool:
    """Whether a cell ends as sentences do, and not with something that is shortened ("Tel. no.")."""
    return cell.endswith((".", "!")) and cell[-4:-1].isalpha() and len(cell.split()) >= SENTENCE_WORDS


def _form(cell: str) -> str:
    """How a cell with a figure is written, whatever the figure; empty for one without, a year, or a bare number."""
    form = _NUMBER.sub("0", _YEAR.sub("", cell))
    return form if "0" in form and form != "0" else ""
