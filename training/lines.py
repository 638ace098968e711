"""The project's own sources → a pool: their `asks:` lines with the sentences that they stand for, and their limits.

Searched as if the sources had no such lines, so that each question finds the passages by their own words. A question
of a limit is answered by nothing, and what is retrieved for it are the nearest misses that there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from acobot.assistant import Assistant, open_assistant
from acobot.build import build_index
from acobot.encoder import Floats
from acobot.index import Corpus, StoredAsk
from acobot.settings import Settings, read_settings
from acobot.sources import read_limits
from training.records import Asked, Pool
from training.retrieving import find_passages, text_of

SAME = 0.9  # cosine from which a line of another paragraph asks the same, so that it answers as well
ALIKE = 0.7  # from which it may, so that its passage is no miss either

Place = tuple[int, tuple[int, ...]]  # a passage, and its sentences that answer


def lines_pool(name: str, sources: Path, scratch: Path) -> Pool:
    """The pool of a folder of sources with `asks:` lines and limits; `scratch` keeps the indexes."""
    asking = read_settings(sources=sources, index=scratch / name / "asking")
    plain = plain_settings(sources, scratch / name)
    for settings in (asking, plain):
        build_index(settings)
    corpus, assistant = open_assistant(asking).version().corpus, open_assistant(plain)
    stored = [corpus.passage(number) for number in range(corpus.passages)]
    lines = corpus.asks_of(range(corpus.passages))
    places = [_place(corpus, line) for line in lines]
    vectors = _encoded(assistant, [line.text for line in lines])
    asked = [
        _asked(assistant, (f"{place[0]}-{line.start}", "plain"), line.text, place[0], *_answering(places, alike, place))
        for line, place, alike in zip(lines, places, vectors @ vectors.T, strict=True)
    ]
    limits = read_limits(sources).asks
    for (number, text), alike in zip(
        limits, _encoded(assistant, [text for _, text in limits]) @ vectors.T, strict=True
    ):
        if alike.max(initial=0.0) < SAME:
            asked.append(_asked(assistant, (f"limit-{number:03d}", "near-limit"), text, -1, {}, ()))
    return Pool(
        name, tuple(text_of(one, corpus.source(one.passage.source_id).particulars) for one in stored), tuple(asked)
    )


def plain_settings(sources: Path, scratch: Path) -> Settings:
    """Of the sources as if they had no `asks:` lines."""
    return read_settings(sources=sources, index=scratch / "plain", asks=False)


def _place(corpus: Corpus, line: StoredAsk) -> Place:
    """Where a line is answered: by the sentence that it stands for, and by what follows it in the same paragraph."""
    stored = corpus.passage(line.passage)
    blocks = corpus.source(stored.passage.source_id).blocks
    last = next((block.end for block in blocks if block.start <= line.start < block.end), line.start + 1)
    spans = [one.sentence for one in stored.sentences]
    return line.passage, tuple(n for n, span in enumerate(spans) if line.start <= span.start < last)


def _answering(places: Sequence[Place], alike: Floats, own: Place) -> tuple[dict[int, tuple[int, ...]], set[int]]:
    """What answers a line, that which lines say the same stand for as well; and the passages that perhaps do."""
    gold: dict[int, set[int]] = {own[0]: set(own[1])}
    for other in np.flatnonzero(alike >= SAME).tolist():
        gold.setdefault(places[other][0], set()).update(places[other][1])
    doubtful = {places[other][0] for other in np.flatnonzero(alike >= ALIKE).tolist()} - {*gold}
    return {number: tuple(sorted(sentences)) for number, sentences in gold.items() if sentences}, doubtful


def _asked(
    assistant: Assistant,
    named: tuple[str, str],
    text: str,
    home: int,
    gold: Mapping[int, tuple[int, ...]],
    doubtful: Collection[int],
) -> Asked:
    query, found = find_passages(assistant, text)
    return Asked(*named, text, query, gold, home, tuple(number for number in found if number not in doubtful))


def _encoded(assistant: Assistant, texts: Sequence[str]) -> Floats:
    """(n, d) unit vectors of n questions, also of none."""
    encoder = assistant.means.encoder
    encoded = encoder.encode(texts, as_question=True)
    return np.stack([one.vector for one in encoded]) if encoded else np.zeros((0, encoder.dimension), dtype=np.float32)
