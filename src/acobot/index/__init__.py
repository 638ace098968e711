"""One version of the index on disk and in memory, and the store of versions."""

from acobot.index.corpus import Corpus
from acobot.index.corpus_writer import CorpusWriter, source_rows
from acobot.index.dense import Dense
from acobot.index.form import LARGE_FROM
from acobot.index.history import History
from acobot.index.leftovers import BadFile, Leftovers
from acobot.index.live import LiveVersion
from acobot.index.manifest import FileEntry, Manifest, index_id
from acobot.index.piece_weights import PieceWeights, count_pieces
from acobot.index.source_entries import SourceEntry, save_sources
from acobot.index.store import KeptVersion, Store, open_store
from acobot.index.stored import (
    SourceCard,
    SourceRows,
    StoredAsk,
    StoredLimit,
    StoredLimitAsk,
    StoredPassage,
    StoredSentence,
)
from acobot.index.token_vectors import TokenFile, TokenRun, TokenVectors, all_cosines, greatest_of, most_open
from acobot.index.version import ReadPassage, Version
from acobot.index.vocabulary import Vocabulary, count_words, save_vocabulary
from acobot.index.words import Words

__all__ = [
    "LARGE_FROM",
    "BadFile",
    "Corpus",
    "CorpusWriter",
    "Dense",
    "FileEntry",
    "History",
    "KeptVersion",
    "Leftovers",
    "LiveVersion",
    "Manifest",
    "PieceWeights",
    "ReadPassage",
    "SourceCard",
    "SourceEntry",
    "SourceRows",
    "Store",
    "StoredAsk",
    "StoredLimit",
    "StoredLimitAsk",
    "StoredPassage",
    "StoredSentence",
    "TokenFile",
    "TokenRun",
    "TokenVectors",
    "Version",
    "Vocabulary",
    "Words",
    "all_cosines",
    "count_pieces",
    "count_words",
    "greatest_of",
    "index_id",
    "most_open",
    "open_store",
    "save_sources",
    "save_vocabulary",
    "source_rows",
]
