"""The reader from its folder: weights, tokenizer and card of figures, each checked before use. Runs in ONNX Runtime.

Deterministic: the same machine gives the same numbers, however many threads read. Rounding is the caller's.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from acobot.encoder import load_session
from acobot.errors import ModelError
from acobot.reader.pieces import Pieces, Tokenizer, make_batch, passage_pieces, question_pieces, room_beside
from acobot.reader.records import UNREAD, ReaderInput, Reading, SentencePieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PACKAGED = Path(__file__).parent  # the folder of the reader that ships
CARD, WEIGHTS, TOKENIZER = "reader.json", "reader.onnx", "tokenizer.json.gz"
THREADS = (
    2  # passages read at a time, one thread each: a sixth faster than two threads on one passage, and the same bits
)
OUTPUTS = ("heads", "nulls", "starts", "ends")


@dataclass(frozen=True, slots=True)
class ReaderCard:
    """What `reader.json` says: the reader's name, the SHA-256 of its files, from what probability it emphasises."""

    name: str
    weights: str
    tokenizer: str
    emphasis_from: float


def load_reader(folder: Path = PACKAGED, threads: int = THREADS) -> OnnxReader:
    """The reader in a folder, ready to read on the CPU. Takes half a second; raises `ModelError`."""
    card = _read_card(folder / CARD)
    for name, digest in ((WEIGHTS, card.weights), (TOKENIZER, card.tokenizer)):
        _check(folder / name, digest)
    try:
        tokenizer = load_tokenizer(gzip.decompress((folder / TOKENIZER).read_bytes()))
        return OnnxReader(card, load_session(folder / WEIGHTS), tokenizer, threads)
    except Exception as error:  # a damaged file fails in whatever way its libraries please
        reason = str(error).strip().split("\n")[0]
        raise ModelError(f"the reader in {str(folder)!r} cannot be loaded ({reason}); install acobot again") from error


def load_tokenizer(raw: bytes) -> Tokenizer:
    """The word pieces of a text and their spans, without special tokens and however long; `raw` is a tokenizer.json."""
    from tokenizers import Tokenizer as Loaded

    loaded = Loaded.from_buffer(raw)
    loaded.no_truncation()
    loaded.no_padding()

    def tokenize(text: str) -> tuple[Sequence[int], Sequence[tuple[int, int]]]:
        encoding = loaded.encode(text, add_special_tokens=False)
        return encoding.ids, encoding.offsets

    return tokenize


class OnnxReader:
    """A reader whose graph runs in ONNX Runtime."""

    def __init__(
        self, card: ReaderCard, session: InferenceSession, tokenizer: Tokenizer, threads: int = THREADS
    ) -> None:
        self.name = card.name
        self.digest = card.weights
        self.emphasis_from = card.emphasis_from
        self._session = session
        self._inputs = [one.name for one in session.get_inputs()]
        self._tokenizer = tokenizer
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def read(self, question: str, passages: Sequence[ReaderInput]) -> list[Reading]:
        """One reading a passage; each is read alone, so that no score depends on what is read beside it."""
        asked = question_pieces(question, self._tokenizer)
        room = room_beside(asked)
        pieces = [passage_pieces(passage, self._tokenizer, room) for passage in passages]
        if len(pieces) == 1:
            return [self._read(asked, pieces[0])]
        return list(self._pool.map(lambda one: self._read(asked, one), pieces))

    def _read(self, asked: Sequence[int], pieces: Pieces) -> Reading:
        batch = make_batch([(asked, pieces)])
        outputs: Any = self._session.run(OUTPUTS, {name: getattr(batch, name) for name in self._inputs})
        heads, nulls, starts, ends = outputs
        scores = np.full(len(pieces.ranges), UNREAD, dtype=np.float32)
        scores[[number for number, (first, last) in enumerate(pieces.ranges) if last > first]] = heads - nulls[0]
        begin = len(asked) + 2  # where the passage's pieces stand in the row, after [CLS], the question and [SEP]
        parts = tuple(
            SentencePieces(
                pieces.spans[first:last],
                starts[0, begin + first : begin + last],
                ends[0, begin + first : begin + last],
            )
            for first, last in pieces.ranges
        )
        return Reading(scores, float(nulls[0]), parts)


def _read_card(path: Path) -> ReaderCard:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        files = told["files"]
        return ReaderCard(
            str(told["name"]), str(files[WEIGHTS]), str(files[TOKENIZER]), float(told["emphasis"]["from_probability"])
        )
    except OSError as error:
        raise ModelError(f"the reader's {str(path)!r} cannot be read ({error}); install acobot again") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"the reader's {str(path)!r} is not what was written ({error}); install acobot again"
        ) from None


def _check(path: Path, digest: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"the reader's file {str(path)!r} cannot be read ({error}); install acobot again") from None
    if found != digest:
        raise ModelError(
            f"the reader's file {str(path)!r} is not the one that its {CARD} names (its SHA-256 differs); "
            "install acobot again"
        )
