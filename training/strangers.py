"""Questions asked of sources about other matters → a pool: what is retrieved there, none of which answers.

Where nothing is alike the reader would take anything for an answer, for in the other sets the subject always is.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from acobot.assistant import Assistant, open_assistant
from acobot.build import build_index
from acobot.settings import Settings
from training.records import Asked, Pool, Text
from training.retrieving import find_passages, text_of

STRANGERS = "strangers"
# Sets by what they are about: a question of one is not answered by a passage of another.
WORLDS = (
    ("written", "clapnq", "covidqa"),
    ("lines", "reform", "reports", "formal", "voices"),
    ("small", "direct", "faq", "pages", "short", "twins", "misses", "talks"),
)
# These have nothing on everyday matters.
UNANSWERED = ("written", "covidqa", "lines", "reform", "reports", "formal", "voices")
EACH = 240  # questions asked of each set
OF_EVERYDAY = 0.4  # of these are everyday ones, where the set has nothing on such
FEW = 0.5  # of the questions are asked of a few documents alone, as small sources have
FEWEST, MOST = 2, 12
SEED = 3


def strangers_pool(pools: Mapping[str, Pool], everyday: Path, settings: Mapping[str, Settings]) -> Pool:
    """The pool of all sets with settings of their indexes; `everyday` has a question a line."""
    rng, lines = random.Random(SEED), everyday.read_text(encoding="utf-8").splitlines()
    texts, asked = list[Text](), list[Asked]()
    for name, of_set in settings.items():
        build_index(of_set)
        assistant = open_assistant(of_set)
        corpus = assistant.version().corpus
        stored = [corpus.passage(number) for number in range(corpus.passages)]
        shift = len(texts)
        texts += [text_of(one, corpus.source(one.passage.source_id).particulars) for one in stored]
        others = [one for world in WORLDS if name not in world for other in world for one in _some(pools, other, rng)]
        for number in range(EACH):
            own = name in UNANSWERED and rng.random() < OF_EVERYDAY
            question = rng.choice(lines) if own else rng.choice(others).question
            asked.append(_asked(assistant, f"{name}-{number:03d}", question, shift, rng))
    return Pool(STRANGERS, tuple(texts), tuple(one for one in asked if one.found))


def _some(pools: Mapping[str, Pool], name: str, rng: random.Random) -> Sequence[Asked]:
    """As many questions of a set as of any other, so that large sets do not make all of them."""
    return rng.sample(pools[name].asked, min(EACH, len(pools[name].asked)))


def _asked(assistant: Assistant, group: str, question: str, shift: int, rng: random.Random) -> Asked:
    within = None
    if rng.random() < FEW:
        sources = assistant.version().corpus.source_ids
        within = tuple(rng.sample(sources, min(len(sources), rng.randint(FEWEST, MOST))))
    query, found = find_passages(assistant, question, (), within)
    return Asked(group, "strange", question, query, {}, -1, tuple(number + shift for number in found))
