"""Items of a list, or rows of a table, that begin with dates: the one of the date that is asked about comes first.

"What is on on 11 October?" is answered by "11 October: a puppet show", not by "10 October: a play". Knows no source.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.asking import what_asks
from acobot.evidence.calendar import date_begun_with, days_with_month
from acobot.evidence.named import numbers_of
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import terms
from acobot.sources import BlockKind

MOST_LACKED = 1  # words of a question in the best line that the one of its date has not


def line_of_date_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best line change scores with one of its list or table that begins with the question's only date.

    Not where the best one has that date anywhere, or begins with none, nor where the question has its day, too ("10 or
    11 October") or asks for what is before or after it, nor where only the best one has more than `MOST_LACKED` words
    of it, or one and it asks when: "When do entries close for the show on 11 October?" is asked of another date.
    """
    best, language, question = int(weighed.scores.argmax()), version.language, what_asks(question)
    asked, own = days_with_month(question, language), date_begun_with(scored[best].text, language)
    if len(asked) != 1 or own is None or own.holds(asked[0]) or own.day in numbers_of(question, language):
        return
    if language.figures.order_words & {*question.casefold().split()}:
        return
    if any(one.holds(asked[0]) for one in days_with_month(scored[best].text, language)):
        return
    among = _among(scored[best], version)
    holding = [
        place
        for place, one in enumerate(scored)
        if (begun := date_begun_with(one.text, language)) and begun.holds(asked[0]) and _among(one, version) == among
    ]
    about = {word for word in terms(question, language) if not word.isdigit()}
    said = about.intersection(terms(scored[best].text, language))
    most = 0 if language.questions.asks_when.search(question) else MOST_LACKED
    holding = [place for place in holding if len(said.difference(terms(scored[place].text, language))) <= most]
    if among and holding:
        weighed.put_first(max(holding, key=weighed.scores.__getitem__), best)


def _among(one: Scored, version: Version) -> tuple[str, int] | None:
    """The source and the first block of the table, or the block over the list, that a line stands in."""
    source, number = block_of(version, one)
    if source.blocks[number].kind is BlockKind.ROW:
        return source.id, source.table_head(number)
    return (source.id, source.over_list(number)) if source.blocks[number].kind is BlockKind.ITEM else None
