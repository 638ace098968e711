"""What a message most likely shows signs of, by what its words mean together, beside the phrases of `signposting`.

A small network over the encoding of the message, the mean of a few that were fitted alike by
`tests/evaluation/fit_signs.py` (see `signs.md`). It is tied to one model: with another it has no opinion, and the phrases
stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from acobot.encoder import Encoding
from acobot.question.signposting import Sign

WEIGHTS = "signs.npz"
KINDS = (Sign.CRISIS, Sign.EMERGENCY, Sign.MEDICAL)  # the last column of the network is the ordinary message
MOST_PIECES = 64  # word pieces that are read: what is longer says it within these, or says it again
TOKEN_SCALE, LOOK_SCALE = 4.0, 8.0  # unit vectors are small numbers: these bring them to about 1
# A phrase is believed unless need is less likely than this; a call of a word or two ("999") is believed in any case.
SURELY_ORDINARY = 0.1
CALL_WORDS = 2
# Of the probability of need, from which it is told as an emergency, whatever else is likelier: the urgent comes first.
URGENT_SHARE = 0.3

# What ails the service, not somebody: told of illness and care, it is a complaint all the same.
_OF_THE_SERVICE = re.compile(
    r"\b(?:cancelled|delays?|waiting (?:lists?|times?)|why (?:can['’]?t|cannot) (?:i|we) (?:get|see))\b", re.IGNORECASE
)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """h hidden units and a looks over n word pieces of d dimensions; four kinds.

    Each piece is turned into `pieces` (d, h); the greatest of each unit, and its mean by where the message looks
    (`looks`, (d, a)), stand beside what the whole message says (`whole`, (d, h)); `out` (3h, 4) reads all three, and
    `straight` (d, 4) the whole once more.
    """

    pieces: Floats
    pieces_bias: Floats
    looks: Floats
    looks_bias: Floats
    whole: Floats
    whole_bias: Floats
    out: Floats
    straight: Floats
    bias: Floats

    def logits(self, vector: Floats, tokens: Floats) -> Floats:
        """How much speaks for each kind; the last is the ordinary message."""
        seen = np.maximum(TOKEN_SCALE * tokens @ self.pieces + self.pieces_bias, 0)
        looks = LOOK_SCALE * tokens @ self.looks + self.looks_bias
        shares = np.exp(looks - looks.max(axis=0))
        shares /= shares.sum(axis=0)
        looked = (shares.T @ seen).mean(axis=0)
        whole = np.maximum(TOKEN_SCALE * vector @ self.whole + self.whole_bias, 0)
        read = np.concatenate([seen.max(axis=0), looked, whole])
        return np.asarray(read @ self.out + TOKEN_SCALE * vector @ self.straight + self.bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """`thresholds` are the probabilities of need from which each of `KINDS` is told."""

    model: str
    thresholds: Floats
    networks: tuple[Network, ...]


def likely_sign(text: str, encoding: Encoding, model: str, phrase: Sign | None = None) -> Sign | None:
    """What a message shows signs of, by its encoding of the model with this digest; None for an ordinary one.

    `phrase` is what `find_sign` found in it: it stands unless the message is surely an ordinary one.
    """
    fitted = _read_fitted()
    if model != fitted.model or not len(encoding.tokens):
        return phrase
    odds = probabilities(encoding, fitted.networks)
    need = round(1 - float(odds[-1]), 4)
    if phrase:
        return phrase if need >= SURELY_ORDINARY or len(text.split()) <= CALL_WORDS else None
    kind = most_pressing(odds)
    if need < fitted.thresholds[kind]:
        return None
    return None if KINDS[kind] is Sign.MEDICAL and _OF_THE_SERVICE.search(text) else KINDS[kind]


def most_pressing(odds: Floats) -> int:
    """The place in `KINDS` of the sign that a message with these probabilities shows, if it shows any."""
    emergency = KINDS.index(Sign.EMERGENCY)
    urgent = odds[emergency] >= URGENT_SHARE * odds[:-1].sum()
    return emergency if urgent else int(np.argmax(odds[:-1]))


def probabilities(encoding: Encoding, networks: tuple[Network, ...]) -> Floats:
    """How likely a message is of each of `KINDS`, or ordinary, by the mean of the networks."""
    tokens = encoding.tokens[:MOST_PIECES]
    logits = np.stack([network.logits(encoding.vector, tokens) for network in networks])
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray((odds / odds.sum(axis=1, keepdims=True)).mean(axis=0), dtype=np.float32)


def read_networks(arrays: Mapping[str, npt.NDArray[np.generic]]) -> tuple[Network, ...]:
    """The networks of a file of weights, in which each array is of all networks, one above the other."""
    names = Network.__slots__
    stacked = [np.asarray(arrays[name], dtype=np.float32) for name in names]
    return tuple(Network(*of_one) for of_one in zip(*stacked, strict=True))


@cache
def _read_fitted() -> _Fitted:
    with resources.files("acobot.question").joinpath(WEIGHTS).open("rb") as file, np.load(file) as read:
        arrays = {name: read[name] for name in read.files}
    thresholds = np.asarray(arrays["thresholds"], dtype=np.float32)
    return _Fitted(str(arrays["model"]), thresholds, read_networks(arrays))
