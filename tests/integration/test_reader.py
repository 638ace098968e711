"""The reader that ships, with its real weights."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from acobot.reader import UNREAD, OnnxReader, ReaderInput, answer_probability, load_reader, make_context
from acobot.reader.loading import CARD, TOKENIZER, WEIGHTS

pytestmark = pytest.mark.model

MOST_BYTES = 36_000_000
LIBRARY = ReaderInput(
    make_context("Marlow Council", "Using the library > Borrowing"),
    "The library stands by the river. You may keep a book for three weeks. Late books cost ten pence a day.",
    ((0, 32), (33, 69), (70, 102)),
)
POOL = ReaderInput(
    make_context("Marlow Council", "Swimming > Opening times"),
    "The pool opens at seven. It is closed on public holidays.",
    ((0, 24), (25, 57)),
)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return load_reader()


def test_the_sentence_that_answers_is_the_best(reader: OnnxReader) -> None:
    library, pool = reader.read("How long can I borrow a book for?", [LIBRARY, POOL])
    assert library.scores.argmax() == 1
    assert library.scores[1] > pool.scores.max()


def test_what_only_looks_like_an_answer_is_none(reader: OnnxReader) -> None:
    asked = reader.read("How long can I borrow a book for?", [LIBRARY, POOL])
    unasked = reader.read("How many books does the library own?", [LIBRARY, POOL])
    assert answer_probability(unasked) < answer_probability(asked)
    assert answer_probability(unasked) < 0.5


def test_a_passage_reads_the_same_alone_and_beside_another(reader: OnnxReader) -> None:
    alone = reader.read("Is the pool open at Christmas?", [POOL])[0]
    beside = reader.read("Is the pool open at Christmas?", [LIBRARY, POOL])[1]
    again = load_reader().read("Is the pool open at Christmas?", [POOL])[0]
    assert np.array_equal(alone.scores, beside.scores)
    assert np.array_equal(alone.scores, again.scores)
    assert alone.null == beside.null == again.null


def test_nothing_to_read_gives_nothing(reader: OnnxReader) -> None:
    assert reader.read("How long?", []) == []
    (empty,) = reader.read("How long?", [ReaderInput("A title", "", ())])
    assert empty.scores.shape == (0,)


def test_a_very_long_passage_is_read_as_far_as_it_fits(reader: OnnxReader) -> None:
    text = "There is nothing to see here at all. " * 60
    spans = tuple((match.start(), match.end()) for match in re.finditer(r"\S[^.]*\.", text))
    (reading,) = reader.read("word " * 200, [ReaderInput("", text, spans)])
    assert len(reading.scores) == 60
    assert reading.scores[-1] == UNREAD
    assert reading.scores[0] > UNREAD


def test_the_words_that_answer_are_within_their_sentence(reader: OnnxReader) -> None:
    (library,) = reader.read("How long can I borrow a book for?", [LIBRARY])
    emphasis = library.emphasis(1, 0.0)
    assert emphasis is not None
    assert 33 <= emphasis[0] < emphasis[1] <= 69
    assert library.emphasis(1, 1.01) is None


def test_the_files_are_small_enough_to_ship() -> None:
    folder = Path(load_reader.__code__.co_filename).parent
    assert (folder / WEIGHTS).stat().st_size <= MOST_BYTES
    assert (folder / TOKENIZER).stat().st_size < 1_000_000
    assert (folder / CARD).is_file()
