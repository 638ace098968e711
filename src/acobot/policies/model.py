"""What a message most likely shows signs of, by what its words mean together: a small network over its encoding.

The mean of a few networks that were fitted alike by `training/signs.py` (see CARD.md beside the packs' weights). It is
tied to one encoder: with another it has no opinion, and the phrases stand alone. numpy alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from acobot.errors import PackError

FILE = "signs.npz"
KINDS = ("crisis", "emergency", "medical")  # the last column of the network is the ordinary message
MOST_PIECES = 64  # word pieces that are read: what is longer says it within these, or says it again
TOKEN_SCALE, LOOK_SCALE = 4.0, 8.0  # unit vectors are small numbers: these bring them to about 1
# Of the probability of need, from which it is told as an emergency, whatever else is likelier: the urgent comes first.
URGENT_SHARE = 0.3

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
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

    def is_sound(self) -> bool:
        """Whether the shapes of the arrays fit together."""
        d, h, a, kinds = *self.pieces.shape, self.looks_bias.size, len(KINDS) + 1
        wanted = [(d, h), (h,), (d, a), (a,), (d, h), (h,), (3 * h, kinds), (d, kinds), (kinds,)]
        return [getattr(self, name).shape for name in Network.__slots__] == wanted


@dataclass(frozen=True, slots=True, eq=False)
class SignModel:
    """The networks, and the digest of the encoder that they were fitted to.

    `thresholds` are the probabilities of need from which each of `KINDS` is told.
    """

    encoder_sha256: str
    thresholds: Floats
    networks: tuple[Network, ...]

    def odds(self, vector: Floats, tokens: Floats) -> Floats:
        """How likely a message is of each of `KINDS`, or ordinary, by the mean of the networks."""
        read = tokens[:MOST_PIECES]
        logits = np.stack([network.logits(vector, read) for network in self.networks])
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray((odds / odds.sum(axis=1, keepdims=True)).mean(axis=0), dtype=np.float32)


def most_pressing(odds: Floats) -> int:
    """The place in `KINDS` of the sign that a message with these probabilities shows, if it shows any."""
    emergency = KINDS.index("emergency")
    urgent = odds[emergency] >= URGENT_SHARE * odds[:-1].sum()
    return emergency if urgent else int(np.argmax(odds[:-1]))


def read_networks(arrays: Mapping[str, npt.NDArray[np.generic]]) -> tuple[Network, ...]:
    """The networks of a file of weights, in which each array is of all networks, one above the other."""
    names = Network.__slots__
    stacked = [np.asarray(arrays[name], dtype=np.float32) for name in names]
    networks = tuple(Network(*of_one) for of_one in zip(*stacked, strict=True))
    if not networks or not all(network.is_sound() for network in networks):
        raise ValueError("its arrays do not fit together")
    return networks


def read_model(path: Path) -> SignModel:
    """The model of a pack. Raises `PackError`."""
    try:
        with path.open("rb") as file, np.load(file) as read:
            arrays = {name: read[name] for name in read.files}
        thresholds = np.asarray(arrays["thresholds"], dtype=np.float32)
        if thresholds.shape != (len(KINDS),):
            raise ValueError("it has no threshold for each kind")
        return SignModel(str(arrays["model"]), thresholds, read_networks(arrays))
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, zlib.error) as error:
        raise PackError(f"{path} is no model of signs ({error}); make it anew with training/signs.py") from None
