"""Directions are fitted only where a large index can store its word pieces along them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from training.directions import read_vectors

from acobot.encoder import Encoding
from acobot.index.compact import LAST_PIECE
from tests.fakes import WordEncoder


class ManyPieces(WordEncoder):
    """As a model that has a quarter of a million word pieces."""

    def encode(self, texts: Sequence[str], *, as_question: bool = False) -> list[Encoding]:
        found = super().encode(texts, as_question=as_question)
        return [replace(one, pieces=one.pieces + LAST_PIECE) for one in found]


def test_the_vectors_of_all_word_pieces_are_read() -> None:
    assert read_vectors(WordEncoder(), ["Cats sleep", "", "Dogs bark."]).shape == (5, WordEncoder.dimension)


def test_a_model_with_too_many_word_pieces_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"words numbers its word pieces beyond 65535.*keeps them in eight bits"):
        read_vectors(ManyPieces(), ["Cats sleep"])
