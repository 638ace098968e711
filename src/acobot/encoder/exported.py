"""An exported model's folder: the graph, its weights, the tokenizer, and a card that says what they are.

model.json      the card: name and digest of the model, how its texts are read, the files' digests; written last
model.onnx      the graph: word pieces (rows, n) → their vectors (rows, n, d)
pooling.onnx    its end: word pieces (1, n) and their vectors → the text's vector (1, d)
model.bin       its weights, which are mapped into memory, not copied
tokenizer.json  as the `tokenizers` library reads it
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from acobot.errors import ModelError

FORMAT = 2  # of an export: one of another is made anew
CARD, GRAPH, POOLING, WEIGHTS, TOKENIZER = "model.json", "model.onnx", "pooling.onnx", "model.bin", "tokenizer.json"
FILES = (GRAPH, POOLING, WEIGHTS, TOKENIZER)
IDS, VECTOR, TOKENS = "ids", "vector", "tokens"  # inputs and outputs of the graphs

Pieces = tuple[int, ...]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Card:
    """What an export is of, and how it reads.

    `sha256` is the digest of the model that was exported. It reads at most `window` word pieces, between those of
    `begin` and `end`; first those of `before_question` or `before_document`. `together` rows may be run at once: each
    then has the very bits that it has alone. `least_cosine` is the worst likeness of a
    vector with that of sentence-transformers when it was exported.
    """

    format: int
    name: str
    sha256: str
    dimension: Annotated[int, Field(ge=1)]
    window: Annotated[int, Field(ge=8)]
    begin: Pieces
    end: Pieces
    before_question: Pieces
    before_document: Pieces
    least_cosine: float
    made_with: dict[str, str]
    files: dict[str, str]
    together: Annotated[int, Field(ge=1)] = 1


@dataclass(frozen=True, slots=True)
class Form:
    """The format of an export, whatever else its card says: that of another format may say anything."""

    format: int


def read_format(folder: Path) -> int:
    """The format of an export. Raises `ModelError`."""
    return _read(folder, TypeAdapter(Form)).format


def read_card(folder: Path) -> Card:
    """The card of an export. Raises `ModelError`."""
    return _read(folder, TypeAdapter(Card))


def _read(folder: Path, shape: TypeAdapter[Read]) -> Read:
    path = folder / CARD
    try:
        return shape.validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {mend(folder)}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise ModelError(f"{path} is no card of an exported model: {where}: {first['msg']}; {mend(folder)}") from None


def write_card(card: Card, folder: Path) -> None:
    """Writes the card of an export."""
    (folder / CARD).write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def check_files(card: Card, folder: Path) -> None:
    """Raises `ModelError` naming the first file that is not what was exported, by its SHA-256."""
    for name in FILES:
        path = folder / name
        try:
            found = digest_of_file(path)
        except OSError as error:
            raise ModelError(f"{path} cannot be read ({error.strerror}); {mend(folder)}") from None
        if found != card.files.get(name):
            raise ModelError(f"{path} is not what was exported (its SHA-256 differs); {mend(folder)}")


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mend(folder: Path) -> str:
    """What to do about an export that cannot be used."""
    return f"remove {folder} and run 'acobot export-model'"
