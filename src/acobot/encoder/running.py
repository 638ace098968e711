"""An exported model at work: the tokenizer splits a text, ONNX Runtime runs the graph, numpy puts it together.

Windows are run together only where all have the same number of word pieces, and the model was found to give each the
very bits that it gets alone, so that no vector depends on what is encoded beside it. A run takes one thread, so that
its sums are added in one order on any number of cores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from acobot.encoder.exported import GRAPH, IDS, POOLING, TOKENIZER, TOKENS, VECTOR, Card, mend
from acobot.encoder.records import Encoding, Floats
from acobot.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding as Read
    from tokenizers import Tokenizer

WINDOW_OVERLAP = 64  # word pieces that neighbouring windows of a long text share
AT_A_TIME = 2  # runs, one thread each: more would only share two cores, and each takes memory
# Rows and word pieces of a run. Short texts take little more than half the time together, for the weights are read
# once. Long ones gain nothing, and would take memory.
ROWS, RUN_PIECES = 16, 256

Window = tuple[int, Floats, Floats]  # where it begins in the text's pieces, its vector, and those of its pieces


def open_export(card: Card, folder: Path) -> OnnxEncoder:
    """The encoder in an export's folder, whose files are what the card says. Raises `ModelError`."""
    try:
        _leave_the_cores()
        graph, pooling = load_session(folder / GRAPH), load_session(folder / POOLING)
        encoder = OnnxEncoder(card, graph, pooling, _load_tokenizer(folder / TOKENIZER))
        encoder.encode(["A model that can be used."])
    except Exception as error:  # a damaged or foreign file fails in whatever way its libraries please
        reason = str(error).strip().split("\n")[0]
        raise ModelError(f"the model in {folder} cannot be loaded ({reason}); {mend(folder)}") from error
    return encoder


class OnnxEncoder:
    """The encoder of a card, its graphs and its tokenizer; word-piece vectors are the last layer's, before pooling."""

    def __init__(self, card: Card, session: InferenceSession, pooling: InferenceSession, tokenizer: Tokenizer) -> None:
        self.name = card.name
        self.digest = card.sha256
        self.dimension = card.dimension
        self._card = card
        self.skipped = len(card.begin) + len(card.before_document)  # word pieces before a document's
        self.room = card.window - max(len(card.before_question), len(card.before_document))  # in one window
        self._session = session
        self._pooling = pooling
        self._pooled = {one.name for one in pooling.get_inputs()}
        self._tokenizer = tokenizer
        self._turns = BoundedSemaphore(AT_A_TIME)
        self._pool = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="encoder")

    def count(self, text: str) -> int:
        return len(self._read(text).ids)

    def encode(self, texts: Sequence[str], *, as_question: bool = False) -> list[Encoding]:
        card = self._card
        before = card.before_question if as_question else card.before_document
        begin, size = (*card.begin, *before), card.window - len(before)
        read = [self._read(text) for text in texts]
        windows = [
            (number, start, [*begin, *one.ids[start : start + size], *card.end])
            for number, one in enumerate(read)
            for start in window_starts(len(one.ids), size, WINDOW_OVERLAP)
        ]
        found: list[list[Window]] = [[] for _ in texts]
        batches = list(_batches([len(ids) for _, _, ids in windows], card.together))
        runs = self._pool.map if len(batches) > 1 else map
        skipped = len(begin), len(card.end)
        ran = runs(self._run, [[windows[place][2] for place in batch] for batch in batches])
        for batch, together in zip(batches, ran, strict=True):
            for place, (vector, tokens) in zip(batch, together, strict=True):
                number, start, _ = windows[place]
                found[number].append((start, vector, tokens[skipped[0] : len(tokens) - skipped[1]]))
        return [self._assemble(one, sorted(own, key=_begin)) for one, own in zip(read, found, strict=True)]

    def _read(self, text: str) -> Read:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _run(self, windows: Sequence[Sequence[int]]) -> list[tuple[Floats, Floats]]:
        """Of each of some windows of one length its vector, and those of all its word pieces."""
        rows = np.array(windows, dtype=np.int64)
        with self._turns:
            (tokens,) = self._session.run((TOKENS,), {IDS: rows})
            return [(self._pool_row(rows[n : n + 1], tokens[n : n + 1]), tokens[n]) for n in range(len(rows))]

    def _pool_row(self, ids: npt.NDArray[np.int64], tokens: Floats) -> Floats:
        """The vector of one row."""
        given = {name: value for name, value in ((IDS, ids), (TOKENS, tokens)) if name in self._pooled}
        vector: Floats = self._pooling.run((VECTOR,), given)[0][0]
        return vector

    def _assemble(self, read: Read, windows: Sequence[Window]) -> Encoding:
        """One encoding from a text's windows: each word piece from the window in which it stands deepest."""
        ids = np.array(read.ids, dtype=np.int32)
        spans = np.array(read.offsets, dtype=np.int32).reshape(len(ids), 2)
        if len(windows) == 1:
            _, vector, tokens = windows[0]
            return Encoding(_unit(vector), _unit(tokens), spans, ids)
        tokens = np.zeros((len(ids), self.dimension), dtype=np.float32)
        depth = np.full(len(ids), -1)
        for begin, _, vectors in windows:
            places = np.arange(len(vectors))
            deep = np.minimum(places, places[::-1])
            better = deep > depth[begin : begin + len(vectors)]
            tokens[begin : begin + len(vectors)][better] = vectors[better]
            depth[begin : begin + len(vectors)][better] = deep[better]
        vector = np.mean([pooled for _, pooled, _ in windows], axis=0)
        return Encoding(_unit(vector), _unit(tokens), spans, ids)


def _begin(window: Window) -> int:
    return window[0]


def _batches(sizes: Sequence[int], rows: int) -> Iterator[list[int]]:
    """The places of windows of these sizes that are run together: all of one size, `rows` at most."""
    places: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        places.setdefault(size, []).append(place)
    for size, alike in places.items():
        most = max(1, min(rows, RUN_PIECES // size))
        yield from (alike[first : first + most] for first in range(0, len(alike), most))


def window_starts(size: int, window: int, overlap: int) -> list[int]:
    """Where windows begin so that each of `size` places lies in one, neighbours overlapping; at least one window.

    They overlap by two thirds at most, so that a small window comes to an end, too.
    """
    step = window - min(overlap, window * 2 // 3)
    starts = [0]
    while starts[-1] + window < size:
        starts.append(min(starts[-1] + step, size - window))
    return starts


def _unit(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.float32(1e-12)), dtype=np.float32)


def _leave_the_cores() -> None:
    """Numpy's own threads would only wait for each other: its products here are small."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def load_session(model: Path | bytes, *, arena: bool = True) -> InferenceSession:
    """An ONNX model, from its file or its bytes, ready to run in the thread that asks for it."""
    from onnxruntime import ExecutionMode, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = arena  # memory that is kept for the next run, some 0.6 MB at least
    # Threads that spin while they wait would take the cores from other requests.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    given = model if isinstance(model, bytes) else str(model)
    session = InferenceSession(given, options, providers=["CPUExecutionProvider"])
    vars(session)["_model_bytes"] = None  # it would keep them beside what it has made of them, as long as it lives
    return session


def _load_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(path))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded
