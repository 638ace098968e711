"""What a policy pack says: which signs of need are looked for, by what, and the numbers and words to show."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from acobot.packing import Rule
from acobot.policies.model import SignModel

_CONFIG = ConfigDict(arbitrary_types_allowed=True, extra="forbid")


class Sign(StrEnum):
    """What a message shows signs of, most urgent first; each has its reply."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    MEDICAL = "medical"


URGENT = frozenset({Sign.EMERGENCY, Sign.CRISIS})


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class Phrase:
    """Words that cannot be mistaken: a pattern, messages that it must find (`shows`), and such that it must not."""

    pattern: Rule
    shows: tuple[str, ...]
    ordinary: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class Texts:
    """What is said in one language: `notice` on every page, `cannot` on the page about the service, a text a sign."""

    notice: str
    cannot: str
    signs: dict[Sign, str]


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class Policy:
    """The help lines of one country: phrases by sign, the model that reads meaning, and what is said.

    `call` finds the numbers and addresses in the texts that become links; `figures_of_speech` are taken out before
    phrases are looked for.
    """

    name: str
    call: Rule
    phrases: dict[Sign, tuple[Phrase, ...]]
    texts: Texts
    figures_of_speech: Rule = re.compile(r"(?!)")
    model: SignModel | None = None
