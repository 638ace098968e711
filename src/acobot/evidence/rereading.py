"""The best sentences, read once more, each by itself: which of them answers shows better without its neighbours.

Among others that speak of the same thing the reader favours what is nearest to the question's words. An average over
several views of an input (test-time augmentation; Krizhevsky, Sutskever & Hinton 2012) errs less than one view.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from acobot.evidence.read_as import as_input
from acobot.evidence.reading import READ_LEAST
from acobot.evidence.scoring import Scored
from acobot.evidence.tables import block_of, head_over
from acobot.evidence.weighing import Scores
from acobot.index import Version
from acobot.reader import Reader, ReaderInput
from acobot.sources import CELL_GAP

MOST_READ_AGAIN = 5  # sentences
WITHIN = 3.0  # log-odds below the best: what is less likely hardly ever leads by being read again


def read_again(
    version: Version, reader: Reader, question: str, scored: Sequence[Scored], scores: Scores, weight: float
) -> Scores:
    """What is to be added to every sentence's score (m,): so many times what the reader makes of it by itself.

    The best are read; to all others as much is added as to the least of these. Where one is far better than all others
    nothing is read, and nothing added.
    """
    order = np.argsort(-np.round(scores, 4), kind="stable")[:MOST_READ_AGAIN]
    best = [int(place) for place in order if scores[place] >= scores[order[0]] - WITHIN]
    if len(best) < 2:
        return np.zeros_like(scores)
    passages = {one.stored.number: one.stored for one in (scored[place] for place in best)}
    inputs = {number: as_input(version, stored) for number, stored in passages.items()}
    alone = [_by_itself(version, scored[place], inputs[scored[place].stored.number]) for place in best]
    readings = reader.read(question, alone)
    gained = weight * np.maximum([float(reading.scores[-1]) for reading in readings], READ_LEAST)
    added = np.full_like(scores, gained.min())
    added[best] = gained
    return added


def _by_itself(version: Version, one: Scored, passage: ReaderInput) -> ReaderInput:
    """A sentence as read in its passage, without the others; a row below its table's head, a lead-in with its list."""
    place = one.stored.sentences.index(one.sentence)
    begin, end = passage.sentences[place]
    head = head_over(version, one) if CELL_GAP in one.text else ""
    if head and head != one.text:
        text = f"{head}\n{passage.text[begin:end]}"
        return ReaderInput(passage.context, text, ((0, len(head)), (len(head) + 1, len(text))))
    text = "\n".join((passage.text[begin:end], *_led_in(version, one, place)))
    return ReaderInput(passage.context, text, ((0, len(text)),))


def _led_in(version: Version, one: Scored, place: int) -> Iterator[str]:
    """The items that a sentence leads in, as far as its passage has them; none where it leads in no list."""
    source, number = block_of(version, one)
    for sentence in one.stored.sentences[place + 1 :]:
        if source.over_list(below := source.block_at(sentence.sentence.start)) != number or below == number:
            return
        yield one.stored.text_of(sentence)
