"""The table that a row stands in, and whether its first row is its head: not where it is a row like the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile, zip_longest

from acobot.evidence.asking import what_asks
from acobot.evidence.bare_lines import is_label
from acobot.evidence.days import days_of, is_of_days
from acobot.evidence.records import Evidence
from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import BlockKind, Source

SENTENCE_WORDS = 4  # the fewest of one in a table's cell
MOST_AROUND = 25  # rows of a table, before and after one, that are looked at for what its columns hold
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


def is_empty_where_asked(question: str, near: Sequence[Scored], version: Version) -> bool:
    """Whether the nearest sentence is a row without what a question asks of it, and no other near it speaks of that.

    It has a name alone, as a field that nobody filled in, or nothing below each head that the question names.
    """
    row, language = near[0], version.language
    source, number = block_of(version, row)
    if source.blocks[number].kind is not BlockKind.ROW or language.questions.asks_whether.search(question):
        return False
    if not _BAR.search(row.text):
        is_named = set(terms(question, language)) & set(terms(row.text, language))
        is_field = is_label(row.text) and _is_among_full_rows(source, number) and not _names_rows_below(source, number)
        return bool(is_named) and is_field
    table = table_of(version, row)
    beside = [one.text for one in near if table_of(version, one) != table]
    return _is_blank(question, row, beside, version)


def _is_blank(question: str, row: Scored, beside: Iterable[str], version: Version) -> bool:
    """Whether a row, and each of the same name, is empty below each head that a question names.

    What else it holds must be as in the rows around it: "closed" among times may speak of its empty cells, too.
    """
    source, number = block_of(version, row)
    head, language = source.table_head(number), version.language
    name, *cells = _row(source, head, number)
    own, asked = set(terms(name, language)), set(terms(what_asks(question), language))
    heads = [set(terms(cell, language)) - own for cell in _cells(head_over(version, row))[1:]]
    named = [column for column, said in enumerate(heads) if said and said <= asked]
    if not named or len(own & asked) * 2 <= len(own) or any(own <= set(terms(text, language)) for text in beside):
        return False
    around = (number + step for step in range(-MOST_AROUND, MOST_AROUND + 1) if number + step > head)
    rows = [one for one in (_row(source, head, number) for number in around) if one]
    if any(cell for first, *rest in rows if first == name for cell in map(dict(enumerate(rest)).get, named)):
        return False
    columns = zip_longest(*(rest for _, *rest in rows), fillvalue="")
    return all(_is_alike(cell, column, language) for cell, column in zip(cells, columns, strict=False) if cell)


def _is_alike(cell: str, column: Sequence[str], language: Language) -> bool:
    """Whether most cells of a column are filled, and as this one is, with a figure or a day or without."""
    alike = (bool(one) and _tells_when_or_much(one, language) == _tells_when_or_much(cell, language) for one in column)
    return sum(alike) * 2 > len(column)


def _tells_when_or_much(cell: str, language: Language) -> tuple[bool, bool]:
    return has_figure(cell), bool(days_of(cell, language))


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


def rows_of_table(version: Version, row: Evidence | Scored) -> list[str]:
    """All rows of the table that a row stands in, its first one among them."""
    source, number = block_of(version, row)
    head = source.table_head(number)
    numbers = takewhile(lambda one: source.table_head(one) == head, range(head, len(source.blocks)))
    return [source.text[source.blocks[one].start : source.blocks[one].end] for one in numbers]


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
