"""A table whose rows hold for ranges of numbers: the row that holds for the number of the question comes first.

"What is a day for a child of 9?" is answered by "8 to 11 | £12", not by "4 to 7 | £14". Knows no source.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.asking import what_asks
from acobot.evidence.codes import has_words_of
from acobot.evidence.named import cells_of, lies_within, numbers_of
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import has_figure, table_of
from acobot.evidence.weighing import Weighed
from acobot.evidence.years import without_years
from acobot.index import Version
from acobot.languages import Language
from acobot.sources import CELL_GAP


def band_asked_for_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best row change scores with the only one of its table whose first cell holds the question's number.

    Not where the question has several numbers, years apart, nor where the best row has that number itself, begins
    without a figure or begins with a range that holds it, too.
    """
    best, language = int(weighed.scores.argmax()), version.language
    question = what_asks(question)
    numbers = {*numbers_of(without_years(question, language), language)}
    if CELL_GAP not in scored[best].text or len(numbers) != 1:
        return
    (number,) = numbers
    own = cells_of(scored[best].text)
    if not has_figure(own[0]) or number in numbers_of(scored[best].text, language):
        return
    table = table_of(version, scored[best])
    holding = [
        place
        for place, one in enumerate(scored)
        if CELL_GAP in one.text
        and _holds(question, number, cells_of(one.text)[0], language)
        and table_of(version, one) == table
        and has_words_of(question, scored[best].text, one.text, language)
    ]
    if len(holding) == 1:
        weighed.put_first(holding[0], best)


def _holds(question: str, number: float, cell: str, language: Language) -> bool:
    """Whether a cell holds a number of the question: a sum of money only where it is of money."""
    price = language.figures.price
    return lies_within(number, cell, language) and bool(price.search(cell) or not price.search(question))
