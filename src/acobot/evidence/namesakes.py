"""The row of a namesake: its name differs from the one asked about in one word, by which its table tells things apart.

So "St Anne's RC Primary" is not "St Anne's CE Primary" where another row is of one. Only words with capitals are looked
at: others may say the same in another way. Where all nouns have one, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.scoring import Scored
from acobot.evidence.tables import table_of
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import CELL_GAP

_WORD = r"([^\W_]+(?:['’][^\W_]+)*)"
_SIDE_BY_SIDE = re.compile(rf"(?=(?<![\w'’]){_WORD} {_WORD} {_WORD})")

_Between = dict[tuple[str, str], set[str]]  # of two words the ones that stand between them, all as stems


def is_namesake(question: str, row: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether a question has, between two words of a row's name, not what the row has there, but what another row has.

    `scored` has the rows of its table.
    """
    language = version.language
    if CELL_GAP not in row.text or language.topic.nouns_in_capitals:
        return False
    said, asked = _between(question, language, named=True), frozenset(terms(question, language))
    others = {
        (sides, word)
        for sides, words in _between(_name(row), language).items()
        if words.isdisjoint(asked)
        for word in said.get(sides, ())
    }
    if not others:
        return False
    table = table_of(version, row)
    names = [_name(one) for one in scored if CELL_GAP in one.text and table_of(version, one) == table]
    return any(word in _between(name, language).get(sides, ()) for name in names for sides, word in others)


def _name(row: Scored) -> str:
    return row.text.partition(CELL_GAP)[0]


def _between(text: str, language: Language, *, named: bool = False) -> _Between:
    """What stands between any two words of a text; where `named`, only where all three have capitals."""
    found: _Between = {}
    for three in _SIDE_BY_SIDE.finditer(text):
        before, word, after = (terms(one, language) for one in three.groups())
        is_name = all(one[0].isupper() for one in three.groups())
        if len(before) == len(word) == len(after) == 1 and (is_name or not named):
            found.setdefault((before[0], after[0]), set()).add(word[0])
    return found
