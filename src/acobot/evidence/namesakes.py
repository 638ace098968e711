"""The row of a namesake: its name differs from the one asked about in one word, by which its table tells things apart.

So "St Anne's RC Primary" is not "St Anne's CE Primary" where another row has "CE". Only words with capitals are looked
at: others may say the same in another way ("the big hall" for "Main hall").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acobot.evidence.scoring import Scored
from acobot.evidence.tables import head_over, table_of
from acobot.index import Version
from acobot.languages import Language, stems, terms
from acobot.sources import CELL_GAP

_SIDE_BY_SIDE = re.compile(r"(?=(?<![\w'’])([^\W_]+(?:['’][^\W_]+)*) ([^\W_]+(?:['’][^\W_]+)*))")


def is_namesake(question: str, row: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether a row has another name than the one asked about, beside the same word; `scored` has its table's rows."""
    if CELL_GAP not in row.text:
        return False
    language = version.language
    name, asked = row.text.partition(CELL_GAP)[0], frozenset(terms(question, language))
    beside = dict.fromkeys(shared for shared, own in _neighbours(name, language) if own not in asked)
    told = stems(f"{row.stored.passage.prefix} {head_over(version, row)} {row.text}", language)
    others = {
        other for shared, other in _neighbours(question, language, named=True) if shared in beside and other not in told
    }
    if not others:
        return False
    table = table_of(version, row)
    of_table = (one for one in scored if CELL_GAP in one.text and table_of(version, one) == table)
    return any(others & stems(one.text.partition(CELL_GAP)[0], language) for one in of_table)


def _neighbours(text: str, language: Language, *, named: bool = False) -> Iterator[tuple[tuple[str, bool], str]]:
    """Of words side by side the stem of each, with whether it is the first, and the stem of the other one.

    Where `named`, only of words with capitals, of which none opens the text.
    """
    for pair in _SIDE_BY_SIDE.finditer(text):
        one, other = (terms(word, language) for word in pair.groups())
        if len(one) == len(other) == 1 and (
            not named or (pair.start(1) and pair[1][0].isupper() and pair[2][0].isupper())
        ):
            yield (one[0], True), other[0]
            yield (other[0], False), one[0]
