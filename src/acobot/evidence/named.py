"""What a question names outright → the sentence that is it.

A clause by its number ("What does clause 2.1 say?") is the sentence that begins so. A thing in a table ("Is Denton Hall
step-free?") is the row that has its name for a cell, where the table's head speaks of what is asked; in a form, whose
rows are labels with values ("Name: R. Marsh", "Gift: a ticket"), it is the row whose label is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from acobot.evidence.asking import what_asks
from acobot.evidence.calendar import days_with_month
from acobot.evidence.clauses import Named, named_clause
from acobot.evidence.days import days_of
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of, has_figure, head_over, is_head, table_of
from acobot.index import Version
from acobot.languages import Language, has_words, plain_number, terms
from acobot.sources import CELL_GAP, BlockKind

WEIGHT = 30.0  # log-odds: what is named outright is wanted before anything that is only alike
NAME_WORDS = 2
LABEL_AND_VALUE = 2  # cells of a form's row
PART_LETTERS = 5  # of the stem of a word's last part


def find_named(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """What a question names outright, of the sentences looked at; None where it names nothing."""
    return (
        named_clause(question, scored, version)
        or find_row(question, scored, version)
        or find_field(question, scored, version)
    )


def find_row(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """The row that has a name from the question for a cell, in a table whose head speaks of the rest of it.

    What several rows of a table hold names none of them, and its head names none of its rows. First cells come before
    all others: "every week" says something of its row, and is hardly its name. What may be anything counts only where
    head and headings have all the rest of the question ("How many seats has the library?"): a name of one word, which
    must be a first cell; a first cell with a range, "£300 to £500", in which the question's only number lies; and a
    later cell without the capitals of a name. A range of money counts also where what stands over it is asked about.
    """
    asked = question.casefold()
    rows = [(place, row) for place, row in enumerate(scored) if CELL_GAP in row.text]
    ways: tuple[Callable[[Scored], bool], ...] = (
        lambda row: _has_name(asked, row, scored, version, first=True),
        lambda row: _is_in_range(asked, row, version),
        lambda row: _has_name(asked, row, scored, version, first=False),
    )
    places = (place for is_meant in ways for place, row in rows if is_meant(row))
    return next((Named(place, alone=True) for place in places), None)


def _has_name(asked: str, row: Scored, scored: Sequence[Scored], version: Version, *, first: bool) -> bool:
    """Whether a question names a row by its `first` cell, or by a later one."""
    columns = {column: cell for column, cell in _columns(row.text).items() if (column == 0) is first}
    has_order = not version.language.figures.order_words.isdisjoint(asked.split())  # "open after Good Friday"
    dated = [] if has_order else _dated_names(columns.get(0, ""), version.language)
    named = [*columns.items(), *((0, name) for name in dated)]
    return any(_is_named_by(asked, column, name, row, scored, version) for column, name in named)


def _dated_names(cell: str, language: Language) -> list[str]:
    """The name that a first cell has before its date: "Good Friday, 3 April"; none that is a day of the week.

    A mark parts them, or the name has capitals: "Registered before 1 March" is none.
    """
    date = next(iter(days_with_month(cell, language)), None)
    before = cell[: date.start] if date else ""
    name = before.partition(",")[0].strip(" (–—-:")
    is_parted = name != before.strip() or _is_name(name, language)
    is_name = len(name.split()) >= NAME_WORDS and not days_of(name, language) and not has_figure(name) and is_parted
    return [name] if is_name else []


def _is_in_range(asked: str, row: Scored, version: Version) -> bool:
    """Whether the only number of a question lies in the range of a row's first cell."""
    language, cells = version.language, cells_of(row.text)
    numbers = numbers_of(asked, language)
    if len(numbers) != 1 or not cells or not lies_within(numbers[0], cells[0], language):
        return False
    rest = _amount(language).sub(lambda said: _unless_unit(said, cells[0]), asked)
    return _speaks_of_all(rest, row, version) or _is_sum_of_column(asked, cells[0], row, version)


def _is_sum_of_column(asked: str, cell: str, row: Scored, version: Version) -> bool:
    """Whether question and cell tell sums of money, and the question has the last word of what stands over the cell."""
    language, column = version.language, head_over(version, row).partition(CELL_GAP)[0]
    asked = what_asks(asked)
    if not all(language.figures.price.search(said) for said in (asked, cell)):
        return False
    pairs = [*product(terms(column, language)[-1:], terms(asked, language))]
    return any(_is_word_in(one, other, language) or _is_word_in(other, one, language) for one, other in pairs)


def _is_word_in(word: str, other: str, language: Language) -> bool:
    """Whether a word's stem is another one's, or where words are put together, its last part ("Jahreseinkommen")."""
    is_part = language.topic.nouns_in_capitals and len(word) >= PART_LETTERS and other.endswith(word)
    return word == other or is_part


@lru_cache(maxsize=8)
def _amount(language: Language) -> re.Pattern[str]:
    """A number with the short unit behind it (group 1), if there is one: "7 m"."""
    return re.compile(rf"{_number(language).pattern}(?:\s?([^\W\d_]{{1,4}})\b)?")


def _unless_unit(amount: re.Match[str], cell: str) -> str:
    """What a question asks beside a number: nothing, or the word behind it that is no unit of the cell's range."""
    behind = amount[1] or ""
    return " " if has_words(cell.casefold(), behind) else f" {behind} "


def _is_named_by(asked: str, column: int, cell: str, row: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether a question names a row by its cell in a column."""
    name, several = cell.casefold(), len(cell.split()) >= NAME_WORDS
    if not (several or column == 0) or not has_words(asked, name):
        return False
    if is_head(row, version) or _is_others(name, asked, row, scored, version):
        return False
    rest, is_name = asked.replace(name, " "), several and (column == 0 or _is_name(cell, version.language))
    return _speaks_of_all(rest, row, version) or (is_name and _speaks_of(rest, row, column, version))


def _is_name(cell: str, language: Language) -> bool:
    """Whether a cell is a name of several words: all have capitals but small ones within it, and none is a number.

    Days are none, nor is what a word of ranges stands in ("Monday to Friday").
    """
    words, small = cell.split(), language.words.small - language.figures.range_words
    told = [word for place, word in enumerate(words) if not place or word not in small]
    is_named = not any(word[0].islower() or word[0].isdigit() for word in told)
    return is_named and len(told) >= NAME_WORDS and not days_of(cell, language)


def _is_others(name: str, asked: str, row: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether another row of a row's table has the name for a cell, too, or a longer one with it that is asked about.

    So it is with "Mill Lane" where "Mill Lane East" is asked about.
    """
    table = table_of(version, row)
    cells = (
        cell
        for other in scored
        if other is not row and name in other.text.casefold() and table_of(version, other) == table
        for cell in cells_of(other.text)
    )
    return any(_is_name_of(name, cell, asked, version.language) for cell in cells)


def _is_name_of(name: str, cell: str, asked: str, language: Language) -> bool:
    """Whether a cell is a name, has it before a date, or is a longer one that a question has."""
    names = [one.casefold() for one in (cell, *_dated_names(cell, language))]
    return name in names or any(has_words(said, name) and has_words(asked, said) for said in names)


def cells_of(said: str) -> list[str]:
    """The cells of a row; none of what is no row. An empty first one is left out."""
    return [cell.strip() for cell in said.strip("| ").split(CELL_GAP)] if CELL_GAP in said else []


def _columns(row: str) -> dict[int, str]:
    """The cells of a row by the number of their column, from 0; an empty first one is left out."""
    return dict(enumerate(cells_of(row), start=row.startswith("|")))


@lru_cache(maxsize=8)
def _number(language: Language) -> re.Pattern[str]:
    """A number in figures, as the language parts its thousands and decimals."""
    thousands, decimal = re.escape(language.figures.thousands), re.escape(language.figures.decimal)
    return re.compile(rf"\d+(?:{thousands}\d{{3}})*(?:{decimal}\d+)?")


def numbers_of(text: str, language: Language) -> list[float]:
    """The numbers in figures of a text."""
    return [float(plain_number(found, language)) for found in _number(language).findall(text)]


@lru_cache(maxsize=8)
def _range(language: Language) -> re.Pattern[str]:
    """A range of numbers (groups 1 and 2), of money or with short units or without: "£300 to £500", "5 € – 10 €"."""
    number, words = _number(language).pattern, "|".join(map(re.escape, sorted(language.figures.range_words)))
    money, unit = r"[^\w\s.:/-]?", r"(?:\s?(?:[^\w\s.,:/–—-]|[^\W\d_]{1,4}))?"
    return re.compile(rf"({number}){unit}\s*(?:[–—-]|\b(?:{words})\b)\s*{money}({number})", re.IGNORECASE)


def lies_within(number: float, cell: str, language: Language) -> bool:
    """Whether a cell says a range in which a number lies."""
    said = _range(language).search(cell)
    return bool(said and numbers_of(said[1], language)[0] <= number <= numbers_of(said[2], language)[0])


def find_field(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """The first row of a form whose label the question has, where another row of that form has a name from it."""
    asked = question.casefold()
    fields = [
        (place, one, tuple(cells))
        for place, one in enumerate(scored)
        if len(cells := cells_of(one.text)) == LABEL_AND_VALUE
    ]
    for _, one, (_, value) in fields:
        name = value.casefold()
        if not _is_name(value, version.language) or not has_words(asked, name):
            continue
        rest, form = set(terms(asked.replace(name, " "), version.language)), table_of(version, one)
        for place, other, (label, _) in fields:
            said = set(terms(label, version.language))
            if other is not one and said and said <= rest and table_of(version, other) == form:
                return Named(place, alone=True)
    return None


def _speaks_of_all(rest: str, row: Scored, version: Version) -> bool:
    """Whether the head of a row's table has words of the rest of a question, and with the headings all of them."""
    language = version.language
    asked, told = set(terms(rest, language)), set(terms(head_over(version, row), language))
    headings = set(terms(row.stored.passage.prefix, language))
    openers = set(terms(" ".join(language.topic.asking), language))
    return bool(asked & told) and asked - openers <= told | headings


def _speaks_of(rest: str, row: Scored, column: int, version: Version) -> bool:
    """Whether the head of a row's table has words of the rest of a question, but for what stands over the row's name.

    So "Car park" does over "Mill Street", and over the first column of any row: it says what they are, and answers
    nothing.
    """
    language, head = version.language, head_over(version, row)
    over = _columns(head)
    kinds = f"{over.get(0, '')} {over.get(column, '')}"
    return bool(set(terms(rest, language)) & (set(terms(head, language)) - set(terms(kinds, language))))


def with_heads(one: Scored, version: Version) -> str:
    """A sentence with what stands over it: the title, the headings, and of a row its table's head."""
    source, number = block_of(version, one)
    head = head_over(version, one) if source.blocks[number].kind is BlockKind.ROW else ""
    return f"{one.stored.passage.prefix} {head} {one.text}"
