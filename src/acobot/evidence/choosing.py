"""Which of the scored sentences are quoted, and what is found out about them.

The choice is greedy: the best sentence first, then each time the one that promises most for its length, where what
those chosen have not met promises more (facility location, whose greedy choice is near the best, at a cost a word;
Nemhauser, Wolsey & Fisher 1978, Lin & Bilmes 2010). It ends where no sentence is worth its words. A message that asks
two things gets sentences for each in turn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from acobot.calibration import ChoiceWeights
from acobot.encoder import Floats
from acobot.evidence.records import Evidence
from acobot.evidence.weighing import Scores
from acobot.languages import Language, stemmed

MOST_QUOTES = 4
KEPT_SENTENCES = 1024
SAME_WORDS = 0.8  # Jaccard likeness of two sentences' words from which they say the same


def leans(text: str, language: Language) -> bool:
    """Whether a sentence needs the one before it to be understood, by how it opens."""
    return bool(language.cues.leans.match(text.lstrip("\"'‘“([")))


def choose(
    found: Sequence[Evidence],
    parts: Sequence[tuple[Scores, Scores]],
    matches: Floats,
    weights: Floats,
    most: int,
    choice: ChoiceWeights,
    language: Language,
    *,
    several: bool,
    opinions: bool,
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The chosen, in the order of choice, and the rejected, best first, with the reason.

    `parts` are every sentence's scores for each question of the message: by those of the first kind its first sentence
    is chosen, by those of the second what follows. Where `several` things are asked for, more is worth its words; where
    `opinions` are, sources that are not quoted yet come first.
    """
    reasons: dict[int, str] = {}
    chosen: list[int] = []
    met = np.zeros(matches.shape[1], dtype=np.float32)
    lengths = np.array([max(len(one.text.split()), 1) for one in found])
    begun: set[int] = set()
    waiting = list(range(len(parts)))
    while waiting and len(chosen) < most:
        part = waiting.pop(0)
        gain = np.maximum(matches - met, 0) @ weights if chosen else np.zeros(len(found))
        scores = parts[part][part in begun]
        promises = scores + choice.new * gain
        worths = _likelihoods(promises, scores) / lengths
        order, least = (
            (worths, choice.worth_several if several else choice.worth) if part in begun else (promises, -math.inf)
        )
        left = [n for n in range(len(found)) if n not in chosen and n not in reasons and worths[n] >= least]
        if not left:
            continue
        if opinions:
            quoted = {found[n].stored.passage.source_id for n in chosen}
            left = [n for n in left if found[n].stored.passage.source_id not in quoted] or left
        best = max(left, key=lambda n: (round(float(order[n]), 4), -found[n].stored.number, -n))
        if part not in begun and any(float(order[n]) > float(order[best]) for n in chosen):  # it is answered already
            begun.add(part)
            waiting.append(part)
            continue
        if any(_say_the_same(found[best].text, found[other].text, language) for other in chosen):
            reasons[best] = "says the same as a better one"
            waiting.insert(0, part)
            continue
        chosen.append(best)
        begun.add(part)
        waiting.append(part)
        met = np.maximum(met, matches[best])
    why_not = "others are better or add more" if len(chosen) == most else "too unlikely for its length"
    rejected = [  # not by `replace`, which takes ten times as long, for there are a hundred
        Evidence(one.stored, one.sentence, one.text, one.score, reasons.get(n, why_not))
        for n, one in enumerate(found)
        if n not in chosen
    ]
    rejected.sort(key=lambda one: (-one.score, one.stored.number, one.sentence.sentence.start))
    return tuple(found[n] for n in chosen), tuple(rejected)


def _likelihoods(promises: Scores, scores: Scores) -> Scores:
    """How likely each sentence is the wanted one: a softmax over all scores."""
    best = float(scores.max())
    return np.asarray(np.exp(np.minimum(promises - best, 20)) / np.exp(scores - best).sum(), dtype=np.float64)


def _say_the_same(one: str, other: str, language: Language) -> bool:
    """Whether two sentences have nearly the same words, and all the same figures and months.

    Not where one denies it, nor where each has a word of its own: "in Dudley" and "in Leeds", "before" and "after".
    """
    (said, figures), (also, others) = _words_and_figures(one, language), _words_and_figures(other, language)
    if figures != others or not said | also or len(said & also) < SAME_WORDS * len(said | also):
        return False
    denies, denied = (bool(language.cues.negative.search(text)) for text in (one, other))
    stems, forms = (frozenset(stemmed(words, language)) for words in (said, also))
    return denies == denied and (stems <= forms or forms <= stems)


@lru_cache(maxsize=KEPT_SENTENCES)  # each of the chosen is compared with every one that could follow
def _words_and_figures(text: str, language: Language) -> tuple[frozenset[str], tuple[str, ...]]:
    """A sentence's words in small letters, and the numbers and months among them in their order."""
    words = re.findall(r"\w+", text.casefold())
    months = {month.casefold() for month in language.figures.month_names}
    numbers = {number.casefold() for number in language.figures.numbers}
    said = (word for word in words if word in months or word in numbers or any(char.isdigit() for char in word))
    return frozenset(words), tuple(said)
