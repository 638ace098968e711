"""One version of the index, opened: every part of it, checked against the others. Knows no store and no building."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from acobot.abbreviations import choose_long_forms
from acobot.encoder import Floats
from acobot.errors import DamagedIndexError, WrongModelError
from acobot.index.around import Around
from acobot.index.corpus import Corpus
from acobot.index.dense import Dense
from acobot.index.limit_asks import LIMIT_PIECES
from acobot.index.manifest import check_readable, check_sizes, read_manifest, stamp_of
from acobot.index.piece_weights import PieceWeights
from acobot.index.row_search import RowSearch
from acobot.index.stored import StoredAsk, StoredLimitAsk, StoredPassage
from acobot.index.token_vectors import TokenRun, TokenVectors
from acobot.index.vocabulary import load_vocabulary
from acobot.index.words import Words
from acobot.languages import Language, load_language

LIMITS = "limits"  # the folder of the limits' questions
KEPT_PASSAGES = 256  # some 60 kB each


@dataclass(frozen=True, slots=True, eq=False)
class ReadPassage:
    """A passage with the word pieces of its text.

    `meanings` (sentences, d) are the directions of its sentences' mean vectors. `asks` are the questions from `asks:`
    that it answers, by their numbers.
    """

    stored: StoredPassage
    run: TokenRun
    meanings: Floats
    asks: Mapping[int, StoredAsk]


class Version:
    """A version that can be asked, in a language: by default the one that it was made for, where that is packaged.

    Raises `IndexFault` or `PackError` on opening, `WrongModelError` where a model is named and it was made by another.
    """

    def __init__(
        self,
        folder: Path,
        language: Language | None = None,
        open_dense: Callable[[Path], RowSearch] = Dense.load,
        model_sha256: str = "",
    ) -> None:
        self.folder = folder
        self.stamp = stamp_of(folder)
        self.manifest = read_manifest(folder)
        check_sizes(folder, self.manifest)
        if model_sha256:
            self.check_model(model_sha256)
        self.language = language or load_language(self.manifest.language)
        self._check_language()
        self.corpus = Corpus(folder)
        self.dense = open_dense(folder)
        self.limits = Dense.load(folder / LIMITS)
        self._limit_pieces = TokenVectors(folder / LIMITS, self.manifest.dimension)
        self.words = Words.load(folder, self.manifest.passages, self.language)
        self.token_vectors = TokenVectors(folder, self.manifest.dimension, checked=self.manifest.large)
        self.around = Around(self.corpus, self.token_vectors)
        self.piece_weights = PieceWeights.load(folder)
        self.vocabulary = load_vocabulary(folder)
        self.abbreviations = choose_long_forms(self.corpus.abbreviations, self.language)
        self.read_passage = lru_cache(maxsize=KEPT_PASSAGES)(self._read_passage)
        self._check_counts()

    @property
    def id(self) -> str:
        """The index id."""
        return self.manifest.id

    def check_readable(self) -> None:
        """Raises `IndexFault` where its files cannot be opened now, or its vectors cannot be had."""
        check_readable(self.folder)
        self.dense.check_readable()

    def check_model(self, digest: str) -> None:
        """Raises `WrongModelError` unless the index was made by the model of this digest."""
        if digest != self.manifest.model_sha256:
            raise WrongModelError(
                f"the index in {self.folder} was made by another model ({self.manifest.model}, "
                f"{self.manifest.model_sha256[:12]}, not {digest[:12]}); run 'acobot index', or set ACOBOT_MODEL"
            )

    def _check_language(self) -> None:
        if self.language.digest != self.manifest.language_sha256:
            raise WrongModelError(
                f"the index in {self.folder} was made by other rules of language or reading ({self.manifest.language}, "
                f"{self.manifest.language_sha256[:12]}, not {self.language.digest[:12]}); run 'acobot index', or set "
                "ACOBOT_LANGUAGE"
            )

    def _read_passage(self, number: int) -> ReadPassage:
        """A passage with its vectors; the last ones read are kept."""
        stored = self.corpus.passage(number)
        first = stored.first_token
        run = self.token_vectors.run(stored.token_file, first, stored.last_token)
        ranges = [(one.first_token - first, one.last_token - first) for one in stored.sentences]
        return ReadPassage(stored, run, run.mean_directions(ranges), self.corpus.asks_by_number(number))

    def read_limit_asks(self, numbers: Sequence[int]) -> tuple[list[StoredLimitAsk], TokenRun]:
        """The questions of limits of these numbers, and their word pieces one after another. Raises `IndexFault`."""
        asks = [self.corpus.limit_ask(number) for number in numbers]
        return asks, self._limit_pieces.joined([(LIMIT_PIECES, one.first_token, one.last_token) for one in asks])

    def read_asks(self, numbers: Sequence[int]) -> tuple[list[StoredAsk], TokenRun]:
        """The questions from `asks:` of these numbers, and their word pieces one after another.

        Raises `DamagedIndexError`.
        """
        asks, spans = [], []
        for number in numbers:
            read = self.read_passage(self.dense.owner(self.corpus.passages + number))
            ask = read.asks.get(number)
            if ask is None:
                raise DamagedIndexError(
                    f"{self.folder}: vectors and corpus differ on question {number} from 'asks:'; run 'acobot index "
                    "--full'"
                )
            asks.append(ask)
            spans.append((read.stored.token_file, ask.first_token, ask.last_token))
        return asks, self.token_vectors.joined(spans)

    def _check_counts(self) -> None:
        counted = {
            "passages in the corpus": (self.corpus.passages, self.manifest.passages),
            "sources in the corpus": (len(self.corpus.source_ids), len(self.manifest.sources)),
            "dimensions of the vectors": (self.dense.dimension, self.manifest.dimension),
            "questions of limits in the corpus": (self.corpus.limit_asks, len(self.limits)),
        }
        for what, (found, expected) in counted.items():
            if found != expected:
                raise DamagedIndexError(
                    f"{self.folder}: {found} {what}, but the manifest says {expected}; run 'acobot index --full'"
                )
        if not self.dense.covers(self.manifest.passages):
            raise DamagedIndexError(
                f"{self.folder}: the {len(self.dense)} vectors are not those of {self.manifest.passages} passages; "
                "run 'acobot index --full'"
            )
