"""One version of the index on disk and in memory, and the store of versions."""

from acobot.index.corpus import Corpus, CorpusWriter, StoredPassage, StoredSentence
from acobot.index.dense import Dense
from acobot.index.manifest import Manifest, SourceEntry, index_id
from acobot.index.piece_weights import PieceWeights
from acobot.index.store import Store
from acobot.index.token_vectors import TokenRun, TokenVectors
from acobot.index.version import Version
from acobot.index.words import STOP_WORDS, Words, terms

__all__ = [
    "STOP_WORDS",
    "Corpus",
    "CorpusWriter",
    "Dense",
    "Manifest",
    "PieceWeights",
    "SourceEntry",
    "Store",
    "StoredPassage",
    "StoredSentence",
    "TokenRun",
    "TokenVectors",
    "Version",
    "Words",
    "index_id",
    "terms",
]
