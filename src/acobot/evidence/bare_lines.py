"""Lines that tell nothing by themselves, for what they are about stands below them: questions, labels, lead-ins."""

from __future__ import annotations

from functools import lru_cache

from acobot.languages import Language
from acobot.sources import says_something

LABEL_WORDS = 6  # of a line that only names what comes below it
ASKS = ("?", "？")
ENDS = (".", "!", "…", "。", "！", *ASKS)  # of sentences
_COLONS = (":", "：")
KEPT_LINES = 8192  # of which is known whether they lead in: the same sentences are looked at for every message


def is_question(said: str) -> bool:
    """Whether a line asks something."""
    return said.endswith(ASKS)


def is_label(said: str) -> bool:
    """Whether a line only names something: few words, no end of a sentence, no value ("Child single: £1")."""
    return len(said.split()) <= LABEL_WORDS and not said.endswith(ENDS) and not says_something(said)


@lru_cache(maxsize=KEPT_LINES)
def leads_in(said: str, language: Language) -> bool:
    """Whether a sentence leads in what stands right below it: by its colon, or because it announces it."""
    return said.endswith(_COLONS) or bool(language.cues.leads_in.search(said))
