"""Question and passages → for each sentence how well it answers, and for each passage that nothing in it does.

A small model reads both together; see CARD.md for what it is and what it cannot do. Knows no index and no sources.
"""

from acobot.reader.loading import PACKAGED, OnnxReader, load_reader
from acobot.reader.pieces import make_context
from acobot.reader.records import (
    UNREAD,
    Reader,
    ReaderInput,
    Reading,
    SentencePieces,
    answer_probability,
    sentence_probabilities,
)

__all__ = [
    "PACKAGED",
    "UNREAD",
    "OnnxReader",
    "Reader",
    "ReaderInput",
    "Reading",
    "SentencePieces",
    "answer_probability",
    "load_reader",
    "make_context",
    "sentence_probabilities",
]
