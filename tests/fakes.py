"""Small real stand-ins for tests, whose results can be worked out by hand. Nothing here is patched in."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import BuildReport, Publish, build_index
from acobot.calibration import packaged_calibration
from acobot.encoder import Encoding, ModelFolder
from acobot.index import LARGE_FROM, Store
from acobot.languages import load_language
from acobot.policies import load_policy
from acobot.settings import Settings

ENGLISH = load_language("en")
CALIBRATION = packaged_calibration()
UK = load_policy("uk", ENGLISH)
_WORD = re.compile(r"\w+|[^\w\s]")


class WordEncoder:
    """Each word is its own direction, so the cosine of two texts is the overlap of their words.

    Texts of n and m different words, k of them shared, have a cosine of k / sqrt(n * m). A word piece is a word or a
    sign; case does not count.
    """

    name = "words"
    digest = hashlib.sha256(f"model.safetensors {hashlib.sha256(b'words').hexdigest()}".encode()).hexdigest()
    dimension = 4096

    def __init__(self) -> None:
        self.texts: list[str] = []  # everything that was encoded, in order

    def count(self, text: str) -> int:
        return len(_WORD.findall(text))

    def encode(self, texts: Sequence[str], *, as_question: bool = False) -> list[Encoding]:
        self.texts.extend(texts)
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> Encoding:
        matches = list(_WORD.finditer(text))
        places = [zlib.crc32(match[0].casefold().encode()) % self.dimension for match in matches]
        tokens = np.zeros((len(matches), self.dimension), dtype=np.float32)
        tokens[np.arange(len(matches)), places] = 1
        vector = np.zeros(self.dimension, dtype=np.float32)
        vector[sorted(set(places))] = 1
        vector /= max(float(np.linalg.norm(vector)), 1e-12)
        spans = np.array([match.span() for match in matches], dtype=np.int32).reshape(len(matches), 2)
        return Encoding(vector, tokens, spans, np.array(places, dtype=np.int32))


def write_sources(folder: Path, texts: Mapping[str, str | bytes]) -> Path:
    """Writes files by name into a folder, subfolders included, and gives the folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def fake_settings(folder: Path) -> Settings:
    """Settings whose sources, index and model lie in `folder`; the model's files are a few bytes, never loaded."""
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "model").mkdir(exist_ok=True)
    (folder / "model" / "model.safetensors").write_bytes(b"words")
    return Settings(sources=folder / "sources", index=folder / "index", model=str(folder / "model"))


def build(
    settings: Settings,
    encoder: WordEncoder | None = None,
    *,
    full: bool = False,
    publish: Publish = Publish.UNLESS_PINNED,
    large_from: int = LARGE_FROM,
) -> BuildReport:
    """Builds the index of `settings` with the word encoder."""

    def load(_: ModelFolder) -> WordEncoder:
        return encoder or WordEncoder()

    return build_index(settings, full=full, publish=publish, load=load, large_from=large_from)


def make_assistant(folder: Path, texts: Mapping[str, str | bytes]) -> Assistant:
    """An assistant over these source files, by the word encoder; sources/ and index/ lie in `folder`."""
    settings = fake_settings(folder)
    write_sources(settings.sources, texts)
    build(settings)
    return Assistant(Store(settings.index), fake_means())


def fake_means() -> Means:
    """What an answer is found with: the word encoder, no reader, and the help lines of the United Kingdom."""
    return Means(WordEncoder(), policy=UK)
