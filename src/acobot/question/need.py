"""Signs that a message needs people, not documents: by a policy's few unmistakable phrases, and by its model of meaning.

Not a diagnosis: what a policy looks for, and the words to show, are data (`acobot.policies`). Pure but for the arrays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from acobot.encoder import Encoding
from acobot.policies import KINDS, Policy, Sign, most_pressing

# A phrase is believed unless need is less likely than this; a call of a word or two is believed in any case.
SURELY_ORDINARY = 0.1
CALL_WORDS = 2
DOUBTFUL_BELOW = 0.7  # probability of need: a message that the sources surely answer may be a question after all

# What stands in brackets after an abbreviation, as the one that was searched for has it.
_SPELLED_OUT = re.compile(r"(?<=[A-Z])s?\ \([^()]*\)", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Need:
    """What a message shows signs of, None for an ordinary one; `doubtful` where only the model says so, not surely."""

    sign: Sign | None = None
    doubtful: bool = False


def find_sign(text: str, policy: Policy | None) -> Sign | None:
    """What a message's words show signs of, the most urgent first, or None for an ordinary question."""
    if policy is None:
        return None
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    flat = _SPELLED_OUT.sub("", " ".join(seen.replace("’", "'").split()))
    flat = policy.figures_of_speech.sub(" ", flat)
    for sign in Sign:
        if any(phrase.pattern.search(flat) for phrase in policy.phrases.get(sign, ())):
            return sign
    return None


def find_need(text: str, encoding: Encoding, policy: Policy | None, encoder: str, phrase: Sign | None = None) -> Need:
    """What a message shows signs of, by its encoding of the model with the digest `encoder`.

    `phrase` is what `find_sign` found in it: it stands unless the message is surely an ordinary one.
    """
    model = policy.model if policy else None
    if model is None or model.encoder_sha256 != encoder or not len(encoding.tokens):
        return Need(phrase)
    odds = model.odds(encoding.vector, encoding.tokens)
    need = round(1 - float(odds[-1]), 4)
    if phrase:
        return Need(phrase if need >= SURELY_ORDINARY or len(text.split()) <= CALL_WORDS else None)
    kind = most_pressing(odds)
    return Need(Sign(KINDS[kind]), doubtful=need < DOUBTFUL_BELOW) if need >= model.thresholds[kind] else Need()
