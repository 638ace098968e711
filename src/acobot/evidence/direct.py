"""A "Yes" or "No" that opens the paragraph of the best sentence: who asks whether is answered by it.

Under "Are dogs allowed on the train?" stands "Yes, with a ticket. They may not sit on the seats." Knows no source.
"""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.differing import asked_words
from acobot.evidence.disagreeing import told_by
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of
from acobot.evidence.weighing import Weighed
from acobot.index import Version
from acobot.languages import stems

NEAR = 3.0  # log-odds below the best sentence: what the reader finds less likely answers another question


def direct_answer_first(question: str, scored: Sequence[Scored], weighed: Weighed, version: Version) -> None:
    """Lets the best sentence change scores with the "Yes" or "No" that opens its paragraph.

    Not where it has a word of the question that the opening and what stands over it lack: so it says more of it.
    """
    language, best = version.language, int(weighed.scores.argmax())
    opening = _opening(best, scored, version) if language.questions.asks_whether.search(question) else best
    if opening == best or not language.cues.yes_or_no.match(scored[opening].text):
        return
    (told,) = told_by(version, [scored[opening]])
    asked = asked_words(question, language)
    answers = asked & (stems(told.text, language) | stems(told.over, language))
    is_near = weighed.unasked[opening] >= weighed.unasked[best] - NEAR
    if is_near and answers and asked & stems(scored[best].text, language) <= answers:
        weighed.swap(best, opening)


def _opening(best: int, scored: Sequence[Scored], version: Version) -> int:
    """The place of the first sentence of a sentence's paragraph, of those before it of the same passage."""
    block, place = block_of(version, scored[best]), best
    while place and scored[place - 1].stored is scored[best].stored and block_of(version, scored[place - 1]) == block:
        place -= 1
    return place
