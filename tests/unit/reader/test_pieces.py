"""Rows of word pieces, with a tokenizer of words: each word is a piece, its length is its id."""

import re

import numpy as np

from acobot.reader import ReaderInput
from acobot.reader.pieces import (
    CLS,
    CONTEXT_PIECES,
    QUESTION_PIECES,
    ROW_PIECES,
    SEP,
    make_batch,
    passage_pieces,
    question_pieces,
    room_beside,
)


def words(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    found = list(re.finditer(r"\w+", text))
    return [len(match[0]) for match in found], [match.span() for match in found]


PASSAGE = ReaderInput("A title", "One two. Three, four five.", ((0, 8), (9, 26)))


def test_context_comes_before_the_sentences_and_each_has_its_range() -> None:
    pieces = passage_pieces(PASSAGE, words, 100)
    assert pieces.ids.tolist() == [1, 5, 3, 3, 5, 4, 4]
    assert pieces.ranges == ((2, 4), (4, 7))


def test_spans_are_of_the_passage_s_text() -> None:
    pieces = passage_pieces(PASSAGE, words, 100)
    said = [PASSAGE.text[start:end] for start, end in pieces.spans.tolist()]
    assert said == ["", "", "One", "two", "Three", "four", "five"]


def test_what_does_not_fit_is_cut_and_a_sentence_beyond_it_is_empty() -> None:
    assert passage_pieces(PASSAGE, words, 5).ranges == ((2, 4), (4, 5))
    assert passage_pieces(PASSAGE, words, 3).ranges == ((2, 3), (3, 3))


def test_a_long_message_is_read_up_to_its_last_question() -> None:
    def marks(text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = list(re.finditer(r"\w+|\?", text))
        return [len(match[0]) for match in found], [match.span() for match in found]

    story, asked = "word " * 100, "a bb ccc?"
    assert question_pieces(story + asked, marks)[-4:] == [1, 2, 3, 1]
    assert question_pieces(asked + story, marks)[:4] == [1, 2, 3, 1]
    assert len(question_pieces(story + asked, marks)) == len(question_pieces(asked + story, marks)) == QUESTION_PIECES


def test_long_questions_and_contexts_lose_their_ends() -> None:
    assert len(question_pieces("word " * 100, words)) == QUESTION_PIECES
    assert len(passage_pieces(ReaderInput("word " * 100, "one", ((0, 3),)), words, 200).ids) == CONTEXT_PIECES + 1


def test_a_batch_has_question_and_passage_with_their_marks() -> None:
    batch = make_batch([([7, 8], passage_pieces(PASSAGE, words, 100)), ([9], passage_pieces(PASSAGE, words, 4))])
    assert batch.input_ids.tolist() == [
        [CLS, 7, 8, SEP, 1, 5, 3, 3, 5, 4, 4, SEP],
        [CLS, 9, SEP, 1, 5, 3, 3, SEP, 0, 0, 0, 0],
    ]
    assert batch.token_type_ids[0].tolist() == [0] * 4 + [1] * 8
    assert batch.attention_mask.sum(axis=1).tolist() == [12, 8]


def test_a_batch_knows_where_each_sentence_stands() -> None:
    batch = make_batch([([7, 8], passage_pieces(PASSAGE, words, 100)), ([9], passage_pieces(PASSAGE, words, 4))])
    assert batch.row.tolist() == [0, 0, 1]
    assert batch.at.tolist() == [[6, 7, 0], [8, 9, 10], [5, 6, 0]]
    assert batch.inside.tolist() == [[1, 1, 0], [1, 1, 1], [1, 1, 0]]


def test_a_batch_without_sentences_is_empty_but_has_its_shape() -> None:
    batch = make_batch([([7], passage_pieces(ReaderInput("A title", "", ()), words, 100))])
    assert batch.row.shape == (0,)
    assert batch.at.shape[0] == 0


def test_the_longest_row_fits_the_model() -> None:
    long = " ".join(["word"] * 1000)
    asked = question_pieces(long, words)
    batch = make_batch([(asked, passage_pieces(ReaderInput(long, long, ((0, len(long)),)), words, room_beside(asked)))])
    assert batch.input_ids.shape == (1, ROW_PIECES)
    assert np.count_nonzero(batch.input_ids[0] == SEP) == 2
