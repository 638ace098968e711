"""Question and passages → arrays of word pieces as the model reads them. Pure numpy; the tokenizer is passed in.

A row is `[CLS] question [SEP] context, sentences [SEP]`. What stands between sentences is not read. What does not
fit is cut: what stands before the question of a long message or after it, the end of a long context, and the sentences
that come after the last place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from acobot.reader.records import Ints, ReaderInput

CLS, SEP = 101, 102
QUESTION_PIECES = 60
CONTEXT_PIECES = 80
ROW_PIECES = 448  # of question, context and sentences with their marks; the model has places for 512

# A text's word pieces, and the half-open code-point span of each.
Tokenizer = Callable[[str], tuple[Sequence[int], Sequence[tuple[int, int]]]]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A passage's word pieces: `ids` of the context's and then the sentences'; ranges of `ids`, one a sentence.

    `spans` (n, 2) are of the passage's text, (0, 0) for the context's. A sentence that does not fit has an empty range.
    """

    ids: Ints
    spans: Ints
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """B rows of T pieces and S sentences of at most W: what the model takes, by the names of its inputs.

    `row` (S,) is each sentence's; `at` (S, W) are the places of its pieces and `inside` (S, W) which of them count.
    """

    input_ids: Ints
    token_type_ids: Ints
    attention_mask: Ints
    row: Ints
    at: Ints
    inside: Ints


def question_pieces(question: str, tokenizer: Tokenizer) -> list[int]:
    """The word pieces of a question, as many as are read: of a long message those up to its last question mark."""
    ids, spans = tokenizer(question)
    asked = next((place for place in reversed(range(len(ids))) if question[slice(*spans[place])] == "?"), -1)
    return list(ids[max(0, asked + 1 - QUESTION_PIECES) :][:QUESTION_PIECES])


def passage_pieces(passage: ReaderInput, tokenizer: Tokenizer, room: int) -> Pieces:
    """The first `room` word pieces of a passage, its context before its sentences."""
    ids = list(tokenizer(passage.context)[0][: min(CONTEXT_PIECES, room)]) if passage.context else []
    spans = [(0, 0)] * len(ids)
    ranges = []
    for start, end in passage.sentences:
        pieces, places = tokenizer(passage.text[start:end])
        fitting = min(len(pieces), room - len(ids))
        ranges.append((len(ids), len(ids) + fitting))
        ids.extend(pieces[:fitting])
        spans.extend((start + begin, start + stop) for begin, stop in places[:fitting])
    return Pieces(np.array(ids, dtype=np.int64), np.array(spans, dtype=np.int64).reshape(len(ids), 2), tuple(ranges))


def room_beside(question: Sequence[int]) -> int:
    """How many pieces of a passage fit beside a question's."""
    return ROW_PIECES - len(question) - 3


def make_batch(rows: Sequence[tuple[Sequence[int], Pieces]]) -> Batch:
    """Rows of (question, passage), padded to the longest; the empty ranges of sentences are left out."""
    size = max(len(question) + len(passage.ids) + 3 for question, passage in rows)
    ids, types, mask = (np.zeros((len(rows), size), dtype=np.int64) for _ in range(3))
    read: list[tuple[int, int, int]] = []
    for number, (question, passage) in enumerate(rows):
        begin = len(question) + 2
        end = begin + len(passage.ids)
        ids[number, 0], ids[number, begin - 1], ids[number, end] = CLS, SEP, SEP
        ids[number, 1 : begin - 1], ids[number, begin:end] = question, passage.ids
        types[number, begin : end + 1] = 1
        mask[number, : end + 1] = 1
        read.extend((number, begin + first, begin + last) for first, last in passage.ranges if last > first)
    table = np.array(read, dtype=np.int64).reshape(len(read), 3)
    row, first, last = table.T
    width = np.arange(int((last - first).max(initial=1)))
    inside = width < (last - first)[:, None]
    at = np.where(inside, first[:, None] + width, 0)
    return Batch(ids, types, mask, row, at, inside.astype(np.int64))


def make_context(*parts: str) -> str:
    """What is read before a passage: its source's publisher and author, then its title and headings; empty ones go."""
    return ". ".join(part for part in parts if part)
