"""What a message most likely shows signs of, by the vector of its meaning, where no phrase of `signposting` stands in it.

Multinomial logistic regression over the sentence vector, fitted to one model by `tests/evaluation/fit_signs.py` on some
eight hundred messages; with another model it has no opinion, and the phrases stand alone. Only messages that speak of a
person, or ask nothing, are read so: what illnesses are like in general is an ordinary question.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from acobot.question.signposting import Sign

SURE = 0.75  # the probability that a message is not an ordinary one, from which people are pointed to
COEFFICIENTS = "signs.json"

_SELF = r"i|im|ive|id|ill|me|my|mine|myself|we|us|our"
_OPENS_AS_A_QUESTION = re.compile(r"\W*(?:and |so |but )?(?:what|who|when|where|why|how|which)\b", re.IGNORECASE)
_ONESELF = re.compile(rf"\b(?:{_SELF})\b", re.IGNORECASE)
_PERSON = re.compile(
    rf"\b(?:{_SELF}|u|ur|you|your|he|hes|she|shes|his|her|him|they|theyre|them|"
    r"(?:some|any)(?:one|body)|"
    r"(?:mum|mam|mom|mummy|daddy|mother|dad|father|nan|nana|gran(?:ny|dad|dma|dpa|dson|ddaughter)?|husband|hubby|wife|"
    r"partner|boyfriend|bf|girlfriend|gf|son|daughter|baby|toddler|child|kid|brother|bro|sister|sis|friend|mate|"
    r"neighbou?r|uncle|aunt(?:ie)?|cousin|flatmate|housemate|colleague|bloke|lad|lass|man|woman|girl|boy|guy|lady|twin|"
    r"newborn|teenager)s?)\b",
    re.IGNORECASE,
)
# What ails the service, not somebody: told of illness and care, it is a complaint all the same.
_OF_THE_SERVICE = re.compile(
    r"\b(?:cancelled|delays?|waiting (?:lists?|times?)|why (?:can['’]?t|cannot) (?:i|we) (?:get|see))\b", re.IGNORECASE
)
_ASKS = re.compile(r"\?|\b(?:what|who|when|where|why|how|which)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Coefficients:
    """Of each kind of message a row of weights (k, d) and a bias (k,); the last kind is the ordinary one."""

    model: str
    kinds: tuple[Sign, ...]
    weights: npt.NDArray[np.float64]
    biases: npt.NDArray[np.float64]


def speaks_of_a_person(text: str) -> bool:
    """Whether a message speaks of somebody, or asks nothing; all others are ordinary questions.

    What opens as a question ("who was the man in …") has to speak of the one who asks.
    """
    if _OPENS_AS_A_QUESTION.match(text):
        return bool(_ONESELF.search(text))
    return bool(_PERSON.search(text)) or not _ASKS.search(text)


def likely_sign(text: str, vector: npt.NDArray[np.float32], model: str) -> Sign | None:
    """What a message shows signs of, by its vector (d,) of the model with this digest; None for an ordinary one."""
    fitted = _read_coefficients()
    if model != fitted.model:
        return None
    logits = np.round(fitted.weights @ vector.astype(np.float64) + fitted.biases, 4)
    odds = np.exp(logits - logits.max())
    if 1 - odds[-1] / odds.sum() < SURE:
        return None
    sign = fitted.kinds[int(np.argmax(odds[:-1]))]
    return None if sign is Sign.MEDICAL and _OF_THE_SERVICE.search(text) else sign


@cache
def _read_coefficients() -> _Coefficients:
    read = json.loads(resources.files("acobot.question").joinpath(COEFFICIENTS).read_text(encoding="utf-8"))
    weights = np.array(list(read["weights"].values()))
    kinds = tuple(Sign(kind) for kind in read["weights"] if kind != "ordinary")
    return _Coefficients(read["model"], kinds, weights, np.array(list(read["biases"].values())))
