"""Of two lead-ins that are alike but for a "not", the one that says what was asked comes first.

"Who can have a pass?" is answered by the list below "You can have a pass if you:", not by that below "You cannot have
a pass if you:", though the words are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from acobot.evidence.bare_lines import leads_in
from acobot.evidence.scoring import Scored
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import terms

_LeadIn = tuple[int, frozenset[str]]  # the place of a lead-in, and its words without a negation


def asked_before_opposite(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets two opposite lead-ins of one source change scores, wherever the one with a negation has the higher one.

    One of them has a negation, the other none, and one has all other words of the other; the one without as many of the
    question as the other. A question with a negation changes nothing: it may be of what is asked, or of the asker
    ("I don't live here, what can I bring?").
    """
    language = version.language
    negative, asked = language.cues.negative, frozenset(terms(question, language))
    if negative.search(question):
        return
    of_source: dict[str, tuple[list[_LeadIn], list[_LeadIn]]] = {}  # without a negation, and with one
    for place, one in enumerate(scored):
        if leads_in(one.text, language):
            plain, negated = of_source.setdefault(one.stored.passage.source_id, ([], []))
            words = frozenset(terms(negative.sub(" ", one.text), language))
            (negated if negative.search(one.text) else plain).append((place, words))
    for plain, negated in of_source.values():
        for (wanted, said), (other, told) in product(plain, negated):
            if said and told and (said <= told or told <= said) and told & asked <= said:
                weighed.put_first(wanted, other)
