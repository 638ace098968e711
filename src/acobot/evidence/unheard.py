"""A question about what a named party says, where the source that might answer does not name that party.

What others say of the same matter reads like an answer then. A name counts as the sources' own if half of its words are
there: "Mr Hare" and "the Health Department" are put in other words. An abbreviation and what it stands for are one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from acobot.evidence.scoring import Scored
from acobot.index import Version
from acobot.languages import Language, without_possessive
from acobot.sources import Source

LEAST_LETTERS = 3  # of an abbreviation that names a party by itself: shorter ones are mostly countries
MOST_LETTERS = 6  # of one that is looked for spelt out

_WORD = re.compile(r"[\w&](?:[\w.&'’-]*\w)?")


def is_unheard(question: str, best: Scored, version: Version) -> bool:
    """Whether a question asks what a party says whom the source of the best sentence does not name."""
    words = _party(question, version.language)
    return bool(words) and not _names(version.corpus.source(best.stored.passage.source_id), words)


def _party(question: str, language: Language) -> list[str]:
    """The words with a capital of the party whose view is asked; none where it is only a word, as "Parliament"."""
    asked = language.questions.asks_view.search(question)
    name = next((said for said in asked.groupdict().values() if said), "") if asked else ""
    words = [without_possessive(word, language) for word in _WORD.findall(name) if word[0].isupper()]
    return words if len(words) > 1 or any(_is_abbreviation(word) for word in words) else []


def _names(source: Source, words: Sequence[str]) -> bool:
    """Whether a source names a party: half of its words are there, or it is by what is short for them or long."""
    about = source.particulars
    said = " ".join(filter(None, (about.publisher, about.author, about.title, source.text)))
    if 2 * sum(_stands_in(said, word) for word in words) >= len(words):
        return True
    return len(words) >= LEAST_LETTERS and _stands_in(said, "".join(word[0] for word in words))


def _stands_in(text: str, word: str) -> bool:
    """Whether a text has a word as a name, or what that may be short for."""
    patterns = [rf"(?:{re.escape(word)}|{re.escape(word.upper())})(?:s|['’]s?)?"]
    if _is_abbreviation(word) and len(word) <= MOST_LETTERS:
        patterns.append(r"\W+(?:\w{1,3}\W+){0,2}?".join(rf"{letter}\w+" for letter in word))
    return any(re.search(rf"(?<!\w){pattern}(?!\w)", text) for pattern in patterns)


def _is_abbreviation(word: str) -> bool:
    return len(word) >= LEAST_LETTERS and word.isalpha() and word.isupper()
