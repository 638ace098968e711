"""What a question names outright → the sentence that is it.

A clause by its number ("What does clause 2.1 say?") is the sentence that begins so. A thing in a table ("Is Denton Hall
step-free?") is the row that has its name for a cell, where the table's head speaks of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import CELL_GAP

WEIGHT = 30.0  # log-odds: what is named outright is wanted before anything that is only alike
NAME_WORDS = 2


@dataclass(frozen=True, slots=True)
class Named:
    """The place of the sentence among those looked at, and whether the question asks for nothing but what it says."""

    place: int
    alone: bool


def find_clause(question: str, texts: Sequence[str], language: Language) -> Named | None:
    """The first sentence that begins with the number of the clause that a question names; None where it names none."""
    named = language.questions.asks_clause.search(question)
    if named is None:
        return None
    begins = re.compile(rf"\(?{re.escape(named['number'])}(?:[.):]|\b(?![.\d]))")
    place = next((place for place, text in enumerate(texts) if begins.match(text)), None)
    rest = question[: named.start()] + question[named.end() :]
    asked = set(terms(rest, language)) - set(terms(" ".join(language.topic.asking), language))
    return Named(place, not asked) if place is not None else None


def find_row(question: str, scored: Sequence[Scored], version: Version) -> Named | None:
    """The first row that has a name from the question for a cell, in a table whose head speaks of the rest of it.

    A name is several words: one word alone may be anything.
    """
    asked = question.casefold()
    for place, one in enumerate(scored):
        for cell in one.text.casefold().strip("| ").split(CELL_GAP) if CELL_GAP in one.text else ():
            if len(cell.split()) < NAME_WORDS or not re.search(rf"\b{re.escape(cell.strip())}\b", asked):
                continue
            rest = set(terms(asked.replace(cell.strip(), " "), version.language))
            if rest & set(terms(_head(version, one), version.language)):
                return Named(place, alone=True)
    return None


def _head(version: Version, row: Scored) -> str:
    """The first row of the table that a row stands in."""
    source = version.corpus.source(row.stored.passage.source_id)
    head = source.blocks[source.table_head(source.block_at(row.sentence.sentence.start))]
    return source.text[head.start : head.end]
