"""Signs that a message needs people, not documents: by a policy's few unmistakable phrases, and by its model of meaning.

Not a diagnosis: what a policy looks for, and the words to show, are data (`acobot.policies`). Pure but for the arrays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from acobot.encoder import Encoding
from acobot.policies import KINDS, Policy, Sign, most_pressing

# A phrase is believed unless need is less likely than this; a call of a word or two is believed in any case.
SURELY_ORDINARY = 0.1
CALL_WORDS = 2
DOUBTFUL_BELOW = 0.7  # probability of need: a message that the sources surely answer may be a question after all
SURE_IN_ONE_WAY = 0.95  # the same by one of several ways to write a message: nothing is doubtful that shows so much

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


def find_need(
    text: str, readings: Sequence[Encoding], policy: Policy | None, encoder: str, phrase: Sign | None = None
) -> Need:
    """What a message shows signs of, by its encodings of the model with the digest `encoder`.

    The first of `readings` is of what was typed, the rest of other ways to write the same. What shows need as typed, or
    by the mean of all of them, shows it, of the kind that shows more of it; it is the mean that says how surely, unless
    one way to write it leaves no doubt. `phrase` is what `find_sign` found in the text: it stands unless the message is
    surely an ordinary one.
    """
    model = policy.model if policy else None
    if model is None or model.encoder_sha256 != encoder or not len(readings[0].tokens):
        return Need(phrase)
    odds = np.stack([model.odds(one.vector, one.tokens) for one in readings])
    ways = (odds.mean(axis=0), odds[0])
    needs = [round(1 - float(way[-1]), 4) for way in ways]
    if phrase:
        is_shown = max(needs) >= SURELY_ORDINARY or len(text.split()) <= CALL_WORDS
        return Need(phrase if is_shown else None)
    shown = zip(needs, map(most_pressing, ways), strict=True)
    told = [(need, kind) for need, kind in shown if need >= model.thresholds[kind]]
    doubtful = needs[0] < DOUBTFUL_BELOW and 1 - float(odds[:, -1].min()) < SURE_IN_ONE_WAY
    return Need(Sign(KINDS[max(told, key=itemgetter(0))[1]]), doubtful) if told else Need()
