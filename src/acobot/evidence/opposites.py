"""Of two lead-ins that are alike but for a "not", the one that says what was asked comes first.

"Who can have a pass?" is answered by the list below "You can have a pass if you:", not by that below "You cannot have
a pass if you:", though the words are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from acobot.evidence.bare_lines import leads_in
from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.languages import Language, terms


def asked_before_opposite(question: str, scored: Sequence[Scored], scores: Sequence[Scores], version: Version) -> None:
    """Lets two opposite lead-ins of one source change scores, wherever the other than the question has the higher one.

    One of them has a negation, the other none, and one has all other words of the other; the wanted one as many of the
    question as the other. Each of `scores` is of all sentences, and is looked at by itself.
    """
    language = version.language
    negative, words = language.cues.negative, frozenset(terms(question, language))
    of_source: dict[str, tuple[list[int], list[int]]] = {}  # as the question is, and as it is not
    asked = bool(negative.search(question))
    for place, one in enumerate(scored):
        if leads_in(one.text, language):
            as_asked, opposite = of_source.setdefault(one.stored.passage.source_id, ([], []))
            (as_asked if bool(negative.search(one.text)) is asked else opposite).append(place)
    for as_asked, opposite in of_source.values():
        for wanted, other in product(as_asked, opposite):
            if _is_opposite(scored[wanted].text, scored[other].text, words, language):
                for of_all in scores:
                    pair = [wanted, other]
                    of_all[pair] = sorted(of_all[pair], reverse=True)


def _is_opposite(wanted: str, other: str, asked: frozenset[str], language: Language) -> bool:
    said, told = (set(terms(language.cues.negative.sub(" ", text), language)) for text in (wanted, other))
    return bool(said and told) and (said <= told or told <= said) and told & asked <= said
