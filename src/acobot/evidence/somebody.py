"""Sentences that open with somebody: what is said of the curate answers nothing about the vicar.

Where a source says "The vicar, Susan Blake, lives here. The curate, Oliver Dunn, was ordained in 2021.", nothing of it
says when the vicar was. Knows no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.asking import what_asks
from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, terms
from acobot.sources import CELL_GAP

WORDS_BEHIND = 2  # the word that opens a question: an article, and whom it is asked of

_NAME = r"[^\W\d_a-z][\w'’.-]*[^\W\d_](?: [^\W\d_a-z][\w'’.-]*[^\W\d_])+"  # words with capitals, two or more
_ROLE = r"(?P<role>[^\W\d_][\w'’-]*(?: [\w'’-]+){0,4})"
_WITH_ROLE = re.compile(rf"{_ROLE}, (?:[^\W\d_]{{2,3}} )?(?P<name>{_NAME}),")  # "The vicar, the Revd Susan Blake,"

_Opening = tuple[frozenset[str], frozenset[str]]  # the stems of a role and of a name


def is_of_somebody_else(question: str, best: Scored, scored: Sequence[Scored], version: Version) -> bool:
    """Whether a sentence opens with somebody, and the question has somebody else, with whom another sentence opens.

    Both are of one source and have role and name: a name alone may be a place or a service ("Baby Clinic is held …"). A
    name of the question counts with its capitals alone, a role as it is. Not where the sentence has any of
    the words, nor where somebody is asked for.
    """
    language, asking = version.language, what_asks(question)
    own = _opening(best.text, language)
    if not any(own) or language.follow_ups.asks_for_a_name.match(asking):
        return False
    asked, capitals = frozenset(terms(asking, language)), _with_capitals(asking, language)
    whose, said = _asked_of(asking, language), frozenset(terms(best.text, language))
    if (own[0] | own[1]) & asked or not whose:
        return False
    openings = (
        _opening(one.text, language)
        for one in scored
        if one is not best and one.stored.passage.source_id == best.stored.passage.source_id
    )
    named = ((role & whose) | (name & capitals & whose) for role, name in openings)
    return any(words and not words & said for words in named)


def _opening(text: str, language: Language) -> _Opening:
    """Whom a sentence opens with; neither where it is a row, or opens with something else."""
    found = None if CELL_GAP in text else _WITH_ROLE.match(text)
    if not found:
        return frozenset(), frozenset()
    return frozenset(terms(found["role"], language)), frozenset(terms(found["name"], language))


def _asked_of(question: str, language: Language) -> frozenset[str]:
    """The stems of the words right behind one with which a question opens, or behind one more: "when does the vicar".

    So "a booking with the treasurer" is asked of nobody.
    """
    words, opens = question.split(), language.questions.asks_itself
    openers = [at for at, word in enumerate(words) if opens.fullmatch(word)]
    return frozenset(terms(" ".join(" ".join(words[at + 1 : at + 1 + WORDS_BEHIND]) for at in openers), language))


def _with_capitals(question: str, language: Language) -> frozenset[str]:
    """The stems of a question's words with a capital, but for its first."""
    return frozenset(terms(" ".join(word for word in question.split()[1:] if word[0].isupper()), language))
