"""A table whose rows hold for ranges of numbers: the row that holds for the number of the question comes first.

"What is a day for a child of 9?" is answered by "8 to 11 | £12", not by "4 to 7 | £14"; for one of 3 by
"under 4 | free", and for one of 14 by "12 and over | £9". Knows no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acobot.evidence.asking import what_asks
from acobot.evidence.codes import has_words_of
from acobot.evidence.named import cells_of, lies_within, numbers_of
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import has_figure, head_over, rows_of_table, table_of
from acobot.evidence.weighing import Weighed
from acobot.evidence.years import without_years
from acobot.index import Version
from acobot.languages import Language, figure, terms
from acobot.sources import CELL_GAP

LEAST_RANGES = 2  # of a column of which one may have no second end
MOST_OPENING = 3  # words that make a number of a range without a second end: "and over"
_COUNTED = re.compile(r"\d\s([^\W\d_]+)")  # the word behind a number
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")


def band_asked_for_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best row change scores with the only one of its table whose first cell holds the question's number.

    Not where the question has several numbers, years apart, nor where the best row has that number itself, begins
    without a figure or begins with a range that holds it, too.
    """
    best, language = int(weighed.scores.argmax()), version.language
    question = what_asks(question)
    numbers = _numbers_asked(question, language)
    if CELL_GAP not in scored[best].text or len(numbers) != 1:
        return
    (number,) = numbers
    own = cells_of(scored[best].text)
    if not has_figure(own[0]) or number in numbers_of(scored[best].text, language):
        return
    table, held = table_of(version, scored[best]), _rows_that_hold(question, number, scored[best], version)
    holding = [
        place
        for place, one in enumerate(scored)
        if one.text in held
        and table_of(version, one) == table
        and has_words_of(question, scored[best].text, one.text, language)
    ]
    if len(holding) == 1:
        weighed.put_first(holding[0], best)


def is_priced_band(question: str, row: Scored, version: Version) -> bool:
    """Whether a question asks what something costs for a number, and a row alone holds for it and tells a price.

    All else that is asked must stand in the table's head, the headings or the row's first cell; what is counted, in the
    first column. Where that may be of ages, a number that may count heads is none ("for a family of 4").
    """
    language, question = version.language, what_asks(question)
    numbers, cells = _numbers_asked(question, language), cells_of(row.text)
    if len(numbers) != 1 or not cells or not language.questions.asks_price.search(question):
        return False
    told = CELL_GAP.join(cells[1:])
    if not (language.figures.price.search(told) or language.figures.no_charge.search(told)):
        return False
    (number,) = numbers
    if _rows_that_hold(question, number, row, version) != [row.text]:
        return False
    said = set(_WORD.findall(cells[0].casefold())) - language.words.stop - language.figures.range_words
    has_unit = said or language.figures.price.search(cells[0])
    units = language.figures.units
    head = head_over(version, row)
    column, found = head.partition(CELL_GAP)[0], _COUNTED.search(question)
    counted = set(terms(found[1], language)) if found else set()
    if not (has_unit or counted) and _may_count_heads(question, column, language):
        return False
    of_ages = () if has_unit else (max(units, key=units.__getitem__),)  # who is so old is so many years old
    idle = (*language.topic.chatter, *language.topic.asking, *language.topic.people, *language.figures.telling_words)
    asked = set(terms(question, language)) - set(terms(" ".join((*idle, *of_ages)), language))
    if not counted <= set(terms(f"{column} {cells[0]} {' '.join(of_ages)}", language)):
        return False
    told = f"{head} {row.stored.passage.prefix} {cells[0]}"
    return {word for word in asked if not figure(word, language).isdecimal()} <= set(terms(told, language))


def _may_count_heads(question: str, column: str, language: Language) -> bool:
    """Whether the number of a question is no age that is told as one, and what it stands behind may count heads.

    Not where the column is of people.
    """
    if language.figures.years_old.search(question) or language.questions.own_age.search(question):
        return False
    words, people = _WORD_OR_NUMBER.findall(question.casefold()), terms(" ".join(language.topic.people), language)
    return set(terms(column, language)).isdisjoint(people) and any(
        before in language.figures.heads_before and (number.isdigit() or number in language.figures.numbers)
        for before, number in pairwise(words)
    )


def _numbers_asked(question: str, language: Language) -> set[float]:
    """The numbers of a question, years apart; where none is in figures, those in words but "one", mostly none."""
    said = without_years(question, language)
    written = (word for word in _WORD.findall(said) if word.casefold() in language.figures.numbers[1:])
    return {*numbers_of(said, language)} or {float(figure(word, language)) for word in written}


def _rows_that_hold(question: str, number: float, row: Scored, version: Version) -> list[str]:
    """The rows of a row's table whose first cell holds a number: a sum of money only where it is of money."""
    language, rows = version.language, [one for one in rows_of_table(version, row) if CELL_GAP in one]
    cells, price = [cells_of(one)[0] for one in rows], version.language.figures.price
    beyond = set(_beyond_ends(number, cells, language))
    return [
        one
        for at, (one, cell) in enumerate(zip(rows, cells, strict=True))
        if at in beyond or lies_within(number, cell, language)
        if price.search(cell) or not price.search(question)
    ]


def _beyond_ends(number: float, cells: Sequence[str], language: Language) -> Iterator[int]:
    """Where a column's lowest range stands that a number is below, or its highest, if a cell says so: "65+".

    Such a cell has one number, at which the next range begins or the one before ends, and a sign or words for it that
    no other has.
    """
    told = [numbers_of(cell, language) for cell in cells]
    filled = [at for at, numbers in enumerate(told) if numbers]
    if len(filled) < LEAST_RANGES:
        return
    first, last = filled[0], filled[-1]
    is_below = len(told[first]) == 1 and number < told[first][0] == min(told[first + 1], default=-1)
    end = told[last][0]
    is_above = len(told[last]) == 1 and number > end and 0 <= end - max(told[last - 1], default=end + 1) <= 1
    if is_below and _opens(first, cells, language):
        yield first
    if is_above and _opens(last, cells, language):
        yield last


def _opens(at: int, cells: Sequence[str], language: Language) -> bool:
    """Whether a cell has a plus sign, or a word for a range without a second end and few others of its own."""
    own, *others = ({*_WORD.findall(cell.casefold())} for cell in (cells[at], *cells[:at], *cells[at + 1 :]))
    new = own.difference(*others)
    return cells[at].rstrip().endswith("+") or (len(new) <= MOST_OPENING and bool(new & language.figures.open_words))
